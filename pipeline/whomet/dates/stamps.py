"""Date stamps as news pages print them: '21-07-2013', 'June, 9/2016 - 08:15', '2017年06月01日 09:30', '3 MAY 2016 - 19:48 CEST'.

Only full dates (day, month, year) count. Where a stamp can be read in two orders both readings are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from whomet.dates.calendar import make_day
from whomet.dates.month_words import WORD, MonthWords
from whomet.lexicon import load_rows

FIRST_YEAR, LAST_YEAR = 1900, 2100
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_YEAR = r"(?:19|20|2[45])[0-9]{2}"
_SEPARATOR = r"[\s,./()-]{0,4}"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A full date in a line: its readings by order of day and month, time and zone if printed, offsets within the line."""

    start: int
    end: int
    readings: tuple[tuple[str, date], ...]
    clock: time | None
    zone: str | None
    short_year: bool = False


@cache
def _english_months() -> dict[str, int]:
    return {row["word"]: int(row["value"]) for row in load_rows("date_words.tsv") if row["class"] in ("MONTH", "MONTH_SHORT")}


@cache
def zones() -> dict[str, dict[str, str]]:
    """Zone abbreviations with their offset and what they say about the order of numeric dates."""
    return {row["zone"]: row for row in load_rows("date_zones.tsv")}


def _worded(month: str) -> str:
    """The shapes of a full date whose month is a word: month day year, day month year, year month day."""
    ordinal = r"(?:st|nd|rd|th|er|º|ª|\.)?"
    alone, ends = r"(?<![^\W\d_])", r"(?![^\W\d_])"
    return (
        rf"{alone}(?P<m1>{month}){ends}\.?{_SEPARATOR}(?P<d1>[0-9]{{1,2}}){ordinal}(?![0-9:])"
        rf"[\s,./-]{{1,4}}(?:de\s)?(?P<y1>{_YEAR})(?![0-9])"
        rf"|(?<![0-9:.])(?P<d2>[0-9]{{1,2}}){ordinal}[\s,./-]{{0,3}}(?:de\s|of\s|d['’])?(?P<m2>{month}){ends}"
        rf"\.?[\s,./-]{{1,4}}(?:de\s|del\s)?(?P<y2>{_YEAR})(?![0-9])"
        rf"|(?<![0-9])(?P<y3>{_YEAR})[\s,.)-]{{1,3}}(?P<m3>{month}){ends}\.?[\s-]?(?P<d3>[0-9]{{1,2}})(?![0-9:])"
    )


@cache
def _date_pattern() -> re.Pattern[str]:
    """Dates in digits, with Chinese, Japanese and Korean signs, and with English month words."""
    names = "|".join(sorted(_english_months(), key=len, reverse=True))
    return re.compile(
        rf"(?P<era>{'|'.join(_ERAS)})(?P<ey>[0-9]{{1,2}})年(?P<em>[0-9]{{1,2}})月(?P<ed>[0-9]{{1,2}})日"
        rf"|(?<![0-9])(?P<cy>{_YEAR})\s?[年년]\s?(?P<cm>[0-9]{{1,2}})\s?[月월]\s?(?P<cd>[0-9]{{1,2}})\s?[日일]"
        rf"|(?<![0-9/.-])(?P<yy>{_YEAR})(?P<ys>[-/.])\s?(?P<ym>[0-9]{{1,2}})(?P=ys)\s?(?P<yd>[0-9]{{1,2}})(?![0-9])(?!-[0-9])"
        rf"|(?<![0-9/.-])(?P<a>[0-9]{{1,2}})(?P<as>[-/.])(?P<b>[0-9]{{1,2}})(?P=as)(?P<y>{_YEAR}|[0-9]{{2}})(?![0-9/-])(?!\.[0-9])"
        rf"|{_worded(names)}",
        re.IGNORECASE,
    )


@cache
def _worded_pattern() -> re.Pattern[str]:
    """Dates with any word where the month stands."""
    return re.compile(_worded(WORD), re.IGNORECASE)


