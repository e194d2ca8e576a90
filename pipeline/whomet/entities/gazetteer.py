"""Countries and well-known organisations by any of their names; the override lexicon for parties."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

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
        for form, cell in (("seat", row["seats"]), ("demonym", row["demonyms"]), ("alias", row["aliases"]), ("name", row["name"])):
            for name in split_cell(cell):
                names.setdefault(name.removeprefix("the "), PartyName(party, form))
    return names


def find_party(name: str) -> PartyName | None:
    """What party a name stands for; None when it is none that the lexicons know."""
    return party_names().get(name.removeprefix("the ").removeprefix("The "))


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
