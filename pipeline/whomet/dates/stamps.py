"""Date stamps as news pages print them: '21-07-2013', 'June, 9/2016 - 08:15', '2017年06月01日 09:30', '3 MAY 2016 - 19:48 CEST'.

Only full dates (day, month, year) count. Where a stamp can be read in two orders both readings are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from whomet.dates.calendar import make_day
from whomet.lexicon import load_rows

FIRST_YEAR, LAST_YEAR = 1900, 2100
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
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
def _months() -> dict[str, int]:
    return {row["name"]: int(row["month"]) for row in load_rows("date_months.tsv")}


@cache
def zones() -> dict[str, dict[str, str]]:
    """Zone abbreviations with their offset and what they say about the order of numeric dates."""
    return {row["zone"]: row for row in load_rows("date_zones.tsv")}


@cache
def _date_pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_months(), key=len, reverse=True))
    ordinal = r"(?:st|nd|rd|th|er|º|ª|\.)?"
    letter = r"[^\W\d_]"
    full = r"(?:19|20|2[45])[0-9]{2}"
    return re.compile(
        rf"(?P<era>{'|'.join(_ERAS)})(?P<ey>[0-9]{{1,2}})年(?P<em>[0-9]{{1,2}})月(?P<ed>[0-9]{{1,2}})日"
        rf"|(?<![0-9])(?P<cy>{full})\s?[年년]\s?(?P<cm>[0-9]{{1,2}})\s?[月월]\s?(?P<cd>[0-9]{{1,2}})\s?[日일]"
        rf"|(?<![0-9/.-])(?P<yy>{full})(?P<ys>[-/.])\s?(?P<ym>[0-9]{{1,2}})(?P=ys)\s?(?P<yd>[0-9]{{1,2}})(?![0-9])(?!-[0-9])"
        rf"|(?<![0-9/.-])(?P<a>[0-9]{{1,2}})(?P<as>[-/.])(?P<b>[0-9]{{1,2}})(?P=as)(?P<y>{full}|[0-9]{{2}})(?![0-9/-])(?!\.[0-9])"
        rf"|(?<!{letter})(?P<m1>{names})(?!{letter})\.?{_SEPARATOR}(?P<d1>[0-9]{{1,2}}){ordinal}(?![0-9:])"
        rf"[\s,./-]{{1,4}}(?:de\s)?(?P<y1>{full})(?![0-9])"
        rf"|(?<![0-9:.])(?P<d2>[0-9]{{1,2}}){ordinal}[\s,./-]{{0,3}}(?:de\s|of\s)?(?P<m2>{names})(?!{letter})"
        rf"\.?[\s,./-]{{1,4}}(?:de\s|del\s)?(?P<y2>{full})(?![0-9])"
        rf"|(?<![0-9])(?P<y3>{full})[\s,.)-]{{1,3}}(?P<m3>{names})(?!{letter})\.?[\s-]?(?P<d3>[0-9]{{1,2}})(?![0-9:])",
        re.IGNORECASE,
    )


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


def find_stamps(line: str) -> list[Stamp]:
    """All full dates of one line, left to right, with the clock time that stands nearest after (or else before) each."""
    matches = [match for match in _date_pattern().finditer(line) if _readings(match, line)]
    clocks = find_clocks(line, [match.span() for match in matches])
    stamps = []
    for index, match in enumerate(matches):
        limit = matches[index + 1].start() if index + 1 < len(matches) else len(line)
        floor = matches[index - 1].end() if index else 0
        after = [found for found in clocks if match.end() <= found.start < limit]
        before = [found for found in clocks if floor <= found.start and found.end <= match.start()] if not index else []
        zoned = [found for found in before if found.zone]
        chosen = next(iter(zoned or after or before), None)
        clock, zone = (chosen.clock, chosen.zone) if chosen else (None, None)
        start = min(match.start(), chosen.start) if chosen else match.start()
        end = max(match.end(), chosen.end) if chosen else match.end()
        stamps.append(Stamp(start, end, _readings(match, line), clock, zone, match["y"] is not None and len(match["y"]) == 2))
    return stamps


def _readings(match: re.Match[str], line: str) -> tuple[tuple[str, date], ...]:
    """The days that a date match can be, by order."""
    fields = match.groupdict()
    if fields["era"]:
        parts = [("ymd", _ERAS[fields["era"]] + int(fields["ey"]), int(fields["em"]), int(fields["ed"]))]
    elif fields["cy"]:
        parts = [("ymd", int(fields["cy"]), int(fields["cm"]), int(fields["cd"]))]
    elif fields["yy"]:
        parts = [("ymd", int(fields["yy"]), int(fields["ym"]), int(fields["yd"]))]
    elif fields["y"]:
        year = int(fields["y"]) + (0 if len(fields["y"]) == 4 else 2000)
        first, second = int(fields["a"]), int(fields["b"])
        parts = [("dmy", year, second, first)]
        if fields["as"] != ".":
            parts.append(("mdy", year, first, second))
        elif make_day(year, second, first) is None:
            parts = [("mdy", year, first, second)]
    else:
        number = next(index for index in "123" if fields["y" + index])
        month = _months()[fields["m" + number].lower()]
        parts = [("named", int(fields["y" + number]), month, int(fields["d" + number]))]
    found: dict[date, str] = {}
    for order, year, month, day in parts:
        if 2443 <= year <= 2643 and _THAI.search(line):
            year -= 543
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
    masked = list(line)
    for start, end in dates:
        masked[start:end] = "\x00" * (end - start)
    rest = "".join(masked)
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
