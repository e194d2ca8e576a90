"""Rule matches -> meanings: weekdays, today and its neighbours, holidays, parts of the day, clock times."""

from __future__ import annotations

import re
from datetime import date, timedelta

from whomet.dates.calendar import Days, add_days, easter, make_day, value_days
from whomet.dates.captures import (
    STEP,
    Builder,
    anchor_for,
    date_meaning,
    is_year_unit,
    number_at,
    read_part,
    relation_of,
    relative_year,
)
from whomet.dates.context import Context, Meaning, unit_meaning, unit_value
from whomet.dates.grammar import Candidate

_REGULAR = frozenset({"traditional", "usual", "regular", "weekly", "customary", "routine"})
_PARTS = {"MO": "MO", "AF": "AF", "EV": "EV", "NI": "NI"}


def weekday(context: Context, candidate: Candidate) -> Meaning:
    """'Monday': the most recent one including the publication day, or the next one when the clause looks ahead.

    'the traditional Monday meeting' is a SET.
    """
    number = number_at(context, candidate, "w") or 1
    anchor = context.anchor
    if context.word(candidate.first - 1) in _REGULAR:
        return Meaning("SET", f"XXXX-WXX-{number}", None, "day")
    if anchor is None:
        return Meaning("DATE", f"XXXX-WXX-{number}", None, "day")
    ahead = context.looks(candidate)
    back = (anchor.isoweekday() - number) % 7
    day = add_days(anchor, (7 - back) % 7 if ahead else -back)
    direction = None if back == 0 else "future" if ahead else "past"
    return date_meaning(day, anchored=True, direction=direction) or Meaning("DATE", f"XXXX-WXX-{number}", None, "day")


def rel_weekday(context: Context, candidate: Candidate) -> Meaning | None:
    """'last Friday', 'next Tuesday', 'this Thursday', 'the following Monday'."""
    number = number_at(context, candidate, "w") or 1
    relation = relation_of(context, candidate) or "this"
    base = anchor_for(context, relation)
    if base is None:
        return Meaning("DATE", f"XXXX-WXX-{number}", None, "day")
    back, forth = (base.isoweekday() - number) % 7, (number - base.isoweekday()) % 7
    if relation in ("last", "past", "previous", "latest"):
        offset = -(back or 7)
    elif relation in ("next", "following"):
        offset = forth or 7
    elif relation == "coming":
        offset = forth
    elif relation == "same":
        offset = forth if forth < 7 - forth else forth - 7
    else:
        offset = -back if context.looks(candidate) is False else forth
    direction = "past" if offset < 0 else "future" if offset else None
    return date_meaning(add_days(base, offset), anchored=True, direction=direction)


def weekday_week(context: Context, candidate: Candidate) -> Meaning | None:
    """'Tuesday of next week', 'Monday last week'."""
    number = number_at(context, candidate, "w") or 1
    unit = context.tokens[candidate.last - 1]
    if unit.value != "W":
        return None
    relation = relation_of(context, candidate, "k") or "this"
    base = anchor_for(context, relation)
    if base is None:
        return Meaning("DATE", f"XXXX-WXX-{number}", None, "day")
    monday = add_days(base, 7 * STEP.get(relation, 0) - base.isoweekday() + 1)
    return date_meaning(add_days(monday, number - 1) if monday else None, anchored=True)


def today(context: Context, candidate: Candidate) -> Meaning:
    """'yesterday', 'today', 'the day after tomorrow'; 'of today' is a vague present."""
    first = candidate.first
    token = context.tokens[first]
    if token.lower == "today" and context.kind(first - 1) == "OF":
        return Meaning("DATE", "PRESENT_REF", None, None)
    return unit_meaning("D", context.anchor, int(token.value))


def tonight(context: Context, candidate: Candidate) -> Meaning:
    """'tonight'."""
    if context.anchor is None:
        return Meaning("TIME", "XXXX-XX-XXTNI", None, "time")
    return Meaning("TIME", f"{context.anchor.isoformat()}TNI", Days(context.anchor, context.anchor), "time", None, True)


def holiday(context: Context, candidate: Candidate) -> Meaning | None:
    """'Christmas Day', 'last Thanksgiving', 'Easter Monday 2015': the nearest one, or as the words say."""
    entry = context.tokens[candidate.groups["h"][0]].value
    named = number_at(context, candidate, "y")
    if named is None and "r2" in candidate.groups:
        named = relative_year(context, candidate, "r2") if is_year_unit(context, candidate, "r2") else None
    if named is not None:
        return date_meaning(holiday_day(entry, named))
    anchor = context.anchor
    if anchor is None:
        return Meaning("DATE", entry if entry.startswith("XXXX") else "XXXX-XX-XX", None, "day")
    days = [day for offset in (-1, 0, 1) if (day := holiday_day(entry, anchor.year + offset)) is not None]
    relation = relation_of(context, candidate)
    if relation in ("last", "past"):
        chosen = max((day for day in days if day < anchor), default=None)
    elif relation in ("next", "coming"):
        chosen = min((day for day in days if day > anchor), default=None)
    elif relation == "this":
        chosen = holiday_day(entry, anchor.year)
    else:
        chosen = min(days, key=lambda day: abs((day - anchor).days), default=None)
    return date_meaning(chosen, anchored=True)


