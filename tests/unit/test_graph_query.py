import json
from pathlib import Path

import pytest

from whomet.errors import SetupError
from whomet.graph import build_graph, to_network
from whomet.graph.query import find_actors, find_encounters, query_graph
from whomet.graph.selection import Filters


def told(number, people, day=None, status="held"):
    participants = [dict(zip(("name", "title", "party"), person, strict=True)) | {"confidence": 0.9} for person in people]
    return {
        "id": f"a{number}#m1",
        "article": f"a{number}",
        "form": "meeting",
        "status": status,
        "participants": participants,
        "topics": [{"text": "herring"}],
        "places": [{"text": "Oslo"}],
        "when": {"text": "then", "start": day, "end": day} if day else None,
        "evidence": [{"text": f"Sentence {number} tells of it"}],
        "confidence": 0.8,
    }


LUND, BERG = ("Ada Lund", "Foreign Minister", "Norway"), ("Pia Berg", None, "Sweden")
MEETINGS = [
    told(1, [LUND, BERG], "2020-03-02"),
    told(2, [(None, None, "Norway"), (None, "officials", "Sweden")], "2019-01-01", "refused"),
    told(3, [LUND, (None, None, "Denmark")]),
    told(4, [LUND, ("Nils Holm", "envoy", "Norway")]),
]
GRAPH = to_network(build_graph(MEETINGS, [{"id": "a1", "published": "2020-03-03", "title": "Herring talks"}]))


def test_find_encounters_lets_a_government_stand_for_its_people():
    assert [(found.start, found.status) for found in find_encounters(GRAPH, "Norway", "Sweden")] == [
        ("2019-01-01", "refused"),
        ("2020-03-02", "held"),
    ]


def test_find_encounters_tells_who_when_what_and_by_whom():
    (found,) = find_encounters(GRAPH, "lund", "Berg")
    assert found.who == ("Ada Lund (Foreign Minister, Norway)", "Pia Berg (Sweden)")
    assert (found.topics, found.places, found.end) == (("herring",), ("Oslo",), "2020-03-02")
    assert json.loads(json.dumps(found.to_json()))["sources"] == [
        {"article": "Herring talks", "published": "2020-03-03", "status": "held", "sentence": "Sentence 1 tells of it"}
    ]


def test_find_encounters_of_one_name_puts_undated_ones_last():
    assert [found.start for found in find_encounters(GRAPH, "Ada Lund")] == ["2020-03-02", None, None]


def test_find_encounters_of_a_party_with_itself_needs_two_of_it():
    assert [found.who[1] for found in find_encounters(GRAPH, "Norway", "Norway")] == ["Nils Holm (envoy, Norway)"]


def test_find_encounters_follows_filters():
    assert [found.status for found in find_encounters(GRAPH, "Norway", filters=Filters(statuses=frozenset({"refused"})))] == [
        "refused"
    ]


def test_find_actors_takes_ids_aliases_and_parts_of_names():
    long = told(5, [("Ada Marie Lund", None, "Norway"), BERG], "2021-03-02")
    graph = to_network(build_graph([*MEETINGS, long]))
    for name in ("person:ada-lund", "Ada Marie Lund", "ada lund", "Marie"):
        assert find_actors(graph, name) == {"person:ada-lund"}


def test_query_graph_of_an_unknown_name_tells_near_ones(tmp_path: Path):
    path = tmp_path / "graph.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in build_graph(MEETINGS)), encoding="utf-8")
    assert len(query_graph(path, "Ada Lund", "Denmark")) == 1
    with pytest.raises(SetupError, match="near names: Ada Lund"):
        query_graph(path, "Ida Lund")
    with pytest.raises(SetupError, match="nobody"):
        query_graph(path, "Xyzzy", "Norway")
