"""From marked spans and links to meetings: nothing is added that was not marked, and what was not used is noted.

A link means what the labels at its ends say, whatever it is called and whichever way it points: Meeting with Person, Title or
Party: a participant; Meeting with Topic, Place, Time or Evidence: its topic, place, time, evidence; Person with Title: the title;
Person or Title with Party: the party. Only `same` is told by its name. A title inside of a Person span is that person's. Files
without any link are read by nesting: what lies in the Evidence span around a Meeting span belongs to it, and a Title or Party
goes with the Person (a Party also with the Title) that it touches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final

from whomet.errors import SetupError
from whomet.evaluate.formats.article import Link, Mark, MarkedArticle
from whomet.evaluate.formats.offsets import shorten
from whomet.evaluate.formats.participants import participants_of
from whomet.evaluate.formats.scheme import (
    ACTORS,
    EVIDENCE,
    MEETING,
    PARTY,
    PERSON,
    PLACE,
    TIME,
    TITLE,
    TOPIC,
    is_same_link,
    read_days,
)
from whomet.evaluate.rows import Row
from whomet.records import FORMS, STATUSES
from whomet.sentences import split_sentences

_BETWEEN: Final = re.compile(r"[\s,]*(?:['’]s?)?[\s,]*")
"""What may stand between a title or party and the person it touches."""
_TOUCHING: Final = frozenset({(TITLE, PERSON), (PERSON, TITLE), (PARTY, TITLE), (PARTY, PERSON)})


def gold_row(marked: MarkedArticle, notes: list[str]) -> Row:
    """An article with the meetings that are marked in it, each quote with its offsets, as meetings.jsonl has them.

    What is marked but belongs to no meeting is added to `notes`.

    Raises SetupError, naming file and record, where the marks contradict each other or the scheme.
    """
    links = _Links(marked, notes)
    occasions = sorted(links.occasions(), key=lambda group: (group[0].char_start, group[0].char_end))
    meetings = [_meeting(f"m{number}", group, links) for number, group in enumerate(occasions, 1)]
    notes += links.unused()
    return marked.place, {"id": marked.id, "text": marked.text, "published": marked.published, "meetings": meetings}


class _Links:
    """The marks of one article, and what each belongs to."""

    def __init__(self, marked: MarkedArticle, notes: list[str]) -> None:
        self.place, self.text = marked.place, marked.text
        self.marks = {mark.id: mark for mark in marked.marks}
        self._leader = {mark.id: mark.id for mark in marked.marks}
        self.arguments: dict[str, list[Mark]] = {}
        self.owned: dict[str, list[Mark]] = {}
        """Titles and parties of a person, parties of a title, by its id."""
        for link in marked.links or tuple(self._nested()):
            self._add(link, notes)
        self._own_titles_inside()

    def _nested(self) -> Iterator[Link]:
        """The links that nesting and touching stand for in a file that has none."""
        marks = sorted(self.marks.values(), key=lambda mark: (mark.char_start, -mark.char_end))
        for evidence in (mark for mark in marks if mark.label == EVIDENCE):
            inside = [mark for mark in marks if mark is not evidence and _holds(evidence, mark) and mark.label != EVIDENCE]
            meetings = [mark for mark in inside if mark.label == MEETING]
            if len(meetings) > 1:
                told = f"{shorten(meetings[0].text)} and {shorten(meetings[1].text)}"
                raise SetupError(f"{self.place}: one Evidence span holds two meetings, {told}; only links can tell them apart")
            touching = [Link("", right.id, left.id) for left, right in pairwise(inside) if self._touch(left, right)]
            owned = {self._ends(link)[1].id for link in touching}
            for meeting in meetings:
                yield Link("", meeting.id, evidence.id)
                yield from (Link("", meeting.id, mark.id) for mark in inside if mark is not meeting and mark.id not in owned)
            yield from touching

    def _own_titles_inside(self) -> None:
        """A title inside of a Person span is that person's, linked or not."""
        taken = {mark.id for marks in (*self.arguments.values(), *self.owned.values()) for mark in marks}
        people = [mark for mark in self.marks.values() if mark.label == PERSON]
        for title in self.marks.values():
            if title.label == TITLE and title.id not in taken:
                for person in (person for person in people if _holds(person, title)):
                    self.owned.setdefault(person.id, []).append(title)

    def _touch(self, left: Mark, right: Mark) -> bool:
        return (left.label, right.label) in _TOUCHING and (
            _holds(left, right) or _BETWEEN.fullmatch(self.text, left.char_end, max(left.char_end, right.char_start)) is not None
        )

    def _add(self, link: Link, notes: list[str]) -> None:
        owner, other = self._ends(link)
        labels = (owner.label, other.label)
        if owner.label == other.label and owner.label in (MEETING, *ACTORS) and is_same_link(link.label):
            self._leader[self.leader(other.id)] = self.leader(owner.id)
        elif owner.label == MEETING != other.label:
            self.arguments.setdefault(owner.id, []).append(other)
        elif labels in ((PERSON, TITLE), (PERSON, PARTY), (TITLE, PARTY)):
            self.owned.setdefault(owner.id, []).append(other)
        else:
            told = f"{owner.label} {shorten(owner.text)} and {other.label} {shorten(other.text)}"
            notes.append(f"{self.place}: the link {link.label!r} between {told} means nothing in the scheme and was not used")

    def _ends(self, link: Link) -> tuple[Mark, Mark]:
        """Both ends of a link, the one that owns the other first."""
        order = (MEETING, PERSON, TITLE, PARTY)
        ends = (self.marks[link.source], self.marks[link.target])
        ranks = [order.index(mark.label) if mark.label in order else len(order) for mark in ends]
        return (ends[1], ends[0]) if ranks[1] < ranks[0] else ends

    def leader(self, mark: str) -> str:
        """The mark that stands for all that `same` links join with this one."""
        while self._leader[mark] != mark:
            mark = self._leader[mark]
        return mark

    def same(self, mark: Mark) -> list[Mark]:
        """A mark and all that `same` links join with it, in the order of the file."""
        return [other for other in self.marks.values() if self.leader(other.id) == self.leader(mark.id)]

    def occasions(self) -> list[list[Mark]]:
        """Meeting marks, those of one occasion together, each group in the order of the text."""
        groups: dict[str, list[Mark]] = {}
        for mark in sorted(self.marks.values(), key=lambda mark: (mark.char_start, mark.char_end)):
            if mark.label == MEETING:
                groups.setdefault(self.leader(mark.id), []).append(mark)
        return list(groups.values())

    def unused(self) -> Iterator[str]:
        """One note for each mark that belongs to no meeting, Evidence around a trigger and joined persons left out."""
        used = {mark.id for marks in (*self.arguments.values(), *self.owned.values()) for mark in marks}
        joined = {self.leader(mark) for mark in used}
        for mark in self.marks.values():
            if mark.label == MEETING or mark.id in used or self.leader(mark.id) in joined:
                continue
            if mark.label != EVIDENCE or not any(_holds(mark, other) for other in self.marks.values() if other.label == MEETING):
                yield f"{self.place}: {mark.label} {shorten(mark.text)} is linked to no meeting and was not used"


