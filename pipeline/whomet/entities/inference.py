"""What an article's other names tell of a person's party: 'its president', 'the club's coach', a role that only one body has."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from spacy.tokens import Doc

from whomet.entities.affiliation import KIN, party_of
from whomet.entities.gazetteer import Party, country_of_place
from whomet.entities.mentions import Mention
from whomet.entities.titles import Title
from whomet.entities.words import POSSESSIVES
from whomet.lexicon import load_words

_STEPS_BACK: Final = 2
"""How many sentences before its own a title's 'its' or 'the company' may point back."""
_POSTS: Final = frozenset("ceo executive chairman chairwoman chair director manager coach captain striker winger founder".split())
"""Roles of firms and clubs: one of them that names no body is held in the one that the article is about."""
_RANKS: Final = frozenset("chief vice deputy managing general head assistant finance executive interim club - and".split())
_ARRIVES: Final = frozenset({"to", "in"})
"""Prepositions behind which a capital is where somebody has come to."""
_LONGEST_FIELD: Final = 5
"""Most tokens behind a country in which its ministry is looked for."""
_MOST: Final = 3
"""How often the article names the one body that a bare role is taken to be held in, at least."""


class Told:
    """The parties that an article names: how often each, and which was named last before a token."""

    def __init__(self, doc: Doc, mentions: Iterable[Mention], aliases: Mapping[str, str]) -> None:
        mentions = list(mentions)
        found = [(item, party_of(doc, item, aliases)) for item in mentions if item.kind in ("party", "organization")]
        places = [(item.start, country_of_place(doc[item.start : item.end].text)) for item in mentions if item.kind == "place"]
        self._doc = doc
        self._subjects = [
            (item.start, party)
            for item, party in found
            if party is not None
            and (item.party is None or item.party.form != "demonym")
            and doc[item.start : item.end].root.dep_ in ("nsubj", "nsubjpass")
        ]
        self._seats = [
            (item.start, item.party.party)
            for item in mentions
            if item.party is not None and item.party.form == "seat" and doc[item.start].head.lower_ in _ARRIVES
        ]
        named = [(item.start, item.party.party) for item, _ in found if item.party is not None]
        self.count = Counter(party for _, party in named)
        self.led: set[Party] = set()
        """Parties whose head of state or government the article names: no other head is inferred to be theirs."""
        countries = [(start, party) for start, party in [*named, *places] if party is not None and party.country is not None]
        self._countries = sorted(countries, key=lambda item: item[0])
        self._people: list[tuple[int, Party]] = []
        self._ministries = dict(self._ministries_of(item for item in mentions if item.kind == "party"))
        self._bodies = [(item.start, party) for item, party in found if party is not None and party.country is None]

    def _ministries_of(self, mentions: Iterable[Mention]) -> Iterator[tuple[str, Party]]:
        """(field, country) of every 'Norwegian Foreign Ministry' that the article names."""
        for mention in mentions:
            if mention.party is None or mention.party.party.country is None:
                continue
            words = [
                token.lower_ for token in self._doc[mention.end : mention.end + _LONGEST_FIELD] if token.text not in POSSESSIVES
            ]
            if "ministry" in words[1:]:
                yield " ".join(words[: words.index("ministry")]), mention.party.party

    def host(self, mention: Mention, across: Collection[Party] = ()) -> Party | None:
        """The country whose capital the guest of a person has come to: 'flew to Oslo and was received by Minister X'.

        Only for who is no subject, as guests are; the capital stands before the name, in its sentence or the one before.
        """
        root = self._doc[mention.start : mention.end].root
        if root.dep_ in ("nsubj", "nsubjpass", "appos", "conj", "ROOT"):
            return None
        own = root.sent
        earlier = self._doc[own.start - 1].sent if own.start > 0 else own
        guest = _last_before([item for item in self._seats if item[0] >= earlier.start], mention.start)
        return guest if guest not in across else None

    def by_ministry(self, titles: Iterable[str], across: Collection[Party] = ()) -> Party | None:
        """The country whose ministry the article names for the field of a title: 'Deputy Foreign Minister'; None without one."""
        for title in titles:
            field = title.lower().rpartition(" minister")[0]
            for named, party in self._ministries.items():
                if party not in across and f" {field}".endswith(f" {named}"):
                    return party
        return None

    def add_people(self, people: Iterable[tuple[int, Party]]) -> None:
        """Add for whom the article's people speak, by the token they are named at: what counts where it names no country."""
        self._people = sorted((item for item in people if item[1].country is not None), key=lambda item: item[0])

    def infer(self, position: int, *, headed: bool, across: Collection[Party] = ()) -> Party | None:
        """The country that the article names most, if also last before token `position` or twice as often as any other.

        `across`: the countries of the other side, which are none of these.
        """
        countries = [item for item in self._countries if item[1] not in across]
        countries = countries or [item for item in self._people if item[1] not in across]
        ranked = Counter(party for _, party in countries).most_common(2)
        if not ranked:
            return None
        last = _last_before(countries, position)
        if last is not None and sum(party == last for _, party in countries) == ranked[0][1]:
            return last
        clear = not headed and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1])
        return ranked[0][0] if clear else None

    def infer_body(self, position: int) -> Party | None:
        """The body that the article names most: often, twice as often as any other, and before token `position`."""
        ranked = Counter(party for _, party in self._bodies if party.qid is None).most_common(2)
        if not ranked or ranked[0][1] < _MOST or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
            return None
        return ranked[0][0] if any(party == ranked[0][0] and start < position for start, party in self._bodies) else None

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


def holds_post(doc: Doc, titles: Iterable[tuple[int, int]]) -> bool:
    """Whether one of the titles is a bare post of firms and clubs, with no name in or before it: 'chief executive', 'coach'."""
    return any(
        doc[end - 1].lower_ in _POSTS
        and all(doc[index].lower_ in _RANKS for index in range(start, end - 1))
        and not (start > 0 and doc[start - 1].pos_ == "PROPN" and doc[start - 1].is_alpha)
        for start, end in titles
    )
