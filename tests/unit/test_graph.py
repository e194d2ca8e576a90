import json
from pathlib import Path

import pytest

from whomet.errors import SetupError
from whomet.graph import build_graph, dyads, load_graph, to_network
from whomet.graph.names import content_hash, short_name, slug


def person(name, party=None, *, title=None, country=None, entity=None, confidence=0.9):
    mentions = [{"text": name, "char_start": 0, "char_end": len(name)}] if name else []
    fields = {"name": name, "title": title, "party": party, "country": country, "entity": entity}
    return fields | {"mentions": mentions, "confidence": confidence}


LUND = person("Ada Lund", "Norway", title="Foreign Minister", country="NO", entity="person:ada-lund")
BERG = person("Pia Berg", "Sweden", title="Prime Minister", country="SE", entity="person:pia-berg")


def meeting(number=1, article="oslo-1", **changes):
    sentence = "Ada Lund received Pia Berg in Oslo on Monday to discuss the border railway"
    base = {
        "id": f"{article}#m{number}",
        "article": article,
        "form": "meeting",
        "status": "held",
        "participants": [LUND, BERG],
        "parties": ["Norway", "Sweden"],
        "topics": [{"text": "the border railway", "char_start": 56, "char_end": 74}],
        "places": [{"text": "Oslo", "char_start": 30, "char_end": 34, "country": "NO"}],
        "when": {
            "text": "Monday",
            "char_start": 38,
            "char_end": 44,
            "start": "2020-03-02",
            "end": "2020-03-02",
            "granularity": "day",
        },
        "status_cue": None,
        "trigger": {"text": "received", "char_start": 9, "char_end": 17},
        "evidence": [{"text": sentence, "char_start": 0, "char_end": len(sentence)}],
        "confidence": 0.8,
    }
    return base | changes


def rows_of(*meetings, kind=None):
    return [row for row in build_graph(meetings) if kind in (None, row["kind"])]


def one(rows):
    (row,) = rows
    return row


def test_build_graph_has_a_node_for_each_thing():
    nodes = {row["id"]: row["kind"] for row in rows_of(meeting()) if row["type"] == "node"}
    meeting_id = one(key for key, kind in nodes.items() if kind == "Meeting")
    assert nodes == {
        meeting_id: "Meeting",
        "person:ada-lund": "Person",
        "person:pia-berg": "Person",
        "government:norway": "Government",
        "government:sweden": "Government",
        "place:oslo.no": "Place",
        "topic:border-railway": "Topic",
        "article:oslo-1": "Article",
    }


def test_build_graph_meeting_node_tells_all():
    row = one(rows_of(meeting(), kind="Meeting"))
    assert {key: value for key, value in row.items() if key != "id"} == {
        "type": "node",
        "kind": "Meeting",
        "label": "Lund / Berg, 2020-03-02 (held)",
        "status": "held",
        "form": "meeting",
        "start": "2020-03-02",
        "end": "2020-03-02",
        "topic": "the border railway",
        "place": "Oslo",
        "confidence": 0.8,
        "reports": 1,
    }


def test_build_graph_edges_join_what_belongs_together():
    rows = rows_of(meeting())
    meeting_id = one(row["id"] for row in rows if row["kind"] == "Meeting")
    ends = {(row["kind"], row["source"], row["target"]) for row in rows if row["type"] == "edge"}
    assert ends == {
        ("PARTICIPANT", "person:ada-lund", meeting_id),
        ("PARTICIPANT", "person:pia-berg", meeting_id),
        ("REPRESENTS", "person:ada-lund", "government:norway"),
        ("REPRESENTS", "person:pia-berg", "government:sweden"),
        ("AT", meeting_id, "place:oslo.no"),
        ("ABOUT", meeting_id, "topic:border-railway"),
        ("REPORTED_IN", meeting_id, "article:oslo-1"),
        ("MET", "person:ada-lund", "person:pia-berg"),
    }


def test_build_graph_puts_nodes_first_and_scalars_only():
    rows = rows_of(meeting(), meeting(2, topics=[], places=[], when=None, evidence=[]))
    types = [row["type"] for row in rows]
    assert types == sorted(types, reverse=True)
    assert all(isinstance(value, (str, int, float, bool)) for row in rows for value in row.values())


