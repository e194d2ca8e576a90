"""Occasions as the flat rows of graph.jsonl: nodes before edges, scalars only, nulls left out, stable ids."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any, Final

from whomet.graph.identity import GOVERNMENT, ORGANIZATION, PERSON, Actor, Identity
from whomet.graph.merging import group_reports
from whomet.graph.names import content_hash, slug
from whomet.graph.occasions import Occasion, make_occasions
from whomet.graph.reports import Report, Venue, read_reports

Row = dict[str, str | int | float | bool]
"""One line of graph.jsonl."""

NODE_KINDS: Final = ("Meeting", "Person", "Government", "Organization", "Place", "Topic", "Article")
EDGE_KINDS: Final = ("PARTICIPANT", "REPRESENTS", "AT", "ABOUT", "REPORTED_IN", "MET")
MAX_MET_ACTORS: Final = 60
"""A gathering of more has no dyads: nobody meets everybody there, and they would grow with the square."""
LONGEST_ACRONYM: Final = 4
"""A longer place name all in capitals is a dateline ('LONDON') and gets a readable label."""

_ACTOR_KINDS: Final = {PERSON: "Person", GOVERNMENT: "Government", ORGANIZATION: "Organization"}


def build_graph(meetings: Iterable[Mapping[str, Any]], articles: Iterable[Mapping[str, Any]] = ()) -> Iterator[Row]:
    """The property graph of meetings.jsonl records, of any number of articles and runs: nodes first, then edges.

    articles: articles.jsonl records, or any objects with id and, where known, published, title and url. With them the latest
    report tells the status of a meeting, and reports far apart in time are kept apart.
    The same records give the same rows in whatever order they come. Raises SetupError, naming the meeting, for a malformed
    record. All meetings are read before the first row.
    """
    yield from _collect(meetings, articles).sorted()


def _collect(meetings: Iterable[Mapping[str, Any]], articles: Iterable[Mapping[str, Any]]) -> _Rows:
    """All rows. Python's search for reference cycles is paused: there are none here, and it took a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        known = {str(article["id"]): _article_fields(article) for article in articles if "id" in article}
        published = {article: str(fields["published"]) for article, fields in known.items() if "published" in fields}
        reports = read_reports(meetings)
        identity = Identity(reports)
        rows = _Rows(identity, known, _countries_of(reports))
        for occasion in make_occasions(group_reports(reports, identity, published), identity, published):
            rows.add(occasion)
        return rows
    finally:
        if collecting:
            gc.enable()


def _article_fields(article: Mapping[str, Any]) -> Row:
    """What an article node carries; an unreadable date of publication counts as unknown."""
    fields = {key: article[key] for key in ("title", "url", "published") if isinstance(article.get(key), str) and article[key]}
    try:
        date.fromisoformat(fields.get("published", "0001-01-01")[:10])
    except ValueError:
        del fields["published"]
    return fields


