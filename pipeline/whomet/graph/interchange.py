"""Writers of formats with a data model of their own: CX2 (Cytoscape, NDEx), FollowTheMoney, and Parquet tables.

Libraries are imported when they are needed; a missing one is a SetupError that names the extra to install.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, BinaryIO, Final

import networkx

from whomet.errors import SetupError
from whomet.files import dump_line
from whomet.graph.identity import ALIAS_JOINT
from whomet.graph.writers import Fields, edge_rows, iterate_edges, node_rows

_CX2_TYPES: Final = {bool: "boolean", int: "long", float: "double", str: "string"}
_FTM_SCHEMATA: Final = {"Person": "Person", "Government": "PublicBody", "Organization": "Organization", "Article": "Article"}


def _library(name: str, extra: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise SetupError(f"this format needs {name.partition('.')[0]}: pip install 'whomet[{extra}]'") from error


def write_cx2(graph: networkx.Graph, stream: BinaryIO) -> None:
    """CX2 2.0 with declared attribute types; the id of graph.jsonl is the attribute `id`, the label is `name`.

    Source: the Cytoscape Exchange format specification (CX2).
    """
    numbers = {node: number for number, node in enumerate(graph)}
    nodes = [
        {"id": numbers[node], "v": {"id": node, "name": fields["label"]} | {key: fields[key] for key in fields if key != "label"}}
        for node, fields in graph.nodes(data=True)
    ]
    edges = [
        {"id": number, "s": numbers[source], "t": numbers[target], "v": ({"id": key} if key else {}) | fields}
        for number, (source, target, key, fields) in enumerate(iterate_edges(graph))
    ]
    declared = {"networkAttributes": {"name": {"d": "string"}}, "nodes": _declare(nodes), "edges": _declare(edges)}
    aspects: list[tuple[str, list[Any]]] = [
        ("attributeDeclarations", [declared]),
        ("networkAttributes", [{"name": "whomet"}]),
        ("nodes", nodes),
        ("edges", edges),
    ]
    content: list[Any] = [{"CXVersion": "2.0", "hasFragments": False}]
    content.append({"metaData": [{"name": name, "elementCount": len(items)} for name, items in aspects]})
    content += [{name: items} for name, items in aspects]
    content.append({"status": [{"success": True}]})
    stream.write(json.dumps(content, ensure_ascii=False, allow_nan=False).encode() + b"\n")


def _declare(elements: Iterable[dict[str, Any]]) -> dict[str, dict[str, str]]:
    return {key: {"d": _CX2_TYPES[type(value)]} for element in elements for key, value in element["v"].items()}


def write_nodes_parquet(graph: networkx.Graph, stream: BinaryIO) -> None:
    """A table of the nodes: id, kind, label, then their other fields; null where a node has none."""
    _write_parquet(node_rows(graph), stream)


def write_edges_parquet(graph: networkx.Graph, stream: BinaryIO) -> None:
    """A table of the edges: source, target, kind, then their other fields; null where an edge has none."""
    _write_parquet(edge_rows(graph), stream)


def _write_parquet(rows: list[Fields], stream: BinaryIO) -> None:
    arrow, parquet = _library("pyarrow", "parquet"), _library("pyarrow.parquet", "parquet")
    columns = dict.fromkeys(key for row in rows for key in row)
    parquet.write_table(arrow.table({key: [row.get(key) for row in rows] for key in columns}), stream)


def write_ftm(graph: networkx.Graph, stream: BinaryIO) -> None:
    """FollowTheMoney entities, one a line: meetings as Event with those involved, people with Representation, articles as proof.

    Dyads, where the graph is undirected, are UnknownLink with the role "met".
    """
    model = _library("followthemoney", "ftm").model
    for node, fields in graph.nodes(data=True):
        if fields["kind"] in _FTM_SCHEMATA:
            stream.write(dump_line(_ftm_actor(model, node, fields)))
        elif fields["kind"] == "Meeting":
            stream.write(dump_line(_ftm_event(model, graph, node, fields)))
    for number, (source, target, key, fields) in enumerate(iterate_edges(graph)):
        if fields.get("kind") == "REPRESENTS":
            stream.write(dump_line(_ftm_entity(model, "Representation", str(key), {"agent": [source], "client": [target]})))
        elif not graph.is_directed():
            values: dict[str, list[str | None]] = {
                "subject": [source],
                "object": [target],
                "role": ["met"],
                "startDate": [fields.get("start", fields.get("first_day"))],
                "endDate": [fields.get("end", fields.get("last_day"))],
                "status": [fields.get("status")],
                "summary": [fields.get("topic")],
            }
            stream.write(dump_line(_ftm_entity(model, "UnknownLink", f"met:{key or number}", values)))


def _ftm_actor(model: Any, node: str, fields: Fields) -> dict[str, Any]:
    if fields["kind"] == "Article":
        values = {"title": [fields["label"]], "sourceUrl": [fields.get("url")], "publishedAt": [fields.get("published")]}
    else:
        country = fields.get("country")
        aliases = fields["aliases"].split(ALIAS_JOINT) if "aliases" in fields else []
        values = {"name": [fields["label"]], "alias": aliases, "country": [country.casefold() if country else None]}
    return _ftm_entity(model, _FTM_SCHEMATA[fields["kind"]], node, values)


def _ftm_event(model: Any, graph: networkx.Graph, node: str, fields: Fields) -> dict[str, Any]:
    ends: defaultdict[str, list[str]] = defaultdict(list)
    for source, target, kind in [*graph.in_edges(node, data="kind"), *graph.out_edges(node, data="kind")]:
        ends[kind].append(target if source == node else source)
    values = {
        "name": [fields["label"]],
        "startDate": [fields.get("start")],
        "endDate": [fields.get("end")],
        "involved": ends["PARTICIPANT"],
        "location": [graph.nodes[end]["label"] for end in ends["AT"]],
        "summary": [graph.nodes[end]["label"] for end in ends["ABOUT"]],
        "keywords": [fields["form"], fields["status"]],
        "proof": ends["REPORTED_IN"],
    }
    return _ftm_entity(model, "Event", node, values)


def _ftm_entity(model: Any, schema: str, entity_id: str, values: Mapping[str, Sequence[str | None]]) -> dict[str, Any]:
    entity = model.make_entity(schema)
    entity.id = entity_id
    for name, texts in values.items():
        for text in texts:
            if text is not None:
                entity.add(name, text)
    data = entity.to_dict()
    properties = {name: sorted(found) for name, found in sorted(data["properties"].items())}
    return {"id": data["id"], "schema": data["schema"], "properties": properties}
