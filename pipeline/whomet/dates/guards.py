"""What looks like a date and is none: counts, money, scores, names, modal 'may'."""

from __future__ import annotations

from functools import cache

from whomet.dates.context import Context
from whomet.dates.grammar import Candidate
from whomet.lexicon import load_words

_MONEY = frozenset({"$", "€", "£", "¥", "₩", "₹", "#", "№", "%"})
_TEMPORAL = frozenset(
    {
        "IN",
        "OF",
        "ON",
        "FROM",
        "TO",
        "AND",
        "OR",
        "SINCE",
        "BEFORE",
        "AFTER",
        "THIS",
        "LAST",
        "NEXT",
        "EARLY",
        "MID",
        "LATE",
        "COMMA",
        "OPEN",
        "DASH",
        "EVERY",
        "FOR",
        "BREAK",
        "AT",
    }
)
_TEMPORAL_WORDS = frozenset(
    {"over", "into", "throughout", "until", "by", "during", "through", "around", "till", "starting", "beginning", "between", "a"}
)
_NAME_MONTHS = frozenset({"may", "march", "august", "april", "june", "mar", "jan", "jun"})


@cache
def _numbered() -> frozenset[str]:
    return load_words("date_numbered.txt")


@cache
def _counted() -> frozenset[str]:
    return load_words("date_counted.txt")


def is_plausible(context: Context, candidate: Candidate) -> bool:
    """False for a match that the words around it show to be something else."""
    check = {
        "year": _plain_year,
        "year-range": _plain_year,
        "month": _month_word,
        "season": _season_word,
        "decade": _decade_word,
    }.get(candidate.rule)
    if context.word(candidate.first - 1) in _MONEY and candidate.rule not in ("month",):
        return False
    return check is None or check(context, candidate)


def _decade_word(context: Context, candidate: Candidate) -> bool:
    """'in his 30s' and 'in the mid-30s' (degrees) are ages and temperatures: two digits need an article and no owner."""
    token = context.tokens[candidate.last - 1]
    if sum(char.isdigit() for char in token.lower) == 4:
        return True
    before = context.kind(candidate.first - 1)
    if before in ("EARLY", "LATE", "MID") and context.kind(candidate.first - 2) == "OWN":
        return False
    return before != "OWN" and (
        context.kind(candidate.first) == "THE" or token.lower.startswith("'") or before in ("EARLY", "LATE", "MID")
    )


def _plain_year(context: Context, candidate: Candidate) -> bool:
    first, last = candidate.first, candidate.last
    start = candidate.groups["y"][0]
    number = int(context.tokens[start].value)
    before, after = context.word(first - 1), context.word(last)
    if (
        after in _counted()
        or after in _MONEY
        or before in _numbered()
        or (before == "-" and context.kind(first - 2) in ("INT", "DAY", "YEAR"))
    ):
        return False
    if context.kind(last) == "DASH" and context.kind(last + 1) in ("DAY", "INT", "YEAR", "NUMBER") and candidate.rule == "year":
        return context.tokens[last].char_end < context.tokens[last + 1].char_start
    if context.kind(last) in ("SLASH", "UNITS", "CLOCKUNIT", "ZONE") or context.kind(first - 1) == "SLASH":
        return False
    if context.kind(first - 1) == "APPROX":
        return 1900 <= number <= 2100 and before in ("around", "about")
    full_range = candidate.rule == "year-range" and context.kind(candidate.groups["z"][0]) == "YEAR"
    if 1900 <= number <= 2100 or context.narrative or full_range:
        return True
    return context.kind(first - 1) in _TEMPORAL - {"COMMA", "BREAK", "TO", "FOR", "AT"} or before in _TEMPORAL_WORDS - {"a"}


def _month_word(context: Context, candidate: Candidate) -> bool:
    """A month alone: 'may' and names of people need a time word before them; short forms too."""
    token = context.tokens[candidate.first]
    after = context.kind(candidate.last)
    before, kind = context.word(candidate.first - 1), context.kind(candidate.first - 1)
    if kind == "THE" and token.kind == "MONTH" and token.lower not in ("may", "march"):
        return True
    temporal = kind in _TEMPORAL - {"COMMA", "DASH", "AND", "OR", "BREAK", "FOR"} or before in _TEMPORAL_WORDS
    temporal = temporal or (kind == "DASH" and context.kind(candidate.first - 2) in ("EARLY", "MID", "LATE"))
    if after == "DASH" and context.kind(candidate.last + 1) == "WORD" and token.kind == "MONTH_SHORT":
        return False
    if token.kind == "MONTH_SHORT" or token.lower in _NAME_MONTHS:
        following = context.tokens[candidate.last] if candidate.last < len(context.tokens) else None
        named = following is not None and following.kind == "WORD" and following.value == "^"
        return temporal and (not named or token.lower not in ("may", "april", "june", "august", "jan") or kind == "IN")
    return True


def _season_word(context: Context, candidate: Candidate) -> bool:
    """A season alone needs a time word before it; 'the fall of' and 'the spring' of water are left out."""
    start = candidate.groups["s"][0]
    if "r" in candidate.groups:
        return context.word(candidate.last) not in ("of",) or context.kind(start) != "FALL"
    if context.kind(candidate.first) == "THE":
        before = candidate.first - 1
        temporal = context.kind(before) in ("IN", "OF", "FROM", "TO", "FOR", "SINCE") or context.word(before) in _TEMPORAL_WORDS
        return context.kind(start) == "SEASON" and temporal
    if context.kind(candidate.first - 1) == "DASH":
        return context.kind(candidate.first - 2) in ("EARLY", "MID", "LATE")
    kind = context.kind(candidate.first - 1)
    return kind in ("IN", "EARLY", "MID", "LATE", "SINCE") or context.word(candidate.first - 1) in _TEMPORAL_WORDS - {"a"}