_CLOCKS = (
    re.compile(
        r"(?<![0-9:.])(?P<h>[0-9]{1,2}):(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2}))?(?:[.][0-9]{1,6})?\s?(?P<p>[AaPp]\.?\s?[Mm]\b\.?)?"
    ),
    re.compile(r"(?<![0-9:.])(?P<h>[0-9]{1,2})[. h](?P<m>[0-9]{2})\s?(?P<p>[AaPp]\.?\s?[Mm]\b\.?)"),
    re.compile(r"(?<![0-9:.])(?P<h>[0-9]{1,2})h(?P<m>[0-9]{2})(?![0-9])"),
    re.compile(r"(?<![0-9:.])(?P<h>[0-9]{1,2})\s?(?P<p>[AaPp]\.?\s?[Mm]\b\.?)"),
    re.compile(
        r"(?P<p>午前|午後|上午|下午|오전|오후)?\s?(?<![0-9:.])(?P<h>[0-9]{1,2})\s?[時时点點시]\s?(?P<m>[0-9]{1,2})\s?[分분]"
    ),
    re.compile(r"(?<![0-9:.])(?P<h>[0-9]{1,2})[.](?P<m>[0-9]{2})(?=\s(?:Uhr|hrs|h|[A-Z]{3,4})(?![^\W_]))"),
    re.compile(r"(?:at|à|um|ore|alle|kl\.?|[|])\s?(?P<h>[0-9]{1,2})[.](?P<m>[0-9]{2})(?![0-9.])"),
)
_OFFSET = re.compile(
    r"\(?(?:(?:GMT|UTC)\s?(?P<gsign>[+-])(?P<gh>[0-9]{1,2})(?![0-9:])|(?:GMT|UTC)?\s?(?P<sign>[+-])(?P<hh>[0-9]{2}):?(?P<mm>[0-9]{2})(?![0-9]))"
)
_NAME = re.compile(r"\(?(?P<zone>[A-ZМСК]{1,4}|мск)(?![^\W_])")
_THAI = re.compile(r"[\u0e00-\u0e7f]")


def has_worded_date(line: str) -> bool:
    """True where a word stands with a day and a year as a month would, and is not an English month."""
    matches = _worded_pattern().finditer(line)
    return any((match["m1"] or match["m2"] or match["m3"]).lower() not in _english_months() for match in matches)


@dataclass(frozen=True, slots=True)
class _Date:
    start: int
    end: int
    readings: tuple[tuple[str, date], ...]
    short_year: bool


def find_stamps(line: str, words: MonthWords | None = None) -> list[Stamp]:
    """All full dates of one line, left to right, with the clock time that stands nearest after (or else before) each.

    words: reads months that are not English; without it only digits and English months count.
    """
    dates = _find_dates(line, words)
    clocks = find_clocks(line, [(found.start, found.end) for found in dates])
    stamps = []
    for index, found in enumerate(dates):
        limit = dates[index + 1].start if index + 1 < len(dates) else len(line)
        after = [clock for clock in clocks if found.end <= clock.start < limit]
        before = [clock for clock in clocks if clock.end <= found.start] if not index else []
        zoned = [clock for clock in before if clock.zone]
        chosen = next(iter(zoned or after or before), None)
        clock, zone = (chosen.clock, chosen.zone) if chosen else (None, None)
        start = min(found.start, chosen.start) if chosen else found.start
        end = max(found.end, chosen.end) if chosen else found.end
        stamps.append(Stamp(start, end, found.readings, clock, zone, found.short_year))
    return stamps


def _find_dates(line: str, words: MonthWords | None) -> list[_Date]:
    thai = _THAI.search(line) is not None
    dates = []
    for match in _date_pattern().finditer(line):
        fields = match.groupdict()
        readings = _days(_numbers(fields) or _worded_parts(fields, _english_months().get), thai=thai)
        if readings:
            dates.append(_Date(*match.span(), readings, fields["y"] is not None and len(fields["y"]) == 2))
    if words is None:
        return dates
    rest = mask(line, [(found.start, found.end) for found in dates])
    at = 0
    while (worded := _worded_pattern().search(rest, at)) is not None:
        readings = _days(_worded_parts(worded.groupdict(), words.month), thai=thai)
        if readings:
            dates.append(_Date(*worded.span(), readings, False))
        at = worded.end() if readings else worded.start() + 1
    return sorted(dates, key=lambda found: found.start)


def mask(line: str, spans: list[tuple[int, int]]) -> str:
    """The line with NUL in place of every character of the spans, so that offsets stay."""
    masked = list(line)
    for start, end in spans:
        masked[start:end] = "\x00" * (end - start)
    return "".join(masked)


