"""Reports of one occasion put together: its participants, days, form and status from all articles that tell of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from whomet.graph.identity import PERSON, Actor, Identity
from whomet.graph.names import content_hash, short_name, slug
from whomet.graph.reports import Attendee, Report

FINALITY: Final = ("proposed", "planned", "denied", "refused", "held")
"""Statuses from the least to the most final: of two reports that cannot be put in time, the more final one tells the outcome."""
MAX_LABEL_SIDES: Final = 3


@dataclass(frozen=True, slots=True)
class Seat:
    """One participant of an occasion: who, in which role, for which party. `confidence` is that of the surest report."""

    actor: Actor
    title: str | None
    party: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Occasion:
    """One meeting with all its reports. `start`/`end` are ISO days, inclusive; None when no report gives days."""

    id: str
    reports: tuple[Report, ...]
    form: str
    status: str
    seats: tuple[Seat, ...]
    start: str | None
    end: str | None
    inferred: bool
    confidence: float

    @property
    def statuses(self) -> list[str]:
        """All statuses that reports give it, the least final first."""
        return sorted({report.status for report in self.reports}, key=FINALITY.index)

    @property
    def label(self) -> str:
        """Who, when and what became of it, for people to read: 'Lund / Rojas, 2019-04-09 (held)'."""
        sides = [" and ".join(map(_short, seats[:2])) + " ..." * (len(seats) > 2) for seats in self.sides()]
        who = " / ".join(sides[:MAX_LABEL_SIDES]) + " ..." * (len(sides) > MAX_LABEL_SIDES)
        days = self.start if self.start == self.end else f"{self.start} to {self.end}"
        return f"{who or self.form}{f', {days}' if self.start else ''} ({self.status})"

    def sides(self) -> list[list[Actor]]:
        """Who deals with whom: for each party its named people, else the party itself; one without a party is its own side.

        When all are of one party, each of its people is a side.
        """
        by_party: defaultdict[str, list[Actor]] = defaultdict(list)
        for seat in self.seats:
            by_party[seat.party or seat.actor.id].append(seat.actor)
        sides = []
        for actors in by_party.values():
            people = [actor for actor in actors if actor.kind == PERSON]
            sides.append(list(dict.fromkeys(people or actors)))
        return [[actor] for actor in sides[0]] if len(sides) == 1 else sides


def _short(actor: Actor) -> str:
    return short_name(actor.label, actor.country) if actor.kind == PERSON else actor.label


def make_occasions(groups: Iterable[Sequence[Report]], identity: Identity, published: Mapping[str, str]) -> list[Occasion]:
    """One occasion for each group of reports that tell of it, sorted by id. The id is a hash of the group's content."""
    return sorted((_occasion(reports, identity, published) for reports in groups), key=lambda occasion: occasion.id)


def _occasion(group: Sequence[Report], identity: Identity, published: Mapping[str, str]) -> Occasion:
    reports = tuple(
        sorted(group, key=lambda report: (published.get(report.article, "9999"), -report.confidence, report.key, report.id))
    )
    meeting_id = f"meeting:{min(report.key for report in reports)}"
    forms = Counter(report.form for report in reports)
    dated = [report for report in reports if report.start]
    days = min(dated, key=_vagueness) if dated else None
    return Occasion(
        id=meeting_id,
        reports=reports,
        form=min(forms, key=lambda form: (-forms[form], form)),
        status=_status(reports, published),
        seats=_seats(reports, identity, meeting_id),
        start=days.start if days else None,
        end=days.end if days else None,
        inferred=bool(days and days.inferred),
        confidence=max(report.confidence for report in reports),
    )


def _status(reports: Iterable[Report], published: Mapping[str, str]) -> str:
    """What the latest reports say; where they are of one day, or some day of publication is unknown, the most final status."""
    dates = {report.id: published.get(report.article) for report in reports}
    known = [day for day in dates.values() if day]
    latest = [report for report in reports if len(known) < len(dates) or dates[report.id] == max(known)]
    return max((report.status for report in latest), key=FINALITY.index)


def _vagueness(report: Report) -> tuple[bool, int, str, str]:
    start, end = report.start or "", report.end or ""
    return report.inferred, (date.fromisoformat(end) - date.fromisoformat(start)).days, start, report.key


def _seats(reports: Sequence[Report], identity: Identity, meeting_id: str) -> tuple[Seat, ...]:
    """Each participant once, in the order of the reports.

    Someone unnamed of a party ('officials', or the party itself) is taken for those whom another report names; of several
    reports that name nobody, the one that tells most titles counts.
    """
    unnamed_from = _choose_unnamed(reports)
    seats: dict[tuple[str, str | None], Seat] = {}
    for report in reports:
        for attendee in report.attendees:
            if attendee.name is None and attendee.party and report.id not in unnamed_from[slug(attendee.party)]:
                continue
            actor = identity.actor(attendee) or _unknown(attendee, meeting_id)
            seat = actor.id, attendee.title if attendee.name is None else None
            known = seats.get(seat)
            seats[seat] = Seat(
                actor,
                known.title if known and known.title else attendee.title,
                attendee.party or (known.party if known else None) or actor.party,
                max(attendee.confidence, known.confidence if known else 0.0),
            )
    return tuple(seats.values())


def _choose_unnamed(reports: Iterable[Report]) -> dict[str, set[str]]:
    """For each party the ids of the reports whose unnamed participants count."""
    naming: defaultdict[str, set[str]] = defaultdict(set)
    silent: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for report in reports:
        named = {slug(attendee.party) for attendee in report.attendees if attendee.name and attendee.party}
        titles: Counter[str] = Counter()
        for attendee in report.attendees:
            if attendee.party and attendee.name is None:
                titles[slug(attendee.party)] += attendee.title is not None
        for party in named:
            naming[party].add(report.id)
        for party in titles.keys() - named:
            silent[party].append((-titles[party], report.id))
    return {party: naming[party] or {min(silent[party])[1]} for party in naming.keys() | silent.keys()}


def _unknown(attendee: Attendee, meeting_id: str) -> Actor:
    """Someone known by a title only ('union leaders'): one node of its own for each meeting."""
    title = attendee.title or "unknown"
    return Actor(f"{PERSON}:{slug(title)}.{content_hash(meeting_id, title)}", PERSON, title, None, attendee.country)
