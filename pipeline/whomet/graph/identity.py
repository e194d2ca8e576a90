"""Who is who across articles: the people, governments and organisations that the participants of all reports stand for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from whomet.graph.names import slug
from whomet.graph.people import NameKey, link_names
from whomet.graph.reports import Attendee, Report
from whomet.lexicon import load_rows, load_words

GOVERNMENT: Final = "government"
ORGANIZATION: Final = "organization"
PERSON: Final = "person"
ALIAS_JOINT: Final = "; "


@dataclass(frozen=True, slots=True)
class Actor:
    """One person, government or organisation of the graph.

    party: what a person represents; None for others. aliases: other spellings of a person's name, joined by "; ", or None.
    """

    id: str
    kind: str
    label: str
    party: str | None
    country: str | None
    aliases: str | None = None


@cache
def country_codes() -> dict[str, str]:
    """ISO 3166-1 alpha-2 codes by common English country name."""
    return {row["name"]: row["code"] for row in load_rows("countries.tsv")}


class Identity:
    """The actors of a set of reports, and which of them each participant is."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._spellings: defaultdict[NameKey, Counter[str]] = defaultdict(Counter)
        self._titles: defaultdict[NameKey, set[str]] = defaultdict(set)
        self._countries: dict[str, str] = dict(country_codes())
        self._governments: set[str] = set(self._countries)
        self._party_names: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for report in reports:
            for attendee in report.attendees:
                self._note(attendee)
        self._parties: dict[str, Actor] = {}
        self._people = self._make_people()

    def party(self, name: str) -> Actor:
        """The government or organisation that is called `name`."""
        actor = self._parties.get(name)
        if actor is None:
            key = slug(name)
            spellings = self._party_names[key] or Counter([name])
            label = min(spellings, key=lambda spelling: (spelling not in self._countries, -spellings[spelling], spelling))
            kind = GOVERNMENT if self._governments & {label, *spellings} else ORGANIZATION
            codes = [self._countries[spelling] for spelling in sorted(spellings) if spelling in self._countries]
            actor = self._parties[name] = Actor(f"{kind}:{key}", kind, label, None, codes[0] if codes else None)
        return actor

    def actor(self, attendee: Attendee) -> Actor | None:
        """Whom a participant stands for: the person when named, else its party; None when it has neither."""
        if attendee.name is None:
            return self.party(attendee.party) if attendee.party else None
        if is_person(attendee):
            return self._people[_name_key(attendee)]
        return self.party(attendee.name)

    def _note(self, attendee: Attendee) -> None:
        if attendee.party:
            self._party_names[slug(attendee.party)][attendee.party] += 1
            if attendee.country:
                self._countries[attendee.party] = min(attendee.country, self._countries.get(attendee.party, attendee.country))
                self._governments.add(attendee.party)
        if attendee.name is None:
            if attendee.party and attendee.kind == GOVERNMENT:
                self._governments.add(attendee.party)
        elif is_person(attendee):
            key = _name_key(attendee)
            self._spellings[key][attendee.name] += 1
            if attendee.title:
                self._titles[key].update(attendee.title.casefold().split())
        else:
            self._party_names[slug(attendee.name)][attendee.name] += 1
            if attendee.kind == GOVERNMENT:
                self._governments.add(attendee.name)

    def _make_people(self) -> dict[NameKey, Actor]:
        titles = {key: frozenset(self._titles[key]) - load_words("function_words.txt") for key in self._spellings}
        persons: defaultdict[NameKey, list[NameKey]] = defaultdict(list)
        for key, root in link_names(titles).items():
            persons[root].append(key)
        names = {root: min(keys, key=self._rank) for root, keys in persons.items()}
        namesakes = Counter(key.name for key in names.values())
        return {
            key: actor
            for root, keys in persons.items()
            for actor in [self._person(keys, names[root], namesakes[names[root].name] > 1)]
            for key in keys
        }

    def _rank(self, key: NameKey) -> tuple[bool, int, int, str]:
        """Least for the name that stands for a person: a full name before one word, then the most used, then the longest."""
        return "-" not in key.name, -self._spellings[key].total(), -len(key.name), key.name

    def _person(self, keys: Iterable[NameKey], chosen: NameKey, has_namesake: bool) -> Actor:
        spellings: Counter[str] = Counter()
        parties: Counter[str] = Counter()
        for key in keys:
            spellings.update(self._spellings[key])
            if key.party:
                parties[key.party] += self._spellings[key].total()
        label = min(self._spellings[chosen], key=lambda name: (name.isupper(), -self._spellings[chosen][name], name))
        party = self.party(next(iter(self._party_names[min(parties)]))) if parties else None
        suffix = f".{min(parties)}" if parties and has_namesake else ""
        aliases = ALIAS_JOINT.join(sorted(spelling for spelling in spellings if spelling != label))
        return Actor(
            id=f"{PERSON}:{chosen.name}{suffix}",
            kind=PERSON,
            label=label,
            party=party.label if party else None,
            country=party.country if party else None,
            aliases=aliases or None,
        )


def is_person(attendee: Attendee) -> bool:
    """Whether a named participant is a person: unless its entity is known to be of another kind."""
    return attendee.name is not None and attendee.kind in (PERSON, None)


def _name_key(attendee: Attendee) -> NameKey:
    return NameKey(slug(attendee.name or ""), slug(attendee.party) if attendee.party else None)
