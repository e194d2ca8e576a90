"""Who speaks for a party or an opposition: 'Democratic nominee X', 'Labour leader Y', 'Chilean rebel envoy Z'."""

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
_AGAINST: Final = frozenset({"opposition", "rebels", "rebel", "insurgents"})
"""Words for those who oppose a government: who negotiates or speaks for them does not speak for it."""


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


def party_of_opposition(doc: Doc, title: Title, named: Mapping[int, Mention]) -> Party | None:
    """The opposition or rebels that a title speaks for: 'Chilean opposition', 'Chilean rebels'; None for other titles.

    A body named right behind the word is that opposition. A bare 'opposition negotiator' is of the one that the article names
    with its country. The leader of an opposition holds an office of the country's parliament.
    """
    if doc[title.role].lower_ in _LEADERS:
        return None
    found = next((index for index in range(title.left, title.right) if doc[index].lower_ in _AGAINST), None)
    if found is None or found == title.role:
        return None
    body = named.get(found + 1)
    if body is not None and body.kind == "organization" and body.end <= title.right:
        return Party(" ".join(doc[body.start : body.end].text.split()), None, None)
    kind = "opposition" if doc[found].lower_ == "opposition" else "rebels"
    demonyms = {
        id(mention): mention for mention in named.values() if mention.party is not None and mention.party.form == "demonym"
    }
    own = named.get(found - 1)
    of_country = own if own is not None and id(own) in demonyms else None
    if of_country is None:
        of_country = next((item for item in demonyms.values() if doc[item.end : item.end + 1].text.lower() in _AGAINST), None)
    return Party(f"{doc[of_country.start : of_country.end].text} {kind}", None, None) if of_country is not None else None
