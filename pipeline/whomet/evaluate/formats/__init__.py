"""Annotations of other tools: readers of gold, and writers of our own meetings as pre-annotations.

Every reader takes a path and gives rows of our own gold (place, {"id", "text", "published", "meetings"}), quotes with offsets in
code points of `text`. What was repaired, left out or not used is added to the notes that it is given; what cannot be told is an
error.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from whomet.errors import SetupError
from whomet.evaluate.formats import brat, doccano, inception, label_studio, own, prodigy
from whomet.evaluate.formats.marking import mark_article
from whomet.evaluate.rows import Row, read_rows
from whomet.files import make_folder
from whomet.records import Article

Reader = Callable[[Path, list[str]], Iterable[Row]]
READERS: Final[Mapping[str, Reader]] = {
    "whomet": own.read,
    "brat": brat.read,
    "doccano": doccano.read,
    "label-studio": label_studio.read,
    "prodigy": prodigy.read,
    "inception": inception.read,
}
"""The reader of each format."""
WRITERS: Final = {"label-studio": label_studio.write, "doccano": doccano.write, "brat": brat.write}
"""What writes our meetings for each tool: takes marked articles and a folder."""

_JSON_ROWS: Final = {
    "whomet": own.is_row,
    "label-studio": label_studio.is_row,
    "doccano": doccano.is_row,
    "prodigy": prodigy.is_row,
}
"""In the order in which they are asked: the first that knows the first row of a file reads it."""


def read_rows_of(path: Path, format_name: str | None, notes: list[str]) -> Iterator[Row]:
    """The gold rows of a file or folder in one of `READERS`, recognised when no format is named.

    Raises SetupError for an unknown format, and, naming file and record, for what cannot be read.
    """
    name = format_name or recognize(path)
    if name not in READERS:
        raise SetupError(f"unknown format {name!r}: one of {', '.join(READERS)}")
    yield from READERS[name](path, notes)


def recognize(path: Path) -> str:
    """The format of a file or folder, told from its content. Raises SetupError when it is none of `READERS`."""
    if not path.exists():
        raise SetupError(f"{path} cannot be read: it does not exist")
    if path.is_dir():
        return _recognize_folder(path)
    if path.suffix in (".ann", ".txt"):
        return "brat"
    is_cas = path.suffix == ".json" and inception.is_cas_json(path.read_bytes())
    if is_cas or path.suffix == ".xmi" or inception.is_archive(path):
        return "inception"
    if zipfile.is_zipfile(path):
        raise SetupError(f"{path}: is a zip file without a CAS of INCEpTION; unpack it and name the file that was in it")
    first = next(iter(read_rows(path)), None)
    if first is None:
        return "whomet"
    name = next((name for name, is_row in _JSON_ROWS.items() if is_row(first[1])), None)
    if name is None:
        keys = ", ".join(list(first[1])[:8])
        raise SetupError(f"{first[0]}: is in none of the formats {', '.join(READERS)} (keys: {keys}); name one if it is")
    return name


def _recognize_folder(path: Path) -> str:
    if (path / own.GOLD_FILE).is_file():
        return "whomet"
    for pattern, name in (("*.ann", "brat"), ("*.xmi", "inception"), ("*.zip", "inception")):
        if next(path.rglob(pattern), None) is not None:
            return name
    if any(inception.is_cas_json(file.read_bytes()) for file in path.rglob("*.json")):
        return "inception"
    raise SetupError(f"folder {path} holds neither {own.GOLD_FILE} nor files of brat or INCEpTION")


def write_annotations(articles: Iterable[Article], tool: str, folder: Path) -> None:
    """Writes the meetings of articles as pre-annotations for a tool of `WRITERS`, with its configuration, into a folder.

    Articles without meetings are written too. Raises SetupError for an unknown tool and a folder that cannot be written.
    """
    if tool not in WRITERS:
        raise SetupError(f"unknown tool {tool!r}: one of {', '.join(WRITERS)}")
    WRITERS[tool]((mark_article(article) for article in articles), make_folder(folder))