def _holds(outer: Mark, inner: Mark) -> bool:
    return outer.char_start <= inner.char_start and inner.char_end <= outer.char_end


def _meeting(number: str, group: Sequence[Mark], links: _Links) -> dict[str, Any]:
    arguments = list({mark.id: mark for trigger in group for mark in links.arguments.get(trigger.id, ())}.values())
    participants = participants_of([mark for mark in arguments if mark.label in ACTORS], links.owned, links.same, links.place)
    return {
        "id": number,
        "form": _told(group, "form", FORMS, links.place),
        "status": _told(group, "status", STATUSES, links.place),
        "participants": participants,
        "parties": sorted({item["party"] for item in participants if item["party"] is not None}),
        "topics": _quotes(mark for mark in arguments if mark.label == TOPIC),
        "places": _quotes(mark for mark in arguments if mark.label == PLACE),
        "when": _when([mark for mark in arguments if mark.label == TIME], links.place),
        "trigger": _quote(group[0]),
        "evidence": _evidence(group, arguments, links),
    }


def _told(group: Sequence[Mark], key: str, values: Sequence[str], place: str) -> str:
    """The one value of an attribute that the spans of an occasion tell."""
    told = sorted({mark.attributes[key] for mark in group if key in mark.attributes})
    where = f"{place}: the meeting {shorten(group[0].text)} at {group[0].char_start}-{group[0].char_end}"
    if not told:
        raise SetupError(f"{where} has no {key}: one of {', '.join(values)}")
    if len(told) > 1:
        raise SetupError(f"{where} has more than one {key}: {', '.join(told)}")
    if told[0] not in values:
        raise SetupError(f"{where} has the unknown {key} {told[0]!r}: not one of {', '.join(values)}")
    return told[0]


def _when(times: Sequence[Mark], place: str) -> dict[str, Any] | None:
    """The most precise of the times of a meeting: the one of fewest days, the first of equal ones."""
    found = []
    for mark in times:
        try:
            first, last = read_days(mark.attributes)
        except ValueError as error:
            raise SetupError(f"{place}: Time {shorten(mark.text)}: {error}") from error
        found.append(_quote(mark) | {"start": first, "end": last})
    return min(found, key=_days, default=None)


def _days(when: Mapping[str, Any]) -> int:
    if when["start"] is None:
        return date.max.toordinal()
    return date.fromisoformat(when["end"]).toordinal() - date.fromisoformat(when["start"]).toordinal()


def _evidence(group: Sequence[Mark], arguments: Sequence[Mark], links: _Links) -> list[dict[str, Any]]:
    """What is marked as evidence of a meeting: linked to it, else around its words; where nothing is, their sentences."""
    linked = [mark for mark in arguments if mark.label == EVIDENCE]
    around = [mark for mark in links.marks.values() if mark.label == EVIDENCE and any(_holds(mark, trigger) for trigger in group)]
    if linked or around:
        return _quotes(linked or around)
    sentences = [
        (start, end)
        for start, end in split_sentences(links.text, 0, len(links.text))
        if any(start <= mark.char_start < end for mark in group)
    ]
    return [{"text": links.text[start:end], "char_start": start, "char_end": end} for start, end in sentences]


def _quotes(marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """Each quote once, in order."""
    return list({mark.text: _quote(mark) for mark in reversed(list(marks))}.values())[::-1]


def _quote(mark: Mark) -> dict[str, Any]:
    return {"text": mark.text, "char_start": mark.char_start, "char_end": mark.char_end}
