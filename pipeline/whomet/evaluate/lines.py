"""Line labels against gold: how many words of the story and of comment sections are told right.

A gold page is {"id", "lines": [{"t": line, "label": body | boilerplate | comment | blank, "fine"?}]}, which is the form of
`make train-lines`; its text is the lines joined by a newline. Lines whose "fine" ends in "?" are uncertain and not counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from whomet.errors import SetupError
from whomet.evaluate.rows import read_rows, row_id, span_of
from whomet.records import STORY_LABELS

CLASSES: Final = ("body", "comment")
"""The classes that are scored; the third one, boilerplate, is what is neither."""
_LABELS: Final = (*CLASSES, "boilerplate", "blank")
_STORY: Final = STORY_LABELS | {"byline", "published"}
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class GoldLine:
    """A line of a page, where it begins (code points), its class, and whether that is certain."""

    text: str
    char_start: int
    label: str
    certain: bool


@dataclass(frozen=True, slots=True)
class GoldPage:
    """The lines of an annotated page."""

    lines: tuple[GoldLine, ...]

    @property
    def text(self) -> str:
        """The raw text of the page."""
        return "\n".join(line.text for line in self.lines)


def read_lines(path: Path) -> dict[str, GoldPage]:
    """Annotated pages by id. Raises SetupError, naming file and record, for what is not in their form."""
    pages: dict[str, GoldPage] = {}
    for place, row in read_rows(path):
        pages[row_id(row, place, taken=pages)] = GoldPage(tuple(_lines(row.get("lines"), place)))
    if not pages:
        raise SetupError(f"{path}: holds no page")
    return pages


def _lines(items: Any, place: str) -> Iterator[GoldLine]:
    if not isinstance(items, list):
        raise SetupError(f'{place}: a page needs a list "lines"')
    start = 0
    for item in items:
        text, label, fine = (item.get(key) for key in ("t", "label", "fine")) if isinstance(item, dict) else (None, None, None)
        if not isinstance(text, str) or label not in _LABELS:
            raise SetupError(f'{place}: a line needs its text "t" and a label that is one of {", ".join(_LABELS)}')
        yield GoldLine(text, start, label, not (isinstance(fine, str) and fine.endswith("?")))
        start += len(text) + 1


def count_lines(pages: Mapping[str, GoldPage], found: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, tuple[float, ...]]]:
    """Counts by page and figure; found: rows of articles.jsonl by id. A page that is not among them is all boilerplate.

    Raises SetupError for a row without its segments.
    """
    return {page: _count_page(gold, _found_labels(found.get(page, {}), gold, page)) for page, gold in pages.items()}


def _count_page(page: GoldPage, labels: list[str]) -> dict[str, tuple[float, ...]]:
    counts = {name: [0, 0, 0] for name in CLASSES}
    for line in page.lines:
        for word in _WORD.finditer(line.text) if line.certain else ():
            got = labels[line.char_start + word.start()]
            for name, triple in counts.items():
                triple[0] += got == name == line.label
                triple[1] += got == name
                triple[2] += line.label == name
    tally: dict[str, tuple[float, ...]] = {}
    for name, (matched, predicted, gold) in counts.items():
        tally[f"lines_{name}"] = (matched, predicted, gold)
        # A page without the class, where none was found either, is right.
        tally[f"lines_{name}_pages"] = (2 * matched / (predicted + gold) if predicted + gold else 1.0, 1)
    return tally


def _found_labels(row: Mapping[str, Any], page: GoldPage, article: str) -> list[str]:
    """The class of every code point of a page."""
    labels = ["boilerplate"] * (len(page.text) + 1)
    segments = row.get("segments", [])
    if not isinstance(segments, list):
        raise SetupError(f"article {article!r}: segments must be a list")
    for segment in segments:
        start, end = span_of(segment, f"article {article!r}")
        name = "body" if segment.get("label") in _STORY else segment.get("label")
        if name in CLASSES:
            end = min(end, len(labels))
            labels[start:end] = [name] * (end - start)
    return labels
