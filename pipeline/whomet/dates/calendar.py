"""Days that TIMEX3 values denote: calendar arithmetic without any language.

A value is ISO 8601 with the TIMEX3 extensions (ISO 24617-1): `2014`, `2014-03`, `2014-03-12`, `2014-W11`, `2014-W11-WE`,
`2014-Q1`, `2014-H2`, `2014-SP`, `201` (decade), `20` (century), a time after `T`, and `first/last` for a range.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_VALUE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:W(?P<week>[0-9]{2})(?:-(?P<weekday>[1-7]|WE))?|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<season>SP|SU|FA|WI)|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?(?:T.*)?"
)


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of calendar days, both ends inclusive."""

    first: date
    last: date


def add_days(day: date, count: int) -> date | None:
    """The day `count` days on; None outside the years 1..9999."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def add_months(day: date, count: int) -> date | None:
    """The same day of the month `count` months on (or the month's last day); None outside the years 1..9999."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    if not 1 <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def month_length(year: int, month: int) -> int:
    """Number of days of a month of the Gregorian calendar."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def make_day(year: int, month: int, day: int) -> date | None:
    """A calendar day, or None when there is no such day."""
    if not (1 <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= month_length(year, month)):
        return None
    return date(year, month, day)


def months_days(year: int, month: int, count: int) -> Days | None:
    """The days of `count` whole months from a month on."""
    last = year * 12 + month - 1 + count - 1
    last_year, last_month = divmod(last, 12)
    if not (1 <= year <= MAXYEAR and 1 <= last_year <= MAXYEAR):
        return None
    return Days(date(year, month, 1), date(last_year, last_month + 1, month_length(last_year, last_month + 1)))


def week_days(year: int, week: int) -> Days | None:
    """Monday to Sunday of an ISO week."""
    try:
        return Days(date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7))
    except (ValueError, OverflowError):
        return None


def easter(year: int) -> date:
    """Western Easter Sunday of a year. Source: anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * el) // 433
    month = (h + el - 7 * m + 90) // 25
    return date(year, month, (h + el - 7 * m + 33 * month + 19) % 32)


def years_days(first: int, count: int) -> Days | None:
    """The days of `count` whole years; None outside the years 1..9999."""
    if not (first >= 1 and first + count - 1 <= MAXYEAR):
        return None
    return Days(date(first, 1, 1), date(first + count - 1, 12, 31))


def value_days(value: str) -> Days | None:
    """The days that a calendar TIMEX3 value names; None for values that name none (`PRESENT_REF`, `P3D`, `XXXX-WXX-2`)."""
    if "/" in value:
        first, _, last = value.partition("/")
        head, tail = value_days(first), value_days(last)
        return Days(head.first, tail.last) if head and tail and head.first <= tail.last else None
    if re.fullmatch(r"[0-9]{3}", value):
        return years_days(int(value) * 10, 10)
    if re.fullmatch(r"[0-9]{2}", value):
        return years_days(int(value) * 100, 100) if value != "00" else None
    match = _VALUE.fullmatch(value)
    return _matched_days(match) if match else None


def _matched_days(match: re.Match[str]) -> Days | None:
    year = int(match["year"])
    if match["week"]:
        week = week_days(year, int(match["week"]))
        if week is None or not match["weekday"]:
            return week
        if match["weekday"] == "WE":
            return Days(week.first + timedelta(days=5), week.last)
        day = week.first + timedelta(days=int(match["weekday"]) - 1)
        return Days(day, day)
    if match["quarter"]:
        return months_days(year, 3 * int(match["quarter"]) - 2, 3)
    if match["half"]:
        return months_days(year, 6 * int(match["half"]) - 5, 6)
    if match["season"]:
        return months_days(year, SEASON_MONTHS[match["season"]], 3)
    if match["day"]:
        single = make_day(year, int(match["month"]), int(match["day"]))
        return Days(single, single) if single else None
    if match["month"]:
        month = int(match["month"])
        return months_days(year, month, 1) if 1 <= month <= 12 else None
    return years_days(year, 1)


def third_of(value: str, days: Days, part: str) -> Days:
    """The first, middle or last third (`start`, `mid`, `end`) of the days of a value.

    Years, quarters and seasons are cut at months, decades and centuries at years, a month after its 10th and 20th day;
    a single day is not cut.
    """
    index = {"start": 0, "mid": 1, "end": 2}[part]
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}", value):
        first = days.first.replace(day=1 + 10 * index)
        return Days(first, days.last if index == 2 else first.replace(day=10 + 10 * index))
    months = (days.last.year - days.first.year) * 12 + days.last.month - days.first.month + 1
    if days.first.day != 1 or months < 3 or "/" in value:
        length = (days.last - days.first).days + 1
        return Days(
            days.first + timedelta(days=length * index // 3),
            days.first + timedelta(days=max(length * (index + 1) // 3, length * index // 3 + 1) - 1),
        )
    if months % 12 == 0 and months > 12:
        years = months // 12
        lo, hi = -(-years * index // 3), -(-years * (index + 1) // 3)
        return years_days(days.first.year + lo, hi - lo) or days
    lo, hi = months * index // 3, months * (index + 1) // 3
    month_index = days.first.month - 1 + lo
    return months_days(days.first.year + month_index // 12, month_index % 12 + 1, hi - lo) or days
