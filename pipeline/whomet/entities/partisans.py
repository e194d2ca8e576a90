"""Candidates and leaders of political parties, who speak for their party: 'Democratic nominee X', 'Labour leader Y'."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from spacy.tokens import Doc

from whomet.entities.gazetteer import Party, find_party
from whomet.entities.mentions import Mention
from whomet.entities.titles import Title
from whomet.errors import LexiconError
from whomet.lexicon import load_rows, load_words, split_cell

_LEADERS: Final = frozenset({"leader", "leaders"})


@cache
def _partisans(column: str) -> dict[str, tuple[Party, str]]:
    """The words of a column of the lexicon -> the party, and the only country whose party is meant ("": any)."""
    found: dict[str, tuple[Party, str]] = {}
    for row in load_rows("entity_partisans.tsv"):
        known = find_party(row["party"])
        if known is None:
            raise LexiconError(f"entity_partisans.tsv: unknown party {row['party']!r}")
        found.update(dict.fromkeys(split_cell(row[column]), (known.party, row["country"])))
    return found


def party_of_partisan(doc: Doc, title: Title, named: Mapping[int, Mention]) -> Party | None:
    """The political party whose candidate or leader a title tells of; None for other titles and for a party abroad."""
    role = doc[title.role].lower_
    column = "candidates" if role in load_words("entity_candidate_nouns.txt") else "leaders" if role in _LEADERS else None
    if column is None:
        return None
    first = max(title.left - 1, doc[title.role].sent.start)
    text = f" {doc[first : title.role].text} "
    party, country = next((found for words, found in _partisans(column).items() if f" {words} " in text), (None, ""))
    told = {named[index].party for index in range(first, title.role) if index in named}
    abroad = any(name is not None and name.party.country is not None and name.party.name != country for name in told)
    return None if country and abroad else party
