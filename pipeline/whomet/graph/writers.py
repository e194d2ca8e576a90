"""Graphs as files of other tools: writers of a networkx graph with scalar fields. The same graph gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

import networkx
from networkx.readwrite.gexf import GEXFWriter

from whomet.files import dump_line

FLOATS: Final = frozenset({"confidence"})
NEO4J_ID: Final = "neo4jImportId"

_ILLEGAL_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile("^[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")

Fields = dict[str, Any]


def clean_graph(graph: networkx.Graph) -> networkx.Graph:
    """A copy in which text has no character that XML forbids, and a field has the same type everywhere."""
    copy = graph.__class__()
    copy.add_nodes_from((_clean(node), _clean_fields(fields)) for node, fields in graph.nodes(data=True))
    if graph.is_multigraph():
        for source, target, key, fields in graph.edges(keys=True, data=True):
            copy.add_edge(_clean(source), _clean(target), key=_clean(key), **_clean_fields(fields))
    else:
        copy.add_edges_from((_clean(a), _clean(b), _clean_fields(fields)) for a, b, fields in graph.edges(data=True))
    return copy


def _clean(value: Any) -> Any:
    return _ILLEGAL_XML.sub("", value) if isinstance(value, str) else value


def _clean_fields(fields: Fields) -> Fields:
    return {key: float(value) if key in FLOATS else _clean(value) for key, value in fields.items()}


def write_gexf(graph: networkx.Graph, stream: BinaryIO) -> None:
    """GEXF 1.2 for Gephi, dynamic: meetings, their edges and those who take part are there on the days of the meetings (spells).

    The days are also plain fields, first_day and last_day. What is never dated is always there.
    """
    timed = graph.copy()
    spells: dict[str, set[tuple[str, str]]] = {}
    for node, fields in timed.nodes(data=True):
        if "start" in fields:
            spells[node] = {(fields["start"], fields["end"])}
    dated = dict(spells)
    for source, target, fields in timed.edges(data=True):
        days = {(fields["start"], fields["end"])} if "start" in fields else dated.get(source, set()) | dated.get(target, set())
        for end in (source, target):
            spells.setdefault(end, set()).update(days)
        _set_days(fields, days)
    for node, fields in timed.nodes(data=True):
        _set_days(fields, spells.get(node, set()))
    for _, _, key, fields in iterate_edges(timed):
        fields["id"] = key
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(timed)
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)  # the day of writing: the same graph shall give the same bytes
    writer.write(stream)


def _set_days(fields: Fields, spells: set[tuple[str, str]]) -> None:
    """GEXF's own time in place of start and end: overlapping spells are one."""
    for old, new in (("start", "first_day"), ("end", "last_day")):
        if old in fields:
            fields[new] = fields.pop(old)
    joined: list[tuple[str, str]] = []
    for start, end in sorted(spells):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    if joined:
        fields["spells"] = joined


def write_graphml(graph: networkx.Graph, stream: BinaryIO) -> None:
    """GraphML with typed keys; the id of an edge is that of graph.jsonl."""
    networkx.write_graphml_xml(graph, stream, named_key_ids=True)


def write_node_link(graph: networkx.Graph, stream: BinaryIO) -> None:
    """The node-link JSON of networkx (keys nodes and edges), as D3 and networkx.node_link_graph read it."""
    stream.write(_dump(networkx.node_link_data(graph, edges="edges")))


def write_cyjs(graph: networkx.Graph, stream: BinaryIO) -> None:
    """Cytoscape.js JSON, which Cytoscape Desktop opens too."""
    data = networkx.cytoscape_data(graph, name="label")
    for node in data["elements"]["nodes"]:
        node["data"] |= {
            "name": graph.nodes[node["data"]["value"]]["label"],
            "label": graph.nodes[node["data"]["value"]]["label"],
        }
    stream.write(_dump(data))


