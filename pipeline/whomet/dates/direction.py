"""Does the clause around a time expression look back or ahead? Word cues only, for when no grammar layer says it."""

from __future__ import annotations

from functools import cache

from whomet.dates.tokens import Token
from whomet.lexicon import load_rows

REACH = 40
"""How many tokens on each side of an expression are looked at, at most: a long sentence, and a bound on the work."""
_BE = frozenset({"is", "are", "was", "were", "am"})
_ADJECTIVE_ENDS = ("ed", "al", "ive", "ic", "ous", "ary", "new")
_NOUN_ENDS = ("tion", "sion", "ment", "ity", "ness", "ance", "ence", "ship", "ism")
_ENDS = frozenset({"!", "?", ";", "”", "…"})


@cache
def _cues() -> dict[str, str]:
    return {row["word"]: row["cue"] for row in load_rows("date_cues.tsv")}


def cue_of(tokens: list[Token], index: int) -> str | None:
    """The cue class of a word: future, modal, control, infinitive (see the lexicon), past, or None."""
    token = tokens[index]
    if token.kind not in ("WORD", "REF", "ENDED", "COMING", "AHEAD", "POSS"):
        return None
    cue = _cues().get(token.lower)
    if cue == "noun":
        return None if _is_after_determiner(tokens, index) else "control"
    if cue in ("future", "modal", "control", "infinitive", "event", "past"):
        return cue
    regular = len(token.lower) > 3 and token.lower.endswith("ed") and token.lower.isalpha() and token.value != "^"
    return "past" if cue is None and regular else None


def _is_after_determiner(tokens: list[Token], index: int) -> bool:
    """'the plan', 'a revised plan', "the group's hopes": a noun."""
    if index == 0:
        return False
    before = tokens[index - 1]
    return before.kind in ("THE", "A", "OWN", "THIS", "THAT", "POSS", "OF") or before.lower.endswith(_ADJECTIVE_ENDS)


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
        if cue in ("future", "modal"):
            return True
        if cue == "past" or (cue is not None and tokens[last].lower.endswith("ed")):
            return False
    if first and tokens[first - 1].lower in ("by", "until", "till"):
        return not any(token.lower == "had" for token in tokens[last : last + 5])
    index = first - 1
    while index >= max(0, first - REACH) and not _is_end(tokens, index):
        cue = _cue_at(tokens, index)
        if cue == "to":
            return _infinitive_ahead(tokens, index, plain=owns)
        if cue == "control" and _is_past_perfect(tokens, index):
            return False
        if cue is not None:
            return cue in (("future", "event") if owns else ("future", "modal", "control", "event"))
        index -= 1
    return None if owns else _cue_after(tokens, last)


def _cue_after(tokens: list[Token], last: int) -> bool | None:
    """How the first cue after an expression looks, within the sentence."""
    index = last
    while index < min(len(tokens), last + REACH) and not _is_end(tokens, index):
        cue = _cue_at(tokens, index)
        if cue not in (None, "event"):
            return cue not in ("past", "infinitive")
        index += 1
    return None


def _cue_at(tokens: list[Token], index: int) -> str | None:
    """The cue of a token; 'to' before what can be a verb, and not after what takes the preposition, is the cue "to"."""
    token = tokens[index]
    if token.kind != "TO" or token.lower != "to":
        return cue_of(tokens, index)
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or following.kind != "WORD" or following.value == "^" or _is_noun(following.lower):
        return None
    before = _cues().get(tokens[index - 1].lower) if index else None
    return None if before == "preposition" else "to"


def _is_noun(word: str) -> bool:
    """What follows a preposition 'to' rather than being its verb: by list, or by its ending."""
    return _cues().get(word) == "none" or word.endswith(_NOUN_ENDS) or (word.endswith("s") and not word.endswith(("ss", "us")))


def _is_past_perfect(tokens: list[Token], index: int) -> bool:
    """'had been scheduled': a plan of the past."""
    return index > 1 and tokens[index - 1].lower == "been" and tokens[index - 2].lower == "had"


def _infinitive_ahead(tokens: list[Token], index: int, *, plain: bool) -> bool:
    """Whether 'to' + verb looks ahead: after a verb that takes one as a plan, or (a headline) after no finite verb at all."""
    if index and tokens[index - 1].lower in _BE:
        return True
    at = index - 1
    while at >= max(0, index - REACH) and not _is_end(tokens, at):
        cue = cue_of(tokens, at)
        if cue == "control" and _is_past_perfect(tokens, at):
            return False
        if cue in ("future", "modal", "control", "infinitive", "event"):
            return not plain or cue == "future"
        if cue == "past":
            return False
        at -= 1
    return True
