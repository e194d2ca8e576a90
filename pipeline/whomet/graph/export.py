"""graph.jsonl, or a part of it, as a file for another graph tool."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import networkx

from whomet.errors import SetupError
from whomet.files import atomic_file
from whomet.graph.interchange import write_cx2, write_edges_parquet, write_ftm, write_nodes_parquet
from whomet.graph.network import load_graph
from whomet.graph.selection import Filters, dyad_graph, select
from whomet.graph.writers import (
    clean_graph,
    neo4j_constraints,
    write_cyjs,
    write_dot,
    write_edges_csv,
    write_gexf,
    write_graphml,
    write_neo4j,
    write_node_link,
    write_nodes_csv,
)

Writer = Callable[[networkx.Graph, BinaryIO], None]
WRITERS: Final[dict[str, dict[str, Writer]]] = {
    "gexf": {"": write_gexf},
    "graphml": {"": write_graphml},
    "csv": {".nodes": write_nodes_csv, ".edges": write_edges_csv},
    "cyjs": {"": write_cyjs},
    "cx2": {"": write_cx2},
    "node-link": {"": write_node_link},
    "neo4j": {"": write_neo4j},
    "ftm": {"": write_ftm},
    "dot": {"": write_dot},
    "parquet": {".nodes": write_nodes_parquet, ".edges": write_edges_parquet},
}
"""For each format its files: what goes before the suffix of the given name, and the writer."""
FORMATS: Final = tuple(WRITERS)


@dataclass(frozen=True, slots=True)
class Exported:
    """The files written, how many nodes and edges they hold, and lines that the user must know to read them."""

    paths: tuple[Path, ...]
    nodes: int
    edges: int
    notes: tuple[str, ...] = ()


def export_graph(
    path: Path, to: str, out: Path, *, filters: Filters | None = None, dyads: str | None = None, weighted: bool = False
) -> Exported:
    """Writes the graph of a graph.jsonl, or what `filters` keep of it, in one of `FORMATS`; each file whole or not at all.

    dyads: "people" or "parties" for who met whom only; weighted: one edge for each pair. CSV and Parquet give two files, with
    .nodes and .edges before the suffix of `out`. The same graph gives the same bytes.
    Raises SetupError for a file that is no graph, an unknown format, or a format whose library is not installed.
    """
    if to not in WRITERS:
        raise SetupError(f"unknown format {to!r}; known are {', '.join(FORMATS)}")
    graph = select(load_graph(path), filters or Filters())
    if dyads is not None:
        graph = dyad_graph(graph, between=dyads, weighted=weighted)
    graph = clean_graph(graph)
    paths = []
    for part, writer in WRITERS[to].items():
        target = out.with_name(f"{out.stem}{part}{out.suffix}") if part else out
        with atomic_file(target) as stream:
            writer(graph, stream)
        paths.append(target)
    notes = tuple(neo4j_constraints(graph)) if to == "neo4j" else ()
    return Exported(tuple(paths), graph.number_of_nodes(), graph.number_of_edges(), notes)
