"""Rule matches -> meanings: durations, counts of units from a day, sets, times of day, vague references."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from whomet.dates.calendar import Days, make_day, value_days
from whomet.dates.context import GRANULARITIES, Context, Meaning, move, unit_meaning, unit_value
from whomet.dates.grammar import Candidate
from whomet.dates.resolve import anchor_year, number_at, relation_of, relative_year
from whomet.lexicon import load_words

_NOT_IN = frozenset({"time", "once", "first", "only", "times", "twice"})
_PARTS = {"MO": "MO", "AF": "AF", "EV": "EV", "NI": "NI"}


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


def duration_value(count: str, unit: str) -> str | None:
    """ISO 8601 duration: P3Y, PT2H, PXD, P2Y6M; P1DE decade, P1CE century, P1WE weekend."""
    if unit.startswith("T"):
        halves = {"TH": "30M", "TM": "30S"}.get(unit)
        if count.endswith(".5"):
            return f"PT{count[:-2] + unit[1] if count != '0.5' else ''}{halves}" if halves else None
        return f"P{'T' + count + unit[1]}"
    if unit == "2W":
        return f"P{2 * int(count)}W" if count.isdigit() else "PXW"
    if count.endswith(".5"):
        half = {"Y": "6M", "DE": "5Y", "CE": "50Y"}.get(unit)
        whole = int(count[:-2])
        return f"P{f'{whole}{unit}' if whole else ''}{half}" if half else f"P{count}{unit}"
    return f"P{count}{unit}"


def duration_meaning(context: Context, count: str | None, unit: str | None) -> Meaning | None:
    """A length of time with no days of its own."""
    value = duration_value(count, unit) if count and unit else None
    if value is None or unit is None:
        return None
    granularity = GRANULARITIES.get(unit, "season" if unit in ("SP", "SU", "FA", "WI") else "time")
    return Meaning("DURATION", value, None, granularity)


def duration(context: Context, candidate: Candidate) -> Meaning | None:
    """'two weeks', 'six-week', 'half an hour', 'a year and a half'; not ages ('40 years old')."""
    kinds = [context.kind(index) for index in range(candidate.first, candidate.last)]
    if context.kind(candidate.last) == "OLD" or (
        context.kind(candidate.last) == "DASH" and context.kind(candidate.last + 1) == "OLD"
    ):
        return None
    unit = unit_of(context, candidate)
    if "HALFOF" in kinds:
        return duration_meaning(context, "0.5", unit)
    if "HALF" in kinds:
        whole = count_of(context, candidate) if "n" in candidate.groups else "1"
        return duration_meaning(context, f"{whole}.5", unit) if whole and whole.isdigit() else None
    if kinds[0] == "A" and _is_weak_a(context, candidate):
        return None
    return duration_meaning(context, count_of(context, candidate), unit)


def _is_weak_a(context: Context, candidate: Candidate) -> bool:
    """'a day', 'a year' after a count is a rate ('5 percent a year'); 'a quarter', 'a summer' is no length."""
    before = context.kind(candidate.first - 1)
    if before in ("DAY", "INT", "YEAR", "NUMBER", "FRACTION", "TIMES") or context.word(candidate.first - 1) in load_words(
        "date_counted.txt"
    ) | {"%"}:
        return True
    return context.tokens[candidate.last - 1].lower in (
        "quarter",
        "summer",
        "winter",
        "spring",
        "fall",
        "autumn",
        "night",
        "weekend",
    )


def period(context: Context, candidate: Candidate) -> Meaning | None:
    """'the nine months', 'these two weeks'."""
    return duration_meaning(context, count_of(context, candidate), unit_of(context, candidate))


def since_period(context: Context, candidate: Candidate) -> Meaning | None:
    """'the past three years': a duration that ends, or ('the next ...') begins, on the publication day."""
    relation = relation_of(context, candidate)
    unit = unit_of(context, candidate)
    count = count_of(context, candidate) if "n" in candidate.groups else "1"
    if "u" in candidate.groups and unit == "D":
        return None
    meaning = duration_meaning(context, count, unit)
    if meaning is None or unit is None or count is None:
        return None
    direction = "past" if relation in ("last", "past", "previous") else "future" if relation in ("next", "coming") else None
    days = None
    if relation in ("last", "past", "next", "coming") and context.anchor is not None and not unit.startswith("T"):
        days = span_from(context.anchor, unit, count, forward=direction == "future")
    return Meaning("DURATION", meaning.value, days, meaning.granularity, direction, days is not None)


def span_from(anchor: date, unit: str, count: str, *, forward: bool) -> Days | None:
    """The days from the anchor `count` units on (or back); None when the count is open."""
    if not count.isdigit() or unit in ("SP", "SU", "FA", "WI"):
        return None
    other = move(anchor, unit, int(count) if forward else -int(count))
    if other is None:
        return None
    return Days(anchor, other) if forward else Days(other, anchor)


def year_part(context: Context, candidate: Candidate) -> Meaning | None:
    """'the first 7 months of the current year': a duration with its own days."""
    unit, count = unit_of(context, candidate), number_at(context, candidate, "n")
    unit = context.tokens[candidate.groups["u"][0]].value
    named = number_at(context, candidate, "y")
    if named is None:
        if context.tokens[candidate.last - 1].value != "Y":
            return None
        named = relative_year(context, candidate) if "r" in candidate.groups else anchor_year(context)
    if count is None or context.tokens[candidate.groups["o"][0]].lower != "first":
        return None
    days = None
    if named and unit in ("M", "Q") and 1 <= count * (3 if unit == "Q" else 1) <= 12:
        last = value_days(f"{named:04d}-{count * (3 if unit == 'Q' else 1):02d}")
        days = Days(date(named, 1, 1), last.last) if last else None
    return Meaning(
        "DURATION", f"P{count}{unit}", days, GRANULARITIES.get(unit), None, days is not None and "y" not in candidate.groups
    )


def counted_shift(context: Context, candidate: Candidate, base: date | None, sign: int) -> Meaning | None:
    """The day, week, month or year `n` units from a base day; vague counts are PAST_REF or FUTURE_REF."""
    unit, count = unit_of(context, candidate), count_of(context, candidate)
    direction = "past" if sign < 0 else "future"
    if unit is None or count is None:
        return None
    if unit.startswith("T"):
        if base is None:
            return Meaning("TIME", "XXXX-XX-XXTXX:XX", None, "time", direction)
        return None if not count.isdigit() else Meaning("TIME", f"{base.isoformat()}TXX:XX", None, "time", direction, True)
    if not count.isdigit():
        return Meaning("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", None, None, direction)
    meaning = unit_meaning(unit, base, sign * int(count))
    return Meaning("DATE", meaning.value, meaning.days, meaning.granularity, direction, meaning.days is not None)


def ago(context: Context, candidate: Candidate) -> Meaning | None:
    """'three days ago', 'seven centuries ago'; 'a year ago' after a quarter is the same quarter of the year before."""
    if unit_of(context, candidate) == "Y" and _after_quarter(context):
        return _quarter_before(context, candidate)
    return counted_shift(context, candidate, context.anchor, -1)


def _after_quarter(context: Context) -> bool:
    return context.told_quarter is not None


def _quarter_before(context: Context, candidate: Candidate) -> Meaning | None:
    count = count_of(context, candidate)
    told = context.told_quarter
    if told is None or count is None or not count.isdigit() or int(told.value[:4]) <= int(count):
        return counted_shift(context, candidate, context.anchor, -1)
    value = f"{int(told.value[:4]) - int(count):04d}{told.value[4:]}"
    return Meaning("DATE", value, value_days(value), "quarter", "past", True)


def shift(context: Context, candidate: Candidate) -> Meaning | None:
    """'two weeks later', 'a year earlier': counted from the day told before."""
    word = context.tokens[candidate.last - 1]
    sign = -1 if word.kind in ("EARLIER", "BEFORE") else 1
    if word.kind in ("BEFORE", "AFTER") and context.kind(candidate.last) in (
        "THE",
        "WORD",
        "A",
        "OWN",
        "THIS",
        "THAT",
        "WEEKDAY",
        "MONTH",
    ):
        return None
    if sign < 0 and unit_of(context, candidate) == "Y" and _after_quarter(context):
        return _quarter_before(context, candidate)
    base = context.reference_day()
    unit, reference = unit_of(context, candidate), context.reference
    if unit == "D" and context.told_day and context.told_day.days:
        reference, base = context.told_day, context.told_day.days.first
    fine = ("day", "week", "month", "year", "decade", "century")
    if unit and reference and reference.granularity in fine and reference.days and GRANULARITIES.get(unit) in fine:
        coarse = fine.index(reference.granularity)
        asked = fine.index(GRANULARITIES[unit])
        if coarse > asked and reference.granularity in ("year", "decade", "century"):
            base = None
    return counted_shift(context, candidate, base, sign)


def from_day(context: Context, candidate: Candidate) -> Meaning | None:
    """'two weeks from Monday', 'three days from today'."""
    start, end = candidate.groups["d"]
    base = read_range(context, start, end)
    return counted_shift(context, candidate, base.days.first, 1) if base and base.days else None


def in_future(context: Context, candidate: Candidate) -> Meaning | None:
    """'in ten days' where the clause looks ahead; else it is a duration."""
    before = candidate.first - 1
    if context.kind(before) != "IN" or context.word(before - 1) in _NOT_IN or context.kind(before - 1) == "ORDINAL":
        return None
    if context.kind(candidate.last) == "OLD" or context.ahead(candidate.first, candidate.last) is not True:
        return None
    if context.tokens[candidate.first].kind in ("YEAR", "VAGUE"):
        return None
    return counted_shift(context, candidate, context.anchor, 1)


def bare_units(context: Context, candidate: Candidate) -> Meaning | None:
    """'(for) decades', '(in) years': an open number of units."""
    if context.kind(candidate.first - 1) not in ("FOR", "IN", "WITHIN", "OF") and context.word(candidate.first - 1) not in (
        "over",
        "after",
    ):
        return None
    return duration_meaning(context, "X", unit_of(context, candidate))


def vague_units(context: Context, candidate: Candidate) -> Meaning | None:
    """'recent years', 'the coming months', 'the months ahead'; 'the past few weeks' is an open duration."""
    kinds = {context.kind(index) for index in range(candidate.first, candidate.last)}
    if "n" in candidate.groups:
        return duration_meaning(context, count_of(context, candidate), unit_of(context, candidate))
    past = "RECENT" in kinds or "PAST" in kinds
    return Meaning("DATE", "PAST_REF" if past else "FUTURE_REF", None, None, "past" if past else "future")


def reference(context: Context, candidate: Candidate) -> Meaning | None:
    """'now', 'recently', 'the future', 'current'; not 'shortly after'."""
    if context.kind(candidate.last) in ("AFTER", "BEFORE") or (
        context.word(candidate.first) == "soon" and context.word(candidate.first - 1) == "as"
    ):
        return None
    value = {"RECENT": "PAST_REF", "CURRENT": "PRESENT_REF", "FUTURE": "FUTURE_REF", "PAST": "PAST_REF"}
    token = context.tokens[candidate.last - 1]
    found = value.get(token.kind, token.value)
    return Meaning("DATE", found, None, None, {"PAST_REF": "past", "FUTURE_REF": "future"}.get(found))


def every(context: Context, candidate: Candidate) -> Meaning | None:
    """'every day', 'each Thursday', 'every two years'."""
    token = context.tokens[candidate.groups["u"][0]]
    if token.kind == "WEEKDAY":
        return Meaning("SET", f"XXXX-WXX-{token.value}", None, "day")
    if token.kind == "MONTH":
        return Meaning("SET", f"XXXX-{int(token.value):02d}", None, "month")
    if token.kind == "PART":
        return Meaning("SET", f"XXXX-XX-XXT{token.value}", None, "time")
    if token.kind == "SEASON":
        return Meaning("SET", f"XXXX-{token.value}", None, "season")
    count = number_at(context, candidate, "n") or number_at(context, candidate, "o") or 1
    if candidate.last - candidate.first == 3 and context.word(candidate.first + 1) == "other":
        count = 2
    elif context.kind(candidate.first + 1) == "WORD":
        return None
    value = duration_value(str(count), "T" + token.value if token.kind == "CLOCKUNIT" else token.value)
    return Meaning("SET", value, None, GRANULARITIES.get(token.value, "time")) if value else None


def weekdays(context: Context, candidate: Candidate) -> Meaning:
    """'Tuesdays', 'Tuesday nights'."""
    part = "TNI" if "n" in candidate.groups else ""
    return Meaning("SET", f"XXXX-WXX-{context.tokens[candidate.first].value}{part}", None, "day")


def set_adverb(context: Context, candidate: Candidate) -> Meaning:
    """'daily', 'annual'."""
    return Meaning("SET", context.tokens[candidate.first].value, None, None)


def times_a(context: Context, candidate: Candidate) -> Meaning | None:
    """'three times a year', 'once a week'."""
    token = context.tokens[candidate.groups["u"][0]]
    value = duration_value("1", token.value)
    return Meaning("SET", value, None, GRANULARITIES.get(token.value)) if value else None


def long(context: Context, candidate: Candidate) -> Meaning | None:
    """'decades-long', 'day-long'."""
    unit = unit_of(context, candidate)
    return duration_meaning(context, "1" if context.kind(candidate.first) == "UNIT" else "X", unit)


def read_range(context: Context, first: int, last: int) -> Meaning | None:
    """The meaning of a whole token range by some rule."""
    from whomet.dates.rules import build  # the table of rules needs this module

    for candidate in context.fullmatch(first, last):
        meaning = build(context, candidate)
        if meaning is not None:
            return meaning
    return None


def day_part(context: Context, candidate: Candidate) -> Meaning | None:
    """'Wednesday night', 'this morning', 'overnight': a TIME on a day."""
    start, _ = candidate.groups["p"]
    part = _PARTS.get(context.tokens[start].value)
    if part is None:
        return None
    direction: str | None = None
    if "d" in candidate.groups:
        day = read_range(context, *candidate.groups["d"])
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


def tonight(context: Context, candidate: Candidate) -> Meaning:
    """'tonight'."""
    if context.anchor is None:
        return Meaning("TIME", "XXXX-XX-XXTNI", None, "time")
    return Meaning("TIME", f"{context.anchor.isoformat()}TNI", Days(context.anchor, context.anchor), "time", None, True)


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
    anchor = context.anchor
    if anchor is None:
        return Meaning("TIME", f"XXXX-XX-XXT{value}", None, "time")
    return Meaning("TIME", f"{anchor.isoformat()}T{value}", Days(anchor, anchor), "time", None, True)


def clock_day(context: Context, candidate: Candidate) -> Meaning | None:
    """'10 p.m. Wednesday', 'May 3 at 9:30 a.m.', 'noon Saturday'."""
    value = clock_value(context, *candidate.groups["c"])
    day = read_range(context, *candidate.groups["d"])
    if value is None or day is None or day.granularity != "day":
        return None
    return Meaning("TIME", f"{day.value}T{value}", day.days, "time", day.direction, day.anchored)


def unit_of_day(context: Context, candidate: Candidate) -> Meaning | None:
    """'the week of March 6'."""
    day = read_range(context, *candidate.groups["d"])
    unit = context.tokens[candidate.groups["u"][0]].value
    if day is None or unit != "W" or day.days is None:
        return None
    return unit_meaning(unit, day.days.first, 0, anchored=day.anchored)


def the_day(context: Context, candidate: Candidate) -> Meaning | None:
    """'on the 10th': that day of the month told before, or of the publication month."""
    number = number_at(context, candidate, "o")
    after = context.kind(candidate.last)
    token = context.tokens[candidate.last - 1]
    numeric = token.lower[:1].isdigit()
    if number is None or not numeric or context.kind(candidate.first - 1) not in ("ON", "TO", "FROM", "AND"):
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
    return Meaning("DATE", day.isoformat(), Days(day, day), "day", None, True) if day else None


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
    return Meaning("DATE", day.isoformat(), Days(day, day), "day", previous.direction, previous.anchored)


BUILDERS: dict[str, Callable[[Context, Candidate], Meaning | None]] = {
    "ago": ago,
    "shift": shift,
    "from-day": from_day,
    "in-future": in_future,
    "since-period": since_period,
    "period": period,
    "year-part": year_part,
    "duration": duration,
    "long": long,
    "bare-units": bare_units,
    "vague-units": vague_units,
    "reference": reference,
    "every": every,
    "weekdays": weekdays,
    "set": set_adverb,
    "times-a": times_a,
    "the-day": the_day,
    "same-month-day": same_month_day,
    "day-part": day_part,
    "tonight": tonight,
    "time": clock,
    "time-day": clock_day,
    "unit-of": unit_of_day,
}