def _countries_of(reports: Iterable[Report]) -> dict[str, str]:
    """The country of each place that lies in only one, by slug: a report that does not tell it means the same place."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for report in reports:
        for venue in report.venues:
            if venue.country:
                found[slug(venue.text)].add(venue.country)
    return {place: next(iter(countries)) for place, countries in found.items() if len(countries) == 1}


class _Rows:
    """Collects the rows of occasions, each id once."""

    def __init__(self, identity: Identity, articles: Mapping[str, Row], countries: Mapping[str, str]) -> None:
        self.identity = identity
        self.articles = articles
        self.countries = countries
        self.nodes: dict[str, Row] = {}
        self.edges: dict[str, Row] = {}

    def sorted(self) -> Iterator[Row]:
        """Nodes by kind and id, then edges by kind, ends and id."""
        yield from sorted(self.nodes.values(), key=lambda row: (NODE_KINDS.index(str(row["kind"])), row["id"]))
        yield from sorted(
            self.edges.values(), key=lambda row: (EDGE_KINDS.index(str(row["kind"])), row["source"], row["target"], row["id"])
        )

    def add(self, occasion: Occasion) -> None:
        """All nodes and edges of one occasion."""
        topics = list(dict.fromkeys(topic for report in occasion.reports for topic in report.topics))
        venues = list(dict.fromkeys(venue for report in occasion.reports for venue in report.venues))
        self._node(
            "Meeting",
            occasion.id,
            occasion.label,
            status=occasion.status,
            statuses=", ".join(occasion.statuses) if len(occasion.statuses) > 1 else None,
            form=occasion.form,
            start=occasion.start,
            end=occasion.end,
            inferred=occasion.inferred or None,
            topic=topics[0] if topics else None,
            place=min((venue.text for venue in venues), key=str.isupper, default=None),
            confidence=occasion.confidence,
            reports=len(occasion.reports),
        )
        self._add_seats(occasion)
        for topic in topics:
            self._edge("ABOUT", occasion.id, self._node("Topic", f"topic:{slug(topic)}", topic))
        for venue in venues:
            self._edge("AT", occasion.id, self._place(venue, occasion.id))
        self._add_reports(occasion)
        self._add_dyads(occasion, topics[0] if topics else None)

    def _add_seats(self, occasion: Occasion) -> None:
        for seat in occasion.seats:
            actor = self._actor(seat.actor)
            self._edge("PARTICIPANT", actor, occasion.id, key=seat.title, title=seat.title, confidence=seat.confidence)
            if seat.actor.kind == PERSON and seat.party:
                self._edge("REPRESENTS", actor, self._actor(self.identity.party(seat.party)))

    def _add_reports(self, occasion: Occasion) -> None:
        for report in occasion.reports:
            fields = self.articles.get(report.article, {})
            article = self._node("Article", f"article:{report.article}", str(fields.get("title", report.article)), **fields)
            quote = report.quote
            self._edge(
                "REPORTED_IN",
                occasion.id,
                article,
                key=report.id,
                report=report.id,
                status=report.status,
                char_start=quote.char_start if quote else None,
                char_end=quote.char_end if quote else None,
                sentence=quote.text if quote else None,
                confidence=report.confidence,
            )

    def _add_dyads(self, occasion: Occasion, topic: str | None) -> None:
        sides = occasion.sides()
        if sum(map(len, sides)) > MAX_MET_ACTORS:
            return
        pairs = {
            tuple(sorted((one.id, other.id)))
            for side, facing in combinations(sides, 2)
            for one in side
            for other in facing
            if one.id != other.id
        }
        for source, target in pairs:
            self._edge(
                "MET",
                source,
                target,
                key=occasion.id,
                undirected=True,
                derived=True,
                meeting=occasion.id,
                status=occasion.status,
                form=occasion.form,
                start=occasion.start,
                end=occasion.end,
                topic=topic,
                confidence=occasion.confidence,
                article=occasion.reports[0].article,
            )

    def _actor(self, actor: Actor) -> str:
        return self._node(
            _ACTOR_KINDS[actor.kind], actor.id, actor.label, party=actor.party, country=actor.country, aliases=actor.aliases
        )

    def _place(self, venue: Venue, meeting_id: str) -> str:
        """A place by its name and country; one without a proper name ('a hotel') is a place of this meeting only."""
        name = slug(venue.text)
        if not any(letter.isupper() for letter in venue.text.removeprefix("The ")):
            return self._node("Place", f"place:{name}.{content_hash(meeting_id, name)}", venue.text, country=venue.country)
        country = venue.country or self.countries.get(name)
        suffix = f".{country.casefold()}" if country else ""
        label = venue.text.title() if venue.text.isupper() and len(venue.text) > LONGEST_ACRONYM else venue.text
        return self._node("Place", f"place:{name}{suffix}", label, country=country)

    def _node(self, kind: str, node_id: str, label: str, **fields: str | float | bool | None) -> str:
        if node_id not in self.nodes:
            head: Row = {"type": "node", "id": node_id, "kind": kind, "label": label}
            self.nodes[node_id] = head | _known(fields)
        return node_id

    def _edge(self, kind: str, source: str, target: str, *, key: str | None = None, **fields: str | float | bool | None) -> None:
        edge_id = f"e:{content_hash(kind, source, target, key)}"
        ends: Row = {"type": "edge", "id": edge_id, "kind": kind, "source": source, "target": target}
        self.edges[edge_id] = ends | {"undirected": False} | _known(fields)


def _known(fields: Mapping[str, str | float | bool | None]) -> Row:
    return {key: value for key, value in fields.items() if value is not None}
