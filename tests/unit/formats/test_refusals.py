"""What cannot be told is refused, with file and record; what is not used is noted."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whomet.errors import SetupError
from whomet.evaluate import READERS

FORMATS = Path(__file__).parent


def set_first(task: Any, **values: Any) -> None:
    task["annotations"][0]["result"][0]["value"] |= values


ERRORS: list[tuple[str, Callable[[Any], Any], str]] = [
    ("label-studio", lambda task: set_first(task, text="mat"), r"record 1: Meeting 'mat' at \d+-\d+ shows 'mat', but the text has 'met' there"),
    ("label-studio", lambda task: set_first(task, start=9000, end=9003), "does not lie on characters of the text"),
    ("label-studio", lambda task: set_first(task, start="/div[1]/text()[1]"), "no offsets in a plain text"),
    ("label-studio", lambda task: set_first(task, labels=["Meeting", "Person"]), "it needs one"),
    ("label-studio", lambda task: task["annotations"].append(task["annotations"][0]), "2 annotations; make one the ground truth"),
    ("label-studio", lambda task: task["annotations"][0]["result"].append({"type": "relation", "from_id": "x", "to_id": "y"}), "'x', which is not there"),
    ("label-studio", lambda task: task["annotations"][0].pop("result"), 'a list "result"'),
    ("label-studio", lambda task: task["data"].pop("text"), 'string "text"'),
    ("label-studio", lambda task: task["annotations"][0]["result"][1]["value"].update(choices=["held", "denied"]), "more than one status"),
    ("doccano", lambda row: row["entities"][0].update(start_offset=2), "does not lie on characters of the text"),
    ("doccano", lambda row: row["entities"][0].update(label="Meeting:hold"), "line 1: .*'hold' is neither a status nor a form"),
    ("doccano", lambda row: row["entities"][0].update(label=17), "name of its label"),
    ("doccano", lambda row: row["entities"][1].update(id=4101), "two spans have the same id"),
    ("doccano", lambda row: row["relations"][0].pop("type"), "from_id, to_id and type"),
    ("doccano", lambda row: row["entities"][10].update(label="Time:May"), "Time 'Tuesday': Invalid isoformat"),
    ("prodigy", lambda row: row["spans"][0].update(start=81, end=84), "Meeting:held:meeting 'met ' at 81-84 shows 'met ', but the text has 'her' there"),
    ("prodigy", lambda row: row["spans"][0].update(token_end=4000), "names the tokens"),
    ("prodigy", lambda row: row["relations"][0].pop("head_span"), "a head that is no labelled span"),
    ("prodigy", lambda row: row["spans"][0].update(start="1"), "whole numbers"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "message"), ERRORS)
def test_errors_name_file_and_record(name: str, change: Callable[[Any], Any], message: str, read: Any, edit: Any) -> None:
    path = edit(name, change)
    with pytest.raises(SetupError, match=message) as error:
        read(path)
    assert str(path) in str(error.value)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T1\tMeeting 5 3\tmet", "does not lie"),
        ("T1\tMeeting 0 3\tmat", "shows 'mat'"),
        ("T1\tMeeting zero 3\tmet", "line 1: not a line of brat's standoff format"),
        ("T1", "line 1: not a line"),
        ("T1\tMeeting 0 3\tmet\nE1\tMeeting:T9", "trigger T9, which is not there"),
        ("T1\tMeeting 0 3\tmet\nR1\tsame Arg1:T1 Arg2:T7", "'T7', which is not there"),
        ("T1\tMeeting 0 3\tmet", "has no form"),
        ("T1\tMeeting 0 3\tmet\nT1\tPerson 0 3\tmet", "line 2: the id T1 occurs twice"),
        ("T1\tMeeting 0 3\tmet\nA1\tform T1 visit\nA2\tform T1 call", "line 3: T1 has two values of form: visit and call"),
        ("T1\tMeeting 0 3\tmet\nA1\tform T2 visit", "belongs to T2, which is no span"),
        ("T1\tMeeting 0 3\tmet\nE1\tMeeting:T1\nA1\tform E1 visit", "has no status"),
        ("T1\tMeeting 0 3\tmet\nE1\tMeeting:T1\nA1\tform E1 visit\nA2\tstatus E1 done", "unknown status 'done'"),
    ],
)
def test_brat_errors_name_file_and_line(line: str, message: str, tmp_path: Path, read: Any) -> None:
    (tmp_path / "a.txt").write_text("met")
    (tmp_path / "a.ann").write_text(line)
    with pytest.raises(SetupError, match=message) as error:
        read(tmp_path)
    assert str(tmp_path / "a.ann") in str(error.value)


def test_brat_notes_what_it_does_not_use(tmp_path: Path, read: Any) -> None:
    lines = [
        "T1\tPerson 0 3\tAda",
        "T2\tVehicle 8 12\ttrain",
        "N1\tReference T1 Wikidata:Q7259\tAda",
        "#1\tAnnotatorNotes T1\twhich Ada?",
    ]
    (tmp_path / "a.txt").write_text("Ada met trains")
    (tmp_path / "a.ann").write_text("\n".join(lines))
    (tmp_path / "b.txt").write_text("not annotated")
    rows, notes = read(tmp_path)
    assert rows["a"]["meetings"] == []
    assert len(notes) == 5
    for part in (
        "b.txt: has no .ann",
        "line 3: Reference",
        "'which Ada?'",
        "Vehicle 'train' has a label",
        "Person 'Ada' is linked to no meeting",
    ):
        assert sum(part in note for note in notes) == 1, part


def test_brat_pieces_at_line_ends_are_one_span(tmp_path: Path, read: Any) -> None:
    (tmp_path / "a.txt").write_bytes(b"Ada met Bo in\r\nOslo.")
    lines = ["T1\tMeeting 4 7\tmet", "T2\tEvidence 0 13;15 20\tAda met Bo in Oslo.", "A1\tstatus T1 held", "A2\tform T1 meeting"]
    (tmp_path / "a.ann").write_text("\n".join(lines))
    [meeting] = read(tmp_path)[0]["a"]["meetings"]
    assert [quote["text"] for quote in meeting["evidence"]] == ["Ada met Bo in\r\nOslo."]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"sentence": "They met."}', r"in none of the formats .*\(keys: sentence\)"),
        (b'[{"id": 1, "text": "They met.", "label": [], "annotator": 1, "annotation_id": 4}]', "JSON-MIN has no relations"),
        (b'{"id": 1, "text": "They met.", "label": ["politics"]}', "in none of the formats"),
    ],
)
def test_unknown_files_are_refused(content: bytes, message: str, tmp_path: Path, read: Any) -> None:
    path = tmp_path / "gold.json"
    path.write_bytes(content)
    with pytest.raises(SetupError, match=message):
        read(path)


def test_a_format_that_is_named_must_be_known_and_must_fit(tmp_path: Path, read: Any) -> None:
    with pytest.raises(SetupError, match=f"one of {', '.join(READERS)}"):
        read(FORMATS / "brat", "webanno")
    for name in ("label-studio", "prodigy"):
        with pytest.raises(SetupError, match="line 1"):
            read(FORMATS / "doccano.jsonl", name)
    with pytest.raises(SetupError, match=r"holds neither gold\.jsonl"):
        read(tmp_path)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("all.jsonl", "{}")
    with pytest.raises(SetupError, match="unpack it"):
        read(tmp_path / "all.zip")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xmi", b"<xmi:XMI", r"TypeSystem\.xml is not beside it"),
        ("a.json", b'{"%TYPES": {}, "%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "no.such"}]}', "no UIMA CAS that can be read"),
        ("a.json", b'{"%FEATURE_STRUCTURES": [], "%VIEWS": {}}', "no text|no UIMA CAS"),
    ],
)
def test_inception_errors_name_the_file(name: str, content: bytes, message: str, tmp_path: Path, read: Any) -> None:
    pytest.importorskip("cassis")
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SetupError, match=message) as error:
        read(path)
    assert str(path) in str(error.value)


def test_inception_offsets_outside_of_the_text_are_refused(tmp_path: Path, read: Any) -> None:
    pytest.importorskip("cassis")
    cas = json.loads((FORMATS / "inception.json").read_text(encoding="utf-8"))
    next(item for item in cas["%FEATURE_STRUCTURES"] if item["%TYPE"] == "webanno.custom.Person")["begin"] = 2
    path = tmp_path / "cas.json"
    path.write_text(json.dumps(cas), encoding="utf-8")
    with pytest.raises(SetupError, match=r"cas\.json: .*(splits a character|cuts a word)"):
        read(path)
