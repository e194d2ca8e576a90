"""Rule matches -> meanings: seasons, named, counted from the publication day, or two in a row."""

from __future__ import annotations

from whomet.dates.calendar import value_days
from whomet.dates.captures import Builder, anchor_for, is_year_unit, number_at, relation_of, relative_year
from whomet.dates.context import Context, Meaning
from whomet.dates.grammar import Candidate


def season(context: Context, candidate: Candidate, code: str, relation: str | None) -> Meaning | None:
    """'this summer', 'last fall', 'that spring', 'the summer'."""
    base = anchor_for(context, relation or "none")
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
        ahead = context.looks(candidate)
        if ahead is False and this_year.first > base:
            year -= 1
        elif ahead and this_year.last < base:
            year += 1
    elif code == "WI" and base.month < 3 and relation == "this":
        year -= 1
    value = f"{year:04d}-{code}"
    return Meaning("DATE", value, value_days(value), "season", None, True)


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


BUILDERS: dict[str, Builder] = {"season-year": season_year, "season": season_bare, "season-range": season_range}
