"""The published schemas: what whomet writes is valid, what is broken is named."""

import json
from pathlib import Path

import pytest

from whomet.errors import SetupError
from whomet.graph import build_graph
from whomet.graph.validation import FILE_KINDS, Problem, load_schema, validate, validate_file
from whomet.records import (
    Article,
    Entity,
    Failure,
    Meeting,
    Participant,
    Place,
    Segment,
    Span,
    Timex,
    When,
    to_json,
)

pytest.importorskip("fastjsonschema", reason="the extra `validate` is not installed")

SENTENCE = "Ada Lund received Pia Berg in Oslo on Monday to discuss the border railway"


def span(text):
    start = SENTENCE.index(text)
    return Span(text, start, start + len(text))


def quote(text):
    return text, SENTENCE.index(text), SENTENCE.index(text) + len(text)


MEETING = to_json(
    Meeting(
        id="a#m1",
        article="a",
        form="meeting",
        status="held",
        participants=(
            Participant("Ada Lund", "Foreign Minister", "Norway", "NO", "person:ada-lund", (span("Ada Lund"),), 0.9),
            Participant(None, None, "Sweden", "SE", "government:sweden"),
        ),
        parties=("Norway", "Sweden"),
        topics=(span("the border railway"),),
        places=(Place(*quote("Oslo"), country="NO"),),
        when=When(*quote("Monday"), start="2020-03-02", end="2020-03-02", granularity="day"),
        status_cue=None,
        trigger=span("received"),
        evidence=(span(SENTENCE),),
        confidence=0.8,
    )
)
ARTICLE = to_json(
    Article(
        "a",
        SENTENCE,
        published="2020-03-03",
        published_from=span("Monday"),
        segments=(Segment(0, 30, "body"), Segment(30, len(SENTENCE), "comment")),
        entities=(Entity("person:ada-lund", "person", "Ada Lund", None, "Norway", "NO", "Q1", (span("Ada Lund"),)),),
        timexes=(
            Timex(*quote("Monday"), "DATE", "2020-03-02", "2020-03-02", "2020-03-02", "day", "past", "2020-03-03", "weekday"),
        ),
    )
)
ARTICLE = {key: value for key, value in ARTICLE.items() if key not in ("text", "title", "url", "extra", "file", "line")} | {
    "section": "world"
}
FAILURE = to_json(Failure("b", "read", "ArticleError", "the article has no text", "b.txt", 3))
RUN = {
    "version": "1",
    "config": {},
    "model": {},
    "lexicons": {"en/x.txt": "0" * 64},
    "started": "2020-01-01T00:00:00+00:00",
    "seconds": 1.5,
    "articles": {"in": 3, "ok": 2, "failed": 1},
    "meetings": 1,
    "words": 9,
    "words_per_second": None,
}
VALID = {
    "meetings": [MEETING],
    "articles": [ARTICLE],
    "failures": [FAILURE],
    "run": [RUN],
    "graph": list(build_graph([MEETING], [ARTICLE])),
}


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_validate_finds_nothing_in_what_whomet_writes(kind):
    assert list(validate(VALID[kind], kind)) == []


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_schemas_say_the_same_to_another_implementation(kind):
    jsonschema = pytest.importorskip("jsonschema", reason="no second implementation of JSON Schema installed")
    schema = load_schema(kind)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    assert [error.message for record in VALID[kind] for error in validator.iter_errors(record)] == []
    assert not validator.is_valid({key: value for key, value in VALID[kind][0].items() if key not in ("id", "version", "stage")})


@pytest.mark.parametrize(
    ("kind", "change", "message"),
    [
        ("meetings", {"status": "perhaps"}, "status"),
        ("meetings", {"confidence": 1.5}, "confidence"),
        ("meetings", {"when": {**MEETING["when"], "start": "Monday"}}, "when"),
        ("meetings", {"when": {**MEETING["when"], "start": "2020-03-03"}}, "after its end"),
        ("meetings", {"when": {**MEETING["when"], "end": None}}, "go together"),
        ("meetings", {"trigger": None}, "trigger"),
        ("meetings", {"trigger": {"text": "received", "char_start": 9, "char_end": 16}}, "code points long"),
        ("meetings", {"parties": ["Norway"]}, "parties must be"),
        (
            "articles",
            {"segments": [{"char_start": 0, "char_end": 3, "label": "body"}, {"char_start": 4, "char_end": 9, "label": "body"}]},
            "gap",
        ),
        ("articles", {"segments": [{"char_start": 0, "char_end": 3, "label": "menu"}]}, "label"),
        ("articles", {"published_from": "guess"}, "published_from"),
        ("articles", {"entities": [{**ARTICLE["entities"][0], "qid": "1"}]}, "qid"),
        ("failures", {"line": 0}, "line"),
        ("failures", {"message": None}, "message"),
        ("run", {"articles": {"in": 4, "ok": 2, "failed": 1}}, "are not 4"),
        ("run", {"words": -1}, "words"),
    ],
)
def test_validate_names_what_is_wrong(kind, change, message):
    (problem,) = validate([VALID[kind][0] | change], kind)
    assert problem.record == 1
    assert message in problem.message


def test_validate_graph_wants_nodes_first_and_whole_edges():
    nodes = [row for row in VALID["graph"] if row["type"] == "node"]
    edges = [row for row in VALID["graph"] if row["type"] == "edge"]
    assert all("is no node before" in problem.message for problem in validate(edges, "graph"))
    assert [problem.message for problem in validate([nodes[0], nodes[0]], "graph")] == [f"id {nodes[0]['id']!r} occurs twice"]
    late = list(validate([*nodes, *edges, nodes[0] | {"id": "meeting:0123456789abcdef"}], "graph"))
    assert late == [Problem(len(nodes + edges) + 1, "node meeting:0123456789abcdef comes after an edge")]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "Party"},
        {"reports": 0},
        {"aliases": ["a", "b"]},
        {"start": None},
        {"status": "unknown"},
        {"start": "2020-03-05", "end": "2020-03-02"},
    ],
)
def test_validate_graph_refuses_a_broken_node(change):
    assert len(list(validate([VALID["graph"][0] | change], "graph"))) == 1


def test_validate_file_tells_the_kind_by_the_name(tmp_path: Path):
    for kind, records in VALID.items():
        path = tmp_path / (f"{kind}.json" if kind == "run" else f"{kind}.jsonl")
        path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        assert list(validate_file(path)) == []
        copy = path.rename(tmp_path / "copy.jsonl")
        assert list(validate_file(copy, kind)) == []
        with pytest.raises(SetupError, match="kind of file"):
            validate_file(copy)


@pytest.mark.parametrize("content", ["[]", "{", "5"])
def test_validate_file_names_what_is_no_json_object(tmp_path: Path, content: str):
    for name in ("run.json", "meetings.jsonl"):
        (tmp_path / name).write_text(content, encoding="utf-8")
        with pytest.raises(SetupError, match=name.partition(".")[0]):
            list(validate_file(tmp_path / name))


def test_load_schema_of_an_unknown_kind_is_an_error():
    with pytest.raises(SetupError, match="party"):
        load_schema("party")
