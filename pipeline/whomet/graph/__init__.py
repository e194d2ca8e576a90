"""Meetings of many articles -> one property graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whomet.graph.elements import EDGE_KINDS, NODE_KINDS, Row, build_graph

if TYPE_CHECKING:
    from whomet.graph.network import dyads, load_graph, to_network

__all__ = ["EDGE_KINDS", "NODE_KINDS", "Row", "build_graph", "dyads", "load_graph", "to_network"]


def __getattr__(name: str) -> Any:
    """Names that need networkx, which is imported when the first of them is used: building a graph does without."""
    if name not in __all__:
        raise AttributeError(f"module 'whomet.graph' has no attribute {name!r}")
    from whomet.graph import network

    return getattr(network, name)
