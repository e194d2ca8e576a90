"""A part of a graph: the meetings that a filter keeps with what belongs to them, or only who met whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import networkx

from whomet.errors import SetupError
from whomet.records import FORMS, STATUSES

PEOPLE: Final = "people"
PARTIES: Final = "parties"
BETWEEN: Final = (PEOPLE, PARTIES)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which meetings to keep. Empty `statuses` or `forms` keep all of them.

    since, until: ISO days, inclusive; a meeting is kept when its days and these overlap, one without days only when neither
    is given. min_confidence: 0..1. Raises SetupError for a value that no meeting can have.
    """

    statuses: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    since: str | None = None
    until: str | None = None
    min_confidence: float = 0.0

    def __post_init__(self) -> None:
        for given, known, name in ((self.statuses, STATUSES, "status"), (self.forms, FORMS, "form")):
            if unknown := sorted(given - set(known)):
                raise SetupError(f"unknown {name} {unknown[0]!r}; known are {', '.join(known)}")
        for name in ("since", "until"):
            try:
                date.fromisoformat(getattr(self, name) or "2000-01-01")
            except ValueError as error:
                raise SetupError(f"{name} must be a day such as 2014-03-31, not {getattr(self, name)!r}") from error
        if not 0.0 <= self.min_confidence <= 1.0:
            raise SetupError(f"min_confidence must be between 0 and 1, not {self.min_confidence}")

    def keeps(self, meeting: dict[str, Any]) -> bool:
        """Whether a Meeting node with these fields is kept."""
        if self.statuses and meeting["status"] not in self.statuses:
            return False
        if self.forms and meeting["form"] not in self.forms:
            return False
        if (self.since or self.until) and not (
            meeting.get("start", "9999") <= (self.until or "9998") and meeting.get("end", "") >= (self.since or "0000")
        ):
            return False
        return bool(meeting["confidence"] >= self.min_confidence)


def select(graph: networkx.MultiDiGraph, filters: Filters) -> networkx.MultiDiGraph:
    """The meetings that are kept with their participants, parties, places, topics, articles and dyads; a graph of its own."""
    meetings = {node for node, fields in graph.nodes(data=True) if fields["kind"] == "Meeting" and filters.keeps(fields)}
    edges = [
        (source, target, key, fields)
        for source, target, key, fields in graph.edges(keys=True, data=True)
        if source in meetings or target in meetings or fields.get("meeting") in meetings
    ]
    near = meetings | {end for source, target, _, _ in edges for end in (source, target)}
    edges += [edge for edge in graph.edges(keys=True, data=True) if edge[3]["kind"] == "REPRESENTS" and edge[0] in near]
    near |= {target for _, target, _, _ in edges}
    kept = networkx.MultiDiGraph()
    kept.add_nodes_from((node, dict(fields)) for node, fields in graph.nodes(data=True) if node in near)
    for source, target, key, fields in edges:
        kept.add_edge(source, target, key=key, **fields)
    return kept


def dyad_graph(graph: networkx.MultiDiGraph, *, between: str = PEOPLE, weighted: bool = False) -> networkx.Graph:
    """Who met whom, undirected: a MultiGraph with an edge for each meeting of a pair, or (weighted) a Graph with one for a pair.

    between: "people" (parties only where no people are named), or "parties" (people stand for whom they represent; those who
    represent nobody are left out). An edge of a meeting has its status, form, days, topic, confidence and article; a weighted
    edge has weight (the number of meetings), first_day and last_day where known, and the number of meetings of each status.
    """
    if between not in BETWEEN:
        raise SetupError(f"dyads are between {' or '.join(BETWEEN)}, not {between!r}")
    multiple = networkx.MultiGraph()
    for source, target, fields in _meetings_of_pairs(graph, between):
        key = f"{fields['meeting']} {source} {target}"
        for end in (source, target):
            multiple.add_node(end, **graph.nodes[end])
        multiple.add_edge(source, target, key=key, **fields)
    return _weighted(multiple) if weighted else multiple


def _meetings_of_pairs(graph: networkx.MultiDiGraph, between: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    parties = {source: target for source, target, kind in graph.edges(data="kind") if kind == "REPRESENTS" and between == PARTIES}
    for source, target, fields in graph.edges(data=True):
        if fields["kind"] != "MET":
            continue
        one, other = sorted((parties.get(source, source), parties.get(target, target)))
        named = {graph.nodes[end]["kind"] for end in (one, other)}
        if one != other and not (between == PARTIES and "Person" in named):
            yield one, other, {key: value for key, value in fields.items() if key not in ("undirected", "derived")}


def _weighted(multiple: networkx.MultiGraph) -> networkx.Graph:
    simple = networkx.Graph()
    simple.add_nodes_from(multiple.nodes(data=True))
    for source, target in dict.fromkeys((min(pair), max(pair)) for pair in multiple.edges()):
        meetings = list(multiple[source][target].values())
        statuses = Counter(fields["status"] for fields in meetings)
        fields: dict[str, Any] = {"weight": len(meetings)} | {status: statuses[status] for status in STATUSES if statuses[status]}
        starts = [item["start"] for item in meetings if "start" in item]
        if starts:
            fields |= {"first_day": min(starts), "last_day": max(item["end"] for item in meetings if "end" in item)}
        simple.add_edge(source, target, **fields)
    return simple
