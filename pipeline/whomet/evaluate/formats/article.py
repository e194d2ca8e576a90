"""What the span tools have in common: marked spans of an article, and links between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of an article with a label of the annotation scheme and its attributes."""

    id: str
    label: str
    text: str
    char_start: int
    char_end: int
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two marks, by their ids."""

    label: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article as span tools have it: what lies between their files and our meetings; `place` names file and record."""

    id: str
    text: str
    published: str | None
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    place: str
