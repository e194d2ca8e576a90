"""A page as lines: where each begins and ends, and the folded form in which wordings are compared."""

from __future__ import annotations

import re

LINE_END = re.compile(r"\r\n|\r|\n")
WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
"""To be searched in the last eight code points of a line."""
FOLD_CHARS = 160
"""How much of a line is folded: a wording that decides about a line stands at its beginning."""

_DIGITS = re.compile(r"\d+")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "©": "(c) "})
_EDGES = " \t.,:;!?|»«›‹•·*-–—>#+~_=[]{})\"'…▼▲►→←\u00a0\u200b\ufeff"


def split_lines(text: str) -> list[tuple[int, int]]:
    r"""(char_start, char_end) of every line, its line end included; a line ends at `\n`, `\r\n` or `\r` and nowhere else.

    The ranges tile the text. An empty text has no lines.
    """
    bounds = [match.end() for match in LINE_END.finditer(text)]
    if not bounds or bounds[-1] < len(text):
        bounds.append(len(text))
    return [(start, end) for start, end in zip([0, *bounds], bounds, strict=False) if end > start]


def fold(line: str, chars: int = FOLD_CHARS) -> str:
    """A line as wordings are compared: lower case, digits as 0, one space, straight quotes, no punctuation at the ends.

    Only the first `chars` code points are looked at; "" for a line of symbols.
    """
    head = " ".join(line[:chars].translate(_QUOTES).lower().split())
    return _DIGITS.sub("0", head).strip(_EDGES)
