"""doccano: JSONL with `entities` and `relations`, or with the older lists `label` of [start, end, label].

doccano's spans carry nothing but a label, so that status, form, party and days stand in it (see `scheme`). doccano counts UTF-16
units, as JavaScript does; files made by other programs often count code points.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from whomet.errors import SetupError
from whomet.evaluate.formats.article import Link, MarkedArticle
from whomet.evaluate.formats.assembly import gold_row
from whomet.evaluate.formats.drafts import Draft, DraftSpan, finish, given_id, objects_of
from whomet.evaluate.formats.offsets import CODE_POINTS, UTF16, utf16_offsets
from whomet.evaluate.formats.scheme import ATTRIBUTES, COLORS, LABELS, LINKS, MEETING, SAME, read_label, write_label
from whomet.evaluate.rows import Row, optional_text, read_rows
from whomet.files import atomic_writer
from whomet.records import FORMS, STATUSES

ARTICLES: Final = "articles.jsonl"
SPAN_TYPES: Final = "span_types.json"
RELATION_TYPES: Final = "relation_types.json"
MAX_LABEL: Final = 100
"""Longest name of a label that doccano takes."""
_LISTS: Final = ("entities", "label", "labels")


def is_row(row: Mapping[str, Any]) -> bool:
    """Whether a JSON object looks like an article that doccano exported."""
    spans = next((row[key] for key in _LISTS if isinstance(row.get(key), list)), None)
    if not isinstance(row.get("text"), str) or spans is None:
        return False
    return all(isinstance(span, list) or (isinstance(span, dict) and "start_offset" in span) for span in spans)


def read(path: Path, notes: list[str]) -> Iterator[Row]:
    """The articles of an export. Raises SetupError, naming file and record, for what is not doccano's format."""
    for place, row in read_rows(path):
        if not is_row(row):
            raise SetupError(f'{place}: an article of doccano needs a "text", and "entities" or lists "label"')
        spans = next(row[key] for key in _LISTS if isinstance(row.get(key), list))
        draft = Draft(
            given_id([row], path, place),
            row["text"],
            optional_text(row, "published", place),
            [_span(item, number, place) for number, item in enumerate(spans, 1)],
            [_link(item, place) for item in objects_of(row, "relations", place)],
            place,
        )
        yield gold_row(finish(draft, notes, unit=UTF16, units=(UTF16, CODE_POINTS)), notes)


def _span(item: Any, number: int, place: str) -> DraftSpan:
    if isinstance(item, list) and len(item) == 3:
        item = dict(zip(("start_offset", "end_offset", "label"), item, strict=True))
    item = item if isinstance(item, dict) else {}
    start, end, label = (item.get(key) for key in ("start_offset", "end_offset", "label"))
    if type(start) is not int or type(end) is not int or not isinstance(label, str):
        raise SetupError(f"{place}: span {number} needs start_offset and end_offset as whole numbers, and the name of its label")
    return DraftSpan(str(item.get("id", f"span {number}")), label, start, end)


def _link(item: Mapping[str, Any], place: str) -> Link:
    if any(item.get(key) is None for key in ("from_id", "to_id", "type")):
        raise SetupError(f"{place}: a relation needs from_id, to_id and type")
    return Link(str(item["type"]), str(item["from_id"]), str(item["to_id"]))


def write(articles: Iterable[MarkedArticle], folder: Path) -> None:
    """Writes JSONL to import into a sequence labelling project, and the label types, into a folder.

    Raises SetupError for a label that is longer than doccano takes.
    """
    labels = {write_label(MEETING, {"status": status, "form": form}) for status in STATUSES for form in FORMS}
    labels |= {label for label in LABELS if label != MEETING}
    with atomic_writer(folder / ARTICLES) as write_row:
        for article in articles:
            row = _row(article)
            labels |= {entity["label"] for entity in row["entities"]}
            write_row(row)
    _write_json(folder / SPAN_TYPES, [_type(label, COLORS[read_label(label)[0] or ""]) for label in sorted(labels, key=_rank)])
    _write_json(folder / RELATION_TYPES, [_type(label, "#209cee") for label in (*LINKS, SAME)])


def _rank(label: str) -> tuple[int, str]:
    return LABELS.index(read_label(label)[0] or ""), label


def _row(article: MarkedArticle) -> dict[str, Any]:
    offsets = utf16_offsets(article.text)
    numbers = {mark.id: number for number, mark in enumerate(article.marks, 1)}
    entities = []
    for mark in article.marks:
        label = write_label(mark.label, mark.attributes)
        if len(label) > MAX_LABEL:
            short = {key: mark.attributes[key] for key in ATTRIBUTES[mark.label][:1] if key in mark.attributes}
            raise SetupError(f"{article.place}: the label {write_label(mark.label, short)}:... is longer than doccano takes")
        span = {"start_offset": offsets[mark.char_start], "end_offset": offsets[mark.char_end]}
        entities.append({"id": numbers[mark.id], "label": label} | span)
    relations = [
        {"id": number, "from_id": numbers[link.source], "to_id": numbers[link.target], "type": link.label}
        for number, link in enumerate(article.links, 1)
    ]
    head = {"article": article.id} | ({"published": article.published} if article.published is not None else {})
    return head | {"text": article.text, "entities": entities, "relations": relations}


def _type(label: str, color: str) -> dict[str, Any]:
    return {"text": label, "prefixKey": None, "suffixKey": None, "backgroundColor": color, "textColor": "#ffffff"}


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
