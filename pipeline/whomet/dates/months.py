"""Rule matches -> meanings: days of a month, months, and ranges of them."""

from __future__ import annotations

from datetime import date

from whomet.dates.calendar import Days, make_day, months_days, value_days
from whomet.dates.captures import (
    Builder,
    anchor_for,
    date_meaning,
    is_year_unit,
    number_at,
    relation_of,
    relative_year,
)
from whomet.dates.context import GRANULARITIES, Context, Meaning, month_of_year, unit_value
from whomet.dates.grammar import Candidate

NEAR_DAYS = 120
"""A day and month without a year is taken as the nearest one when that is at most this far; else the clause decides."""
NEAR_MONTHS = 3
NEW_YEAR_MONTHS = 8
"""In a narrative a month this many months before the month told belongs to the next year."""


def nearest_year(context: Context, candidate: Candidate, month: int, day: int | None) -> tuple[int, str | None] | None:
    """The year of a month (and day) printed without one, and its direction; None when there is nothing to count from."""
    named = coordinated_year(context, candidate, month)
    if named is not None:
        return named, None
    if context.year_hint is not None:
        told = context.reference.days.first.month if context.reference and context.reference.days else month
        return context.year_hint + (told - month >= NEW_YEAR_MONTHS), None
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
    ahead = context.looks(candidate) if min(back, forth) > near else None
    if ahead is None:
        ahead = forth < back
    return (future.year, "future") if ahead else (past.year, "past")


def coordinated_year(context: Context, candidate: Candidate, month: int) -> int | None:
    """The year printed with the second of two dates: 'in August and September 1914', 'March 25 to April 2, 2023'."""
    at = candidate.last
    if context.kind(at) not in ("AND", "OR", "TO", "DASH"):
        return None
    at += 1
    at += context.kind(at) == "THE"
    day_first = context.kind(at) in ("DAY", "ORDINAL")
    at += day_first
    if context.kind(at) not in ("MONTH", "MONTH_SHORT"):
        return None
    second = int(context.tokens[at].value)
    at += 1
    at += context.kind(at) == "DOT"
    at += not day_first and context.kind(at) in ("DAY", "ORDINAL")
    at += context.kind(at) == "COMMA"
    if context.kind(at) != "YEAR":
        return None
    return int(context.tokens[at].value) - (second < month)


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
    month, day = number_at(context, candidate, "m"), number_at(context, candidate, "d")
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


def month_day_rel(context: Context, candidate: Candidate) -> Meaning | None:
    """'March 3 this year', '10 June last year'."""
    month, day = number_at(context, candidate, "m"), number_at(context, candidate, "d")
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
    base = anchor_for(context, relation)
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
    joined = context.kind(candidate.groups["d"][1]) == "AND"
    if head is None or tail is None or head > tail or (joined and (tail - head).days != 1):
        return None
    return Meaning("DATE", f"{head.isoformat()}/{tail.isoformat()}", Days(head, tail), "day", None, anchored)


def month_part(context: Context, candidate: Candidate) -> Meaning | None:
    """'the last week of March', 'the first half of May 2014', 'the first day of June'."""
    number, unit = number_at(context, candidate, "m"), context.tokens[candidate.groups["u"][0]].value
    token = context.tokens[candidate.groups["o"][0]]
    nth = -1 if token.kind == "LAST" else number_at(context, candidate, "o")
    if number is None or nth is None or unit not in ("D", "W", "H", "WE"):
        return None
    named = number_at(context, candidate, "y")
    found = (named, None) if named else nearest_year(context, candidate, number, None)
    days = months_days(found[0], number, 1) if found else None
    if days is None:
        return Meaning("DATE", f"XXXX-{number:02d}", None, GRANULARITIES[unit])
    return part_of_month(days, unit, nth, anchored=named is None)


def part_of_month(month: Days, unit: str, nth: int, *, anchored: bool) -> Meaning | None:
    """The nth (-1: last) day, ISO week, weekend or half of a month; the days stay within the month."""
    length = month.last.day
    if unit == "H":
        first, last = {1: (1, 15), 2: (16, length), -1: (16, length)}.get(nth, (0, 0))
    elif unit == "D":
        first = last = nth if nth > 0 else length
    else:
        middle = month.first.replace(day=min(7 * nth - 6, length)) if nth > 0 else month.last
        monday = middle.toordinal() - middle.isoweekday() + (6 if unit == "WE" else 1)
        first = max(monday, month.first.toordinal()) - month.first.toordinal() + 1
        last = min(monday + (1 if unit == "WE" else 6), month.last.toordinal()) - month.first.toordinal() + 1
    if not 1 <= first <= last <= length or (nth > 5 and unit != "D"):
        return None
    days = Days(month.first.replace(day=first), month.first.replace(day=last))
    value = unit_value(unit, days.first, 0) if unit != "H" else unit_value("M", days.first, 0)
    return Meaning("DATE", value, days, GRANULARITIES[unit], None, anchored) if value else None


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


def the_day(context: Context, candidate: Candidate) -> Meaning | None:
    """'on the 10th': that day of the month told before, or of the publication month."""
    number = number_at(context, candidate, "o")
    after = context.kind(candidate.last)
    token = context.tokens[candidate.last - 1]
    spelled = not token.lower[:1].isdigit()
    if number is None or (
        spelled and (context.kind(candidate.first - 1) != "ON" or after not in ("COMMA", "DOT", "BREAK", "PUNCT"))
    ):
        return None
    if context.kind(candidate.first - 1) not in ("ON", "TO", "AND") and context.word(candidate.first - 1) != "from":
        return None
    if after in ("WORD", "UNIT", "DASH", "POSS") and context.word(candidate.last) not in (
        "as",
        "but",
        "when",
        "where",
        "while",
        "with",
        "by",
    ):
        return None
    base = context.told_day.days.first if context.told_day and context.told_day.days else context.anchor
    if base is None:
        return Meaning("DATE", f"XXXX-XX-{number:02d}", None, "day") if number <= 31 else None
    day = make_day(base.year, base.month, number)
    return date_meaning(day, anchored=True)


def same_month_day(context: Context, candidate: Candidate) -> Meaning | None:
    """'(April 24 and) 25': a second day of the month just told, nothing but 'and', 'or', 'to', commas between."""
    previous = context.reference
    if context.last_token < 0 or candidate.first - context.last_token > 2:
        return None
    if not {context.kind(index) for index in range(context.last_token, candidate.first)} & {"AND", "OR", "TO"}:
        return None
    if context.last_rule not in ("month-day", "same-month-day") or previous is None or previous.granularity != "day":
        return None
    counted = context.kind(candidate.last) in (
        "WORD",
        "UNITS",
        "UNIT",
        "MONTH",
        "MONTH_SHORT",
        "CLOCKUNIT",
        "AMPM",
        "PUNCT",
        "DASH",
    )
    if counted and context.word(candidate.last) not in ("with", "by", "as", "but", "when"):
        return None
    number = number_at(context, candidate, "d")
    if number is None or previous.days is None:
        return None
    day = make_day(previous.days.first.year, previous.days.first.month, number)
    if day is None or day <= previous.days.first:
        return None
    return date_meaning(day, anchored=previous.anchored, direction=previous.direction)


BUILDERS: dict[str, Builder] = {
    "month-day": month_day,
    "full-date": full_date,
    "month-day-rel": month_day_rel,
    "month-rel": month_rel,
    "month": month,
    "rel-month": rel_month,
    "month-year": month_year,
    "day-range": day_range,
    "month-part": month_part,
    "month-range": month_range,
    "the-day": the_day,
    "same-month-day": same_month_day,
}
