"""graph.jsonl as a networkx graph, and the dyads of a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import networkx

from whomet.errors import SetupError
from whomet.files import read_jsonl


def load_graph(path: Path | str) -> networkx.MultiDiGraph:
    """The graph of a graph.jsonl. Nodes and edges carry the fields of their line; the id of an edge is its key.

    Undirected edges (MET) are there once, from the smaller id to the greater, with `undirected` true.
    Raises SetupError for a file that cannot be read, holds something else, or has an edge to a node that it lacks.
    """
    return to_network(read_jsonl(Path(path)), str(path))


def to_network(rows: Iterable[Mapping[str, Any]], name: str = "graph") -> networkx.MultiDiGraph:
    """The same for rows in memory, as `build_graph` yields them; `name` is what errors call them."""
    graph = networkx.MultiDiGraph()
    for row in rows:
        fields = {key: value for key, value in row.items() if key not in ("type", "id", "source", "target")}
        if row.get("type") == "node" and "id" in row:
            graph.add_node(row["id"], **fields)
        elif row.get("type") == "edge" and {"id", "source", "target"} <= row.keys():
            for end in (row["source"], row["target"]):
                if end not in graph:
                    raise SetupError(f"{name}: edge {row['id']} has the end {end!r}, which is no node before it")
            graph.add_edge(row["source"], row["target"], key=row["id"], **fields)
        else:
            raise SetupError(f"{name}: neither a node nor an edge of a graph: {row!r:.80}")
    return graph


def dyads(graph: networkx.MultiDiGraph) -> Iterator[dict[str, Any]]:
    """Who met whom: one dict for each MET edge, in the order of the graph.

    Keys: a, b (node ids), a_label, b_label, and the fields of the edge: meeting, status, form, confidence, article, and where
    known start, end, topic.
    """
    for source, target, fields in graph.edges(data=True):
        if fields.get("kind") == "MET":
            ends = {"a": source, "b": target, "a_label": graph.nodes[source]["label"], "b_label": graph.nodes[target]["label"]}
            yield ends | {key: value for key, value in fields.items() if key not in ("kind", "undirected", "derived")}
