"""From a raw page to labelled segments: the story, its furniture, its readers' comments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whomet.clean.lines import fold, split_lines
from whomet.clean.wordings import has_caption_cue, is_date_line, load_wordings
from whomet.records import Segment

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
PROSE_WORDS = 12
HEADLINE_WORDS = 30
BYLINE_WORDS = 14
DATE_WORDS = 16
CERTAIN = frozenset({"boilerplate", "related", "opener", "form", "vote"})


def label_lines(text: str) -> tuple[Segment, ...]:
    """The page as adjacent segments, one a line (its line end included), each with a label of `SEGMENT_LABELS`.

    The segments tile the text; an empty text has none.
    """
    ranges = split_lines(text)
    lines = [text[start:end] for start, end in ranges]
    labels = _label(lines)
    return tuple(Segment(start, end, label) for (start, end), label in zip(ranges, labels, strict=True))


def is_prose(line: str) -> bool:
    """Whether a line reads like a sentence: three words and a full stop, or long."""
    words = line.count(" ") + 1
    return words >= PROSE_WORDS or (words >= 3 and _SENTENCE_END.search(line[-40:]) is not None)


def is_title(line: str) -> bool:
    """Whether a line could be a headline: some words and no full stop."""
    return 2 <= len(line.split()) <= HEADLINE_WORDS and _SENTENCE_END.search(line[-40:]) is None


def _label(lines: Sequence[str]) -> list[str]:
    wordings = load_wordings()
    folded = [fold(line) for line in lines]
    kinds = [wordings.kind(key) for key in folded]
    labels = [_first_guess(line, kind) for line, kind in zip(lines, kinds, strict=True)]
    if "body" not in labels:
        labels = ["body" if label == "?" and len(line.split()) >= 4 else label for line, label in zip(lines, labels, strict=True)]
    if "body" in labels:
        first = labels.index("body")
        _mark_headline(lines, labels, first)
        _mark_comments(folded, kinds, labels, first)
        _fill_inside(lines, labels)
    _drop_day_of_reading(lines, kinds, labels)
    return ["boilerplate" if label == "?" else label for label in labels]


def _first_guess(line: str, kind: str | None) -> str:
    stripped = line.strip()
    if not stripped:
        return "blank"
    if kind in CERTAIN:
        return "related" if kind == "related" else "boilerplate"
    words = stripped.count(" ") + 1
    if is_date_line(stripped) or (kind == "published" and words <= DATE_WORDS and any(char.isdigit() for char in stripped)):
        return "published"
    if kind == "byline" and words <= BYLINE_WORDS and not stripped.endswith((".", "?", "!")):
        return "byline"
    if kind == "caption":
        return "caption"
    if not any("a" <= char <= "z" or "A" <= char <= "Z" for char in stripped):
        return "boilerplate"
    return "body" if is_prose(stripped) else "?"


def _mark_headline(lines: Sequence[str], labels: list[str], first: int) -> None:
    if is_title(lines[first]) and "body" in labels[first + 1 :]:
        labels[first] = "headline"
        first = labels.index("body")
    else:
        for index in range(first - 1, -1, -1):
            if labels[index] == "?" and is_title(lines[index]):
                labels[index] = "headline"
                break
    for index in range(first, min(first + 3, len(lines))):
        if labels[index] == "body" and has_caption_cue(lines[index]) and "body" in labels[index + 1 :]:
            labels[index] = "caption"


def _mark_comments(folded: Sequence[str], kinds: Sequence[str | None], labels: list[str], first: int) -> None:
    """Everything from the opener of the comment section to its form is comment, furniture in between excepted."""
    openers = [index for index in range(first, len(labels)) if kinds[index] == "opener"]
    votes = [index for index in range(first, len(labels)) if kinds[index] == "vote"]
    if not openers or not votes or openers[0] > votes[-1]:
        return
    headlines = {folded[index] for index in range(first) if labels[index] == "headline"}
    inside = True
    for index in range(openers[0], len(labels)):
        if kinds[index] == "form" and index > votes[-1]:
            inside = False
        if labels[index] == "blank" or (inside and kinds[index] in {"boilerplate", "opener", "form"}):
            continue
        if inside and kinds[index] is None and folded[index] in headlines:
            labels[index] = "boilerplate"
        else:
            labels[index] = "comment" if inside else "boilerplate"


def _fill_inside(lines: Sequence[str], labels: list[str]) -> None:
    """A short line between two lines of the story belongs to it: a subheading, a broken sentence."""
    body = [index for index, label in enumerate(labels) if label == "body"]
    for index in range(body[0], body[-1]):
        if labels[index] == "?" and len(lines[index].split()) >= 2:
            labels[index] = "body"


def _drop_day_of_reading(lines: Sequence[str], kinds: Sequence[str | None], labels: list[str]) -> None:
    """A bare date above a line that says when the story was published or updated is the day the page was read."""
    dated = [index for index, label in enumerate(labels) if label == "published"]
    if any(kinds[index] == "published" for index in dated):
        for index in dated:
            if kinds[index] is None:
                labels[index] = "boilerplate"
