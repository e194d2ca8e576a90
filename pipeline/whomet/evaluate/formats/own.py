"""whomet's own gold: JSONL or a JSON list of articles with `id`, `meetings` and, if possible, `text` and `published`.

It may also be a folder with gold.jsonl, whose texts are in the `file` that a record names, counted from the folder above, or else
in pages/ID.txt. Quotes are strings, or objects with `text`, `char_start` and `char_end` as in meetings.jsonl.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

from whomet.errors import ArticleError, SetupError
from whomet.evaluate.formats.offsets import CODE_POINTS, Found, is_same_surface, place_spans, shorten
from whomet.evaluate.rows import Row, optional_text, read_rows
from whomet.files import decode_text

GOLD_FILE: Final = "gold.jsonl"
PAGES: Final = "pages"
"""A gold folder holds the annotations under the first name, and texts of its articles as ID.txt in the second."""


def is_row(row: Mapping[str, Any]) -> bool:
    """Whether a JSON object looks like an article of our own gold."""
    return "meetings" in row


def read(path: Path, notes: list[str]) -> Iterator[Row]:
    """The articles of a gold file or folder. Offsets are checked against `text` where it is given, and repaired.

    A quote that is not in the text is added to `notes`. Raises SetupError, naming file and record, for what cannot be read and
    for offsets that fit in no way.
    """
    for place, row in read_rows(path / GOLD_FILE if path.is_dir() else path):
        if row.get("text") is None and path.is_dir():
            row = row | {"text": _read_page(path, row, place)}
        text = row.get("text")
        yield place, (row | {"meetings": _checked(row.get("meetings"), text, place, notes)} if isinstance(text, str) else row)


def _read_page(folder: Path, row: dict[str, Any], place: str) -> str | None:
    """The text of an article of a gold folder, None where there is none; line ends are kept, so that offsets are the file's."""
    file = optional_text(row, "file", place)
    home = folder.resolve().parent if file is not None else folder.resolve() / PAGES
    path = (home / (file if file is not None else f"{row.get('id')}.txt")).resolve()
    if not path.is_relative_to(home):
        raise SetupError(f"{place}: the text must be a file below {home}")
    if file is None and not path.is_file():
        return None
    try:
        return decode_text(path.read_bytes())
    except (OSError, ArticleError) as error:
        raise SetupError(f"{place}: {path} cannot be read: {error}") from error


def _checked(meetings: Any, text: str, place: str, notes: list[str]) -> Any:
    """The same meetings with offsets that are code points of the text."""
    try:
        meetings = deepcopy(meetings)
        quotes = list(_quotes(meetings, ""))
    except RecursionError as error:
        raise SetupError(f"{place}: the meetings are nested too deeply") from error
    spans = [quote for _, quote in quotes if isinstance(quote, dict)]
    found = [Found("the quote", span["char_start"], span["char_end"], span["text"]) for span in spans]
    placed = place_spans(text, found, unit=CODE_POINTS, place=place)
    if placed.repair is not None:
        notes.append(f"{place}: {placed.repair}; repaired")
    for span, (start, end) in zip(spans, placed.spans, strict=True):
        span["char_start"], span["char_end"] = start, end
    for key, quote in quotes:
        if isinstance(quote, str) and quote not in text and not _stands_in(quote, text):
            notes.append(f"{place}: {key} {shorten(quote)} is not in the text")
    return meetings


def _stands_in(quote: str, text: str) -> bool:
    """Whether the words of a quote stand in a text, with other white space or in another normal form."""
    words = quote.split()
    return bool(words) and any(
        is_same_surface(quote, " ".join(text.split()[at : at + len(words)])) for at in range(len(text.split()) - len(words) + 1)
    )


def _quotes(value: Any, key: str) -> Iterator[tuple[str, Any]]:
    """Every verbatim quote of a meeting with the key it stands under: a string, or an object with its offsets."""
    if isinstance(value, list):
        for item in value:
            yield from _quotes(item, key)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str) and type(value.get("char_start")) is int and type(value.get("char_end")) is int:
            yield key, value
        for name, item in value.items():
            if isinstance(item, (dict, list)):
                yield from _quotes(item, name)
            elif name in ("name", "title", "quote") and isinstance(item, str):
                yield name, item
    elif isinstance(value, str) and key in ("topics", "places", "evidence"):
        yield key, value
