"""Rule matches -> meanings: weeks, weekends, quarters, years, decades, centuries."""

from __future__ import annotations

from datetime import date

from whomet.dates.calendar import value_days
from whomet.dates.captures import (
    STEP,
    Builder,
    anchor_for,
    anchor_year,
    date_meaning,
    is_year_unit,
    number_at,
    read_part,
    relation_of,
    relative_year,
)
from whomet.dates.context import GRANULARITIES, Context, Meaning, unit_meaning, unit_value
from whomet.dates.grammar import Candidate
from whomet.dates.seasons import season


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
    base = anchor_for(context, relation)
    if unit == "D" and relation in ("same", "following", "previous"):
        told = context.told_day
        base = told.days.first if told and told.days else None if relation == "same" else base
    if unit == "WE":
        return weekend(context, candidate, relation)
    if unit == "Q" and relation in ("latest", "same"):
        return told_quarter(context)
    return unit_meaning(unit, base, STEP[relation])


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


def year_end(context: Context, candidate: Candidate) -> Meaning | None:
    """'year-end': the last day of the publication year."""
    if context.anchor is None:
        return Meaning("DATE", "XXXX-12-31", None, "day")
    return date_meaning(date(context.anchor.year, 12, 31), anchored=True)


def the_weekend(context: Context, candidate: Candidate) -> Meaning | None:
    """'the weekend', 'over the weekend'."""
    if context.kind(candidate.first) != "THE" and context.kind(candidate.first - 1) not in ("WEEKDAY", "EARLY"):
        return None
    return weekend(context, candidate, "the")


def weekend(context: Context, candidate: Candidate, relation: str) -> Meaning:
    """'this weekend', 'last weekend', 'the weekend' (looks back unless the clause looks ahead)."""
    anchor = context.anchor
    if anchor is None:
        return unit_meaning("WE", None, 0)
    offset = STEP.get(relation, 0)
    if relation in ("the", "this", "same") and anchor.isoweekday() < 6:
        ahead = context.looks(candidate)
        if ahead is False or (ahead is None and relation == "the"):
            offset = -1
    return unit_meaning("WE", anchor, offset)


def year(context: Context, candidate: Candidate) -> Meaning | None:
    """'2014', 'the year 2000'."""
    number = number_at(context, candidate, "y")
    if number is None:
        return None
    value = f"{number:04d}"
    return Meaning("DATE", value, value_days(value), "year")


def year_era(context: Context, candidate: Candidate) -> Meaning | None:
    """'44 BC' (value BC0044, no days), '1066 AD'."""
    number = number_at(context, candidate, "y")
    if number is None or not 1 <= number <= 9999:
        return None
    if context.tokens[candidate.last - 1].value == "-1":
        return Meaning("DATE", f"BC{number:04d}", None, "year")
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


def short_year(number: int, other: int) -> int:
    """The second year of a range such as 2024-25: two digits take the century of the first."""
    return number if number >= 100 else other - other % 100 + number


def fiscal_year(context: Context, candidate: Candidate) -> Meaning | None:
    """'fiscal 2014': the value of the year; its days depend on whose year it is, so none are given."""
    number = number_at(context, candidate, "y")
    return Meaning("DATE", f"{number:04d}", None, "year") if number else None


def fiscal_rel(context: Context, candidate: Candidate) -> Meaning | None:
    """'the current fiscal year'."""
    if context.tokens[candidate.last - 1].value != "Y":
        return None
    relation = relation_of(context, candidate) or "this"
    base = anchor_for(context, relation)
    value = unit_value("Y", base, STEP.get(relation, 0)) if base else None
    return Meaning("DATE", value or "XXXX", None, "year", None, value is not None)


def decade(context: Context, candidate: Candidate) -> Meaning | None:
    """'the 1980s', 'the nineties', "the '80s"."""
    token = context.tokens[candidate.last - 1]
    digits = "".join(char for char in (token.value if token.value else token.lower) if char.isdigit())
    if len(digits) == 2:
        number = int(digits)
        digits = ("20" if number < 20 else "19") + digits
    if len(digits) != 4 or digits[3] != "0":
        return None
    value = digits[:2] if digits[2:] == "00" and int(digits) < 2000 else digits[:3]
    return Meaning("DATE", value, value_days(value), "century" if len(value) == 2 else "decade")


def century(context: Context, candidate: Candidate) -> Meaning | None:
    """'the 18th century'."""
    number = number_at(context, candidate, "o")
    if context.tokens[candidate.groups["u"][0]].value != "CE" or number is None or not 2 <= number <= 30:
        return None
    value = f"{number - 1:02d}"
    return Meaning("DATE", value, value_days(value), "century")


def quarter(context: Context, candidate: Candidate) -> Meaning | None:
    """'the third quarter', 'third quarter of 1984', "next year's first quarter"."""
    number = number_at(context, candidate, "o")
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
        ahead = context.looks(candidate)
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


def unit_of_day(context: Context, candidate: Candidate) -> Meaning | None:
    """'the week of March 6'."""
    day = read_part(context, candidate, "d")
    unit = context.tokens[candidate.groups["u"][0]].value
    if day is None or unit != "W" or day.days is None:
        return None
    return unit_meaning(unit, day.days.first, 0, anchored=day.anchored)


BUILDERS: dict[str, Builder] = {
    "rel-unit": rel_unit,
    "the-unit": the_unit,
    "year-ago": year_ago,
    "named-quarter": named_quarter,
    "year-end": year_end,
    "the-weekend": the_weekend,
    "year": year,
    "year-era": year_era,
    "year-range": year_range,
    "fiscal-year": fiscal_year,
    "fiscal-rel": fiscal_rel,
    "decade": decade,
    "century": century,
    "quarter": quarter,
    "half-year": half_year,
    "unit-of": unit_of_day,
}
