"""Screen, then read: the sentences of an article that its meetings can be read from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whomet.lexicon import load_words
from whomet.records import Segment
from whomet.relations.lexicon import screen_pattern
from whomet.sentences import split_sentences, story_ranges
from whomet.view import TextView

_NAME = re.compile(r"\b[A-Z][a-zà-ÿ][\w’'-]+")
LEAD = 2
"""Sentences at the start of the body that are always read beside a candidate: they introduce the actors."""


def _names(text: str) -> set[str]:
    """Name-like words of a sentence: capitalised, not first, no weekday or month."""
    common = load_words("calendar_names.txt")
    words = _NAME.findall(text)
    return {word.removesuffix("'s").removesuffix("’s") for word in words} - common


def reading_view(text: str, segments: Sequence[Segment]) -> TextView | None:
    """The pieces of an article that the language pipeline reads; None when no sentence of the story is a candidate.

    Candidates, their neighbours, headline and lead, and every sentence that shares a name-like word with a candidate.
    Adjacent sentences of one paragraph are one piece, so that the pipeline sees running text.
    """
    sentences = [
        (start, end, number, label)
        for number, (range_start, range_end, label) in enumerate(story_ranges(text, segments))
        for start, end in split_sentences(text, range_start, range_end)
    ]
    pattern = screen_pattern()
    candidates = {index for index, (start, end, _, _) in enumerate(sentences) if pattern.search(text, start, end)}
    if not candidates:
        return None
    chosen = set(candidates)
    for index in candidates:
        chosen.update((index - 1, index + 1))
    body = [index for index, sentence in enumerate(sentences) if sentence[3] == "body"]
    chosen.update(body[:LEAD])
    chosen.update(index for index, sentence in enumerate(sentences) if sentence[3] in ("headline", "caption"))
    names = set().union(*(_names(text[sentences[index][0] : sentences[index][1]]) for index in candidates))
    for index, (start, end, _, _) in enumerate(sentences):
        if index not in chosen and names & _names(text[start:end]):
            chosen.add(index)
    pieces: list[tuple[int, int]] = []
    last: tuple[int, int] | None = None
    for index in sorted(chosen):
        if not 0 <= index < len(sentences):
            continue
        start, end, number, _ = sentences[index]
        if last == (index - 1, number):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
        last = (index, number)
    return TextView(text, pieces)


def sentence_starts(view: TextView) -> set[int]:
    """Offsets in the view's text at which sentences begin."""
    starts: set[int] = set()
    for (char_start, char_end), offset in zip(view.pieces, view.starts, strict=True):
        starts.update(start - char_start + offset for start, _ in split_sentences(view.raw, char_start, char_end))
    return starts
