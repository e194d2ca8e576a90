"""Label Studio: its JSON export, `annotations` as well as `predictions`, and its labelling configuration.

Regions with labels are the spans; choices and text areas of a region are its attributes (`status`, `form`, `party`, `start`).
Label Studio counts UTF-16 units, as JavaScript does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

from whomet.errors import SetupError
from whomet.evaluate.formats.article import Link, Mark, MarkedArticle
from whomet.evaluate.formats.assembly import gold_row
from whomet.evaluate.formats.drafts import Draft, DraftSpan, finish, given_id, objects_of, strings_of
from whomet.evaluate.formats.offsets import UTF16, utf16_offsets
from whomet.evaluate.formats.scheme import ATTRIBUTES, COLORS, LABELS, LINKS, MEETING, SAME, find_label
from whomet.evaluate.rows import Row, optional_text, read_rows
from whomet.files import atomic_file
from whomet.records import FORMS, STATUSES

TASKS: Final = "tasks.json"
CONFIG: Final = "labeling.xml"
MODEL_VERSION: Final = "whomet"
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {"status": STATUSES, "form": FORMS}
"""Attributes that are chosen from a list; all others are typed in."""
HINTS: Final = {
    "party": "party: country or organisation, by its usual name",
    "name": "name, where the marked words do not have it",
    "title": "title, where no marked words have it",
    "start": "first day, YYYY-MM-DD",
    "end": "last day, YYYY-MM-DD",
}


def is_row(row: Mapping[str, Any]) -> bool:
    """Whether a JSON object looks like a task of Label Studio, or like a record of its JSON-MIN export."""
    is_task = isinstance(row.get("data"), dict) and any(key in row for key in ("annotations", "completions", "predictions", "id"))
    return is_task or ("annotation_id" in row and "annotator" in row)


def read(path: Path, notes: list[str]) -> Iterator[Row]:
    """The annotated tasks of an export, or, where none is annotated, the predictions; which it was is added to `notes`.

    Raises SetupError, naming file and record, for what is not Label Studio's format, and for a task with more than one annotation
    of which none, or more than one, is the ground truth.
    """
    rows = list(read_rows(path))
    for place, row in rows:
        if not isinstance(row.get("data"), dict):
            reason = "JSON-MIN has no relations: export as JSON" if "annotator" in row else 'a task of Label Studio needs "data"'
            raise SetupError(f"{place}: {reason}")
    chosen = [_annotation(row, place) for place, row in rows]
    is_annotated = any(annotation is not None for annotation in chosen)
    if not is_annotated:
        notes.append(f"{path}: no task is annotated, so the predictions were read")
    for (place, row), annotation in zip(rows, chosen, strict=True):
        result = annotation if is_annotated else _prediction(row, place)
        if result is None:
            notes.append(f"{place}: the task is not annotated and was left out")
        else:
            yield gold_row(finish(_draft(row, result, path, place, notes), notes, unit=UTF16), notes)


def _annotation(row: Mapping[str, Any], place: str) -> list[Mapping[str, Any]] | None:
    """The results of the one annotation of a task; None when there is none."""
    given = objects_of(row, "annotations", place) or objects_of(row, "completions", place)
    kept = [item for item in given if not item.get("was_cancelled")]
    kept = [item for item in kept if item.get("ground_truth")] or kept
    if len(kept) > 1:
        raise SetupError(f"{place}: the task has {len(kept)} annotations; make one the ground truth, or export one annotator's")
    return _results(kept[0], place) if kept else None


def _prediction(row: Mapping[str, Any], place: str) -> list[Mapping[str, Any]] | None:
    given = objects_of(row, "predictions", place)
    return _results(given[-1], place) if given else None


def _results(item: Mapping[str, Any], place: str) -> list[Mapping[str, Any]]:
    if item.get("result") is None:
        raise SetupError(f'{place}: an annotation needs a list "result"')
    return objects_of(item, "result", place)


def _draft(row: Mapping[str, Any], results: Iterable[Mapping[str, Any]], path: Path, place: str, notes: list[str]) -> Draft:
    data = row["data"]
    text = data.get("text")
    if not isinstance(text, str):
        raise SetupError(f'{place}: the data of the task need a string "text"')
    regions: dict[str, dict[str, Any]] = {}
    links = []
    for result in results:
        if result.get("type") == "relation":
            labels = strings_of(result, "labels", place) or [""]
            links += [Link(label, str(result.get("from_id")), str(result.get("to_id"))) for label in labels]
        else:
            _add_result(result, regions, place, notes)
    spans = [_span(region, values, place) for region, values in regions.items() if "label" in values]
    notes += [
        f"{place}: region {name} has no label and was not used" for name, values in regions.items() if "label" not in values
    ]
    return Draft(given_id([data, row], path, place), text, optional_text(data, "published", place), spans, links, place)


def _add_result(result: Mapping[str, Any], regions: dict[str, dict[str, Any]], place: str, notes: list[str]) -> None:
    """One result: the label of a region, or one of its attributes."""
    kind, value, name = str(result.get("type")), result.get("value"), str(result.get("from_name"))
    if not isinstance(value, dict) or result.get("id") is None:
        raise SetupError(f"{place}: a result needs an id and a value")
    region = regions.setdefault(str(result["id"]), {"attributes": {}})
    if kind.endswith("labels"):
        given = strings_of(value, kind, place)
        known = [label for label in given if find_label(label.partition(":")[0])] or given
        if len(known) != 1:
            raise SetupError(f"{place}: region {result['id']} has the labels {', '.join(given) or 'none'}; it needs one")
        region |= {"label": known[0], "value": value}
    elif kind == "choices":
        for choice in (choice.casefold() for choice in strings_of(value, "choices", place)):
            key = _choice_key(name, choice)
            if region["attributes"].setdefault(key, choice) != choice:
                raise SetupError(f"{place}: region {result['id']} has more than one {key}")
    elif kind == "textarea":
        region["attributes"][name] = " ".join(strings_of(value, "text", place))
    else:
        notes.append(f"{place}: the result {kind} of region {result['id']} is not in the scheme and was not used")


def _choice_key(name: str, choice: str) -> str:
    """Which attribute a choice gives: that of its name, else the one that has such a value."""
    return name if name in CHOICES else next((key for key, choices in CHOICES.items() if choice in choices), name)


def _span(region: str, values: Mapping[str, Any], place: str) -> DraftSpan:
    value = values["value"]
    offsets = value.get("globalOffsets", value)
    start, end = offsets.get("start"), offsets.get("end")
    if type(start) is not int or type(end) is not int:
        raise SetupError(f"{place}: region {region} has no offsets in a plain text: annotate Text, not HyperText or Paragraphs")
    surface = value.get("text")
    return DraftSpan(region, values["label"], start, end, surface if isinstance(surface, str) else None, values["attributes"])


def write(articles: Iterable[MarkedArticle], folder: Path) -> None:
    """Writes tasks with predictions to import, and the labelling configuration of the project, into a folder."""
    (folder / CONFIG).write_text(labeling_config(), encoding="utf-8")
    with atomic_file(folder / TASKS) as stream:
        before = b"[\n"
        for article in articles:
            stream.write(before + json.dumps(_task(article)).encode())
            before = b",\n"
        stream.write(b"\n]\n" if before == b",\n" else b"[]\n")


def _task(article: MarkedArticle) -> dict[str, Any]:
    offsets = utf16_offsets(article.text)
    names = {mark.id: f"{mark.label.lower()}-{number}" for number, mark in enumerate(article.marks, 1)}
    results = [result for mark in article.marks for result in _mark_results(mark, names[mark.id], offsets)]
    results += [_relation(names[link.source], names[link.target], link.label) for link in article.links]
    data = {"id": article.id, "text": article.text} | ({"published": article.published} if article.published is not None else {})
    return {"data": data, "predictions": [{"model_version": MODEL_VERSION, "result": results}]}


def _relation(source: str, target: str, label: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": [label]}


def _mark_results(mark: Mark, name: str, offsets: list[int]) -> Iterator[dict[str, Any]]:
    """The region of a mark, then its attributes, which carry the same id."""
    at = {"start": offsets[mark.char_start], "end": offsets[mark.char_end]}
    head = {"id": name, "to_name": "text", "origin": "prediction"}
    yield head | {"from_name": "label", "type": "labels", "value": at | {"text": mark.text, "labels": [mark.label]}}
    for key, value in mark.attributes.items():
        if key in CHOICES:
            yield head | {"from_name": key, "type": "choices", "value": at | {"text": mark.text, "choices": [value]}}
        else:
            yield head | {"from_name": key, "type": "textarea", "value": at | {"text": [value]}}


def labeling_config() -> str:
    """The labelling configuration of the scheme, for Settings > Labeling Interface > Code."""
    view = ElementTree.Element("View")
    relations = ElementTree.SubElement(view, "Relations")
    for name in (*LINKS, SAME):
        ElementTree.SubElement(relations, "Relation", value=name)
    labels = ElementTree.SubElement(view, "Labels", name="label", toName="text")
    for label in LABELS:
        ElementTree.SubElement(labels, "Label", value=label, background=COLORS[label])
    ElementTree.SubElement(view, "Text", name="text", value="$text", granularity="symbol")
    for key in dict.fromkeys(key for keys in ATTRIBUTES.values() for key in keys):
        carriers = ",".join(label for label, keys in ATTRIBUTES.items() if key in keys)
        shown = ElementTree.SubElement(view, "View", visibleWhen="region-selected", whenTagName="label", whenLabelValue=carriers)
        if key in CHOICES:
            ElementTree.SubElement(shown, "Header", value=f"{MEETING}: {key}", size="4")
            field = ElementTree.SubElement(shown, "Choices", name=key, toName="text", perRegion="true", choice="single")
            for choice in CHOICES[key]:
                ElementTree.SubElement(field, "Choice", value=choice)
        else:
            ElementTree.SubElement(shown, "Header", value=HINTS[key], size="4")
            field = ElementTree.SubElement(shown, "TextArea", name=key, toName="text", perRegion="true", maxSubmissions="1")
            field.set("editable", "true")
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode") + "\n"
