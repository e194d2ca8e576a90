"""Countries and well-known organisations by any of their names; the override lexicon for parties."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from whomet.errors import LexiconError
from whomet.lexicon import load_rows, split_cell

LONGEST = 6
"""Longest name in tokens."""


@dataclass(frozen=True, slots=True)
class Party:
    """A government or organisation that can be a party. `country` is ISO 3166-1 alpha-2, None for organisations."""

    name: str
    country: str | None
    qid: str | None


@dataclass(frozen=True, slots=True)
class PartyName:
    """One way to name a party. form: name | demonym | seat (a capital: the party only as an actor) | alias."""

    party: Party
    form: str


@cache
def party_names() -> dict[str, PartyName]:
    """Every known name, as printed, tokens joined by one space."""
    names: dict[str, PartyName] = {}
    for row in load_rows("organizations.tsv"):
        party = Party(row["name"], None, row["qid"] or None)
        for name in (row["name"], *split_cell(row["aliases"])):
            names[name] = PartyName(party, "alias")
    for row in load_rows("countries.tsv"):
        party = Party(row["name"], row["code"], row["qid"])
        for form, cell in (
            ("seat", row["seats"]),
            ("demonym", row["demonyms"]),
            ("alias", row["aliases"]),
            ("name", row["name"]),
        ):
            for name in split_cell(cell):
                names.setdefault(name.removeprefix("the "), PartyName(party, form))
    return names


def find_party(name: str) -> PartyName | None:
    """What party a name stands for; None when it is none that the lexicons know."""
    return party_names().get(name.removeprefix("the ").removeprefix("The "))


def plain(text: str) -> str:
    """A name without diacritics, hyphens, full stops and case, words joined by one space."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(ascii_text.replace("-", "").replace(".", " ").lower().split())


@cache
def _officeholders() -> dict[str, Party]:
    """Known people by plain full name, and by surname where all who bear it speak for one party."""
    full: dict[str, Party] = {}
    surnames: dict[str, set[Party]] = {}
    for row in load_rows("officeholders.tsv"):
        known = find_party(row["party"])
        if known is None:
            raise LexiconError(f"officeholders.tsv: unknown party {row['party']!r}")
        for name in split_cell(row["names"]):
            words = plain(name).split()
            full[" ".join(words)] = known.party
            for surname in {words[0], words[-1]}:
                surnames.setdefault(surname, set()).add(known.party)
    return {**{name: next(iter(parties)) for name, parties in surnames.items() if len(parties) == 1}, **full}


def party_of_officeholder(name: str) -> Party | None:
    """Whom a well-known office holder speaks for, by full name or unmistakable surname; None when the lexicon does not know."""
    return _officeholders().get(plain(name))


@cache
def _title_parties() -> tuple[tuple[str, Party], ...]:
    found = [
        (title, known.party)
        for row in load_rows("title_parties.tsv")
        if (known := find_party(row["party"])) is not None
        for title in split_cell(row["titles"])
    ]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


def party_of_title(title: str) -> Party | None:
    """The party that a title alone tells ('Taoiseach', 'Defense Secretary'); None when any government may have it."""
    text = f" {title.lower()} "
    return next((party for words, party in _title_parties() if f" {words} " in text), None)


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.split(" ")[0] for name in party_names())


def match_parties(doc: Doc) -> list[tuple[int, int, PartyName]]:
    """(token start, token end, name) of every party name in a Doc, longest match first, left to right, not overlapping."""
    names, firsts = party_names(), _first_words()
    words = [token.text for token in doc]
    found: list[tuple[int, int, PartyName]] = []
    position = 0
    while position < len(words):
        if words[position] in firsts or words[position].title() in firsts:
            for length in range(min(LONGEST, len(words) - position), 0, -1):
                text = " ".join(words[position : position + length])
                entry = names.get(text) or (names.get(text.title()) if text.isupper() and len(text) > 3 else None)
                if entry is None and "-" in text:
                    entry = names.get(text.replace(" - ", "-"))
                if entry is not None:
                    found.append((position, position + length, entry))
                    position += length - 1
                    break
        position += 1
    return found
