"""Annotated articles as training reads them: rows of JSONL, what the grammar reads in each, and which outlets are held out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from whomet.build import Pipeline
from whomet.files import make_article, read_jsonl
from whomet.relations import Reading

AnnotatedReading = tuple[Mapping[str, Any], str | None, Reading | None]
"""An annotated article, its publication day, and what the grammar reads in it; None where nothing is to be read."""


def is_check(outlet: str) -> bool:
    """Whether an outlet is held out."""
    return int(hashlib.md5(outlet.encode(), usedforsecurity=False).hexdigest(), 16) % 5 < 2


def load_annotated(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Annotated articles (JSONL with id, text, published, outlet, meetings)."""
    return [row for path in paths for row in read_jsonl(path)]


def read_annotated(rows: Sequence[Mapping[str, Any]], pipeline: Pipeline) -> Iterator[AnnotatedReading]:
    """Each annotated article as the grammar reads it."""
    articles = [make_article(dict(row), file="", line=number, stem="article") for number, row in enumerate(rows, 1)]
    for row, (published, reading) in zip(rows, pipeline.readings(articles), strict=True):
        yield row, published, reading
