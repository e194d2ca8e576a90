"""What a rule match captured: numbers, units, and how words such as 'last' or 'the same' relate to the anchor."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from whomet.dates.calendar import Days
from whomet.dates.context import Context, Meaning
from whomet.dates.grammar import Candidate

Builder = Callable[[Context, Candidate], Meaning | None]
STEP = {"this": 0, "same": 0, "last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1, "latest": 0}


def number_at(context: Context, candidate: Candidate, group: str) -> int | None:
    """The number that a captured token carries: '3', '3rd', 'third', a year."""
    span = candidate.groups.get(group)
    if span is None:
        return None
    digits = "".join(char for char in context.tokens[span[0]].value if char.isdigit())
    return int(digits) if digits and len(digits) < 7 else None


def relation_of(context: Context, candidate: Candidate, group: str = "r") -> str | None:
    """How a determiner relates to the anchor: this, last, next, coming, past, same, following, previous, or None."""
    span = candidate.groups.get(group)
    if span is None:
        return None
    kinds = {context.tokens[index].kind for index in range(*span)}
    if {"THE", "NEXT"} <= kinds:
        return "following"  # 'the next day' counts from the day told, 'next week' from the publication day
    for kind, name in (
        ("SAME", "same"),
        ("FOLLOWING", "following"),
        ("PREVIOUS", "previous"),
        ("LATEST", "latest"),
        ("PAST", "past"),
        ("COMING", "coming"),
        ("LAST", "last"),
        ("NEXT", "next"),
        ("CURRENT", "this"),
        ("THAT", "same"),
        ("THIS", "this"),
        ("THE", "the"),
    ):
        if kind in kinds:
            return name
    return None


def anchor_for(context: Context, relation: str) -> date | None:
    """The day to count from: anaphoric words count from what was told before, the others from the publication day."""
    if relation in ("same", "following", "previous") or (context.narrative and relation in ("the", "none")):
        return context.reference_day()
    return context.anchor


def date_meaning(day: date | None, *, anchored: bool = False, direction: str | None = None) -> Meaning | None:
    """A single day as a meaning; None for None."""
    if day is None:
        return None
    return Meaning("DATE", day.isoformat(), Days(day, day), "day", direction, anchored)


def relative_year(context: Context, candidate: Candidate, group: str = "r") -> int | None:
    """The year of 'this year', 'last year', 'that year'; None without an anchor or when the unit is no year."""
    if not is_year_unit(context, candidate, group):
        return None
    relation = relation_of(context, candidate, group) or "this"
    base = anchor_for(context, relation)
    return None if base is None else base.year + STEP.get(relation, 0)


def is_year_unit(context: Context, candidate: Candidate, group: str = "r") -> bool:
    """True when the captured 'this X' is 'this year'."""
    return context.tokens[candidate.groups[group][1] - 1].value == "Y"


def anchor_year(context: Context) -> int | None:
    """The year of publication."""
    return context.anchor.year if context.anchor else None


def count_of(context: Context, candidate: Candidate) -> str | None:
    """How many units: an integer, 'N.5' for halves, or 'X' when the text leaves it open."""
    start, _ = candidate.groups["n"]
    token = context.tokens[start]
    if token.kind == "VAGUE":
        return token.value
    if token.kind == "A":
        return "1"
    if token.kind == "FRACTION":
        if re.fullmatch(r"[0-9]+( 1/2|½|\.5)", token.value):
            return str(int(re.split(r"[ ½.]", token.value)[0])) + ".5"
        return None
    if token.kind == "YEAR" and 1900 <= int(token.value) <= 2100:
        return None
    return token.value if token.value.isdigit() and len(token.value) <= 6 else None


def unit_of(context: Context, candidate: Candidate) -> str | None:
    """The unit of the last unit token in the match: D, W, M, Q, Y, DE, CE, WE, TH, TM, TS, or a season."""
    for index in range(candidate.last - 1, candidate.first - 1, -1):
        token = context.tokens[index]
        if token.kind == "CLOCKUNIT":
            return "T" + token.value
        if token.kind in ("UNIT", "UNITS", "QUARTER", "WEEKEND", "WEEKENDS", "NIGHTS", "SEASON"):
            return token.value
    return None


def read_range(context: Context, first: int, last: int) -> Meaning | None:
    """The meaning of a whole token range by some rule."""
    for candidate in context.fullmatch(first, last):
        meaning = context.build(context, candidate)
        if meaning is not None:
            return meaning
    return None


def read_part(context: Context, candidate: Candidate, group: str) -> Meaning | None:
    """The meaning of a captured part, whose clause is that of the whole match."""
    context.clause = (candidate.first, candidate.last)
    meaning = read_range(context, *candidate.groups[group])
    context.clause = None
    return meaning
