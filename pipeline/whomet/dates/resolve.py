"""Rule matches -> meanings. One small function per rule name; None when the match is no time expression after all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from whomet.dates.calendar import Days, add_days, easter, make_day, value_days
from whomet.dates.context import GRANULARITIES, Context, Meaning, month_of_year, unit_meaning, unit_value
from whomet.dates.grammar import Candidate

NEAR_DAYS = 120
"""A day and month without a year is taken as the nearest one when that is at most this far; else the clause decides."""
NEAR_MONTHS = 3


def number_at(context: Context, candidate: Candidate, group: str) -> int | None:
    """The number that a captured token carries."""
    span = candidate.groups.get(group)
    if span is None:
        return None
    digits = "".join(char for char in context.tokens[span[0]].value if char.isdigit())
    return int(digits) if digits and len(digits) < 7 else None


def ordinal_at(context: Context, candidate: Candidate, group: str) -> int | None:
    """A day of the month or an ordinal: '3', '3rd', 'third'."""
    return number_at(context, candidate, group)


def short_year(number: int, other: int) -> int:
    """The second year of a range such as 2024-25: two digits take the century of the first."""
    return number if number >= 100 else other - other % 100 + number


def date_meaning(day: date | None, *, anchored: bool = False, direction: str | None = None) -> Meaning | None:
    """A single day as a meaning; None for None."""
    if day is None:
        return None
    return Meaning("DATE", day.isoformat(), Days(day, day), "day", direction, anchored)


def relation_of(context: Context, candidate: Candidate, group: str = "r") -> str | None:
    """How a determiner relates to the anchor: this, last, next, coming, past, same, following, previous, or None."""
    span = candidate.groups.get(group)
    if span is None:
        return None
    kinds = {context.tokens[index].kind for index in range(*span)}
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


_REGULAR = frozenset({"traditional", "usual", "regular", "weekly", "customary", "routine"})
_STEP = {"this": 0, "same": 0, "last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1, "latest": 0}


def rel_unit(context: Context, candidate: Candidate) -> Meaning | None:
    """'last month', 'this critical decade', 'the following week', 'the latest quarter'."""
    relation = relation_of(context, candidate) or "this"
    start, _ = candidate.groups["u"]
    token = context.tokens[start]
    if token.kind in ("SEASON", "FALL"):
        return season(context, candidate, token.value, relation)
    unit = token.value or "Q"
    if token.kind == "PERIOD":
        return period_meaning(context, relation)
    if relation == "this" and token.lower == "day":
        return None
    if relation in ("the", "past", "coming") and context.kind(candidate.first) != "THIS" and context.kind(start) != "WEEKEND":
        return None
    base, anchored = anchor_for(context, relation)
    if unit == "D" and relation in ("same", "following", "previous"):
        told = context.told_day
        base = told.days.first if told and told.days else None if relation == "same" else base
    if unit == "WE":
        return weekend(context, candidate, relation)
    if unit == "Q" and relation in ("latest", "same"):
        return told_quarter(context)
    return unit_meaning(unit, base, _STEP[relation], anchored=anchored)


def period_meaning(context: Context, relation: str) -> Meaning | None:
    """'the latest period', 'the same period': the quarter told before."""
    return told_quarter(context) if context.told_quarter and relation in ("same", "latest") else None


def told_quarter(context: Context) -> Meaning:
    """The quarter told before, else the last whole quarter before the publication day."""
    told = context.told_quarter
    if told is not None:
        return Meaning("DATE", told.value, told.days, "quarter", None, told.anchored)
    return unit_meaning("Q", context.anchor, -1)


def the_unit(context: Context, candidate: Candidate) -> Meaning | None:
    """'the quarter' after a quarter was told; 'the year ended March 31' (a length); 'the full year'; '(the end of) the year'."""
    start, _ = candidate.groups["u"]
    unit = context.tokens[start].value
    edge = context.kind(candidate.first - 1) == "OF" and context.kind(candidate.first - 2) == "EDGE"
    partial = context.kind(candidate.first - 1) == "IN" and context.kind(candidate.first - 2) in (
        "EARLIER",
        "LATER",
        "EARLY",
        "LATE",
    )
    adjective = context.word(candidate.groups["j"][0]) if "j" in candidate.groups else ""
    if edge or partial or adjective in ("full", "entire", "whole"):
        base = context.reference_day() if context.narrative else context.anchor
        return unit_meaning(unit, base, 0) if unit in ("W", "M", "Q", "Y", "DE", "CE") else None
    if context.kind(candidate.last) == "ENDED" and unit in ("Q", "Y", "M", "W"):
        return Meaning("DURATION", f"P1{unit}", None, GRANULARITIES[unit])
    if unit == "Q" and context.told_quarter is not None and not adjective:
        return told_quarter(context)
    return None


def year_ago(context: Context, candidate: Candidate) -> Meaning | None:
    """'the year-ago quarter', 'year-earlier (profit)': the same quarter, or the year, before the one told."""
    unit = next(context.tokens[index] for index in range(candidate.first, candidate.last) if context.kind(index) == "UNIT")
    if unit.value != "Y":
        return None
    if "j" in candidate.groups and context.word(candidate.groups["j"][0]) not in ("comparable", "corresponding"):
        return None
    number = number_at(context, candidate, "o")
    if context.told_quarter is None and number is None:
        return unit_meaning("Y", context.anchor, -1)
    told = told_quarter(context).value
    if not told[:4].isdigit() or int(told[:4]) < 2:
        return Meaning("DATE", "XXXX-QX", None, "quarter", "past")
    value = f"{int(told[:4]) - 1:04d}-Q{number or told[-1]}"
    return Meaning("DATE", value, value_days(value), "quarter", "past", True)


def named_quarter(context: Context, candidate: Candidate) -> Meaning | None:
    """'the 1988 quarter', 'the 1988 period': the quarter told before, of that year."""
    year_number = number_at(context, candidate, "y") or 0
    told = context.told_quarter
    value = f"{year_number:04d}" + (told.value[4:] if told else "")
    return Meaning("DATE", value, value_days(value), "quarter" if told else "year")


def year_end(context: Context, candidate: Candidate) -> Meaning:
    """'year-end': the last day of the publication year."""
    if context.anchor is None:
        return Meaning("DATE", "XXXX-12-31", None, "day")
    day = date(context.anchor.year, 12, 31)
    return Meaning("DATE", day.isoformat(), Days(day, day), "day", None, True)


def the_weekend(context: Context, candidate: Candidate) -> Meaning | None:
    """'the weekend', 'over the weekend'."""
    if context.kind(candidate.first) != "THE" and context.kind(candidate.first - 1) not in ("WEEKDAY", "EARLY"):
        return None
    return weekend(context, candidate, "the")


def anchor_for(context: Context, relation: str) -> tuple[date | None, bool]:
    """The day to count from and whether it is the publication day (anaphoric words count from what was told before)."""
    if relation in ("same", "following", "previous"):
        return context.reference_day(), True
    return context.anchor, True


def weekend(context: Context, candidate: Candidate, relation: str) -> Meaning:
    """'this weekend', 'last weekend', 'the weekend' (looks back unless the clause looks ahead)."""
    anchor = context.anchor
    if anchor is None:
        return unit_meaning("WE", None, 0)
    offset = _STEP.get(relation, 0)
    if relation in ("the", "this", "same") and anchor.isoweekday() < 6:
        ahead = context.ahead(candidate.first, candidate.last)
        if ahead is False or (ahead is None and relation == "the"):
            offset = -1
    return unit_meaning("WE", anchor, offset)


def season(context: Context, candidate: Candidate, code: str, relation: str | None) -> Meaning | None:
    """'this summer', 'last fall', 'that spring', 'the summer'."""
    base, _ = anchor_for(context, relation or "this")
    if base is None:
        return Meaning("DATE", f"XXXX-{code}", None, "season")
    this_year = value_days(f"{base.year:04d}-{code}")
    year = base.year
    if this_year is None:
        return None
    if relation in ("last", "past", "previous") and this_year.last >= base:
        year -= 1
    elif relation in ("next", "coming", "following") and this_year.first <= base:
        year += 1
    elif relation in ("the", None):
        ahead = context.ahead(candidate.first, candidate.last)
        if ahead is False and this_year.first > base:
            year -= 1
        elif ahead and this_year.last < base:
            year += 1
    elif code == "WI" and base.month < 3 and relation == "this":
        year -= 1
    value = f"{year:04d}-{code}"
    return Meaning("DATE", value, value_days(value), "season", None, True)


def nearest_year(context: Context, candidate: Candidate, month: int, day: int | None) -> tuple[int, str | None] | None:
    """The year of a month (and day) printed without one, and its direction; None when there is nothing to count from."""
    if context.year_hint is not None:
        return context.year_hint, None
    anchor = context.anchor
    if anchor is None:
        return None
    if (anchor.month, anchor.day if day else 0) == (month, day or 0):
        return anchor.year, None
    past, future = _neighbours(anchor, month, day)
    if day:
        back, forth, near = (anchor - past).days, (future - anchor).days, NEAR_DAYS
    else:
        back, forth, near = (anchor.month - month) % 12, (month - anchor.month) % 12, NEAR_MONTHS
    ahead = context.ahead(candidate.first, candidate.last)
    if ahead is None or min(back, forth) <= near:
        ahead = forth < back
    return (future.year, "future") if ahead else (past.year, "past")


def _neighbours(anchor: date, month: int, day: int | None) -> tuple[date, date]:
    """The last and the next such day (the first of the month without a day) around the anchor."""
    day = min(day or 1, 28)
    year = anchor.year
    this = date(year, month, day)
    if this <= anchor:
        return this, date(min(year + 1, 9999), month, day)
    return date(max(year - 1, 1), month, day), this


def month_day(context: Context, candidate: Candidate) -> Meaning | None:
    """'June 10', 'Friday, December 8', '3 April', 'next Wednesday, February 13'."""
    month, day = number_at(context, candidate, "m"), ordinal_at(context, candidate, "d")
    if month is None or day is None or make_day(2000, month, day) is None:
        return None
    found = nearest_year(context, candidate, month, day)
    if found is None:
        return Meaning("DATE", f"XXXX-{month:02d}-{day:02d}", None, "day")
    year, direction = found
    weekday = number_at(context, candidate, "w")
    if weekday is not None:
        for other in (year, year - 1, year + 1):
            named = make_day(other, month, day)
            if named is not None and named.isoweekday() == weekday:
                return date_meaning(named, anchored=True, direction=direction)
    return date_meaning(make_day(year, month, day), anchored=True, direction=direction)


def full_date(context: Context, candidate: Candidate) -> Meaning | None:
    """'Monday, May 12, 2014', '12 May 2014'."""
    year, month, day = (number_at(context, candidate, group) for group in "ymd")
    if year is None or month is None or day is None:
        return None
    return date_meaning(make_day(year, month, day))


def relative_year(context: Context, candidate: Candidate, group: str = "r") -> int | None:
    """The year of 'this year', 'last year', 'that year'; None without an anchor or when the unit is no year."""
    span = candidate.groups[group]
    if context.tokens[span[1] - 1].value != "Y":
        return None
    relation = relation_of(context, candidate, group) or "this"
    base, _ = anchor_for(context, relation)
    return None if base is None else base.year + _STEP.get(relation, 0)


def anchor_year(context: Context) -> int | None:
    """The year of publication."""
    return context.anchor.year if context.anchor else None


def is_year_unit(context: Context, candidate: Candidate, group: str = "r") -> bool:
    """True when the captured 'this X' is 'this year'."""
    return context.tokens[candidate.groups[group][1] - 1].value == "Y"


def month_day_rel(context: Context, candidate: Candidate) -> Meaning | None:
    """'March 3 this year', '10 June last year'."""
    month, day = number_at(context, candidate, "m"), ordinal_at(context, candidate, "d")
    if not is_year_unit(context, candidate) or month is None or day is None:
        return None
    year = relative_year(context, candidate)
    if year is None:
        return Meaning("DATE", f"XXXX-{month:02d}-{day:02d}", None, "day")
    return date_meaning(make_day(year, month, day), anchored=True)


def month_rel(context: Context, candidate: Candidate) -> Meaning | None:
    """'January this year', 'June of last year'."""
    month = number_at(context, candidate, "m")
    if not is_year_unit(context, candidate) or month is None:
        return None
    year = relative_year(context, candidate)
    if year is None or not 1 <= year <= 9999:
        return Meaning("DATE", f"XXXX-{month:02d}", None, "month")
    return month_of_year(month, year)


def month(context: Context, candidate: Candidate) -> Meaning | None:
    """'June': the nearest one, or as the clause looks."""
    number = number_at(context, candidate, "m")
    if number is None:
        return None
    found = nearest_year(context, candidate, number, None)
    if found is None:
        return Meaning("DATE", f"XXXX-{number:02d}", None, "month")
    value = f"{found[0]:04d}-{number:02d}"
    return Meaning("DATE", value, value_days(value), "month", found[1], True)


def rel_month(context: Context, candidate: Candidate) -> Meaning | None:
    """'last September', 'next May', 'this June'."""
    number = number_at(context, candidate, "m")
    relation = relation_of(context, candidate) or "this"
    base, _ = anchor_for(context, relation)
    if number is None:
        return None
    if base is None:
        return Meaning("DATE", f"XXXX-{number:02d}", None, "month")
    year = base.year
    if relation in ("last", "past", "previous") and number >= base.month:
        year -= 1
    elif relation in ("next", "coming", "following") and number <= base.month:
        year += 1
    if not 1 <= year <= 9999:
        return None
    return month_of_year(number, year)


def month_year(context: Context, candidate: Candidate) -> Meaning | None:
    """'March 2014'."""
    number, year = number_at(context, candidate, "m"), number_at(context, candidate, "y")
    return month_of_year(number, year) if number and year else None


def day_range(context: Context, candidate: Candidate) -> Meaning | None:
    """'June 11-13', '12 to 14 March 2014', 'February 28 - March 2, 2002': one DATE, value first/last."""
    month, day, last_day = (number_at(context, candidate, group) for group in "mde")
    if month is None or day is None or last_day is None:
        return None
    last_month = number_at(context, candidate, "n") or month
    last_year = number_at(context, candidate, "y")
    first_year = number_at(context, candidate, "z")
    anchored = last_year is None
    if last_year is None:
        found = nearest_year(context, candidate, month, min(day, 28))
        if found is None:
            first, last = f"XXXX-{month:02d}-{day:02d}", f"XXXX-{last_month:02d}-{last_day:02d}"
            return Meaning("DATE", f"{first}/{last}", None, "day")
        first_year, last_year = found[0], found[0] + (last_month < month)
    elif first_year is None:
        first_year = last_year - (last_month < month)
    head, tail = make_day(first_year or last_year, month, day), make_day(last_year, last_month, last_day)
    if head is None or tail is None or head > tail:
        return None
    return Meaning("DATE", f"{head.isoformat()}/{tail.isoformat()}", Days(head, tail), "day", None, anchored)


def month_range(context: Context, candidate: Candidate) -> Meaning | None:
    """'March-May 2014': one DATE, value first/last."""
    first, last = number_at(context, candidate, "m"), number_at(context, candidate, "n")
    if first is None or last is None:
        return None
    year = number_at(context, candidate, "y")
    if year is None:
        found = nearest_year(context, candidate, first, None)
        if found is None:
            return Meaning("DATE", f"XXXX-{first:02d}/XXXX-{last:02d}", None, "month")
        year = found[0] + (last < first)
    value = f"{year - (last < first):04d}-{first:02d}/{year:04d}-{last:02d}"
    days = value_days(value)
    return Meaning("DATE", value, days, "month") if days else None


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
    ahead = context.ahead(candidate.first, candidate.last)
    back = (anchor.isoweekday() - number) % 7
    day = add_days(anchor, (7 - back) % 7 if ahead else -back)
    direction = None if back == 0 else "future" if ahead else "past"
    return date_meaning(day, anchored=True, direction=direction) or Meaning("DATE", f"XXXX-WXX-{number}", None, "day")


def rel_weekday(context: Context, candidate: Candidate) -> Meaning | None:
    """'last Friday', 'next Tuesday', 'this Thursday', 'the following Monday'."""
    number = number_at(context, candidate, "w") or 1
    relation = relation_of(context, candidate) or "this"
    base, _ = anchor_for(context, relation)
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
        offset = -back if context.ahead(candidate.first, candidate.last) is False else forth
    direction = "past" if offset < 0 else "future" if offset else None
    return date_meaning(add_days(base, offset), anchored=True, direction=direction)


def weekday_week(context: Context, candidate: Candidate) -> Meaning | None:
    """'Tuesday of next week', 'Monday last week'."""
    number = number_at(context, candidate, "w") or 1
    unit = context.tokens[candidate.last - 1]
    if unit.value != "W":
        return None
    relation = relation_of(context, candidate, "k") or "this"
    base, _ = anchor_for(context, relation)
    if base is None:
        return Meaning("DATE", f"XXXX-WXX-{number}", None, "day")
    monday = add_days(base, 7 * _STEP.get(relation, 0) - base.isoweekday() + 1)
    return date_meaning(add_days(monday, number - 1) if monday else None, anchored=True)


def today(context: Context, candidate: Candidate) -> Meaning:
    """'yesterday', 'today', 'the day after tomorrow'; 'of today' is a vague present."""
    first = candidate.first
    token = context.tokens[first]
    if token.lower == "today" and context.kind(first - 1) == "OF":
        return Meaning("DATE", "PRESENT_REF", None, None)
    return unit_meaning("D", context.anchor, int(token.value))


def year(context: Context, candidate: Candidate) -> Meaning | None:
    """'2014', 'the year 2000'."""
    number = number_at(context, candidate, "y")
    if number is None:
        return None
    value = f"{number:04d}"
    return Meaning("DATE", value, value_days(value), "year")


def year_range(context: Context, candidate: Candidate) -> Meaning | None:
    """'2013-2017', '2024-25'."""
    first, last = number_at(context, candidate, "y"), number_at(context, candidate, "z")
    if first is None or last is None:
        return None
    last = short_year(last, first)
    if not first < last <= first + 200 or len(context.tokens[candidate.last - 1].lower) not in (2, 4):
        return None
    value = f"{first:04d}/{last:04d}"
    return Meaning("DATE", value, value_days(value), "year")


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


def decade(context: Context, candidate: Candidate) -> Meaning | None:
    """'the 1980s', 'the nineties', "the '80s"."""
    token = context.tokens[candidate.last - 1]
    digits = "".join(char for char in (token.value if token.value else token.lower) if char.isdigit())
    if len(digits) == 2:
        number = int(digits)
        digits = ("20" if number < 20 else "19") + digits
    if len(digits) != 4 or digits[3] != "0":
        return None
    value = digits[:2] if digits[2:] == "00" and context.kind(candidate.first) == "THE" and int(digits) < 2000 else digits[:3]
    return Meaning("DATE", value, value_days(value), "century" if len(value) == 2 else "decade")


def century(context: Context, candidate: Candidate) -> Meaning | None:
    """'the 18th century'."""
    number = ordinal_at(context, candidate, "o")
    if context.tokens[candidate.groups["u"][0]].value != "CE" or number is None or not 2 <= number <= 30:
        return None
    value = f"{number - 1:02d}"
    return Meaning("DATE", value, value_days(value), "century")


def quarter(context: Context, candidate: Candidate) -> Meaning | None:
    """'the third quarter', 'third quarter of 1984', "next year's first quarter"."""
    number = ordinal_at(context, candidate, "o")
    if number is None or not 1 <= number <= 4:
        return None
    named = number_at(context, candidate, "y")
    if named is None and "r" in candidate.groups:
        if not is_year_unit(context, candidate):
            return None
        named = relative_year(context, candidate)
    elif named is None and context.anchor is not None:
        now = (context.anchor.month + 2) // 3
        named = context.anchor.year
        ahead = context.ahead(candidate.first, candidate.last)
        if number > now and not ahead and number - now > 1:
            named -= 1
        elif number < now and ahead and now - number > 1:
            named += 1
    if named is None or not 1 <= named <= 9999:
        return Meaning("DATE", f"XXXX-Q{number}", None, "quarter")
    value = f"{named:04d}-Q{number}"
    return Meaning("DATE", value, value_days(value), "quarter", None, "y" not in candidate.groups)


def half_year(context: Context, candidate: Candidate) -> Meaning | None:
    """'the first half of 2014', 'the second half of this year', 'the first half of the year'."""
    token = context.tokens[candidate.groups["o"][0]]
    number = 2 if token.kind == "LAST" else number_at(context, candidate, "o")
    if number not in (1, 2):
        return None
    named = number_at(context, candidate, "y")
    if named is None:
        if context.tokens[candidate.last - 1].value != "Y":
            return None
        named = relative_year(context, candidate) if "r" in candidate.groups else anchor_year(context)
    if named is None or not 1 <= named <= 9999:
        return Meaning("DATE", f"XXXX-H{number}", None, "half")
    value = f"{named:04d}-H{number}"
    return Meaning("DATE", value, value_days(value), "half", None, "y" not in candidate.groups)


def season_year(context: Context, candidate: Candidate) -> Meaning | None:
    """'the summer of 2014', 'spring last year'."""
    named = number_at(context, candidate, "y")
    if named is None:
        if not is_year_unit(context, candidate):
            return None
        named = relative_year(context, candidate)
    code = context.tokens[candidate.groups["s"][0]].value
    if named is None or not 1 <= named <= 9998:
        return Meaning("DATE", f"XXXX-{code}", None, "season")
    value = f"{named:04d}-{code}"
    return Meaning("DATE", value, value_days(value), "season")


def season_bare(context: Context, candidate: Candidate) -> Meaning | None:
    """'this summer', 'the winter', 'summer'."""
    code = context.tokens[candidate.groups["s"][0]].value
    return season(context, candidate, code, relation_of(context, candidate))


def season_range(context: Context, candidate: Candidate) -> Meaning | None:
    """'the summer-autumn period'."""
    first, last = (context.tokens[candidate.groups[group][0]].value for group in "st")
    named = number_at(context, candidate, "y") or (context.anchor.year if context.anchor else None)
    if named is None:
        return Meaning("DATE", f"XXXX-{first}/XXXX-{last}", None, "season")
    value = f"{named:04d}-{first}/{named:04d}-{last}"
    days = value_days(value)
    return Meaning("DATE", value, days, "season", None, "y" not in candidate.groups) if days else None


def fiscal_year(context: Context, candidate: Candidate) -> Meaning | None:
    """'fiscal 2014': the value of the year; its days depend on whose year it is, so none are given."""
    number = number_at(context, candidate, "y")
    return Meaning("DATE", f"{number:04d}", None, "year") if number else None


def fiscal_rel(context: Context, candidate: Candidate) -> Meaning | None:
    """'the current fiscal year'."""
    if context.tokens[candidate.last - 1].value != "Y":
        return None
    relation = relation_of(context, candidate) or "this"
    base, _ = anchor_for(context, relation)
    value = unit_value("Y", base, _STEP.get(relation, 0)) if base else None
    return Meaning("DATE", value or "XXXX", None, "year", None, value is not None)


BUILDERS: dict[str, Callable[[Context, Candidate], Meaning | None]] = {
    "full-date": full_date,
    "month-day": month_day,
    "month-day-rel": month_day_rel,
    "day-range": day_range,
    "month-range": month_range,
    "month-year": month_year,
    "month-rel": month_rel,
    "month": month,
    "rel-month": rel_month,
    "year": year,
    "year-range": year_range,
    "fiscal-year": fiscal_year,
    "fiscal-rel": fiscal_rel,
    "season-year": season_year,
    "season": season_bare,
    "season-range": season_range,
    "decade": decade,
    "century": century,
    "quarter": quarter,
    "half-year": half_year,
    "today": today,
    "weekday": weekday,
    "rel-weekday": rel_weekday,
    "weekday-week": weekday_week,
    "rel-unit": rel_unit,
    "the-weekend": the_weekend,
    "the-unit": the_unit,
    "year-ago": year_ago,
    "named-quarter": named_quarter,
    "year-end": year_end,
    "holiday": holiday,
}
