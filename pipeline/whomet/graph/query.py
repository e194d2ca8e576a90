"""Who met whom, when, about what: the meetings of two actors of a graph, with the sentences that tell of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import networkx
from rapidfuzz.process import extract

from whomet.errors import SetupError
from whomet.graph.identity import ALIAS_JOINT
from whomet.graph.names import slug
from whomet.graph.network import load_graph
from whomet.graph.selection import Filters

ACTOR_KINDS: Final = frozenset({"Person", "Government", "Organization"})
MAX_SUGGESTIONS: Final = 3


@dataclass(frozen=True, slots=True)
class Source:
    """One article's words on a meeting; `published` is an ISO date where known."""

    article: str
    published: str | None
    status: str
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Encounter:
    """One meeting of the two that were asked for. Days are ISO 8601, inclusive; None when unknown."""

    meeting: str
    status: str
    form: str
    start: str | None
    end: str | None
    who: tuple[str, ...]
    topics: tuple[str, ...]
    places: tuple[str, ...]
    confidence: float
    sources: tuple[Source, ...]

    def to_json(self) -> dict[str, Any]:
        """As a JSON object; tuples become lists."""
        return asdict(self)


def query_graph(path: Path, one: str, other: str | None = None, *, filters: Filters | None = None) -> list[Encounter]:
    """The meetings of a graph.jsonl in which `one` took part, with `other` when given; dated ones first, by day.

    one, other: a person, government or organisation by name, alias or part of the name; a government or organisation stands
    for all who represent it. Raises SetupError for a file that is no graph, or a name that is not in it (with near ones).
    """
    return find_encounters(load_graph(path), one, other, filters=filters)


def find_encounters(
    graph: networkx.MultiDiGraph, one: str, other: str | None = None, *, filters: Filters | None = None
) -> list[Encounter]:
    """The same for a graph in memory."""
    chosen = filters or Filters()
    sides = [find_actors(graph, name) for name in (one, other) if name is not None]
    found = []
    for meeting, fields in graph.nodes(data=True):
        if fields["kind"] != "Meeting" or not chosen.keeps(fields):
            continue
        present = {source for source, _, kind in graph.in_edges(meeting, data="kind") if kind == "PARTICIPANT"}
        parts = [present & side for side in sides]
        if all(parts) and (len(parts) == 1 or len(parts[0] | parts[1]) > 1):
            found.append(_encounter(graph, meeting))
    return sorted(found, key=lambda item: (item.start is None, item.start or "", item.end or "", item.meeting))


def find_actors(graph: networkx.MultiDiGraph, name: str) -> set[str]:
    """The ids of all whom a name means, and of those who represent them. Raises SetupError when it means nobody."""
    wanted = slug(name)
    names = {node: _slugs(fields) for node, fields in graph.nodes(data=True) if fields["kind"] in ACTOR_KINDS}
    found = {node for node, slugs in names.items() if wanted in slugs or node == name}
    if not found:
        words = set(wanted.split("-"))
        found = {node for node, slugs in names.items() if any(words <= set(known.split("-")) for known in slugs)}
    if not found:
        labels = sorted({graph.nodes[node]["label"] for node in names})
        near = [label for label, _, _ in extract(name, labels, limit=MAX_SUGGESTIONS, score_cutoff=60)]
        raise SetupError(f"nobody in the graph is called {name!r}" + (f"; near names: {', '.join(near)}" if near else ""))
    return found | {source for node in found for source, _, kind in graph.in_edges(node, data="kind") if kind == "REPRESENTS"}


def _slugs(fields: dict[str, Any]) -> set[str]:
    return {slug(name) for name in (fields["label"], *fields.get("aliases", "").split(ALIAS_JOINT)) if name}


def _encounter(graph: networkx.MultiDiGraph, meeting: str) -> Encounter:
    fields = graph.nodes[meeting]
    sources = [
        Source(graph.nodes[article]["label"], graph.nodes[article].get("published"), edge["status"], edge.get("sentence"))
        for _, article, edge in graph.out_edges(meeting, data=True)
        if edge["kind"] == "REPORTED_IN"
    ]
    participants = [
        _name_participant(graph.nodes[actor], edge)
        for actor, _, edge in graph.in_edges(meeting, data=True)
        if edge["kind"] == "PARTICIPANT"
    ]
    return Encounter(
        meeting=meeting,
        status=fields["status"],
        form=fields["form"],
        start=fields.get("start"),
        end=fields.get("end"),
        who=tuple(sorted(participants)),
        topics=_labels(graph, meeting, "ABOUT"),
        places=_labels(graph, meeting, "AT"),
        confidence=fields["confidence"],
        sources=tuple(sorted(sources, key=lambda source: (source.published or "9999", source.article, source.sentence or ""))),
    )


def _name_participant(actor: dict[str, Any], edge: dict[str, Any]) -> str:
    """'Kari Lund (Foreign Minister, Norway)'."""
    about = ", ".join(text for text in (edge.get("title"), actor.get("party")) if text and text != actor["label"])
    return f"{actor['label']} ({about})" if about else str(actor["label"])


def _labels(graph: networkx.MultiDiGraph, meeting: str, kind: str) -> tuple[str, ...]:
    ends: Iterable[tuple[str, str, str]] = graph.out_edges(meeting, data="kind")
    return tuple(sorted(graph.nodes[end]["label"] for _, end, found in ends if found == kind))
