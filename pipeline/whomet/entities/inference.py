"""What words in a title that point to a party mean: 'its president', "the company's coach"."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from spacy.tokens import Doc

from whomet.entities.affiliation import KIN, party_of
from whomet.entities.gazetteer import Party
from whomet.entities.mentions import Mention
from whomet.entities.titles import Title
from whomet.entities.words import POSSESSIVES
from whomet.lexicon import load_words

_STEPS_BACK: Final = 2
"""How many sentences before its own a title's 'its' or 'the company' may point back."""


class Told:
    """The parties that an article names: how often each (`count`), and what 'its' and 'the company' in a title mean."""

    def __init__(self, doc: Doc, mentions: Iterable[Mention], aliases: Mapping[str, str]) -> None:
        found = [(item, party_of(doc, item, aliases)) for item in mentions if item.kind in ("party", "organization")]
        self._doc = doc
        self._subjects = [
            (item.start, party)
            for item, party in found
            if party is not None
            and (item.party is None or item.party.form != "demonym")
            and doc[item.start : item.end].root.dep_ in ("nsubj", "nsubjpass")
        ]
        self.count = Counter(item.party.party for item, _ in found if item.party is not None)
        self._bodies = [(item.start, party) for item, party in found if party is not None and party.country is None]

    def pointed_at(self, title: Title) -> Party | None:
        """The party that the owner in a title means: 'its president', "the company's coach"; None without one."""
        doc = self._doc
        if doc[title.role].lower_ in KIN:
            return None
        before = doc[title.left - 1] if title.left > 0 else None
        if before is not None and before.lower_ == "its":
            return self._subject_before(title.left - 1)
        for index in range(max(title.left, 1), title.role):
            owner = doc[index - 1]
            if doc[index].lower_ in POSSESSIVES and owner.lower_ in load_words("entity_body_nouns.txt") and owner.text.islower():
                return self._recent_body(index - 1)
        return None

    def _subject_before(self, position: int) -> Party | None:
        """The party that is the subject of the sentence up to a token, else of the sentence before; None without one."""
        own = self._doc[position].sent
        earlier = self._doc[own.start - 1].sent if own.start > 0 else own
        for first, last in ((own.start, position), (earlier.start, earlier.end)):
            for start, party in self._subjects:
                if first <= start < last:
                    return party
        return None

    def _recent_body(self, position: int) -> Party | None:
        """The body named last before a token, in its sentence or few before it."""
        first = self._doc[position].sent
        for _ in range(_STEPS_BACK):
            if first.start > 0:
                first = self._doc[first.start - 1].sent
        return _last_before([item for item in self._bodies if item[0] >= first.start], position)


def _last_before(named: list[tuple[int, Party]], position: int) -> Party | None:
    index = bisect_left([start for start, _ in named], position) - 1
    return named[index][1] if index >= 0 else None