def _numbers(fields: dict[str, str | None]) -> list[tuple[str, int, int, int]]:
    """What a date in digits can be: order, year, month, day; empty for a date with a month word."""
    number = {name: int(value) for name, value in fields.items() if value and value.isdecimal()}
    if fields["era"]:
        return [("ymd", _ERAS[fields["era"]] + number["ey"], number["em"], number["ed"])]
    if fields["cy"]:
        return [("ymd", number["cy"], number["cm"], number["cd"])]
    if fields["yy"]:
        return [("ymd", number["yy"], number["ym"], number["yd"])]
    if not fields["y"]:
        return []
    year = number["y"] + (0 if len(fields["y"]) == 4 else 2000)
    day_first, month_first = ("dmy", year, number["b"], number["a"]), ("mdy", year, number["a"], number["b"])
    if fields["as"] != ".":
        return [day_first, month_first]
    return [day_first] if make_day(year, number["b"], number["a"]) else [month_first]


def _worded_parts(fields: dict[str, str | None], name_month: Callable[[str], int | None]) -> list[tuple[str, int, int, int]]:
    """What a date with a month word is; empty when the word names no month."""
    place = next(index for index in "123" if fields["y" + index])
    year, word, day = (fields[part + place] or "" for part in "ymd")
    month = name_month(word.lower()) if 1 <= int(day) <= 31 else None
    return [("named", int(year), month, int(day))] if month else []


def _days(parts: list[tuple[str, int, int, int]], *, thai: bool) -> tuple[tuple[str, date], ...]:
    """The days that there are, by order; years of the Buddhist calendar in a line of Thai become common ones."""
    found: dict[date, str] = {}
    for order, printed, month, day in parts:
        year = printed - 543 if thai and 2443 <= printed <= 2643 else printed
        made = make_day(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
        if made is not None:
            found.setdefault(made, order)
    return tuple((order, day) for day, order in found.items())


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time in a line, with its zone if printed."""

    start: int
    end: int
    clock: time
    zone: str | None


def find_clocks(line: str, dates: list[tuple[int, int]]) -> list[Clock]:
    """Clock times outside the dates, by position; of overlapping ones the first form wins."""
    rest = mask(line, dates)
    found: list[Clock] = []
    for pattern in _CLOCKS:
        for match in pattern.finditer(rest):
            clock = _clock_time(match)
            if clock is None or any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            zone, end = read_zone(rest, match.end())
            found.append(Clock(match.start(), end, clock, zone))
    return sorted(found, key=lambda item: item.start)


def _clock_time(match: re.Match[str]) -> time | None:
    fields = match.groupdict()
    hour, minute, second = int(fields["h"]), int(fields.get("m") or 0), int(fields.get("s") or 0)
    half = (fields.get("p") or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith(("p", "午後", "下午", "오후")) else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    # a microsecond marks that seconds were printed, so that 08:15:00 keeps them
    return time(hour, minute, second, 1 if fields.get("s") else 0)


def read_zone(text: str, position: int) -> tuple[str | None, int]:
    """The zone printed right after a clock time ('GMT+0530', '+09:00', 'KST', '(мск)') and where it ends."""
    skipped = position
    while skipped < len(text) and text[skipped] in " ,":
        skipped += 1
    match = _OFFSET.match(text, skipped)
    if match and match["gsign"]:
        return f"{match['gsign']}{int(match['gh']):02d}:00", match.end()
    if match:
        return f"{match['sign']}{match['hh']}:{match['mm']}", match.end()
    match = _NAME.match(text, skipped)
    if match and match["zone"].upper() in zones():
        return match["zone"].upper(), match.end()
    return None, position


def iso_stamp(day: date, clock: time | None, zone: str | None) -> str:
    """ISO 8601 date, or date-time with the offset that the zone had on that day; no offset when the zone is unknown."""
    if clock is None:
        return day.isoformat()
    printed = clock.strftime("%H:%M:%S" if clock.second or clock.microsecond else "%H:%M")
    return f"{day.isoformat()}T{printed}{_offset(day, clock, zone) or ''}"


def _offset(day: date, clock: time, zone: str | None) -> str | None:
    if zone is None or zone[0] in "+-":
        return zone
    entry = zones()[zone]["offset"]
    if entry[0] in "+-":
        return entry
    try:
        moment = datetime.combine(day, clock.replace(microsecond=0), ZoneInfo(entry))
    except (ZoneInfoNotFoundError, OSError):
        return None
    printed = moment.strftime("%z")
    return f"{printed[:3]}:{printed[3:5]}"


def shift_stamp(day: date, clock: time | None, seconds: int) -> tuple[date, time | None]:
    """A moment that lies `seconds` before a day (and clock time)."""
    moment = datetime.combine(day, clock or time(0), UTC)
    try:
        earlier = datetime.fromtimestamp(moment.timestamp() - seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return day, clock
    return earlier.date(), earlier.time() if clock else None
