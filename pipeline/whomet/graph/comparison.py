"""Whether two reports can tell of one occasion (nothing contradicts), and what speaks for it (people, days, places, topics)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final

from whomet.graph.identity import PERSON, Identity
from whomet.graph.names import slug
from whomet.graph.reports import Report
from whomet.lexicon import load_rows, load_words, split_cell

PRECISE_DAYS: Final = 3
"""A report of at most so many days is dated; one of a week, a month or a year is vague."""
LONGEST_VAGUE_DAYS: Final = 31
FAR_APART_DAYS: Final = 30
"""A report without a day, taken to be of the time of its publication, cannot tell of an occasion further away than this."""
NEAR_DAYS: Final = 4
"""Up to this distance the time of publication speaks for one occasion."""
MIN_TOPIC_DICE: Final = 0.5
MIN_SENTENCE_SHARE: Final = 0.7
MIN_SENTENCE_WORDS: Final = 6
TOGETHER: Final = frozenset({frozenset({"meeting", "visit"}), frozenset({"conference", "visit"})})
"""Forms that may be two ways to tell of one occasion, besides equal ones."""
APART: Final = frozenset({frozenset({"held", "refused"})})
"""Statuses that one occasion cannot have from two articles; 'denied' goes with 'denied' only."""

_WORD = re.compile(r"\w+")
_HYPHENATED = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Side:
    """What a report says of one party: the people named for it, the ranks and departments of those it sends."""

    people: frozenset[str]
    ranks: frozenset[str]
    departments: frozenset[str]


@dataclass(frozen=True, slots=True)
class Clue:
    """A report made ready for comparison. Days are ordinals of the calendar, inclusive, None when unknown."""

    key: str
    articles: frozenset[str]
    form: str
    status: str
    sides: Mapping[str, Side]
    first: int | None
    last: int | None
    inferred: bool
    published: int | None
    places: tuple[frozenset[str], ...]
    countries: frozenset[str]
    topics: tuple[frozenset[str], ...]
    sentence: frozenset[str]

    @property
    def profile(self) -> tuple[object, ...]:
        """All that can contradict another report: two with the same profile contradict the same ones."""
        published = self.published if self.first is None else None
        return (
            self.form,
            self.status,
            frozenset(self.sides.items()),
            self.first,
            self.last,
            self.inferred,
            self.countries,
            published,
        )

    @property
    def is_dated(self) -> bool:
        """Whether the days are few enough to tell occasions apart."""
        return self.first is not None and self.last is not None and self.last - self.first < PRECISE_DAYS


def make_clue(report: Report, articles: Iterable[str], identity: Identity, published: str | None) -> Clue:
    """What a report can be compared by. `articles` are all that tell it in the same words; `published` an ISO date or None."""
    return Clue(
        key=report.key,
        articles=frozenset(articles),
        form=report.form,
        status=report.status,
        sides=_sides(report, identity),
        first=_ordinal(report.start),
        last=_ordinal(report.end),
        inferred=report.inferred,
        published=_ordinal(published),
        places=tuple(words for words in (_words(venue.text) for venue in report.venues) if words),
        countries=frozenset(venue.country for venue in report.venues if venue.country),
        topics=tuple(words for words in map(_words, report.topics) if words),
        sentence=_words(report.quote.text) if report.quote else frozenset(),
    )


def is_conflict(one: Clue, other: Clue) -> bool:
    """Whether two reports of different articles cannot tell of one occasion: status, form, days or people contradict."""
    if not _is_status_compatible(one, other):
        return True
    if one.form != other.form and frozenset({one.form, other.form}) not in TOGETHER:
        return True
    if is_apart(one, other) or (one.countries and other.countries and not one.countries & other.countries):
        return True
    if not (one.sides.keys() <= other.sides.keys() or other.sides.keys() <= one.sides.keys()):
        return True
    return any(_is_side_conflict(one.sides[side], other.sides[side]) for side in one.sides.keys() & other.sides.keys())


def is_apart(one: Clue, other: Clue) -> bool:
    """Whether the known days have none in common (an inferred day may be off by one), or the times of telling are far apart."""
    distance = _distance(one, other)
    if distance is None:
        return False
    if one.first is None or other.first is None:
        return distance > FAR_APART_DAYS
    return distance > int(one.inferred or other.inferred)


def _distance(one: Clue, other: Clue) -> int | None:
    """Days between two reports, 0 when they overlap; one without days counts as of its publication. None when unknown."""
    first, last = (one.first, one.last) if one.first is not None else (one.published, one.published)
    start, end = (other.first, other.last) if other.first is not None else (other.published, other.published)
    if first is None or last is None or start is None or end is None:
        return None
    return max(first - end, start - last, 0)


def agreement(one: Clue, other: Clue) -> float:
    """How much speaks for one occasion: 0 when too little does, more for surer days, more people, places and topics.

    Reports of equal days need people, or a place or topic; the less is known of the days, the more else must agree.
    Parties alone never do, and a party that only one report has needs both place or topic and the day.
    """
    common = one.sides.keys() & other.sides.keys()
    people = [one.sides[side].people & other.sides[side].people for side in common]
    met = sum(bool(shared) for shared in people)
    within = len(common) == 1 and len(one.sides) == len(other.sides) == 1 and len(people[0]) > 1
    if len(common) < 2 and not within:
        return 0.0
    place = any(left <= right or right <= left for left in one.places for right in other.places)
    topic = any(_dice(left, right) >= MIN_TOPIC_DICE for left in one.topics for right in other.topics)
    same_words = _is_same_sentence(one.sentence, other.sentence)
    links = place + topic + 2 * same_words
    persons = met >= 2 or within
    if one.is_dated and other.is_dated:
        same_rank = sum(bool(one.sides[side].ranks & other.sides[side].ranks) for side in common) >= 2
        enough = persons or met == 1 or links + same_rank > 0
        base = 4.0
    elif one.first is not None and other.first is not None:
        longest = max((clue.last or 0) - (clue.first or 0) + 1 for clue in (one, other))
        enough = (persons and links > 0 and (longest <= LONGEST_VAGUE_DAYS or links > 1)) or (
            links > 1 and longest <= LONGEST_VAGUE_DAYS
        )
        base = 2.0
    else:
        distance = _distance(one, other)
        enough = persons and links > int(distance is None or distance > NEAR_DAYS)
        base = 1.0
    if one.sides.keys() != other.sides.keys():
        enough = enough and links > 0 and base == 4.0
        base -= 1.0
    return base + met + 0.5 * links if enough else 0.0


def _sides(report: Report, identity: Identity) -> dict[str, Side]:
    people: dict[str, set[str]] = {}
    ranks: dict[str, set[str]] = {}
    departments: dict[str, set[str]] = {}
    for attendee in report.attendees:
        actor = identity.actor(attendee)
        party = attendee.party or (actor.party if actor else None)
        side = identity.party(party).id if party else actor.id if actor else f"unknown:{slug(attendee.title or '')}"
        marks = title_marks(attendee.title or "")
        people.setdefault(side, set()).update([actor.id] if actor and actor.kind == PERSON else [])
        ranks.setdefault(side, set()).update(marks["rank"])
        departments.setdefault(side, set()).update(marks["department"])
    return {side: Side(frozenset(people[side]), frozenset(ranks[side]), frozenset(departments[side])) for side in people}


def _is_status_compatible(one: Clue, other: Clue) -> bool:
    if "denied" in (one.status, other.status):
        return one.status == other.status
    return frozenset({one.status, other.status}) not in APART


def _is_side_conflict(one: Side, other: Side) -> bool:
    """Other people of the same party, or, where not both name people, other ranks or departments."""
    if one.people and other.people:
        return not one.people & other.people
    return any(
        left and right and not left & right for left, right in ((one.ranks, other.ranks), (one.departments, other.departments))
    )


@cache
def _title_phrases() -> tuple[tuple[str, str, frozenset[str]], ...]:
    return tuple((row["kind"], row["name"], frozenset(split_cell(row["words"]))) for row in load_rows("title_ranks.tsv"))


@lru_cache(maxsize=65536)
def title_marks(title: str) -> Mapping[str, frozenset[str]]:
    """The rank (at most one) and the departments that a title names."""
    words = " ".join(_HYPHENATED.findall(title.casefold()))
    text = f" {words} {words.replace('-', ' ')} "
    found = [(kind, name) for kind, name, words in _title_phrases() if any(f" {word} " in text for word in words)]
    ranks = [name for kind, name in found if kind == "rank"]
    departments = frozenset(name for kind, name in found if kind == "department")
    return {"rank": frozenset(ranks[:1]), "department": departments}


@lru_cache(maxsize=65536)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold())) - load_words("function_words.txt")


def _dice(left: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(left & right) / (len(left) + len(right))


def _is_same_sentence(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether one sentence was copied from the other: nearly the same words, and enough of them to be no chance."""
    if min(len(left), len(right)) < MIN_SENTENCE_WORDS:
        return False
    return len(left & right) / len(left | right) >= MIN_SENTENCE_SHARE


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day[:10]).toordinal() if day else None
