"""Dates printed in digits: ISO, dotted, slashed; the order of day and month settled by what the digits allow."""

from __future__ import annotations

import re
from datetime import date

from whomet.dates.calendar import Days, make_day
from whomet.dates.captures import Builder, date_meaning
from whomet.dates.context import Context, Meaning
from whomet.dates.grammar import Candidate

_SEPARATED = re.compile(r"([0-9]{1,4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,4})")


def numeric_orders(printed: str) -> dict[str, date]:
    """The calendar days that a numeric date can be, by order (`ymd`, `dmy`, `mdy`); empty when it is none."""
    match = _SEPARATED.match(printed)
    if match is None:
        return {}
    first, second, third = (int(group) for group in match.groups())
    found: dict[str, date | None] = {}
    if len(match[1]) == 4:
        found["ymd"] = make_day(first, second, third)
    elif len(match[1]) <= 2:
        full = third if len(match[3]) == 4 else (2000 + third if third < 70 else 1900 + third)
        found["dmy"], found["mdy"] = make_day(full, second, first), make_day(full, first, second)
    return {order: day for order, day in found.items() if day is not None}


def numeric_date(context: Context, candidate: Candidate) -> Meaning | None:
    """A numeric date whose order is certain, or is settled by other dates of the text; None when it stays open."""
    orders = numeric_orders(context.tokens[candidate.first].lower)
    days = set(orders.values())
    order = "dmy" if "." in context.tokens[candidate.first].lower else numeric_order(context)
    day = next(iter(days)) if len(days) == 1 else orders.get(order)
    return date_meaning(day)


def numeric_order(context: Context) -> str:
    """The order that the unambiguous numeric dates of the text show, dmy or mdy; "" when none does. Found once per text."""
    if context.numeric_order is None:
        certain = (numeric_orders(token.lower) for token in context.tokens if token.kind == "NUMERIC" and "." not in token.lower)
        context.numeric_order = next((order for orders in certain if len(orders) == 1 for order in orders if order != "ymd"), "")
    return context.numeric_order


def iso_date(context: Context, candidate: Candidate) -> Meaning | None:
    """'2014-03-12', '2014-03-12T10:00:00Z'."""
    printed = context.tokens[candidate.first].lower
    day = numeric_orders(printed).get("ymd")
    if day is None:
        return None
    clock = re.search(r"t([0-9]{2}:[0-9]{2})", printed)
    if clock:
        return Meaning("TIME", f"{day.isoformat()}T{clock[1]}", Days(day, day), "time")
    return date_meaning(day)


BUILDERS: dict[str, Builder] = {"iso": iso_date, "numeric": numeric_date}
