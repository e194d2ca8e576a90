"""Spans and relations as a tool's file has them, checked and brought into the annotation scheme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from whomet.errors import SetupError
from whomet.evaluate.formats.article import Link, Mark, MarkedArticle
from whomet.evaluate.formats.offsets import UNITS, Found, place_spans, shorten
from whomet.evaluate.formats.scheme import ATTRIBUTES, read_label
from whomet.records import Span, quote


@dataclass(frozen=True, slots=True)
class DraftSpan:
    """A span as a file has it: `label` as written there, offsets as the tool counts, `surface` the text shown there or None."""

    id: str
    label: str
    start: int
    end: int
    surface: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as a file has it; `place` names file and record."""

    id: str
    text: str
    published: str | None
    spans: Sequence[DraftSpan]
    links: Sequence[Link]
    place: str


def finish(draft: Draft, notes: list[str], *, unit: str, units: Sequence[str] = UNITS) -> MarkedArticle:
    """The marks of an article: offsets in code points, no white space at the ends of spans.

    Repairs, and what is not in the scheme, are added to `notes`.
    unit: how the tool counts; units: what else it may have counted. Raises SetupError, naming file and record, for offsets
    that do not fit the text, values that a label cannot carry, and links to spans that are not there.
    """
    labelled = [(span, *_labelled(span, draft.place)) for span in draft.spans]
    names = {span.id: _name(span) for span in draft.spans}
    if len(names) < len(draft.spans):
        raise SetupError(f"{draft.place}: two spans have the same id")
    for span, label, _ in labelled:
        if label is None:
            notes.append(f"{draft.place}: {names[span.id]} has a label that is not in the scheme and was not used")
    known = [(span, label, attributes) for span, label, attributes in labelled if label is not None]
    found = [Found(names[span.id], span.start, span.end, span.surface) for span, _, _ in known]
    placed = place_spans(draft.text, found, unit=unit, units=units, place=draft.place)
    if placed.repair is not None:
        notes.append(f"{draft.place}: {placed.repair}; repaired")
    marks = tuple(
        _mark(span, label, quote(draft.text, *at), _allowed(span, label, attributes, draft.place, notes), draft.place)
        for (span, label, attributes), at in zip(known, placed.spans, strict=True)
    )
    return MarkedArticle(draft.id, draft.text, draft.published, marks, _known_links(draft, names, marks, notes), draft.place)


def _mark(span: DraftSpan, label: str, at: Span, attributes: Mapping[str, str], place: str) -> Mark:
    if not at.text:
        raise SetupError(f"{place}: {_name(span)} at {span.start}-{span.end} holds nothing but white space")
    return Mark(span.id, label, at.text, at.char_start, at.char_end, attributes)


def _name(span: DraftSpan) -> str:
    return f"{span.label} {shorten(span.surface) if span.surface is not None else span.id}"


def _labelled(span: DraftSpan, place: str) -> tuple[str | None, dict[str, str]]:
    try:
        label, attributes = read_label(span.label)
    except ValueError as error:
        raise SetupError(f"{place}: {_name(span)}: {error}") from error
    return label, attributes | dict(span.attributes)


def _allowed(span: DraftSpan, label: str, attributes: Mapping[str, str], place: str, notes: list[str]) -> dict[str, str]:
    """The attributes that a label may carry and that are not empty."""
    kept = {}
    for key, value in attributes.items():
        if key not in ATTRIBUTES.get(label, ()):
            notes.append(f"{place}: {_name(span)} has {key} = {shorten(value)}, which a {label} does not carry; it was not used")
        elif value.strip():
            kept[key] = value.strip()
    return kept


def _known_links(draft: Draft, names: Mapping[str, str], marks: Sequence[Mark], notes: list[str]) -> tuple[Link, ...]:
    known = {mark.id for mark in marks}
    kept = []
    for link in draft.links:
        missing = [end for end in (link.source, link.target) if end not in names]
        if missing:
            raise SetupError(f"{draft.place}: the link {link.label!r} points to the span {missing[0]!r}, which is not there")
        if {link.source, link.target} <= known:
            kept.append(link)
        else:
            ends = f"{names[link.source]} and {names[link.target]}"
            notes.append(f"{draft.place}: the link {link.label!r} between {ends} has an end that is not in the scheme; not used")
    return tuple(kept)


def given_id(holders: Sequence[Mapping[str, Any]], path: Path, place: str) -> str:
    """The id of an article: `article` or `id` of the first holder that has one, else file and number, as read_articles has it."""
    for holder in holders:
        for key in ("article", "id"):
            if isinstance(holder.get(key), (str, int)) and not isinstance(holder[key], bool) and str(holder[key]):
                return str(holder[key])
    return f"{path.name.partition('.')[0]}-{place.rpartition(' ')[2]}"


def objects_of(holder: Mapping[str, Any], key: str, place: str) -> list[Mapping[str, Any]]:
    """The list of objects under a key, empty where there is none or null. Raises SetupError for anything else."""
    value = holder.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise SetupError(f"{place}: {key} must be a list of objects")
    return value


def strings_of(holder: Mapping[str, Any], key: str, place: str) -> list[str]:
    """The strings under a key, of which a single one may stand without a list. Raises SetupError for anything else."""
    value = holder.get(key)
    strings = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(item, str) for item in strings):
        raise SetupError(f"{place}: {key} must be a list of strings")
    return strings
