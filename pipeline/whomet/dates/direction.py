"""Does the clause around a time expression look back or ahead? Word cues only, for when no grammar layer says it."""

from __future__ import annotations

from functools import cache, cached_property

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


class Clauses:
    """How the clauses of a text look, token by token; cues and sentence ends are looked up once, at the first question."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens

    @cached_property
    def _cues(self) -> list[str | None]:
        """The cue of each token, or "end" where a sentence ends."""
        return ["end" if _is_end(self._tokens, at) else _cue_at(self._tokens, at) for at in range(len(self._tokens))]

    @cached_property
    def _nearest_left(self) -> list[int]:
        """For each token the index of the last cue or end up to it; -1 for none."""
        found, at = [], -1
        for index, cue in enumerate(self._cues):
            at = at if cue is None else index
            found.append(at)
        return found

    @cached_property
    def _nearest_right(self) -> list[int]:
        """For each token the index of the first cue (an event is none) or end from it on; the number of tokens for none."""
        found, at = [], len(self._cues)
        for index in range(len(self._cues) - 1, -1, -1):
            at = at if self._cues[index] in (None, "event") else index
            found.append(at)
        return found[::-1]

    def looks_ahead(self, first: int, last: int) -> bool | None:
        """True when the words that govern tokens[first:last] look ahead, False when they look back, None when nothing says.

        A verb right after decides ('the ministry on Sunday issued'), else the nearest cue to the left within the sentence
        ('officials said Monday that they will meet on Thursday'), else the nearest to the right ('On Monday, they will
        meet'). An infinitive looks ahead unless a finite past verb governs it ('travelled to Rome to meet on Friday'). What
        a day owns ("Tuesday's ruling") has happened unless a plain future governs it.
        """
        tokens = self._tokens
        owns = last < len(tokens) and tokens[last].kind == "POSS"
        if not owns and last < len(tokens):
            cue = _cue_at(tokens, last)
            if cue in ("future", "modal"):
                return True
            if cue == "past" or (cue is not None and tokens[last].lower.endswith("ed")):
                return False
        if first and tokens[first - 1].lower in ("by", "until", "till"):
            return not any(token.lower == "had" for token in tokens[last : last + 5])
        at = self._nearest_left[first - 1] if first else -1
        if at >= max(0, first - REACH) and self._cues[at] != "end":
            return _governed_by(tokens, at, self._cues[at], owns=owns)
        return None if owns else self._cue_after(last)

    def _cue_after(self, last: int) -> bool | None:
        """How the first cue after an expression looks, within the sentence."""
        at = self._nearest_right[last] if last < len(self._tokens) else last
        if at >= min(len(self._tokens), last + REACH) or self._cues[at] == "end":
            return None
        return self._cues[at] not in ("past", "infinitive")


def _governed_by(tokens: list[Token], at: int, cue: str | None, *, owns: bool) -> bool:
    """How the cue to the left of an expression looks."""
    if cue == "to":
        return _infinitive_ahead(tokens, at, plain=owns)
    if cue == "control" and _is_past_perfect(tokens, at):
        return False
    return cue in (("future", "event") if owns else ("future", "modal", "control", "event"))


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
