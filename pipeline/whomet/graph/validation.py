"""Whether a file that whomet writes is what its published JSON Schema says, and holds together.

The schemas (draft 7) are part of the package: `load_schema("meetings")`. Beside them each kind of file has rules that a schema
cannot say: ids are given once, edges end at nodes, spans are as long as their text, segments tile the article.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from whomet.errors import SetupError
from whomet.files import read_jsonl

FILE_KINDS: Final = ("articles", "meetings", "graph", "failures", "run")

Check = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one record; `record` counts the records of the file from 1."""

    record: int
    message: str


def load_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 7) of one record of a kind of file in `FILE_KINDS`. Raises SetupError for another kind."""
    if kind not in FILE_KINDS:
        raise SetupError(f"unknown kind of file {kind!r}; known are {', '.join(FILE_KINDS)}")
    schema: dict[str, Any] = json.loads((files("whomet.graph") / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return schema


def validate_file(path: Path, kind: str | None = None) -> Iterator[Problem]:
    """The problems of a file, in its order; none when it is valid.

    kind: one of `FILE_KINDS`; by default told from the file's name (`meetings.jsonl`). Raises SetupError when it cannot be
    told, when the file cannot be read as JSON, or when the extra `validate` is not installed.
    """
    chosen = kind or path.name.partition(".")[0]
    if chosen not in FILE_KINDS:
        raise SetupError(f"{path}: the name does not tell the kind of file; give one of {', '.join(FILE_KINDS)}")
    return validate(_read_run(path) if chosen == "run" else read_jsonl(path), chosen)


def validate(records: Iterable[dict[str, Any]], kind: str) -> Iterator[Problem]:
    """The same for records in memory."""
    checks, rules = _checks(kind), _RULES[kind]()
    for number, record in enumerate(records, 1):
        check = checks.get(str(record.get("kind"))) if kind == "graph" else checks[""]
        if check is None:
            yield Problem(number, f"kind {record.get('kind')!r} is unknown")
            continue
        message = _first_error(check, record)
        if message:
            yield Problem(number, message)
        else:
            yield from (Problem(number, text) for text in rules.problems(record))


def _read_run(path: Path) -> list[dict[str, Any]]:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise SetupError(f"{path} cannot be read: {error}") from error
    if not isinstance(record, dict):
        raise SetupError(f"{path} must hold an object")
    return [record]


@cache
def _checks(kind: str) -> dict[str, Check]:
    """A compiled check of a record; for graph.jsonl one for each kind of node and edge, so that messages are to the point."""
    try:
        compiler = import_module("fastjsonschema")
    except ImportError as error:
        raise SetupError("validating needs fastjsonschema: pip install 'whomet[validate]'") from error
    schema = load_schema(kind)
    if kind != "graph":
        return {"": compiler.compile(schema)}
    return {name: compiler.compile(schema["definitions"][name]) for name in schema["definitions"]}


def _first_error(check: Check, record: dict[str, Any]) -> str | None:
    try:
        check(record)
    except import_module("fastjsonschema").JsonSchemaValueException as error:
        return str(error.message).removeprefix("data.")
    return None


class _Unique:
    """Ids are given once."""

    def __init__(self) -> None:
        self.ids: set[str] = set()

    def problems(self, record: dict[str, Any]) -> Iterator[str]:
        if record["id"] in self.ids:
            yield f"id {record['id']!r} occurs twice"
        self.ids.add(record["id"])


class _GraphRules(_Unique):
    """Nodes come first, and edges end at nodes."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes: set[str] = set()
        self.edges_began = False

    def problems(self, record: dict[str, Any]) -> Iterator[str]:
        yield from super().problems(record)
        if record["type"] == "node":
            self.nodes.add(record["id"])
            if self.edges_began:
                yield f"node {record['id']} comes after an edge"
        else:
            self.edges_began = True
            yield from (
                f"{end} {record[end]!r} is no node before this edge"
                for end in ("source", "target")
                if record[end] not in self.nodes
            )
        if record.get("start", "") > record.get("end", "9999"):
            yield f"start {record['start']} is after end {record['end']}"


class _MeetingRules(_Unique):
    """Spans are as long as their text, days are in order, and the parties are those of the participants."""

    def problems(self, record: dict[str, Any]) -> Iterator[str]:
        yield from super().problems(record)
        yield from _span_problems(record)
        when = record["when"]
        if when and (when["start"] is None) != (when["end"] is None):
            yield "start and end of when go together"
        elif when and when["start"] and when["start"] > when["end"]:
            yield f"when starts on {when['start']}, after its end {when['end']}"
        parties = sorted({item["party"] for item in record["participants"] if item["party"]})
        if record["parties"] != parties:
            yield f"parties must be those of the participants, {parties}"


class _ArticleRules(_Unique):
    """Spans are as long as their text, and the segments tile the article."""

    def problems(self, record: dict[str, Any]) -> Iterator[str]:
        yield from super().problems(record)
        yield from _span_problems({key: record[key] for key in ("published_from", "entities", "timexes")})
        position = 0
        for segment in record["segments"]:
            if segment["char_start"] != position or segment["char_end"] < position:
                yield f"segments leave a gap or overlap at {position}"
                return
            position = segment["char_end"]


class _NoRules:
    """The schema says all."""

    def problems(self, record: dict[str, Any]) -> Iterator[str]:
        yield from ()


class _RunRules:
    """Every article has its outcome."""

    def problems(self, record: dict[str, Any]) -> Iterator[str]:
        count = record["articles"]
        if count["ok"] + count["failed"] != count["in"]:
            yield f"{count['ok']} ok and {count['failed']} failed are not {count['in']} articles"


def _span_problems(value: Any) -> Iterator[str]:
    """Every object with text and offsets, at any depth."""
    level = [value]
    while level:
        item = level.pop()
        if isinstance(item, dict):
            if {"text", "char_start", "char_end"} <= item.keys() and len(item["text"]) != item["char_end"] - item["char_start"]:
                yield f"{item['text']!r:.40} is not {item['char_end'] - item['char_start']} code points long"
            level.extend(item.values())
        elif isinstance(item, list):
            level.extend(item)


_RULES: Final[dict[str, type[_Unique | _NoRules | _RunRules]]] = {
    "articles": _ArticleRules,
    "meetings": _MeetingRules,
    "graph": _GraphRules,
    "failures": _NoRules,
    "run": _RunRules,
}