def test_build_graph_evidence_keeps_offsets_out_of_time_fields():
    edge = one(rows_of(meeting(), kind="REPORTED_IN"))
    assert (edge["char_start"], edge["char_end"], edge["sentence"][:8]) == (0, 74, "Ada Lund")
    assert not {"start", "end"} & edge.keys()


def test_build_graph_dyad_carries_the_status():
    edge = one(rows_of(meeting(status="refused"), kind="MET"))
    assert (edge["status"], edge["undirected"], edge["derived"], edge["article"]) == ("refused", True, True, "oslo-1")
    assert (edge["start"], edge["topic"], edge["confidence"]) == ("2020-03-02", "the border railway", 0.8)


def test_build_graph_unnamed_participant_is_its_party_with_title():
    officials = person(None, "Norway", title="senior officials", country="NO")
    edges = rows_of(meeting(participants=[officials, BERG]), kind="PARTICIPANT")
    assert [(row["source"], row.get("title")) for row in edges] == [
        ("government:norway", "senior officials"),
        ("person:pia-berg", "Prime Minister"),
    ]


def test_build_graph_dyads_are_between_people_where_named_else_parties():
    officials = person(None, "Norway", title="senior officials", country="NO")
    taliban = person(None, "Fishers Union")
    rows = rows_of(meeting(participants=[LUND, officials, BERG, taliban]), kind="MET")
    assert {(row["source"], row["target"]) for row in rows} == {
        ("person:ada-lund", "person:pia-berg"),
        ("organization:fishers-union", "person:ada-lund"),
        ("organization:fishers-union", "person:pia-berg"),
    }


def test_build_graph_people_of_one_party_meet_only_when_there_is_no_other():
    aide = person("Nils Holm", "Norway", country="NO")
    assert len(rows_of(meeting(participants=[LUND, aide, BERG]), kind="MET")) == 2
    assert len(rows_of(meeting(participants=[LUND, aide]), kind="MET")) == 1


def test_build_graph_party_with_a_country_is_a_government():
    atlantis = person(None, "Atlantis", country="XA")
    guild = person(None, "Harbour Guild")
    japan = person(None, "Japan")
    nodes = {
        row["id"]: row.get("country") for row in rows_of(meeting(participants=[atlantis, guild, japan])) if row["type"] == "node"
    }
    assert nodes["government:atlantis"] == "XA"
    assert nodes["organization:harbour-guild"] is None
    assert nodes["government:japan"] == "JP"


def test_build_graph_named_organization_is_no_person():
    guild = person("the Harbour Guild", "Harbour Guild", entity="organization:harbour-guild")
    kinds = {row["id"]: row["kind"] for row in rows_of(meeting(participants=[guild, LUND])) if row["type"] == "node"}
    assert kinds["organization:harbour-guild"] == "Organization"


def test_build_graph_namesakes_of_two_parties_are_two_people():
    namesake = person("Ada Lund", "Harbour Guild")
    people = rows_of(meeting(), meeting(2, participants=[namesake, BERG]), kind="Person")
    assert [row["id"] for row in people] == ["person:ada-lund.harbour-guild", "person:ada-lund.norway", "person:pia-berg"]


def test_build_graph_participant_with_a_title_only_is_its_own_node():
    leaders = person(None, None, title="union leaders")
    people = rows_of(meeting(participants=[leaders, BERG]), meeting(2, participants=[leaders, LUND]), kind="Person")
    assert [row["label"] for row in people].count("union leaders") == 2


def test_build_graph_same_words_in_two_articles_are_one_meeting():
    rows = rows_of(meeting(), meeting(article="wire-7"))
    assert one(row for row in rows if row["kind"] == "Meeting")["reports"] == 2
    assert {row["target"] for row in rows if row["kind"] == "REPORTED_IN"} == {"article:oslo-1", "article:wire-7"}


def test_build_graph_is_the_same_for_any_order_and_repetition():
    first, second = meeting(), meeting(2, status="planned", participants=[LUND, person(None, "Japan")])
    assert rows_of(first, second) == rows_of(second, first, second)


def test_build_graph_leaves_out_the_dyads_of_a_mass_gathering():
    crowd = [person(None, f"Party {number}") for number in range(80)]
    rows = rows_of(meeting(participants=crowd))
    assert len([row for row in rows if row["kind"] == "PARTICIPANT"]) == 80
    assert [row for row in rows if row["kind"] == "MET"] == []


