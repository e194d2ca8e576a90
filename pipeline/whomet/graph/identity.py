"""Who is who across articles: the people, governments and organisations that the participants of all reports stand for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from whomet.graph.names import slug
from whomet.graph.reports import Attendee, Report
from whomet.lexicon import load_rows

GOVERNMENT: Final = "government"
ORGANIZATION: Final = "organization"
PERSON: Final = "person"


@dataclass(frozen=True, slots=True)
class Actor:
    """One person, government or organisation of the graph; `party` is that of a person, None for others."""

    id: str
    kind: str
    label: str
    party: str | None
    country: str | None
    aliases: tuple[str, ...] = ()


@cache
def country_codes() -> dict[str, str]:
    """ISO 3166-1 alpha-2 codes by common English country name."""
    return {row["name"]: row["code"] for row in load_rows("countries.tsv")}


class Identity:
    """The actors of a set of reports, and which of them each participant is."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._persons: defaultdict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
        self._countries: dict[str, str] = dict(country_codes())
        self._governments: set[str] = set(self._countries)
        self._organizations: dict[str, str] = {}
        for report in reports:
            for attendee in report.attendees:
                self._note(attendee)
        self._actors: dict[tuple[str, str | None], Actor] = {}
        self._parties: dict[str, Actor] = {}
        self._make_people()

    def party(self, name: str) -> Actor:
        """The government or organisation that is called `name`."""
        actor = self._parties.get(name)
        if actor is None:
            country = self._countries.get(name)
            kind = GOVERNMENT if name in self._governments else ORGANIZATION
            actor = self._parties[name] = Actor(f"{kind}:{slug(name)}", kind, name, None, country)
        return actor

    def actor(self, attendee: Attendee) -> Actor | None:
        """Whom a participant stands for: the person when named, else its party; None when it has neither."""
        if attendee.name is None:
            return self.party(attendee.party) if attendee.party else None
        if is_person(attendee):
            return self._actors[_person_key(attendee)]
        return self.party(attendee.name)

    def _note(self, attendee: Attendee) -> None:
        if attendee.party and attendee.country:
            self._countries.setdefault(attendee.party, attendee.country)
            self._governments.add(attendee.party)
        if attendee.name and is_person(attendee):
            self._persons[_person_key(attendee)][attendee.name] += 1
        elif attendee.kind == GOVERNMENT and (attendee.party or attendee.name):
            self._governments.add(attendee.party or attendee.name or "")

    def _make_people(self) -> None:
        parties: defaultdict[str, set[str | None]] = defaultdict(set)
        for name, party in self._persons:
            parties[name].add(party)
        for (name, party), spellings in sorted(self._persons.items(), key=lambda item: (item[0][0], item[0][1] or "")):
            suffix = f".{slug(party)}" if party and len(parties[name]) > 1 else ""
            label = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
            country = self._countries.get(party) if party else None
            self._actors[name, party] = Actor(f"{PERSON}:{name}{suffix}", PERSON, label, party, country)


def is_person(attendee: Attendee) -> bool:
    """Whether a named participant is a person: unless its entity is known to be of another kind."""
    return attendee.name is not None and attendee.kind in (PERSON, None)


def _person_key(attendee: Attendee) -> tuple[str, str | None]:
    return slug(attendee.name or ""), attendee.party
