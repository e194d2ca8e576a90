"""The order of day and month of dates in digits: what the line, its zone, or the other dates of the page say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from whomet.dates.pages import LONGEST, TOP_LINES, PageLine, label_order
from whomet.dates.stamps import Stamp, zones
from whomet.dates.tokens import tokenize


def settle(stamp: Stamp, line: str, order: str | None) -> tuple[date | None, float]:
    """The day of a stamp and a weight for its confidence: a weekday in the line, the zone, or the page's order decides.

    (None, 0) when day and month can be told apart by nothing.
    """
    if len(stamp.readings) == 1:
        return stamp.readings[0][1], 1.0
    weekday = next((int(token.value) for token in tokenize(line[:LONGEST]) if token.kind in ("WEEKDAY", "WEEKDAY_SHORT")), None)
    if weekday is not None:
        named = [day for _, day in stamp.readings if day.isoweekday() == weekday]
        if len(named) == 1:
            return named[0], 1.0
    zone_order = zones().get(stamp.zone or "", {}).get("order")
    for hint, weight in ((order, 0.9), (zone_order, 0.85), (label_order(line), 0.85)):
        day = dict(stamp.readings).get(hint or "")
        if day is not None:
            return day, weight
    return None, 0.0


def number_order(stamps: Sequence[Stamp], lines: list[PageLine]) -> str | None:
    """The order (dmy or mdy) that other dates of the page show, or a month and day told in its first lines agree with."""
    readings = [stamp.readings for stamp in stamps]
    open_ones = [reading for reading in readings if len(reading) > 1]
    if not open_ones:
        return None
    certain = [reading[0] for reading in readings if len(reading) == 1]
    for name, _ in certain:
        if name in ("dmy", "mdy"):
            return name
    known = {day for name, day in certain}
    told = _told_month_days(lines) | {(day.month, day.day) for day in known}
    for reading in open_ones:
        agreeing = [name for name, day in reading if (day.month, day.day) in told]
        if len(agreeing) == 1:
            return agreeing[0]
    return None


def _told_month_days(lines: list[PageLine]) -> set[tuple[int, int]]:
    """Month and day pairs in words within the first lines."""
    told = set()
    for line in lines[:TOP_LINES]:
        tokens = tokenize(line.text[:LONGEST])
        for first, second in pairwise(tokens):
            for month, day in ((first, second), (second, first)):
                if month.kind in ("MONTH", "MONTH_SHORT") and day.kind == "DAY":
                    told.add((int(month.value), int(day.value)))
    return told