def write_neo4j(graph: networkx.Graph, stream: BinaryIO) -> None:
    """JSON lines for Neo4j's `apoc.import.json`: nodes with their kind as label, then relationships."""
    labels = {node: [fields["kind"]] for node, fields in graph.nodes(data=True)}
    for node, fields in graph.nodes(data=True):
        stream.write(dump_line({"type": "node", "id": node, "labels": labels[node], "properties": {"id": node} | _rest(fields)}))
    for number, (source, target, key, fields) in enumerate(iterate_edges(graph)):
        ends = {end: {"id": node, "labels": labels[node]} for end, node in (("start", source), ("end", target))}
        head = {"type": "relationship", "id": key or str(number), "label": fields.get("kind", "MET")}
        stream.write(dump_line(head | ends | {"properties": _rest(fields)}))


def neo4j_constraints(graph: networkx.Graph) -> list[str]:
    """The statements that Neo4j must be given before the import, one for each kind of node."""
    kinds = sorted({kind for _, kind in graph.nodes(data="kind")})
    return [
        f"CREATE CONSTRAINT {kind.lower()}_import IF NOT EXISTS FOR (n:{kind}) REQUIRE n.{NEO4J_ID} IS UNIQUE;" for kind in kinds
    ]


def write_dot(graph: networkx.Graph, stream: BinaryIO) -> None:
    """Graphviz DOT: labels of nodes, kinds of edges; meetings are boxes, refused and denied ones dashed."""
    arrow, head = ("->", "digraph") if graph.is_directed() else ("--", "graph")
    lines = [f"{head} whomet {{"]
    for node, fields in graph.nodes(data=True):
        lines.append(f"  {_dot(node)} [label={_dot(fields['label'])}{_dot_style(fields)}];")
    for source, target, _, fields in iterate_edges(graph):
        label = fields.get("kind") if "weight" not in fields else str(fields["weight"])
        lines.append(f"  {_dot(source)} {arrow} {_dot(target)} [label={_dot(label or '')}{_dot_style(fields)}];")
    stream.write("\n".join([*lines, "}", ""]).encode())


def _dot(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ")
    return f'"{escaped}"'


def _dot_style(fields: Fields) -> str:
    shape = ", shape=box" if fields.get("kind") == "Meeting" else ""
    return shape + (", style=dashed" if fields.get("status") in ("refused", "denied") else "")


def write_nodes_csv(graph: networkx.Graph, stream: BinaryIO) -> None:
    """One row for each node: id, kind, label, then its other fields."""
    _write_csv(node_rows(graph), ("id", "kind", "label"), stream)


def write_edges_csv(graph: networkx.Graph, stream: BinaryIO) -> None:
    """One row for each edge: source, target, kind, then its other fields."""
    _write_csv(edge_rows(graph), ("source", "target", "kind"), stream)


def _write_csv(rows: list[Fields], first: Iterable[str], stream: BinaryIO) -> None:
    """CSV in UTF-8 (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    columns = list(dict.fromkeys([*first, *sorted({key for row in rows for key in row})]))
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    table = csv.DictWriter(text, columns)
    table.writeheader()
    for row in rows:
        table.writerow(
            {key: f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value for key, value in row.items()}
        )
    text.detach()


def node_rows(graph: networkx.Graph) -> list[Fields]:
    """The nodes as rows of a table."""
    return [{"id": node} | fields for node, fields in graph.nodes(data=True)]


def edge_rows(graph: networkx.Graph) -> list[Fields]:
    """The edges as rows of a table."""
    rows = []
    for source, target, key, fields in iterate_edges(graph):
        rows.append({"source": source, "target": target} | ({"id": key} if key else {}) | fields)
    return rows


def iterate_edges(graph: networkx.Graph) -> Iterator[tuple[str, str, str | None, Fields]]:
    """The edges with their key, None where there is only one for a pair."""
    if graph.is_multigraph():
        yield from graph.edges(keys=True, data=True)
    else:
        yield from ((source, target, None, fields) for source, target, fields in graph.edges(data=True))


def _rest(fields: Fields) -> Fields:
    return {key: value for key, value in fields.items() if key != "kind"}


def _dump(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1).encode() + b"\n"
