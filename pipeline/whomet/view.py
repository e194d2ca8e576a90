"""A reading view: pieces of the raw text joined by blank lines, with an exact way back to raw offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

JOINT = "\n\n"
_SURROGATES = re.compile("[\ud800-\udfff]")
"""Halves of UTF-16 pairs: no characters, and no text that can be encoded."""


def replace_surrogates(text: str) -> str:
    """Text that every UTF-8 file can hold, lone surrogates replaced one for one, so that offsets still fit."""
    return _SURROGATES.sub("\ufffd", text) if not text.isascii() else text


class TextView:
    """What the language pipeline reads of an article.

    `pieces` are (char_start, char_end) ranges of the raw text in ascending order, not overlapping. `text` is the pieces
    joined by a blank line, lone surrogates replaced one for one; `starts[i]` is where piece i begins in `text`.
    """

    def __init__(self, raw: str, pieces: Iterable[tuple[int, int]]) -> None:
        self.raw = raw
        self.pieces = tuple(pieces)
        self.starts: list[int] = []
        position = 0
        for char_start, char_end in self.pieces:
            self.starts.append(position)
            position += char_end - char_start + len(JOINT)
        self.text = replace_surrogates(JOINT.join(raw[char_start:char_end] for char_start, char_end in self.pieces))

    def piece_at(self, position: int) -> int | None:
        """Index of the piece that holds view offset `position`; None in a joint or outside."""
        index = bisect_right(self.starts, position) - 1
        if index < 0:
            return None
        char_start, char_end = self.pieces[index]
        return index if position - self.starts[index] < char_end - char_start else None

    def to_raw(self, start: int, end: int) -> tuple[int, int] | None:
        """Raw offsets of a non-empty view range; None when it crosses from one piece into another.

        Both ends are mapped inside the piece of the first character: `end` may be the start of the next piece.
        """
        index = self.piece_at(start) if start < end else None
        if index is None:
            return None
        char_start, char_end = self.pieces[index]
        offset = char_start - self.starts[index]
        return (start + offset, end + offset) if end + offset <= char_end else None

    def from_raw(self, char_start: int, char_end: int) -> tuple[int, int] | None:
        """View offsets of a raw range; None when no single piece holds it."""
        index = bisect_right(self.pieces, (char_start, len(self.raw) + 1)) - 1
        if index < 0 or not self.pieces[index][0] <= char_start < char_end <= self.pieces[index][1]:
            return None
        offset = self.starts[index] - self.pieces[index][0]
        return char_start + offset, char_end + offset
