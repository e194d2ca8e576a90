"""Time expressions against gold, as TempEval-3 scores them: extent, type and value of one-to-one pairs.

A gold text is {"id", "text", "published"?, "timexes": [{"char_start", "char_end", "type", "value", "doubtful"?}]}; doubtful
ones are neither asked for nor counted against a prediction. Source: UzZaman et al., SemEval-2013 Task 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from whomet.errors import SetupError
from whomet.evaluate.rows import optional_text, read_rows, row_id, span_of

_TRIMMED_BEFORE: Final = " \t\n\r.,;:\"'()“”"
_TRIMMED_AFTER: Final = " \t\n\r,;:\"'()“”"


@dataclass(frozen=True, slots=True)
class ScoredTimex:
    """A time expression: code points without the punctuation around it, TIMEX3 type and value."""

    char_start: int
    char_end: int
    type: str
    value: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with its time expressions."""

    text: str
    published: str | None
    timexes: tuple[ScoredTimex, ...]


def read_timexes(path: Path) -> dict[str, GoldText]:
    """Annotated texts by id. Raises SetupError, naming file and record, for what is not in their form."""
    texts: dict[str, GoldText] = {}
    for place, row in read_rows(path):
        article, text = row_id(row, place, taken=texts), optional_text(row, "text", place)
        if text is None:
            raise SetupError(f'{place}: a record needs its "text"')
        published = optional_text(row, "published", place) or optional_text(row, "dct", place)
        texts[article] = GoldText(text, published, _timexes(row, text, place))
    if not texts:
        raise SetupError(f"{path}: holds no text")
    return texts


def count_timexes(
    texts: Mapping[str, GoldText], found: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, tuple[float, ...]]]:
    """Counts by text and figure; found: rows of articles.jsonl by id. Raises SetupError for a malformed row."""
    return {
        article: _count_text(gold, _timexes(found.get(article, {}), gold.text, f"article {article!r}"))
        for article, gold in texts.items()
    }


def _timexes(row: Mapping[str, Any], text: str, place: str) -> tuple[ScoredTimex, ...]:
    items = row.get("timexes", [])
    if not isinstance(items, list):
        raise SetupError(f"{place}: timexes must be a list")
    return tuple(_timex(item, text, place) for item in items)


def _timex(item: Any, text: str, place: str) -> ScoredTimex:
    start, end = span_of(item, place)
    if end > len(text):
        raise SetupError(f"{place}: a time expression ends behind the text")
    while start < end and text[start] in _TRIMMED_BEFORE:
        start += 1
    while end > start and text[end - 1] in _TRIMMED_AFTER:
        end -= 1
    return ScoredTimex(start, end, str(item.get("type") or ""), str(item.get("value") or "").strip(), bool(item.get("doubtful")))


def _count_text(gold: GoldText, predicted: Sequence[ScoredTimex]) -> dict[str, tuple[float, ...]]:
    wanted = [timex for timex in gold.timexes if not timex.doubtful]
    doubtful = [timex for timex in gold.timexes if timex.doubtful]
    found = [timex for timex in predicted if not any(_overlap(timex, other) > 0 for other in doubtful)]
    matched = dict.fromkeys(("strict", "relaxed", "type", "value", "strict_value"), 0)
    for one, other in _pair(wanted, found):
        strict = (one.char_start, one.char_end) == (other.char_start, other.char_end)
        same_value = one.value == other.value
        matched["relaxed"] += 1
        matched["strict"] += strict
        matched["type"] += one.type == other.type
        matched["value"] += same_value
        matched["strict_value"] += strict and same_value
    return {f"timex_{name}": (count, len(found), len(wanted)) for name, count in matched.items()}


def _overlap(one: ScoredTimex, other: ScoredTimex) -> int:
    return min(one.char_end, other.char_end) - max(one.char_start, other.char_start)


def _pair(gold: Sequence[ScoredTimex], found: Sequence[ScoredTimex]) -> list[tuple[ScoredTimex, ScoredTimex]]:
    """Overlapping expressions one to one: those of the same extent first, then by greatest overlap, then the leftmost."""
    candidates = sorted(
        ((one.char_start, one.char_end) != (other.char_start, other.char_end), -overlap, one.char_start, row, column)
        for row, one in enumerate(gold)
        for column, other in enumerate(found)
        if (overlap := _overlap(one, other)) > 0
    )
    rows, columns, pairs = set[int](), set[int](), []
    for *_, row, column in candidates:
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append((gold[row], found[column]))
    return pairs
