"""Gold of other tools: one article annotated in each of them, and what they do to offsets."""

from __future__ import annotations

import gzip
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whomet.errors import SetupError
from whomet.evaluate import READERS, GoldWarning, read_gold
from whomet.evaluate.formats import read_rows_of, recognize

FORMATS = Path(__file__).parent / "formats"
FILES = {
    "brat": "brat",
    "doccano": "doccano.jsonl",
    "label-studio": "label_studio.json",
    "prodigy": "prodigy.jsonl",
    "inception": "inception",
}
INCEPTION = ["inception", "inception/ferry-talks.xmi", "inception.json"]
SENTENCE = "Transport Minister Clara Vella met her Tunisian counterpart, Slim Gharbi, in Valletta on Tuesday to settle the summer ferry timetable."
PEOPLE = [("Clara Vella", "Transport Minister", "Malta"), ("Slim Gharbi", "counterpart", "Tunisia")]
EXPECTED: list[dict[str, Any]] = [
    {"status": "held", "trigger": "met", "who": PEOPLE, "topics": ["the summer ferry timetable"], "places": ["Valletta"], "when": ("Tuesday", "2023-05-16", "2023-05-16"), "evidence": [SENTENCE]},
    {"status": "planned", "trigger": "meet again", "who": PEOPLE, "topics": [], "places": ["Tunis"], "when": ("4 June", "2023-06-04", "2023-06-04"), "evidence": ["Vella said after the talks that both would meet again in Tunis on 4 June 🙂."]},
    {"status": "refused", "trigger": "declined", "who": [(None, "Senior officials", "Italy")], "topics": [], "places": [], "when": None, "evidence": ["Senior officials from Italy, invited to join them there, have declined."]},
]  # fmt: skip


def read(path: Path, name: str | None = None) -> tuple[dict[str, dict[str, Any]], list[str]]:
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


def told(meeting: dict[str, Any]) -> dict[str, Any]:
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


def needs_cassis(name: str) -> None:
    if name == "inception":
        pytest.importorskip("cassis")


@pytest.mark.parametrize("name", FILES)
def test_one_article_is_the_same_in_every_tool(name: str) -> None:
    needs_cassis(name)
    rows, _ = read(FORMATS / FILES[name])
    assert list(rows) == ["ferry-talks"]
    row = rows["ferry-talks"]
    assert [told(meeting) for meeting in row["meetings"]] == EXPECTED
    assert {meeting["form"] for meeting in row["meetings"]} == {"meeting"}
    assert row["text"] == (FORMATS / "brat" / "ferry-talks.txt").read_bytes().decode()
    assert row["published"] == ("2023-05-17" if name in ("doccano", "label-studio") else None)


@pytest.mark.parametrize("name", FILES)
def test_format_is_recognized_and_may_be_named(name: str) -> None:
    needs_cassis(name)
    path = FORMATS / FILES[name]
    assert recognize(path) == name
    assert read(path, name) == read(path)


@pytest.mark.parametrize("name", FILES)
def test_read_gold_takes_every_format(name: str) -> None:
    needs_cassis(name)
    notes: list[str] = []
    gold = read_gold(FORMATS / FILES[name], notes=notes)
    assert [meeting.status for meeting in gold.meetings["ferry-talks"]] == ["held", "planned", "refused"]
    assert gold.articles["ferry-talks"].text is not None
    assert [note for note in notes if "reject" not in note] == []


def test_what_was_left_out_is_a_warning_for_who_asks_for_no_notes() -> None:
    with pytest.warns(GoldWarning, match="line 2: the answer is 'reject'"):
        read_gold(FORMATS / "prodigy.jsonl")


@pytest.mark.parametrize("path", INCEPTION)
def test_inception_plain_and_zipped(path: str, tmp_path: Path) -> None:
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
    assert [told(meeting) for meeting in plain[0]["ferry-talks"]["meetings"]] == EXPECTED
    assert read(inner) == read(outer) == plain


def test_inception_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "cassis", None)
    with pytest.raises(SetupError, match=r"whomet\[inception\]"):
        read(FORMATS / "inception.json")


def test_gzipped_exports_are_read(tmp_path: Path) -> None:
    path = tmp_path / "doccano.jsonl.gz"
    path.write_bytes(gzip.compress((FORMATS / "doccano.jsonl").read_bytes()))
    assert read(path) == read(FORMATS / "doccano.jsonl")


def test_old_doccano_lists_are_read_by_nesting() -> None:
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
def test_offsets_of_another_count_are_repaired_and_noted(trap: Callable[[Path], None], note: str, tmp_path: Path) -> None:
    folder = tmp_path / "brat"
    shutil.copytree(FORMATS / "brat", folder)
    trap(folder)
    rows, notes = read(folder)
    assert [told(meeting) | {"evidence": None} for meeting in rows["ferry-talks"]["meetings"]] == [
        item | {"evidence": None} for item in EXPECTED
    ]
    assert len(notes) == 1
    assert note in notes[0]


def edit(name: str, change: Callable[[Any], None], tmp_path: Path) -> Path:
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


