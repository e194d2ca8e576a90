"""Gold of other tools: one article annotated in each of them reads the same; our own gold."""

from __future__ import annotations

import gzip
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from whomet.errors import SetupError
from whomet.evaluate import READERS, GoldWarning, read_gold
from whomet.evaluate.formats import recognize

FORMATS = Path(__file__).parent
TOOLS = [name for name in READERS if name != "whomet"]
INCEPTION = ["inception", "inception/ferry-talks.xmi", "inception.json"]


def needs_cassis(name: str) -> None:
    if name == "inception":
        pytest.importorskip("cassis")


@pytest.mark.parametrize("name", TOOLS)
def test_one_article_is_the_same_in_every_tool(name: str, files: Any, read: Any, told: Any, expected: Any) -> None:
    needs_cassis(name)
    rows, _ = read(files[name])
    assert list(rows) == ["ferry-talks"]
    row = rows["ferry-talks"]
    assert [told(meeting) for meeting in row["meetings"]] == expected
    assert {meeting["form"] for meeting in row["meetings"]} == {"meeting"}
    assert row["text"] == (FORMATS / "brat" / "ferry-talks.txt").read_bytes().decode()
    assert row["published"] == ("2023-05-17" if name in ("doccano", "label-studio") else None)


@pytest.mark.parametrize("name", TOOLS)
def test_format_is_recognized_and_may_be_named(name: str, files: Any, read: Any) -> None:
    needs_cassis(name)
    path = files[name]
    assert recognize(path) == name
    assert read(path, name) == read(path)


@pytest.mark.parametrize("name", TOOLS)
def test_read_gold_takes_every_format(name: str, files: Any) -> None:
    needs_cassis(name)
    notes: list[str] = []
    gold = read_gold(files[name], notes=notes)
    assert [meeting.status for meeting in gold.meetings["ferry-talks"]] == ["held", "planned", "refused"]
    assert gold.articles["ferry-talks"].text is not None
    assert [note for note in notes if "reject" not in note] == []


def test_what_was_left_out_is_a_warning_for_who_asks_for_no_notes() -> None:
    with pytest.warns(GoldWarning, match="line 2: the answer is 'reject'"):
        read_gold(FORMATS / "prodigy.jsonl")


@pytest.mark.parametrize("path", INCEPTION)
def test_inception_plain_and_zipped(path: str, tmp_path: Path, read: Any, told: Any, expected: Any) -> None:
    pytest.importorskip("cassis")
    files = (
        sorted((FORMATS / "inception").iterdir()) if path.startswith("inception/") or path == "inception" else [FORMATS / path]
    )
    inner, outer = tmp_path / "anna.zip", tmp_path / "project.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        for file in files:
            archive.write(file, file.name)
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(inner, "annotation/ferry-talks.txt/anna.zip")
        archive.writestr("exportedproject.json", '{"name": "ferries"}')
    plain = read(FORMATS / path)
    assert [told(meeting) for meeting in plain[0]["ferry-talks"]["meetings"]] == expected
    assert read(inner) == read(outer) == plain


def test_inception_project_gives_what_is_final(tmp_path: Path, read: Any) -> None:
    pytest.importorskip("cassis")
    inner = tmp_path / "user.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.write(FORMATS / "inception.json", "user.json")
    users = ["annotation/ferry-talks.txt/INITIAL_CAS.zip", "annotation/ferry-talks.txt/anna.zip"]
    curated = "curation/ferry-talks.txt/CURATION_USER.zip"
    for names in ([*users], [*users, curated]):
        project = tmp_path / f"{len(names)}.zip"
        with zipfile.ZipFile(project, "w") as archive:
            for name in names:
                archive.write(inner, name)
        unpacked = tmp_path / f"{len(names)}"
        shutil.unpack_archive(project, unpacked)
        for path in (project, unpacked):
            rows, notes = read(path)
            assert list(rows) == ["ferry-talks"]
            assert len(notes) == len(names) - 1
            assert all(str(path) in note and "annotation/" in note and "left out" in note for note in notes)