def holiday_day(entry: str, year: int) -> date | None:
    """The day of a holiday in a year, from its lexicon value."""
    if not 1 <= year <= 9999:
        return None
    if entry.startswith("XXXX-"):
        return make_day(year, int(entry[5:7]), int(entry[8:10]))
    if entry.startswith("EASTER"):
        return add_days(easter(year), int(entry[6:]))
    month, _, rule = entry.partition("-W")
    nth, _, weekday = rule.rpartition("-")
    first = date(year, int(month), 1)
    if int(nth) > 0:
        return first + timedelta(days=(int(weekday) - first.isoweekday()) % 7 + 7 * (int(nth) - 1))
    days = value_days(f"{year:04d}-{month}")
    last = days.last if days else first
    return last - timedelta(days=(last.isoweekday() - int(weekday)) % 7)


def day_part(context: Context, candidate: Candidate) -> Meaning | None:
    """'Wednesday night', 'this morning', 'overnight': a TIME on a day."""
    start, _ = candidate.groups["p"]
    part = _PARTS.get(context.tokens[start].value)
    if part is None:
        return None
    direction: str | None = None
    if "d" in candidate.groups:
        day = read_part(context, candidate, "d")
        if day is None or day.days is None or day.granularity != "day":
            return (
                Meaning("TIME", f"{day.value if day else 'XXXX-XX-XX'}T{part}", None, "time")
                if day and day.type == "DATE"
                else None
            )
        return Meaning("TIME", f"{day.value}T{part}", day.days, "time", day.direction, day.anchored)
    relation = relation_of(context, candidate) if "r" in candidate.groups else "this"
    base = (
        context.reference_day() if relation in ("same", "following") or context.kind(candidate.first) == "THE" else context.anchor
    )
    offset = {"last": -1, "next": 1, "following": 1}.get(relation or "", 0)
    if relation == "last" and part != "NI":
        return None
    if base is None:
        return Meaning("TIME", f"XXXX-XX-XXT{part}", None, "time")
    value = unit_value("D", base, offset)
    return Meaning("TIME", f"{value}T{part}", value_days(value), "time", direction, True) if value else None


def clock_value(context: Context, first: int, last: int) -> str | None:
    """HH:MM of a clock time, or None when it is none (25:70, 13 p.m.)."""
    tokens = context.tokens[first:last]
    digits = [token for token in tokens if token.kind in ("CLOCK", "DAY", "FRACTION", "INT", "YEAR")]
    half = next((token.value for token in tokens if token.kind == "AMPM"), None)
    if tokens[0].kind == "HOURNAME":
        return tokens[0].value
    parts = re.split(r"[:.]", digits[0].value)
    if len(digits) > 1:
        parts = [digits[0].value, digits[1].value]
    elif digits[0].kind in ("INT", "YEAR") or len(parts[0]) > 2:
        padded = context.tokens[first].lower.zfill(4)
        if len(padded) != 4 or not padded.isdigit():
            return None
        parts = [padded[:2], padded[2:]]
    if not all(part.isdigit() for part in parts):
        return None
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + int(half)
    elif len(parts) < 2:
        return None
    return f"{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


def clock(context: Context, candidate: Candidate) -> Meaning | None:
    """'10:35 a.m.', 'noon', '1830 GMT': a time on the publication day."""
    value = clock_value(context, *candidate.groups["c"])
    if value is None:
        return None
    tokens = context.tokens[candidate.first : candidate.last]
    if (
        len(tokens) == 1
        and tokens[0].kind == "CLOCK"
        and context.kind(candidate.first - 1) not in ("AT", "IN", "FROM", "TO", "COMMA", "BREAK")
    ):
        return None
    told = context.told_day.days if context.narrative and context.told_day else None
    day = told.first if told else context.anchor
    if day is None:
        return Meaning("TIME", f"XXXX-XX-XXT{value}", None, "time")
    return Meaning("TIME", f"{day.isoformat()}T{value}", Days(day, day), "time", None, True)


def clock_day(context: Context, candidate: Candidate) -> Meaning | None:
    """'10 p.m. Wednesday', 'May 3 at 9:30 a.m.', 'noon Saturday'."""
    value = clock_value(context, *candidate.groups["c"])
    day = read_part(context, candidate, "d")
    if value is None or day is None or day.granularity != "day":
        return None
    return Meaning("TIME", f"{day.value}T{value}", day.days, "time", day.direction, day.anchored)


BUILDERS: dict[str, Builder] = {
    "weekday": weekday,
    "rel-weekday": rel_weekday,
    "weekday-week": weekday_week,
    "today": today,
    "tonight": tonight,
    "holiday": holiday,
    "day-part": day_part,
    "time": clock,
    "time-day": clock_day,
}
