"""What the tests of formats share: one article annotated in every tool, read, told and changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whomet.evaluate.formats import read_rows_of

FORMATS = Path(__file__).parent
FILES = {
    "brat": "brat",
    "doccano": "doccano.jsonl",
    "label-studio": "label_studio.json",
    "prodigy": "prodigy.jsonl",
    "inception": "inception",
}
SENTENCE = "Transport Minister Clara Vella met her Tunisian counterpart, Slim Gharbi, in Valletta on Tuesday to settle the summer ferry timetable."
PEOPLE = [("Clara Vella", "Transport Minister", "Malta"), ("Slim Gharbi", "counterpart", "Tunisia")]
EXPECTED: list[dict[str, Any]] = [
    {"status": "held", "trigger": "met", "who": PEOPLE, "topics": ["the summer ferry timetable"], "places": ["Valletta"], "when": ("Tuesday", "2023-05-16", "2023-05-16"), "evidence": [SENTENCE]},
    {"status": "planned", "trigger": "meet again", "who": PEOPLE, "topics": [], "places": ["Tunis"], "when": ("4 June", "2023-06-04", "2023-06-04"), "evidence": ["Vella said after the talks that both would meet again in Tunis on 4 June 🙂."]},
    {"status": "refused", "trigger": "declined", "who": [(None, "Senior officials", "Italy")], "topics": [], "places": [], "when": None, "evidence": ["Senior officials from Italy, invited to join them there, have declined."]},
]  # fmt: skip


def read_rows(path: Path, name: str | None = None) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Rows by article id, and the notes. Every quote of every meeting stands where its offsets say."""
    notes: list[str] = []
    rows = {row["id"]: row for _, row in read_rows_of(path, name, notes)}
    for row in rows.values():
        if "text" in row:
            check_quotes(row["meetings"], row["text"])
    return rows, notes


def check_quotes(value: Any, text: str) -> None:
    if isinstance(value, dict):
        if "char_start" in value:
            assert text[value["char_start"] : value["char_end"]] == value["text"]
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        check_quotes(item, text)


def tell(meeting: dict[str, Any]) -> dict[str, Any]:
    when = meeting["when"]
    return {
        "status": meeting["status"],
        "trigger": meeting["trigger"]["text"],
        "who": [(item["name"], item["title"], item["party"]) for item in meeting["participants"]],
        "topics": [item["text"] for item in meeting["topics"]],
        "places": [item["text"] for item in meeting["places"]],
        "when": when and (when["text"], when["start"], when["end"]),
        "evidence": [item["text"] for item in meeting["evidence"]],
    }


def change_fixture(name: str, change: Callable[[Any], None], tmp_path: Path) -> Path:
    """A copy of a JSON fixture whose first record was changed."""
    path = tmp_path / FILES[name]
    if name == "label-studio":
        [record] = json.loads((FORMATS / FILES[name]).read_text(encoding="utf-8"))
        change(record)
        path.write_text(json.dumps([record]), encoding="utf-8")
    else:
        first = json.loads((FORMATS / FILES[name]).read_text(encoding="utf-8").splitlines()[0])
        change(first)
        path.write_text(json.dumps(first) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def files() -> dict[str, Path]:
    """The file or folder of the article in each tool."""
    return {name: FORMATS / file for name, file in FILES.items()}


@pytest.fixture
def read() -> Callable[..., tuple[dict[str, dict[str, Any]], list[str]]]:
    """Reads a file in a format: rows by article id, and the notes."""
    return read_rows


@pytest.fixture
def told() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """What a meeting says, without offsets."""
    return tell


@pytest.fixture
def expected() -> list[dict[str, Any]]:
    """What the meetings of the article say."""
    return [dict(item) for item in EXPECTED]


@pytest.fixture
def edit(tmp_path: Path) -> Callable[[str, Callable[[Any], Any]], Path]:
    """Writes a fixture whose first record was changed."""
    return lambda name, change: change_fixture(name, change, tmp_path)
