"""What we write for an annotation tool reads back as the same meetings, whatever the text is made of."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whomet.evaluate import WRITERS, write_annotations
from whomet.evaluate.formats import read_rows_of
from whomet.files import read_articles
from whomet.records import FORMS, STATUSES, Article, Meeting, Participant, Place, Span, When, quote
from whomet.run import run

FILES = {"label-studio": "tasks.json", "doccano": "articles.jsonl", "brat": "."}
SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"

WORDS = ["Ada", "Lund", "met", "Zoë", "Zoe\u0308", "\U0001d538da", "🙂", "👩🏽‍🚀", "Straße", "São", "talks", "Ọṣun", "O’Neil", "北京", "e\u0301tat", "Bo;", '"Mo"', "50%", "a:b=c", "T1\tx"]  # fmt: skip
SPACES = st.sampled_from([" ", " ", " ", "\n", "\r\n", "\r", "  ", "\n\n", "\u00a0", "\u2028", "\x85", "\t"])


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article with meetings whose quotes are runs of its words."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=6, max_size=24))
    text = draw(st.sampled_from(["", "\n", " \r\n", "\ufeff"]))
    starts = []
    for word in words:
        starts.append(len(text))
        text += word + draw(SPACES)
    bounds = [(start, start + len(word)) for start, word in zip(starts, words, strict=True)]

    def span(longest: int = 3) -> Span:
        first = draw(st.integers(0, len(bounds) - 1))
        last = draw(st.integers(first, min(first + longest - 1, len(bounds) - 1)))
        return quote(text, bounds[first][0], bounds[last][1])

    def spans(most: int, longest: int = 3) -> list[Span]:
        found = [span(longest) for _ in range(draw(st.integers(0, most)))]
        return list({item.text: item for item in found}.values())

    def participant() -> Participant:
        who = draw(st.sampled_from(["name", "name and title", "title", "party", "absent name", "absent title"]))
        here, elsewhere = span(), span()
        name = {"name": here.text, "name and title": here.text, "absent name": "Nobody Here; \"so\""}.get(who)  # fmt: skip
        title = {"name and title": elsewhere.text, "title": here.text, "absent title": "no: such = title"}.get(who)
        party = draw(st.sampled_from([None, "Norway", "South Korea", 'Côte d’Ivoire; "x": 100%'])) if who != "party" else "Norway"
        mentions = (here,) if draw(st.booleans()) else ()
        return Participant(name, title, party, mentions=mentions)

    def meeting(number: int) -> Meeting:
        people = [participant() for _ in range(draw(st.integers(0, 4)))]
        people = list({(item.name, item.title, item.party): item for item in people}.values())
        at = span()
        days = draw(st.sampled_from([(None, None), ("2014-03-12", "2014-03-12"), ("2014-03-01", "2014-03-31")]))
        when = draw(st.sampled_from([None, When(at.text, at.char_start, at.char_end, *days)]))
        places = tuple(Place(item.text, item.char_start, item.char_end) for item in spans(2))
        evidence = tuple(spans(2, longest=9)) or (span(9),)
        parties = tuple(sorted({item.party for item in people if item.party is not None}))
        form, status = draw(st.sampled_from(FORMS)), draw(st.sampled_from(STATUSES))
        return Meeting(
            f"a#m{number}", "a", form, status, tuple(people), parties, tuple(spans(3)), places, when, None, span(), evidence, 0.5
        )

    found = tuple(meeting(number) for number in range(1, draw(st.integers(0, 3)) + 1))
    name = draw(st.sampled_from(["a", "news/2014 Ω.1", ".hidden", "%41", "a\\b:c"]))
    return Article(name, text, draw(st.sampled_from([None, "2014-03-12"])), meetings=found)


def carried(meeting: Meeting) -> dict[str, Any]:
    """What the scheme carries of one of our meetings."""

    def spans(items: Sequence[Span | Place]) -> list[tuple[str, int, int]]:
        return [(item.text, item.char_start, item.char_end) for item in items]

    when = meeting.when
    return {
        "form": meeting.form,
        "status": meeting.status,
        "who": [(item.name, item.title, item.party) for item in meeting.participants],
        "parties": list(meeting.parties),
        "topics": spans(meeting.topics),
        "places": spans(meeting.places),
        "when": when and (when.text, when.char_start, when.char_end, when.start, when.end),
        "trigger": spans([meeting.trigger])[0],
        "evidence": spans(meeting.evidence),
    }


def read_back(meeting: dict[str, Any]) -> dict[str, Any]:
    def spans(items: Sequence[dict[str, Any]]) -> list[tuple[str, int, int]]:
        return [(item["text"], item["char_start"], item["char_end"]) for item in items]

    when = meeting["when"]
    return {
        "form": meeting["form"],
        "status": meeting["status"],
        "who": [(item["name"], item["title"], item["party"]) for item in meeting["participants"]],
        "parties": meeting["parties"],
        "topics": spans(meeting["topics"]),
        "places": spans(meeting["places"]),
        "when": when and (when["text"], when["char_start"], when["char_end"], when["start"], when["end"]),
        "trigger": spans([meeting["trigger"]])[0],
        "evidence": spans(meeting["evidence"]),
    }


def assert_round_trip(articles: Sequence[Article], tool: str, folder: Path) -> list[str]:
    """Writes, reads and compares; the notes of the reader."""
    write_annotations(articles, tool, folder)
    notes: list[str] = []
    rows = {row["id"]: row for _, row in read_rows_of(folder / FILES[tool], tool, notes)}
    assert sorted(rows) == sorted(article.id for article in articles)
    for article in articles:
        row = rows[article.id]
        assert row["text"] == (article.text.removeprefix("\ufeff") if tool == "brat" else article.text)
        assert row["published"] == (None if tool == "brat" else article.published)
        shift = len(article.text) - len(row["text"])
        expected = sorted((carried(meeting) for meeting in article.meetings), key=repr)
        found = sorted((read_back(meeting) for meeting in row["meetings"]), key=repr)
        assert shifted(found, shift) == expected if shift else found == expected
    return notes


def shifted(value: Any, by: int) -> Any:
    """The same with all offsets moved, for texts whose byte order mark is no part of them."""
    if isinstance(value, dict):
        return {key: shifted(item, by) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(shifted(item, by) for item in value)
    return value + by if isinstance(value, int) else value


@pytest.mark.parametrize("tool", FILES)
@given(article=articles())
def test_predictions_come_back_as_they_were(tool: str, article: Article) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert_round_trip([article], tool, Path(folder))


@pytest.mark.parametrize("tool", FILES)
def test_sample_pages_come_back_as_they_were(tool: str, real_pipeline: Any, tmp_path: Path) -> None:
    from whomet.config import Config

    found = [
        article for article in run(read_articles([SAMPLE]), Config(), pipeline=real_pipeline) if isinstance(article, Article)
    ]
    assert sum(len(article.meetings) for article in found) > 10
    notes = assert_round_trip(found, tool, tmp_path)
    assert [note for note in notes if "the predictions were read" not in note] == []


def test_every_tool_is_tried() -> None:
    assert set(FILES) == set(WRITERS)


def test_offsets_for_tools_in_javascript_count_utf16_units(tmp_path: Path) -> None:
    trigger = Span("met", 6, 9)
    made = Meeting("a#m1", "a", "call", "held", (), (), (), (), None, None, trigger, (), 0.5)
    for tool in WRITERS:
        write_annotations([Article("a", "🙂 Ada met 🙂", meetings=(made,))], tool, tmp_path / tool)
    [task] = json.loads((tmp_path / "label-studio" / "tasks.json").read_text())
    assert task["predictions"][0]["result"][0]["value"] == {"start": 7, "end": 10, "text": "met", "labels": ["Meeting"]}
    [entity] = json.loads((tmp_path / "doccano" / "articles.jsonl").read_text())["entities"]
    assert (entity["start_offset"], entity["end_offset"]) == (7, 10)
    assert (tmp_path / "brat" / "a.ann").read_text().startswith("T1\tMeeting 6 9\tmet\n")


def test_label_studio_configuration_fits_the_tasks(tmp_path: Path) -> None:
    trigger = Span("met", 4, 7)
    people = (Participant("Ada", None, "Norway"), Participant(None, None, "Absent"))
    when = When("now", 8, 11, "2020-01-01", "2020-01-01")
    made = Meeting("a#m1", "a", "call", "held", people, ("Norway",), (), (), when, None, trigger, (trigger,), 0.5)
    write_annotations([Article("a", "Ada met now", meetings=(made,))], "label-studio", tmp_path)
    config = ElementTree.parse(tmp_path / "labeling.xml").getroot()
    names = {item.get("name"): item for item in config.iter() if item.get("name")}
    labels = {item.get("value") for item in config.iter("Label")}
    relations = {item.get("value") for item in config.iter("Relation")}
    [task] = json.loads((tmp_path / "tasks.json").read_text())
    results = task["predictions"][0]["result"]
    assert {result["type"] for result in results} == {"labels", "choices", "textarea", "relation"}
    for result in results:
        if result["type"] == "relation":
            assert set(result["labels"]) <= relations
            continue
        control = names[result["from_name"]]
        assert control.tag.lower() == result["type"]
        assert control.get("toName") == result["to_name"] == "text"
        assert set(result["value"].get("labels", ())) <= labels
        assert set(result["value"].get("choices", ())) <= {item.get("value") for item in control}
    assert names["text"].get("value") == "$text"
    assert isinstance(task["data"]["text"], str)


def test_doccano_label_types_name_every_label(tmp_path: Path) -> None:
    trigger = Span("met", 4, 7)
    made = Meeting(
        "a#m1", "a", "call", "held", (Participant("Ada", None, "Norway"),), ("Norway",), (), (), None, None, trigger, (), 0.5
    )
    write_annotations([Article("a", "Ada met now", meetings=(made,))], "doccano", tmp_path)
    row = json.loads((tmp_path / "articles.jsonl").read_text())
    types = {item["text"]: item for item in json.loads((tmp_path / "span_types.json").read_text())}
    relations = {item["text"] for item in json.loads((tmp_path / "relation_types.json").read_text())}
    assert {entity["label"] for entity in row["entities"]} == {"Meeting:held:call", "Person:Norway"}
    assert {entity["label"] for entity in row["entities"]} <= set(types)
    assert {relation["type"] for relation in row["relations"]} <= relations
    assert "Meeting:denied:visit" in types
    assert len({item["backgroundColor"] for item in types.values()}) == 8


def test_brat_configuration_declares_what_is_written(tmp_path: Path) -> None:
    write_annotations([Article("a", "Ada met now")], "brat", tmp_path)
    sections: dict[str, list[str]] = {}
    for line in (tmp_path / "annotation.conf").read_text().splitlines():
        if line.startswith("["):
            sections[line.strip("[]")] = []
        elif line:
            sections[list(sections)[-1]].append(line)
    assert list(sections) == ["entities", "relations", "events", "attributes"]
    assert sections["entities"] == ["Evidence", "Person", "Title", "Party", "Topic", "Place", "Time"]
    [event] = sections["events"]
    assert event.startswith("Meeting\tparticipant*:Person|Title|Party, topic*:Topic, ")
    assert "status\tArg:Meeting, Value:held|planned|proposed|refused|denied" in sections["attributes"]
    assert (tmp_path / "a.ann").read_text() == ""
