"""The lines of a page and the labels that stand before dates on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from whomet.lexicon import load_rows
from whomet.records import STORY_LABELS, Article

TOP_LINES = 40
LONGEST = 400
PURE = 60
_COMMENTS = re.compile(r"(?:[0-9,]{1,7} )?(?:reader )?comments?:?(?: \([0-9,]{1,7}\))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageLine:
    """A non-blank line of the page: its text, raw offset, number among such lines, and what its segment says of it."""

    text: str
    start: int
    number: int
    is_comment: bool
    after_comments: bool
    is_story: bool
    labelled: bool
    is_byline: bool


def read_lines(article: Article) -> list[PageLine]:
    """The non-blank lines of the page with what their segments say."""
    lines: list[PageLine] = []
    segments = iter(article.segments)
    segment = next(segments, None)
    position = 0
    comments = False
    for printed in article.text.split("\n"):
        start = position
        position += len(printed) + 1
        if not printed.strip():
            continue
        while segment is not None and segment.char_end <= start:
            segment = next(segments, None)
        label = segment.label if segment is not None else None
        number = len(lines)
        comments = comments or _COMMENTS.fullmatch(printed.strip()[:PURE]) is not None
        lines.append(
            PageLine(
                printed,
                start,
                number,
                label == "comment",
                comments,
                label in STORY_LABELS,
                label == "published",
                label == "byline",
            )
        )
    return lines


@cache
def _labels() -> tuple[tuple[re.Pattern[str], str], ...]:
    kinds: dict[str, list[str]] = {}
    for row in load_rows("date_labels.tsv"):
        kinds.setdefault(row["kind"], []).append(row["label"])
    table = []
    for kind, words in kinds.items():
        words.sort(key=len, reverse=True)
        table.append((re.compile("|".join(_label_pattern(word) for word in words), re.IGNORECASE), kind))
    return tuple(table)


def _label_pattern(word: str) -> str:
    """A label as a pattern: whole words in scripts that part words, anywhere in the others (Thai, Hangul, Han)."""
    if ord(word[0]) >= 0x0E00:
        return re.escape(word)
    return rf"(?<!\w){re.escape(word)}" + (r"(?!\w)" if word[-1].isalpha() else "")


@cache
def _label_orders() -> dict[str, str]:
    return {row["label"]: row["order"] for row in load_rows("date_labels.tsv") if row["order"]}


def label_order(line: str) -> str | None:
    """The order of day and month in the language of a label of the line; None when no label tells it."""
    lower = line[:LONGEST].lower()
    return next((order for label, order in _label_orders().items() if label in lower), None)


def label_kind(before: str) -> str | None:
    """The kind of the last label in the words before a stamp: publish, update, fetch or None."""
    best, kind = -1, None
    for pattern, name in _labels():
        for match in pattern.finditer(before):
            if match.end() > best or (match.end() == best and name == "update"):
                best, kind = match.end(), name
    return kind
