"""Rule matches -> meanings: durations, counts of units from a day, sets, vague references."""

from __future__ import annotations

from datetime import date

from whomet.dates.calendar import Days, value_days
from whomet.dates.captures import Builder, anchor_year, count_of, number_at, read_part, relation_of, relative_year, unit_of
from whomet.dates.context import GRANULARITIES, Context, Meaning, move, unit_meaning
from whomet.dates.grammar import Candidate
from whomet.lexicon import load_words

_NOT_IN = frozenset({"time", "once", "first", "only", "times", "twice", "most", "best", "worst", "least", "last"})


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
    """'two weeks', 'six-week', 'half an hour', 'a year and a half'; not ages ('40 years old') or parts ('three quarters of')."""
    if context.kind(candidate.last) == "OF" and context.word(candidate.last - 1) == "quarters":
        return None
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
    """'the first 5 months of the year': a duration with its own days."""
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
    if context.word(candidate.last) == "than":
        return None
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
    """'two weeks from Monday', 'two days after 7 October', 'a week before Easter'."""
    base = read_part(context, candidate, "d")
    sign = -1 if context.kind(candidate.groups["r"][0]) == "BEFORE" else 1
    return counted_shift(context, candidate, base.days.first, sign) if base and base.days else None


def in_future(context: Context, candidate: Candidate) -> Meaning | None:
    """'in ten days' where the clause looks ahead; else ('the first visit in ten years') it is a duration."""
    before = candidate.first - 1
    if context.kind(before) != "IN" or context.kind(candidate.last) in ("OLD", "DASH"):
        return None
    if context.kind(candidate.first) in ("YEAR", "VAGUE") or context.looks(candidate) is not True:
        return None
    unit = unit_of(context, candidate)
    if unit is None or unit.startswith("T") or any(_is_superlative(context, index) for index in range(before - 10, before)):
        return None
    return counted_shift(context, candidate, context.anchor, 1)


def _is_superlative(context: Context, index: int) -> bool:
    word = context.word(index)
    return context.kind(index) in ("ORDINAL", "TIMES") or word in _NOT_IN or (len(word) > 5 and word.endswith("est"))


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


BUILDERS: dict[str, Builder] = {
    "duration": duration,
    "period": period,
    "since-period": since_period,
    "year-part": year_part,
    "ago": ago,
    "shift": shift,
    "from-day": from_day,
    "in-future": in_future,
    "bare-units": bare_units,
    "vague-units": vague_units,
    "reference": reference,
    "every": every,
    "weekdays": weekdays,
    "set": set_adverb,
    "times-a": times_a,
    "long": long,
}
