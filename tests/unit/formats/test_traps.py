"""What tools and file transfers do to offsets and annotations, repaired and noted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whomet.errors import SetupError

FORMATS = Path(__file__).parent


def crlf(folder: Path) -> None:
    """As after a checkout on Windows: the text has CRLF line ends, the offsets still count LF."""
    text = folder / "ferry-talks.txt"
    text.write_bytes(text.read_bytes().replace(b"\n", b"\r\n"))


def mark(folder: Path) -> None:
    """As after Notepad: a byte order mark, which the annotation tool had counted as a character."""
    shift(folder, 1)
    text = folder / "ferry-talks.txt"
    text.write_bytes(b"\xef\xbb\xbf" + text.read_bytes())


def shift(folder: Path, by: int, scale: Callable[[int], int] = lambda offset: offset) -> None:
    path = folder / "ferry-talks.ann"
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if fields[0].startswith("T"):
            label, start, end = fields[1].split()
            fields[1] = f"{label} {scale(int(start)) + by} {scale(int(end)) + by}"
        lines.append("\t".join(fields))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def utf16(folder: Path) -> None:
    text = (folder / "ferry-talks.txt").read_bytes().decode()
    shift(folder, 0, lambda offset: len(text[:offset].encode("utf-16-le")) // 2)


def count_bytes(folder: Path) -> None:
    text = (folder / "ferry-talks.txt").read_bytes().decode()
    shift(folder, 0, lambda offset: len(text[:offset].encode()))


def trimmed(folder: Path) -> None:
    """The tool had dropped white space at the start."""
    text = folder / "ferry-talks.txt"
    text.write_bytes(b"\n \n" + text.read_bytes())


@pytest.mark.parametrize(
    ("trap", "note"),
    [
        (crlf, "code points of a text with LF line ends"),
        (mark, "code points of a text with a byte order mark"),
        (utf16, "UTF-16 units; repaired"),
        (count_bytes, "bytes; repaired"),
        (trimmed, "without white space at its start"),
    ],
)
def test_offsets_of_another_count_are_repaired_and_noted(
    trap: Callable[[Path], None], note: str, tmp_path: Path, read: Any, told: Any, expected: Any
) -> None:
    folder = tmp_path / "brat"
    shutil.copytree(FORMATS / "brat", folder)
    trap(folder)
    rows, notes = read(folder)
    assert [told(meeting) | {"evidence": None} for meeting in rows["ferry-talks"]["meetings"]] == [
        item | {"evidence": None} for item in expected
    ]
    assert len(notes) == 1
    assert note in notes[0]


def set_first(task: Any, **values: Any) -> None:
    task["annotations"][0]["result"][0]["value"] |= values


def test_label_studio_surfaces_with_rewritten_white_space_are_taken(read: Any, edit: Any) -> None:
    def change(task: Any) -> None:
        task["data"]["text"] = task["data"]["text"].replace("Clara Vella", "Clara\nVella").replace("Slim Gharbi", "Slim  harbi")
        for result in task["annotations"][0]["result"]:
            if result.get("type") == "labels":
                text = result["value"]["text"]
                result["value"]["text"] = text.replace("Clara Vella", "Clara\\nVella").replace("Slim Gharbi", "Slim harbi")

    rows, notes = read(edit("label-studio", change))
    assert [item["name"] for item in rows["ferry-talks"]["meetings"][0]["participants"]] == ["Clara\nVella", "Slim  harbi"]
    assert notes == []


@pytest.mark.parametrize("name", ["label-studio", "doccano"])
def test_code_points_in_place_of_utf16_units_are_repaired(name: str, read: Any, told: Any, expected: Any, edit: Any) -> None:
    def change(record: Any) -> None:
        keys = ("start", "end") if name == "label-studio" else ("start_offset", "end_offset")
        items = (
            [item["value"] for item in record["annotations"][0]["result"] if "value" in item]
            if name == "label-studio"
            else record["entities"]
        )
        text = (record["data"] if name == "label-studio" else record)["text"].encode("utf-16-le")
        for item in items:
            for key in keys:
                item[key] = len(text[: 2 * item[key]].decode("utf-16-le"))

    rows, notes = read(edit(name, change))
    assert [told(meeting) for meeting in rows["ferry-talks"]["meetings"]] == expected
    assert len(notes) == 1
    assert "offsets counted in code points; repaired" in notes[0]


def test_white_space_at_the_ends_of_a_span_is_left_out(read: Any, told: Any, expected: Any, edit: Any) -> None:
    rows, notes = read(edit("label-studio", lambda task: set_first(task, start=77, end=82, text=" met ")))
    assert [told(meeting) for meeting in rows["ferry-talks"]["meetings"]] == expected
    assert notes == []
    with pytest.raises(SetupError, match="nothing but white space"):
        read(edit("label-studio", lambda task: set_first(task, start=81, end=82, text=" ")))


def test_label_studio_predictions_are_read_where_nothing_is_annotated(read: Any, told: Any, expected: Any, edit: Any) -> None:
    def change(task: Any) -> None:
        task["predictions"] = [{"model_version": "whomet", "result": task["annotations"][0]["result"]}]
        task["annotations"] = []

    rows, notes = read(edit("label-studio", change))
    assert [told(meeting) for meeting in rows["ferry-talks"]["meetings"]] == expected
    assert len(notes) == 1
    assert "the predictions were read" in notes[0]


def test_label_studio_tasks_without_annotation_are_no_gold_beside_annotated_ones(tmp_path: Path, read: Any) -> None:
    path = tmp_path / "tasks.json"
    tasks = json.loads((FORMATS / "label_studio.json").read_text(encoding="utf-8"))
    tasks.append({"id": 32, "data": {"id": "open", "text": "They met."}, "annotations": [], "predictions": [{"result": []}]})
    tasks.append(
        {"id": 33, "data": {"id": "skipped", "text": "They met."}, "annotations": [{"was_cancelled": True, "result": []}]}
    )
    path.write_text(json.dumps(tasks), encoding="utf-8")
    rows, notes = read(path)
    assert list(rows) == ["ferry-talks"]
    assert [note.partition(": ")[2] for note in notes] == ["the task is not annotated and was left out"] * 2


def test_label_studio_ground_truth_wins(read: Any, edit: Any) -> None:
    def change(task: Any) -> None:
        task["annotations"] = [{"result": []}, task["annotations"][0] | {"ground_truth": True}]

    rows, _ = read(edit("label-studio", change))
    assert len(rows["ferry-talks"]["meetings"]) == 3
