"""Time expressions of a text range: tokens -> candidates -> meanings, modifiers, filters -> Timex records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from whomet.dates.calendar import Days, third_of
from whomet.dates.context import Context, Meaning, codes_of
from whomet.dates.direction import Clauses
from whomet.dates.grammar import Candidate, find_matches, read_match
from whomet.dates.guards import is_plausible
from whomet.dates.rules import build
from whomet.dates.tokens import Token, tokenize
from whomet.records import Timex

NARRATIVE_YEARS = 8
"""So many past years printed make a text a narrative, if weekdays and the like are at most half as many."""
IsFuture = Callable[[int, int], bool | None]
_VAGUE_RULES = frozenset({"reference", "vague-units", "set", "every", "weekdays", "times-a"})


def find_timexes(
    text: str, char_start: int, char_end: int, *, anchor: str | None, is_future: IsFuture | None = None
) -> list[Timex]:
    """The time expressions of text[char_start:char_end] in order, with TIMEX3 values and the days they denote.

    anchor: ISO publication date (or date-time), or None: relative expressions then keep their value class
    (`XXXX-WXX-1`, `XXXX-03`) and get no days. is_future(char_start, char_end) may tell from a grammar whether the clause
    of an expression looks ahead (True), back (False) or does not say (None); word cues decide where it does not say.
    """
    tokens = tokenize(text, char_start, char_end)
    clauses = Clauses(tokens)

    def ahead(first: int, last: int) -> bool | None:
        told = is_future(tokens[first].char_start, tokens[last - 1].char_end) if is_future else None
        return clauses.looks_ahead(first, last) if told is None else told

    context = Context(tokens, codes_of(tokens), parse_anchor(anchor), ahead, build)
    context.narrative = is_narrative(tokens, context.anchor)
    timexes: list[Timex] = []
    taken = 0
    for start, rule in find_matches(context.codes):
        candidate = read_match(context.codes, start, rule) if start >= taken else None
        if candidate is None or not is_plausible(context, candidate):
            continue
        meaning = build(context, candidate)
        if meaning is None:
            continue
        first, meaning = apply_modifier(context, candidate, meaning, taken)
        timexes.append(make_timex(text, context, first, candidate, meaning))
        taken = candidate.last
        context.remember(candidate, meaning)
    return timexes


def is_narrative(tokens: list[Token], anchor: date | None) -> bool:
    """True for a text that tells of past years: many printed years well before the anchor, hardly any weekday or 'today'."""
    if anchor is None:
        return False
    past = sum(1 for token in tokens if token.kind == "YEAR" and int(token.value) <= anchor.year - 2)
    news = sum(1 for token in tokens if token.kind in ("WEEKDAY", "TODAY", "TONIGHT"))
    return past >= NARRATIVE_YEARS and past > 2 * news


def parse_anchor(anchor: str | None) -> date | None:
    """The day of an ISO date or date-time; None for None or for what is no date."""
    if not anchor:
        return None
    try:
        return date.fromisoformat(anchor[:10])
    except ValueError:
        return None


def make_timex(text: str, context: Context, first: int, candidate: Candidate, meaning: Meaning) -> Timex:
    """The record of a meaning; the span ends before a closing possessive."""
    char_start, char_end = context.tokens[first].char_start, context.tokens[candidate.last - 1].char_end
    anchored = meaning.anchored and context.anchor is not None
    return Timex(
        text=text[char_start:char_end],
        char_start=char_start,
        char_end=char_end,
        type=meaning.type,
        value=meaning.value,
        start=meaning.days.first.isoformat() if meaning.days else None,
        end=meaning.days.last.isoformat() if meaning.days else None,
        granularity=meaning.granularity,
        direction=meaning.direction,
        anchor=context.anchor.isoformat() if anchored and context.anchor else None,
        rule=candidate.rule,
    )


def apply_modifier(context: Context, candidate: Candidate, meaning: Meaning, taken: int) -> tuple[int, Meaning]:
    """The first token and the meaning with the modifier to the left: early, mid-, late, the end of, earlier, later, about.

    Early / mid / late keep the value and narrow the days to a third; 'earlier this year' ends on the publication day,
    'later this month' begins on it.
    """
    first = candidate.first
    if candidate.rule in _VAGUE_RULES:
        return first, meaning
    counted = context.kind(first) not in ("THE", "THIS", "LAST", "PAST", "NEXT", "COMING")
    if meaning.type == "DURATION" and counted and first - 1 >= taken and context.kind(first - 1) == "APPROX":
        return first - 1, meaning
    at = first
    if (
        at - 1 >= taken
        and context.kind(at - 1) in ("IN", "OF")
        and at - 2 >= taken
        and context.kind(at - 2) in ("EARLY", "LATE", "EARLIER", "LATER", "EDGE")
    ) or (at - 1 >= taken and context.kind(at - 1) == "DASH"):
        at -= 1
    index = at - 1
    if index < taken or meaning.type == "DURATION":
        return first, meaning
    kind, token = context.kind(index), context.tokens[index]
    if kind in ("EARLY", "MID", "LATE") or (kind == "EDGE" and context.kind(index + 1) == "OF"):
        days = third_of(meaning.value, meaning.days, token.value) if meaning.days and meaning.type == "DATE" else meaning.days
    elif kind in ("EARLIER", "LATER") and meaning.type in ("DATE", "TIME") and at >= first - 1:
        days = clip(meaning.days, context.anchor, later=kind == "LATER")
    else:
        return first, meaning
    first = index - 1 if index - 1 >= taken and context.kind(index - 1) == "THE" else index
    return first, Meaning(meaning.type, meaning.value, days, meaning.granularity, meaning.direction, meaning.anchored)


def clip(days: Days | None, anchor: date | None, *, later: bool) -> Days | None:
    """The part of the days up to (or from) the anchor; all of them when the anchor lies outside."""
    if days is None or anchor is None or not days.first <= anchor <= days.last:
        return days
    return Days(anchor, days.last) if later else Days(days.first, anchor)


__all__ = ["find_timexes"]
