"""Rows of annotation and prediction files: JSONL or a JSON list, plain or .gz, each row with its place for messages."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whomet.errors import SetupError

Row = tuple[str, dict[str, Any]]
"""Where a row stands (`gold.jsonl, line 3`) and the row."""


def read_rows(path: Path) -> Iterable[Row]:
    """Each JSON object of a file with its place. Raises SetupError, naming the place, for what cannot be read."""
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise SetupError(f"{path} cannot be read: {error}") from error
    try:
        if text.lstrip().startswith("["):
            rows = [(f"{path}, record {number}", row) for number, row in enumerate(json.loads(text), 1)]
        else:
            lines = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
            rows = [(f"{path}, line {number}", json.loads(line)) for number, line in lines]
    except (ValueError, RecursionError) as error:
        raise SetupError(f"{path} is not JSON: {error}") from error
    for place, row in rows:
        if not isinstance(row, dict):
            raise SetupError(f"{place}: must be an object, not {type(row).__name__}")
    return rows


def row_id(row: dict[str, Any], place: str, *, taken: Iterable[str] = ()) -> str:
    """The article id of a row. Raises SetupError where there is none, or where it is among those `taken`."""
    article = row.get("id", row.get("doc_id"))
    if not isinstance(article, str):
        raise SetupError(f'{place}: a record needs a string "id"')
    if article in taken:
        raise SetupError(f"{place}: article {article!r} occurs twice")
    return article


def optional_text(row: dict[str, Any], key: str, place: str) -> str | None:
    """A string of a row, or None. Raises SetupError for anything else under the key."""
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise SetupError(f"{place}: {key} must be a string or null")
    return value


def span_of(item: Any, place: str) -> tuple[int, int]:
    """The offsets of an annotated span: char_start and char_end, or start and end as whole numbers (code points, end-exclusive).

    Raises SetupError where they are missing or do not enclose a character.
    """
    found = item if isinstance(item, dict) else {}
    start, end = (found.get(f"char_{key}", found.get(key)) for key in ("start", "end"))
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        raise SetupError(f"{place}: a span needs char_start and char_end, the first below the second")
    return start, end