def test_two_annotators_of_one_document_are_refused(tmp_path: Path) -> None:
    pytest.importorskip("cassis")
    for user in ("anna", "ben"):
        shutil.copy(FORMATS / "inception.json", tmp_path / f"{user}.json")
    with pytest.raises(SetupError, match=r"ben\.json: article 'ferry-talks' occurs twice"):
        read_gold(tmp_path)


def test_inception_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch, read: Any) -> None:
    monkeypatch.setitem(__import__("sys").modules, "cassis", None)
    with pytest.raises(SetupError, match=r"whomet\[inception\]"):
        read(FORMATS / "inception.json")


def test_gzipped_exports_are_read(tmp_path: Path, read: Any) -> None:
    path = tmp_path / "doccano.jsonl.gz"
    path.write_bytes(gzip.compress((FORMATS / "doccano.jsonl").read_bytes()))
    assert read(path) == read(FORMATS / "doccano.jsonl")


def test_old_doccano_lists_are_read_by_nesting(read: Any, told: Any) -> None:
    rows, notes = read(FORMATS / "doccano_old.jsonl")
    assert {name: len(row["meetings"]) for name, row in rows.items()} == {"3": 1, "4": 0}
    [meeting] = rows["3"]["meetings"]
    assert told(meeting) == {
        "status": "held",
        "trigger": "received",
        "who": [("Iris Falk", "Foreign Minister", "Germany"), ("Hugo Brandt", "envoy", "Denmark")],
        "topics": [],
        "places": ["Kiel"],
        "when": ("3 May", "2021-05-03", "2021-05-03"),
        "evidence": ["Foreign Minister Iris Falk received Danish envoy Hugo Brandt in Kiel on 3 May."],
    }
    assert notes == []


OWN = {"form": "meeting", "status": "held", "participants": [{"name": "Ada", "title": None, "party": None}]}


def own(tmp_path: Path, text: str | None, **fields: Any) -> Path:
    path = tmp_path / "gold.jsonl"
    row = {"id": "a", "meetings": [OWN | fields]} | ({} if text is None else {"text": text})
    path.write_text(json.dumps(row), encoding="utf-8")
    return path


def test_own_offsets_are_checked_and_repaired(tmp_path: Path, read: Any) -> None:
    at = {"text": "in Oslo", "char_start": 11, "char_end": 18}
    rows, notes = read(
        own(tmp_path, "🙂 Ada met in Oslo", places=[at | {"char_start": 10, "char_end": 17}], evidence=["Ada met  in\nOslo"])
    )
    assert notes == []
    rows, notes = read(own(tmp_path, "🙂 Ada met in Oslo", places=[at], trigger={"text": "met", "char_start": 7, "char_end": 10}))
    assert rows["a"]["meetings"][0]["places"] == [at | {"char_start": 10, "char_end": 17}]
    assert notes == [f"{tmp_path / 'gold.jsonl'}, line 1: offsets counted in UTF-16 units; repaired"]
    with pytest.raises(SetupError, match="line 1: the quote at 0-7 shows 'in Oslo', but the text has '🙂 Ada m' there"):
        read(own(tmp_path, "🙂 Ada met in Oslo", places=[at | {"char_start": 0, "char_end": 7}]))


def test_own_quotes_that_are_not_in_the_text_are_noted(tmp_path: Path, read: Any) -> None:
    fields = {"topics": ["fish"], "places": ["Bergen"], "when": {"quote": "Monday", "start": None, "end": None}}
    _, notes = read(own(tmp_path, "Ada met in Oslo about fish", **fields))
    assert [note.partition("line 1: ")[2] for note in notes] == [
        "places 'Bergen' is not in the text",
        "quote 'Monday' is not in the text",
    ]
    assert read(own(tmp_path, None, **fields))[1] == []


def test_own_folder_has_its_texts_beside_it(tmp_path: Path, read: Any) -> None:
    own(tmp_path, None)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_bytes(b"Ada met\r\nBo")
    assert recognize(tmp_path) == "whomet"
    rows, notes = read(tmp_path)
    assert rows["a"]["text"] == "Ada met\r\nBo"
    assert notes == []
