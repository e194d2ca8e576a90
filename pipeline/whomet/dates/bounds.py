"""Days that an expression bounds together with the words around it: 'since December', 'by Friday', 'from May 1 to 3'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from whomet.dates.calendar import Days, month_length
from whomet.dates.context import move
from whomet.dates.find import parse_anchor
from whomet.records import Timex

_BEFORE = re.compile(
    r"(?:^|[^\w])(since|by|before|until|till|through|for|over|during|within|prior to|ahead of)"
    r"(?: (?:about|around|at least|more than|nearly))?\s*$",
    re.IGNORECASE,
)
_LOOK_BACK = 40
_LENGTH = re.compile(r"P([0-9]+)(DE|CE|[DWMQY])")
_JOINT = re.compile(r"\s*(?:to|until|till|through|thru|-|–|—|and)\s+(?:the\s+)?", re.IGNORECASE)
_OPENING = re.compile(r"(?:^|[^\w])(from|between|starting|beginning)\s+(?:on\s+)?(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bounds:
    """First and last day (ISO, inclusive) of what an expression bounds; both None where either is open or unknown."""

    start: str | None
    end: str | None


def preposition_before(text: str, timex: Timex) -> str | None:
    """The bounding preposition right before an expression: since, by, before, until, for, ... or None."""
    match = _BEFORE.search(text[max(0, timex.char_start - _LOOK_BACK) : timex.char_start])
    return match[1].lower() if match else None


def bounded_days(text: str, timex: Timex, anchor: str | None) -> Bounds:
    """The days that an expression bounds, from the preposition before it.

    'since X' runs from X to the anchor; 'by', 'before', 'until', 'through X' from the anchor to X when X lies ahead. When X
    lies behind, nothing says when it began: both days are None. 'for two years' ends at the anchor. Without such a
    preposition: the expression's own days.
    """
    word = preposition_before(text, timex)
    today = parse_anchor(anchor)
    if timex.type == "DURATION" and timex.start is None:
        days = _length_until(timex.value, anchor) if word in ("for", "over", "during", "within") else None
        return Bounds(days.first.isoformat(), days.last.isoformat()) if days else Bounds(None, None)
    if word is None or today is None or timex.start is None or timex.end is None or timex.type == "DURATION":
        return Bounds(timex.start, timex.end)
    now = today.isoformat()
    if word == "since":
        return Bounds(timex.start, max(now, timex.start))
    if word in ("by", "before", "until", "till", "through", "prior to", "ahead of"):
        return Bounds(now, timex.end) if timex.end >= now else Bounds(None, None)
    return Bounds(timex.start, timex.end)


def _length_until(value: str, anchor: str | None) -> Days | None:
    day = parse_anchor(anchor)
    match = _LENGTH.fullmatch(value)
    first = move(day, match[2], -int(match[1])) if day and match and len(match[1]) < 6 else None
    return Days(first, day) if first and day else None


def other_reading(timex: Timex) -> Bounds | None:
    """The days of the reading that was not chosen: the same weekday a week off, the same month or day a year off.

    None for expressions that can be read in one way only. Lets a later stage turn a date round when it knows better.
    """
    first, last = parse_anchor(timex.start), parse_anchor(timex.end)
    if timex.anchor is None or first is None or last is None or timex.rule not in ("weekday", "month", "month-day"):
        return None
    sign = -1 if timex.direction == "future" else 1
    unit, count = ("D", 7 * sign) if timex.rule == "weekday" else ("Y", sign)
    start = move(first, unit, count)
    end = move(last, unit, count)
    if start is None or end is None:
        return None
    if timex.rule == "month":
        end = end.replace(day=month_length(end.year, end.month)) if timex.text.isalpha() else end
    return Bounds(start.isoformat(), end.isoformat())


def _is_next_day(first: Timex, second: Timex) -> bool:
    end, start = parse_anchor(first.end), parse_anchor(second.start)
    return first.granularity == second.granularity == "day" and end is not None and start is not None and (start - end).days == 1


def join_ranges(text: str, timexes: Sequence[Timex]) -> dict[int, Bounds]:
    """Ranges told in two expressions ('from March 25 to April 2', 'between 2010 and 2013'), by the index of the first one.

    The two stand side by side with only 'to', 'until', 'through', 'and' or a dash between; 'and' needs 'between' before,
    or two days in a row ('on Saturday and Sunday').
    """
    found: dict[int, Bounds] = {}
    for index, (first, second) in enumerate(pairwise(timexes)):
        joint = _JOINT.fullmatch(text[first.char_end : second.char_start])
        if joint is None or first.start is None or second.end is None or first.start > second.end:
            continue
        opening = _OPENING.search(text[max(0, first.char_start - _LOOK_BACK) : first.char_start])
        between = opening is not None and opening[1].lower() == "between"
        if joint.group().strip().lower() == "and" and not between and _is_next_day(first, second):
            found[index] = Bounds(first.start, second.end)
            continue
        if ("and" in joint.group().lower().split()) == between and (
            opening is not None or first.granularity == second.granularity
        ):
            found[index] = Bounds(first.start, second.end)
    return found


__all__ = ["Bounds", "bounded_days", "join_ranges", "other_reading", "preposition_before"]
