"""Word lists as data. Every file starts with comment lines that name its source and licence.

Two forms: `.txt` holds one entry a line, `.tsv` holds rows under a header line. In both, lines that start with `#` are
comments. Files are read once per process.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from whomet.errors import LexiconError

LANGUAGE = "en"


def _folder() -> Traversable:
    return files("whomet") / "lexicons" / LANGUAGE


def _lines(name: str) -> list[str]:
    try:
        text = (_folder() / name).read_text(encoding="utf-8")
    except OSError as error:
        raise LexiconError(f"lexicon {LANGUAGE}/{name} cannot be read: {error}") from error
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    if not lines:
        raise LexiconError(f"lexicon {LANGUAGE}/{name} is empty")
    return lines


@cache
def load_words(name: str) -> frozenset[str]:
    """The entries of a `.txt` lexicon as printed. Raises LexiconError when missing or empty."""
    return frozenset(line.strip() for line in _lines(name))


@cache
def load_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a `.tsv` lexicon, each a dict by column name; a missing last cell is "".

    Raises LexiconError when the file is missing or empty, or a row has more cells than the header.
    """
    header, *rows = _lines(name)
    columns = header.split("\t")
    table = []
    for row in rows:
        cells = row.split("\t")
        if len(cells) > len(columns):
            raise LexiconError(f"lexicon {LANGUAGE}/{name}: more cells than columns in {row!r}")
        cells += [""] * (len(columns) - len(cells))
        table.append({column: cell.strip() for column, cell in zip(columns, cells, strict=True)})
    if not table:
        raise LexiconError(f"lexicon {LANGUAGE}/{name} has a header and no rows")
    return tuple(table)


def split_cell(cell: str) -> tuple[str, ...]:
    """The items of a cell that lists several, separated by `|`."""
    return tuple(item.strip() for item in cell.split("|") if item.strip())


def check_lexicons() -> None:
    """Read every word list once, so that a malformed one is known before the first article. Raises LexiconError."""
    for entry in _folder().iterdir():
        if entry.name.endswith(".txt"):
            load_words(entry.name)
        elif entry.name.endswith(".tsv"):
            load_rows(entry.name)


def lexicon_hashes() -> dict[str, str]:
    """sha256 of every lexicon file, by name, for run.json."""
    entries = sorted((entry for entry in _folder().iterdir() if entry.is_file()), key=lambda entry: entry.name)
    return {f"{LANGUAGE}/{entry.name}": hashlib.sha256(entry.read_bytes()).hexdigest() for entry in entries}