def test_build_graph_leaves_out_the_dyads_of_two_crowds():
    crowd = [person(f"Delegate Number{number}", "Norway" if number % 2 else "Sweden") for number in range(80)]
    assert rows_of(meeting(participants=crowd), kind="MET") == []


def test_build_graph_labels_are_not_shouted():
    shouted = meeting(2, participants=[person("ADA LUND", "Norway"), BERG], places=[{"text": "OSLO CITY"}, {"text": "NATO"}])
    labels = {
        row["id"]: row["label"]
        for row in rows_of(meeting(), shouted, meeting(3, participants=shouted["participants"]))
        if "label" in row
    }
    assert (labels["person:ada-lund"], labels["place:oslo-city"], labels["place:nato"]) == ("Ada Lund", "Oslo City", "NATO")


def test_build_graph_ignores_days_that_are_not_both_known():
    assert "start" not in one(rows_of(meeting(when={"start": "2020-03-02", "end": None}), kind="Meeting"))


def test_build_graph_replaces_halves_of_surrogate_pairs():
    rows = rows_of(meeting(article="a\ud800", evidence=[{"text": "half \udc00", "char_start": 0, "char_end": 6}]))
    assert one(row for row in rows if row["kind"] == "Article")["id"] == "article:a\ufffd"
    assert one(row for row in rows if row["kind"] == "REPORTED_IN")["sentence"] == "half \ufffd"


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"article": 5},
        {"form": "party"},
        {"status": None},
        {"participants": None},
        {"participants": ["Ada"]},
        {"participants": [{"name": 5}]},
        {"topics": [{"text": None}]},
        {"when": "Monday"},
        {"when": {"start": "soon", "end": "later"}},
        {"evidence": [{"text": "x", "char_start": "0"}]},
        {"confidence": 7},
        {"confidence": True},
    ],
)
def test_build_graph_names_a_malformed_meeting(change):
    with pytest.raises(SetupError, match="meeting"):
        rows_of(meeting(**change))


def test_load_graph_gives_back_nodes_edges_and_fields(tmp_path: Path):
    rows = rows_of(meeting())
    path = tmp_path / "graph.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    graph = load_graph(path)
    edges = [row for row in rows if row["type"] == "edge"]
    assert graph.number_of_nodes() == len(rows) - len(edges)
    assert {key for _, _, key in graph.edges(keys=True)} == {row["id"] for row in edges}
    assert graph.nodes["person:ada-lund"] == {"kind": "Person", "label": "Ada Lund", "party": "Norway", "country": "NO"}


def test_dyads_are_readable():
    found = one(dyads(to_network(rows_of(meeting()))))
    assert (found["a_label"], found["b_label"], found["status"], found["start"]) == ("Ada Lund", "Pia Berg", "held", "2020-03-02")


@pytest.mark.parametrize(
    "line",
    [
        '{"type": "edge", "id": "e:1", "source": "a", "target": "b", "kind": "MET"}',
        '{"type": "node"}',
        '{"id": "a#m1"}',
        "[]",
        "{",
    ],
)
def test_load_graph_refuses_what_is_no_graph(tmp_path: Path, line: str):
    path = tmp_path / "graph.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(SetupError, match=r"graph\.jsonl"):
        load_graph(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Lund", "ada-lund"),
        ("José  Núñez", "jose-nunez"),
        ("the Town Hall", "town-hall"),
        ("Ян Чжоу", "ян-чжоу"),
        ("The", "the"),
    ],
)
def test_slug_folds_names(text, expected):
    assert slug(text) == expected


def test_slug_of_long_or_wordless_texts_is_told_apart_by_a_hash():
    long = "word " * 40
    assert slug(long + "one") != slug(long + "two")
    assert slug("!!!") != slug("???")
    assert len(slug(long)) < 80


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Ada Lund", "NO", "Lund"),
        ("Ban Mi-sook", None, "Ban"),
        ("Li Wen", "CN", "Li"),
        ("Greta von der Heide", "DE", "von der Heide"),
        ("Ada", None, "Ada"),
        ("Otto Lund Jr.", None, "Lund"),
    ],
)
def test_short_name_is_the_family_name(name, country, expected):
    assert short_name(name, country) == expected


def test_content_hash_does_not_depend_on_the_process():
    assert content_hash("a", ["b", None]) == "28d080809e48889a"
