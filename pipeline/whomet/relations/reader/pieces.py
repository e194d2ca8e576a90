"""Words -> word pieces of the encoder's vocabulary, and Docs -> windows of pieces that it reads at once.

The pieces are BERT's, uncased: accents dropped, punctuation apart, then the longest known piece first (Devlin et al. 2019).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

from spacy.tokens import Doc

from whomet.models import models_folder

UNKNOWN, OPENING, CLOSING = 100, 101, 102
"""Ids of the pieces [UNK], [CLS] and [SEP]."""
LONGEST_WORD = 40
"""Longest word, in characters, that is cut into pieces; a longer one is unknown."""
MOST_PIECES = 16
"""Most pieces of one token; what follows of it is not read."""
WINDOW = 400
"""Pieces of a window, as far as whole sentences fit."""
MOST_WINDOW = 505
"""Most pieces of a window in front of which a long sentence is cut."""
LEAD, BACK, BACK_TOKENS = 40, 2, 80
"""Pieces of the first sentences, and sentences and tokens before it, that a later window begins with."""
REACH = 3
"""How many sentences around a candidate are read."""


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens of a Doc that the encoder reads together.

    tokens: indices of the Doc's tokens, context of earlier windows first. pieces: ids, with [CLS] and [SEP]. first: where in
    `pieces` each token begins. start, end: the candidates in doc[start:end] are scored in this window.
    """

    tokens: tuple[int, ...]
    pieces: tuple[int, ...]
    first: tuple[int, ...]
    start: int
    end: int


@cache
def vocabulary() -> dict[str, int]:
    """The pieces of the vocabulary with their ids."""
    lines = (models_folder() / "reader" / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}


@lru_cache(maxsize=200_000)
def word_pieces(word: str) -> tuple[int, ...]:
    """Ids of the pieces of a token, at least one."""
    plain = "".join(char for char in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(char) != "Mn")
    chunks: list[str] = []
    for kind, chars in groupby(plain, key=lambda char: "" if char.isspace() else "word" if char.isalnum() else "mark"):
        run = "".join(chars)
        chunks.extend([run] if kind == "word" else run if kind else ())
    found: list[int] = []
    for chunk in chunks[: MOST_PIECES // 2]:
        found.extend(_cut(chunk))
    return tuple(found[:MOST_PIECES]) or (UNKNOWN,)


def _cut(chunk: str) -> list[int]:
    known = vocabulary()
    if len(chunk) > LONGEST_WORD:
        return [UNKNOWN]
    found, start = [], 0
    while start < len(chunk):
        mark = "##" if start else ""
        end = next((end for end in range(len(chunk), start, -1) if mark + chunk[start:end] in known), None)
        if end is None:
            return [UNKNOWN]
        found.append(known[mark + chunk[start:end]])
        start = end
    return found


def split_windows(doc: Doc, candidates: Collection[int]) -> Iterator[Window]:
    """The windows of a Doc in order: sentences within `REACH` of a candidate, whole ones as long as they fit."""
    sentences = [[token.i for token in sentence if not token.is_space] for sentence in doc.sents]
    sentences = [sentence for sentence in sentences if sentence]
    hot = [any(index in candidates for index in sentence) for sentence in sentences]
    sentences = [sentence for number, sentence in enumerate(sentences) if any(hot[max(0, number - REACH) : number + REACH + 1])]
    lengths = [sum(len(word_pieces(doc[index].text)) for index in sentence) for sentence in sentences]
    lead = _lead(sentences, lengths)
    begin = 0
    while begin < len(sentences):
        context = _context(sentences, begin, lead)
        used = sum(len(word_pieces(doc[index].text)) for index in context) + 2
        end = begin
        while end < len(sentences) and (end == begin or used + lengths[end] <= WINDOW):
            used += lengths[end]
            end += 1
        tokens = context + [index for sentence in sentences[begin:end] for index in sentence]
        yield _window(doc, tokens, sentences[begin][0], sentences[end - 1][-1] + 1)
        begin = end


def _lead(sentences: list[list[int]], lengths: list[int]) -> list[int]:
    lead: list[int] = []
    used = 0
    for sentence, length in zip(sentences, lengths, strict=True):
        used += length
        if used > LEAD:
            break
        lead += sentence
    return lead


def _context(sentences: list[list[int]], begin: int, lead: list[int]) -> list[int]:
    if not begin:
        return []
    back = [index for sentence in sentences[max(0, begin - BACK) : begin] for index in sentence][-BACK_TOKENS:]
    return [index for index in lead if index < back[0]] + back


def _window(doc: Doc, tokens: list[int], start: int, end: int) -> Window:
    pieces, first, kept = [OPENING], [], []
    for index in tokens:
        own = word_pieces(doc[index].text)
        if len(pieces) - 1 + len(own) > MOST_WINDOW:
            break
        first.append(len(pieces))
        pieces.extend(own)
        kept.append(index)
    return Window(tuple(kept), (*pieces, CLOSING), tuple(first), start, end)