def test_label_studio_surfaces_with_rewritten_white_space_are_taken(tmp_path: Path) -> None:
    def change(task: Any) -> None:
        task["data"]["text"] = task["data"]["text"].replace("Clara Vella", "Clara\nVella").replace("Slim Gharbi", "Slim  harbi")
        for result in task["annotations"][0]["result"]:
            if result.get("type") == "labels":
                text = result["value"]["text"]
                result["value"]["text"] = text.replace("Clara Vella", "Clara\\nVella").replace("Slim Gharbi", "Slim harbi")

    rows, notes = read(edit("label-studio", change, tmp_path))
    assert [item["name"] for item in rows["ferry-talks"]["meetings"][0]["participants"]] == ["Clara\nVella", "Slim  harbi"]
    assert notes == []


@pytest.mark.parametrize("name", ["label-studio", "doccano"])
def test_code_points_in_place_of_utf16_units_are_repaired(name: str, tmp_path: Path) -> None:
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

    rows, notes = read(edit(name, change, tmp_path))
    assert [told(meeting) for meeting in rows["ferry-talks"]["meetings"]] == EXPECTED
    assert len(notes) == 1
    assert "offsets counted in code points; repaired" in notes[0]


def test_white_space_at_the_ends_of_a_span_is_left_out(tmp_path: Path) -> None:
    rows, notes = read(edit("label-studio", lambda task: set_first(task, start=77, end=82, text=" met "), tmp_path))
    assert [told(meeting) for meeting in rows["ferry-talks"]["meetings"]] == EXPECTED
    assert notes == []
    with pytest.raises(SetupError, match="nothing but white space"):
        read(edit("label-studio", lambda task: set_first(task, start=81, end=82, text=" "), tmp_path))


def test_label_studio_predictions_are_read_where_nothing_is_annotated(tmp_path: Path) -> None:
    def change(task: Any) -> None:
        task["predictions"] = [{"model_version": "whomet", "result": task["annotations"][0]["result"]}]
        task["annotations"] = []

    rows, notes = read(edit("label-studio", change, tmp_path))
    assert [told(meeting) for meeting in rows["ferry-talks"]["meetings"]] == EXPECTED
    assert len(notes) == 1
    assert "the predictions were read" in notes[0]


def test_label_studio_tasks_without_annotation_are_no_gold_beside_annotated_ones(tmp_path: Path) -> None:
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


def test_label_studio_ground_truth_wins(tmp_path: Path) -> None:
    def change(task: Any) -> None:
        task["annotations"] = [{"result": []}, task["annotations"][0] | {"ground_truth": True}]

    rows, _ = read(edit("label-studio", change, tmp_path))
    assert len(rows["ferry-talks"]["meetings"]) == 3


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
def test_errors_name_file_and_record(name: str, change: Callable[[Any], Any], message: str, tmp_path: Path) -> None:
    path = edit(name, change, tmp_path)
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
def test_brat_errors_name_file_and_line(line: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("met")
    (tmp_path / "a.ann").write_text(line)
    with pytest.raises(SetupError, match=message) as error:
        read(tmp_path)
    assert str(tmp_path / "a.ann") in str(error.value)


def test_brat_notes_what_it_does_not_use(tmp_path: Path) -> None:
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


def test_brat_pieces_at_line_ends_are_one_span(tmp_path: Path) -> None:
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
def test_unknown_files_are_refused(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    path.write_bytes(content)
    with pytest.raises(SetupError, match=message):
        read(path)


def test_a_format_that_is_named_must_be_known_and_must_fit(tmp_path: Path) -> None:
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
def test_inception_errors_name_the_file(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    pytest.importorskip("cassis")
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SetupError, match=message) as error:
        read(path)
    assert str(path) in str(error.value)


def test_inception_offsets_outside_of_the_text_are_refused(tmp_path: Path) -> None:
    pytest.importorskip("cassis")
    cas = json.loads((FORMATS / "inception.json").read_text(encoding="utf-8"))
    next(item for item in cas["%FEATURE_STRUCTURES"] if item["%TYPE"] == "webanno.custom.Person")["begin"] = 2
    path = tmp_path / "cas.json"
    path.write_text(json.dumps(cas), encoding="utf-8")
    with pytest.raises(SetupError, match=r"cas\.json: .*(splits a character|cuts a word)"):
        read(path)


OWN = {"form": "meeting", "status": "held", "participants": [{"name": "Ada", "title": None, "party": None}]}


def own(tmp_path: Path, text: str | None, **fields: Any) -> Path:
    path = tmp_path / "gold.jsonl"
    row = {"id": "a", "meetings": [OWN | fields]} | ({} if text is None else {"text": text})
    path.write_text(json.dumps(row), encoding="utf-8")
    return path


def test_own_offsets_are_checked_and_repaired(tmp_path: Path) -> None:
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


def test_own_quotes_that_are_not_in_the_text_are_noted(tmp_path: Path) -> None:
    fields = {"topics": ["fish"], "places": ["Bergen"], "when": {"quote": "Monday", "start": None, "end": None}}
    _, notes = read(own(tmp_path, "Ada met in Oslo about fish", **fields))
    assert [note.partition("line 1: ")[2] for note in notes] == [
        "places 'Bergen' is not in the text",
        "quote 'Monday' is not in the text",
    ]
    assert read(own(tmp_path, None, **fields))[1] == []


def test_own_folder_has_its_texts_beside_it(tmp_path: Path) -> None:
    own(tmp_path, None)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_bytes(b"Ada met\r\nBo")
    assert recognize(tmp_path) == "whomet"
    rows, notes = read(tmp_path)
    assert rows["a"]["text"] == "Ada met\r\nBo"
    assert notes == []
