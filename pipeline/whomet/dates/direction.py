"""Does the clause around a time expression look back or ahead? Word cues only, for when no grammar layer says it."""

from __future__ import annotations

from functools import cache

from whomet.dates.tokens import Token
from whomet.lexicon import load_rows

REACH = 40
"""How many tokens on each side of an expression are looked at, at most: a long sentence, and a bound on the work."""
_BE = frozenset({"is", "are", "was", "were", "am"})
_ENDS = frozenset({"!", "?", ";", "”", "…"})


@cache
def _cues() -> dict[str, str]:
    return {row["word"]: row["cue"] for row in load_rows("date_cues.tsv")}


def cue_of(token: Token) -> str | None:
    """The cue class of a word: `future`, `past`, `control` (takes an infinitive that looks ahead), `to`, or None."""
    if token.kind not in ("WORD", "TO", "REF", "ENDED", "COMING", "AHEAD"):
        return None
    cue = _cues().get(token.lower)
    if cue is not None:
        return None if cue == "adjective" else cue
    if (
        token.kind == "WORD"
        and token.value != "^"
        and len(token.lower) > 3
        and token.lower.endswith("ed")
        and token.lower.isalpha()
    ):
        return "past"
    return None


def _is_end(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    if token.kind == "BREAK" or token.lower in _ENDS:
        return True
    if token.kind != "DOT":
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    before = tokens[index - 1] if index else None
    short = before is not None and (before.kind in ("MONTH_SHORT", "WEEKDAY_SHORT", "AMPM") or len(before.lower) <= 2)
    return following is None or (not short and following.char_start > token.char_end)


def looks_ahead(tokens: list[Token], first: int, last: int) -> bool | None:
    """True when the words that govern tokens[first:last] look ahead, False when they look back, None when nothing says.

    A verb right after decides ('the ministry on Sunday issued'), else the nearest cue to the left within the sentence
    ('officials said Monday that they will meet on Thursday'), else the nearest to the right ('On Monday, they will meet').
    An infinitive looks ahead unless a finite past verb governs it ('travelled to Rome to meet on Friday'). What a day owns
    ("Tuesday's ruling") has happened unless a plain future governs it.
    """
    owns = last < len(tokens) and tokens[last].kind == "POSS"
    if not owns and last < len(tokens):
        cue = _cue_at(tokens, last)
        if cue in ("past", "future", "modal"):
            return cue != "past"
    if first and tokens[first - 1].lower in ("by", "until", "till"):
        return _cue_after(tokens, last) is not False or tokens[last : last + 1] == [] or tokens[last].kind != "COMMA"
    index = first - 1
    while index >= max(0, first - REACH) and not _is_end(tokens, index):
        cue = _cue_at(tokens, index)
        if cue == "to":
            return _infinitive_ahead(tokens, index, plain=owns)
        if cue == "control" and _is_past_perfect(tokens, index):
            return False
        if cue is not None:
            return cue in (("future",) if owns else ("future", "modal", "control"))
        index -= 1
    return None if owns else _cue_after(tokens, last)


def _cue_after(tokens: list[Token], last: int) -> bool | None:
    """How the first cue after an expression looks, within the sentence."""
    index = last
    while index < min(len(tokens), last + REACH) and not _is_end(tokens, index):
        cue = _cue_at(tokens, index)
        if cue is not None:
            return cue != "past"
        index += 1
    return None


def _cue_at(tokens: list[Token], index: int) -> str | None:
    """The cue of a token; `to` before what can be a verb is the cue "to"."""
    token = tokens[index]
    if token.lower == "to":
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is None or following.kind != "WORD" or following.value == "^":
            return None
        return None if _cues().get(following.lower) == "none" else "to"
    cue = cue_of(token)
    return None if cue == "none" else cue


def _is_past_perfect(tokens: list[Token], index: int) -> bool:
    """'had been scheduled': a plan of the past."""
    return index > 1 and tokens[index - 1].lower == "been" and tokens[index - 2].lower == "had"


def _infinitive_ahead(tokens: list[Token], index: int, *, plain: bool) -> bool:
    """Whether 'to' + verb looks ahead: after a verb that takes one as a plan, or (a headline) after no finite verb at all."""
    if index and tokens[index - 1].lower in _BE:
        return True
    at = index - 1
    while at >= max(0, index - REACH) and not _is_end(tokens, at):
        cue = cue_of(tokens[at])
        if cue == "control" and _is_past_perfect(tokens, at):
            return False
        if cue in ("future", "modal", "control"):
            return not plain or cue == "future"
        if cue == "past":
            return False
        at -= 1
    return True
