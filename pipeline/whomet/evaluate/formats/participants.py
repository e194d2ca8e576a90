"""Participants of a meeting from the Person, Title and Party spans that are linked to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from whomet.errors import SetupError
from whomet.evaluate.formats.article import Mark
from whomet.evaluate.formats.offsets import shorten
from whomet.evaluate.formats.scheme import PARTY, PERSON, TITLE


def participants_of(
    actors: Sequence[Mark], owned: Mapping[str, Sequence[Mark]], same: Callable[[Mark], Sequence[Mark]], place: str
) -> list[dict[str, Any]]:
    """One participant for each person, unnamed title and party, in the order of the links; what is told twice counts once.

    owned: titles and parties of a person, parties of a title, by mark id. same: all marks of the same person, linked or not.
    A title that is a person's is no participant of its own. Raises SetupError for a participant of two parties.
    """
    groups = {group[0].id: group for group in map(same, actors)}
    titles = {title.id for group in groups.values() for mark in group for title in owned.get(mark.id, ()) if title.label == TITLE}
    made: dict[tuple[str | None, str | None, str | None], dict[str, Any]] = {}
    for group in groups.values():
        if group[0].id in titles:
            continue
        belongings = [mark for member in group for mark in owned.get(member.id, ())]
        belongings += [party for mark in belongings for party in owned.get(mark.id, ())]
        participant = _participant(group, belongings, place)
        key = (participant["name"], participant["title"], participant["party"])
        if key in made:
            made[key]["mentions"] += participant["mentions"]
        else:
            made[key] = participant
    return list(made.values())


def _participant(group: Sequence[Mark], belongings: Sequence[Mark], place: str) -> dict[str, Any]:
    titles = [mark for mark in belongings if mark.label == TITLE]
    kind = group[0].label
    name = _given(group, "name") or (max((_name(mark, titles) for mark in group), key=len) if kind == PERSON else None)
    title = _given([*group, *titles], "title") or max((mark.text for mark in titles), key=len, default=None)
    return {
        "name": name,
        "title": title or (max((mark.text for mark in group), key=len) if kind == TITLE else None),
        "party": _party(group, belongings, place),
        "mentions": [{"text": mark.text, "char_start": mark.char_start, "char_end": mark.char_end} for mark in group],
    }


def _given(marks: Sequence[Mark], key: str) -> str | None:
    return next((mark.attributes[key] for mark in marks if key in mark.attributes), None)


def _name(person: Mark, titles: Sequence[Mark]) -> str:
    """The text of a Person span without a title that lies at its start or end."""
    start, end = person.char_start, person.char_end
    for title in titles:
        if title.char_start == start < title.char_end < end:
            start = title.char_end
        elif start < title.char_start < end == title.char_end:
            end = title.char_start
    return person.text[start - person.char_start : end - person.char_start].strip(" \t\r\n,") or person.text


def _party(group: Sequence[Mark], belongings: Sequence[Mark], place: str) -> str | None:
    """The canonical party where it is given, else the words of a Party span; None when there is neither."""
    for marks in (group, belongings):
        given = {mark.attributes["party"] for mark in marks if "party" in mark.attributes}
        if len(given) > 1:
            raise SetupError(f"{place}: {group[0].label} {shorten(group[0].text)} has two parties: {', '.join(sorted(given))}")
        if given:
            return given.pop()
    return next((mark.text for mark in (*group, *belongings) if mark.label == PARTY), None)
