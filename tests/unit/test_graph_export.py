"""Graphs for other tools, read back by their real readers where these are installed."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest

from whomet.errors import SetupError
from whomet.graph import build_graph, load_graph
from whomet.graph.export import FORMATS, export_graph
from whomet.graph.selection import Filters, dyad_graph, select

LUND = {"name": "Ada Lund", "title": "Foreign Minister", "party": "Norway", "confidence": 1}
HOLM = {"name": "Nils Holm", "title": "envoy", "party": "Norway", "confidence": 0.6}
BERG = {"name": "Pia Berg", "title": "Foreign Minister", "party": "Sweden", "confidence": 0.9}
GUILD = {"name": None, "title": "members", "party": "=cmd|' /C calc'!A0", "confidence": 0.9}


def told(number, people, *, status="held", form="meeting", day=None, confidence=0.8, topic='the "border" <railway> & \x07bridge'):
    sentence = f"Sentence {number} of its own tells that they met & spoke\x0b of it"
    return {
        "id": f"a{number}#m1",
        "article": f"a{number}",
        "form": form,
        "status": status,
        "participants": people,
        "topics": [{"text": topic}],
        "places": [{"text": "Oslo", "country": "NO"}],
        "when": {"text": "then", "start": day, "end": day} if day else None,
        "evidence": [{"text": sentence, "char_start": 3, "char_end": 3 + len(sentence)}],
        "confidence": confidence,
    }


MEETINGS = [
    told(1, [LUND, BERG], day="2014-03-05"),
    told(2, [LUND, BERG], day="2014-04-05", status="refused", confidence=1),
    told(3, [HOLM, BERG], day="2014-03-30", form="call"),
    told(4, [LUND, GUILD], topic="\ud800 lone"),
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "graph.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in build_graph(MEETINGS)), encoding="utf-8")
    return path


def export(source: Path, to: str, **options) -> bytes:
    (path,) = export_graph(source, to, source.with_name(f"out.{to}"), **options).paths
    return path.read_bytes()


EXTRAS = {"ftm": "followthemoney", "parquet": "pyarrow"}


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("options", [{}, {"dyads": "people"}, {"dyads": "parties", "weighted": True}])
def test_export_gives_the_same_bytes_twice(source: Path, to: str, options: dict):
    if to in EXTRAS:
        pytest.importorskip(EXTRAS[to])
    first = [path.read_bytes() for path in export_graph(source, to, source.with_name("one.x"), **options).paths]
    assert first == [path.read_bytes() for path in export_graph(source, to, source.with_name("two.x"), **options).paths]
    assert all(first)


def test_export_counts_what_it_wrote(source: Path):
    graph = load_graph(source)
    exported = export_graph(source, "node-link", source.with_name("out.json"))
    assert (exported.nodes, exported.edges) == (graph.number_of_nodes(), graph.number_of_edges())


def test_export_gexf_is_read_back_whole(source: Path):
    graph, back = load_graph(source), networkx.read_gexf(io.BytesIO(export(source, "gexf")))
    assert set(back) == set(graph)
    assert back.number_of_edges() == graph.number_of_edges()
    assert {fields["kind"] for _, fields in back.nodes(data=True)} == {fields["kind"] for _, fields in graph.nodes(data=True)}
    confidences = [fields["confidence"] for _, fields in back.nodes(data=True) if fields["kind"] == "Meeting"]
    assert all(type(value) is float for value in confidences)


def test_export_gexf_has_the_days_as_spells(source: Path):
    text = export(source, "gexf").decode()
    namespace = {"g": "http://www.gexf.net/1.2draft"}
    root = ElementTree.fromstring(text)
    nodes = {node.get("label"): node for node in root.iterfind(".//g:node", namespace)}
    spells = {label: [dict(spell.attrib) for spell in node.iterfind(".//g:spell", namespace)] for label, node in nodes.items()}
    assert spells["Lund / Berg, 2014-03-05 (held)"] == [{"start": "2014-03-05", "end": "2014-03-05"}]
    assert [spell["start"] for spell in spells["Ada Lund"]] == ["2014-03-05", "2014-04-05"]
    assert spells["Norway"] == []
    assert root.find("g:graph", namespace).attrib["timeformat"] == "date"
    assert "lastmodified" not in text


def test_export_gexf_char_offsets_are_no_time(source: Path):
    assert not re.search(r'(start|end)="\d{1,3}"', export(source, "gexf").decode())


def test_export_graphml_is_read_back_whole(source: Path):
    graph, back = load_graph(source), networkx.read_graphml(io.BytesIO(export(source, "graphml")))
    assert set(back) == set(graph)
    assert {key for *_, key in back.edges(keys=True)} == {key for *_, key in graph.edges(keys=True)}
    assert back.nodes["person:ada-lund"] == graph.nodes["person:ada-lund"]


def test_export_node_link_is_read_back_whole(source: Path):
    graph = load_graph(source)
    back = networkx.node_link_graph(json.loads(export(source, "node-link")), edges="edges")
    assert back.is_multigraph()
    assert set(back) == set(graph)
    assert {key for *_, key in back.edges(keys=True)} == {key for *_, key in graph.edges(keys=True)}


def test_export_cyjs_is_read_back_whole(source: Path):
    graph, data = load_graph(source), json.loads(export(source, "cyjs"))
    back = networkx.cytoscape_graph(data)
    assert (set(back), back.number_of_edges()) == (set(graph), graph.number_of_edges())
    assert all(node["data"]["name"] == node["data"]["label"] for node in data["elements"]["nodes"])


def test_export_text_has_no_character_that_xml_forbids(source: Path):
    for to in ("gexf", "graphml"):
        assert "\x07" not in export(source, to).decode()
        assert 'the "border" <railway> &amp; bridge'.replace("<", "&lt;").replace(">", "&gt;") in export(
            source, to
        ).decode().replace("&quot;", '"')


def read_csv(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_export_csv_gives_nodes_and_edges(source: Path):
    graph = load_graph(source)
    nodes, edges = export_graph(source, "csv", source.with_name("out.csv")).paths
    assert (nodes.name, edges.name) == ("out.nodes.csv", "out.edges.csv")
    assert [row["id"] for row in read_csv(nodes)] == list(graph)
    assert sorted(row["id"] for row in read_csv(edges)) == sorted(key for *_, key in graph.edges(keys=True))


def test_export_csv_defuses_formulas(source: Path):
    nodes, _ = export_graph(source, "csv", source.with_name("out.csv")).paths
    cells = [cell for row in read_csv(nodes) for cell in row.values()]
    assert "'=cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r]", cell)]


def test_export_neo4j_is_what_apoc_reads(source: Path):
    graph = load_graph(source)
    exported = export_graph(source, "neo4j", source.with_name("out.jsonl"))
    lines = [json.loads(line) for line in exported.paths[0].read_text(encoding="utf-8").splitlines()]
    nodes = {line["id"]: line["labels"] for line in lines if line["type"] == "node"}
    ties = [line for line in lines if line["type"] == "relationship"]
    assert nodes == {node: [kind] for node, kind in graph.nodes(data="kind")}
    found = sorted((tie["start"]["id"], tie["label"], tie["end"]["id"]) for tie in ties)
    assert found == sorted((source, kind, target) for source, target, kind in graph.edges(data="kind"))
    assert all(tie[end]["labels"] == nodes[tie[end]["id"]] for tie in ties for end in ("start", "end"))
    assert "CREATE CONSTRAINT meeting_import IF NOT EXISTS FOR (n:Meeting) REQUIRE n.neo4jImportId IS UNIQUE;" in exported.notes


def test_export_cx2_is_read_by_ndex(source: Path):
    factory = pytest.importorskip("ndex2.cx2").RawCX2NetworkFactory()
    graph, network = load_graph(source), factory.get_cx2network(json.loads(export(source, "cx2")))
    nodes = {node["v"]["id"]: node["v"] for node in network.get_nodes().values()}
    assert set(nodes) == set(graph)
    assert nodes["person:ada-lund"]["name"] == "Ada Lund"
    assert {edge["v"]["id"] for edge in network.get_edges().values()} == {key for *_, key in graph.edges(keys=True)}


def test_export_cx2_declares_what_it_holds(source: Path):
    aspects = {name: items for aspect in json.loads(export(source, "cx2")) for name, items in aspect.items()}
    assert aspects["attributeDeclarations"][0]["nodes"]["confidence"] == {"d": "double"}
    assert aspects["attributeDeclarations"][0]["edges"]["undirected"] == {"d": "boolean"}
    assert {item["name"]: item["elementCount"] for item in aspects["metaData"]}["nodes"] == len(aspects["nodes"])
    assert aspects["status"] == [{"success": True}]


def test_export_parquet_is_read_back_whole(source: Path):
    parquet = pytest.importorskip("pyarrow.parquet")
    graph = load_graph(source)
    nodes, edges = (
        parquet.read_table(path).to_pylist() for path in export_graph(source, "parquet", source.with_name("o.parquet")).paths
    )
    assert [row["id"] for row in nodes] == list(graph)
    assert {row["id"] for row in edges} == {key for *_, key in graph.edges(keys=True)}
    assert all(type(row["confidence"]) is float for row in nodes if row["kind"] == "Meeting")


def test_export_ftm_is_valid_to_followthemoney(source: Path):
    model = pytest.importorskip("followthemoney").model
    entities = [model.get_proxy(json.loads(line)) for line in export(source, "ftm").splitlines()]
    by_id = {entity.id: entity for entity in entities}
    for entity in entities:
        entity.schema.validate(entity.to_dict())
        assert set(entity.get_type_values(model.get("Event").get("involved").type)) <= set(by_id)
    events = [entity for entity in entities if entity.schema.name == "Event"]
    assert sorted(event.first("startDate") or "" for event in events) == ["", "2014-03-05", "2014-03-30", "2014-04-05"]
    assert by_id["person:ada-lund"].first("name") == "Ada Lund"
    assert len([entity for entity in entities if entity.schema.name == "Representation"]) == 3


def test_export_ftm_dyads_are_links(source: Path):
    pytest.importorskip("followthemoney")
    links = [json.loads(line) for line in export(source, "ftm", dyads="people").splitlines()]
    assert [link["schema"] for link in links].count("UnknownLink") == 4


def test_export_names_a_missing_library(source: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    with pytest.raises(SetupError, match=r"whomet\[ftm\]"):
        export(source, "ftm")


def test_export_dot_is_read_by_graphviz(source: Path):
    graph, text = load_graph(source), export(source, "dot")
    assert text.decode().count(" -> ") == graph.number_of_edges()
    assert r"the \"border\" <railway>" in text.decode()
    if shutil.which("dot") is None:
        pytest.skip("Graphviz is not installed")
    assert subprocess.run(["dot", "-Tcanon"], input=text, capture_output=True, check=False).returncode == 0


def test_export_is_read_by_graphology(source: Path):
    graph = load_graph(source)
    files = [export_graph(source, to, source.with_name(f"out.{to}")).paths[0] for to in ("gexf", "graphml")]
    command = ["node", str(Path(__file__).with_name("graphology_counts.cjs")), *map(str, files)]
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    if "Cannot find module" in found.stderr:
        pytest.skip("node has no graphology, graphology-gexf, graphology-graphml (npm; NODE_PATH tells where)")
    assert json.loads(found.stdout or found.stderr) == [[len(graph), graph.number_of_edges(), "Ada Lund"]] * 2


def test_graph_jsonl_is_read_by_pandas(source: Path):
    pandas = pytest.importorskip("pandas")
    table = pandas.read_json(source, lines=True)
    met = table[(table.kind == "MET") & (table.start >= "2014-03-01") & (table.start <= "2014-03-31")]
    assert sorted(met.source) == ["person:ada-lund", "person:nils-holm"]


def test_graph_jsonl_is_read_by_duckdb(source: Path):
    duckdb = pytest.importorskip("duckdb")
    query = f"""
        SELECT a.label, b.label, m.status FROM read_json('{source}') m
        JOIN read_json('{source}') a ON a.id = m.source JOIN read_json('{source}') b ON b.id = m.target
        WHERE m.kind = 'MET' AND m.start BETWEEN '2014-03-01' AND '2014-03-31' ORDER BY m.start"""
    assert duckdb.sql(query).fetchall() == [("Ada Lund", "Pia Berg", "held"), ("Nils Holm", "Pia Berg", "held")]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), 4),
        (Filters(statuses=frozenset({"refused"})), 1),
        (Filters(forms=frozenset({"call"})), 1),
        (Filters(since="2014-03-20"), 2),
        (Filters(since="2014-03-05", until="2014-03-05"), 1),
        (Filters(until="2014-03-31"), 2),
        (Filters(min_confidence=0.9), 1),
        (Filters(since="2020-01-01"), 0),
    ],
)
def test_select_keeps_the_meetings_of_a_filter(source: Path, filters: Filters, expected: int):
    graph = select(load_graph(source), filters)
    assert [kind for _, kind in graph.nodes(data="kind")].count("Meeting") == expected


def test_select_keeps_only_what_belongs_to_a_meeting(source: Path):
    graph = select(load_graph(source), Filters(forms=frozenset({"call"})))
    labels = {fields["label"] for _, fields in graph.nodes(data=True) if fields["kind"] != "Meeting"}
    assert labels == {"Nils Holm", "Norway", "Pia Berg", "Sweden", "Oslo", 'the "border" <railway> & \x07bridge', "a3"}
    assert [kind for *_, kind in graph.edges(data="kind")].count("MET") == 1


@pytest.mark.parametrize(
    "options", [{"statuses": frozenset({"maybe"})}, {"forms": frozenset({"x"})}, {"since": "May"}, {"min_confidence": 2.0}]
)
def test_filters_refuse_what_no_meeting_has(options: dict):
    with pytest.raises(SetupError):
        Filters(**options)


def test_dyad_graph_between_people_has_an_edge_for_each_meeting(source: Path):
    dyads = dyad_graph(load_graph(source))
    assert dyads.number_of_edges("person:ada-lund", "person:pia-berg") == 2
    assert dyads.number_of_edges() == 4


def test_dyad_graph_between_parties_lets_people_stand_for_them(source: Path):
    dyads = dyad_graph(load_graph(source), between="parties")
    assert sorted(dyads) == ["government:norway", "government:sweden", "organization:cmd-c-calc-a0"]
    assert dyads.number_of_edges("government:norway", "government:sweden") == 3


def test_dyad_graph_weighted_counts_meetings_by_status(source: Path):
    dyads = dyad_graph(load_graph(source), between="parties", weighted=True)
    assert dyads["government:norway"]["government:sweden"] == {
        "weight": 3,
        "held": 2,
        "refused": 1,
        "first_day": "2014-03-05",
        "last_day": "2014-04-05",
    }


def test_export_of_nothing_is_an_empty_graph(source: Path):
    nothing = Filters(since="2030-01-01")
    assert networkx.read_gexf(io.BytesIO(export(source, "gexf", filters=nothing))).number_of_nodes() == 0


def test_export_refuses_an_unknown_format(source: Path):
    with pytest.raises(SetupError, match="graphml"):
        export_graph(source, "xlsx", source.with_name("out.xlsx"))
    with pytest.raises(SetupError, match="people or parties"):
        export_graph(source, "gexf", source.with_name("out.gexf"), dyads="cities")
