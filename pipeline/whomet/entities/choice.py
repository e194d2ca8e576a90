"""Which of an article's countries holds an office of state when nothing beside its bearer's names says so: by fitted weights.

Every country that the article names is offered with figures of how it stands to the person; a softmax over their weighted sums
gives each its chance, and the rest to none of them. People without an office of state are not asked about: where they live is not
whom they speak for. The weights are in models/parties/weights.json (its card is beside it); `python -m whomet.teach.parties`
fits them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

from spacy.tokens import Doc, Token

from whomet.entities.affiliation import POSTED, party_of
from whomet.entities.gazetteer import Party, country_of_place
from whomet.entities.mentions import Mention
from whomet.entities.posts import heads_state, is_state_role
from whomet.entities.titles import Title
from whomet.entities.words import POSSESSIVES, is_role
from whomet.grammar import clause_of, conjuncts
from whomet.models import load_weights

WEIGHTS = "parties/weights.json"
LEAST: Final = 0.35
"""Chance from which on a party is told: about where one more right guess is worth the wrong ones that come with it."""
_HEADS: Final = frozenset({"head", "president"})
"""Kinds of office of which a state has one holder."""
_FAR: Final = 8
"""Distance in sentences from which on all are the same."""

Figures = dict[str, float]
Key = TypeVar("Key")


class Offers:
    """The countries of a Doc, offered to holders of offices of state of whom it does not say whom they speak for."""

    def __init__(
        self,
        doc: Doc,
        mentions: Iterable[Mention],
        aliases: Mapping[str, str],
        people: Sequence[tuple[int, Party]],
        led: Collection[Party],
    ) -> None:
        """People: for whom the article's people speak, by the token they are named at. led: the parties whose head it names."""
        self._doc, self._people, self._led = doc, people, led
        self._sentence = [number for number, sentence in enumerate(doc.sents) for _ in sentence]
        self._named: list[tuple[int, Party]] = []
        self._places: dict[Party, list[tuple[int, int]]] = {}
        for item in mentions:
            party = country_of_place(doc[item.start : item.end].text) if item.kind == "place" else None
            party = party_of(doc, item, aliases) if item.kind in ("party", "organization") else party
            if party is not None and party.country is not None:
                self._named.append((item.start, party))
                self._places.setdefault(party, []).append((item.start, item.end))
        named = set(self._places)
        for start, party in people:
            if party not in named and party.country is not None:
                self._places.setdefault(party, []).append((start, start + 1))
        self._sizes = [len(places) for places in self._places.values()]

    @cached_property
    def _sides(self) -> dict[Party, dict[int, list[_Side]]]:
        """Where the people of each party stand, by sentence."""
        found: dict[Party, dict[int, list[_Side]]] = {}
        for start, party in self._people:
            found.setdefault(party, {}).setdefault(self._sentence[start], []).append(_side(self._doc[start]))
        return found

    def figures(self, mentions: Sequence[Mention], titles: Sequence[Title], across: Collection[Party]) -> dict[Party, Figures]:
        """What speaks for each of the article's countries as that of a person, by name. Empty without an office of state.

        `mentions` and `titles`: of the person. `across`: the countries of the other side (see beside); one that stands on the
        other side of the person's clause is not offered, nor a country that has its head already to a head, nor what stands in
        a title without being its bearer's.
        """
        role = role_of(self._doc, [(title.start, title.end) for title in titles])
        if role is None:
            return {}
        own = [(item, _side(self._doc[item.start : item.end].root)) for item in mentions]
        posts = {index for title in titles for index in range(title.left, title.right)}
        offered = [
            party
            for party, places in self._places.items()
            if not (role in _HEADS and party in self._led)
            and not any(start in posts for start, _ in places)
            and not (party in across and self._faces(party, own))
        ]
        fields = {self._doc[title.role - 1].lower_ for title in titles if title.role > title.start}
        ministries = [party for party in offered if any(self._is_ministry(end, fields) for _, end in self._places[party])]
        last = next((party for start, party in reversed(self._named) if start < mentions[0].start), None)
        found: dict[Party, Figures] = {}
        for party in ministries or offered:
            told = {**self._told(party), **self._near(party, own), "last": float(last == party)}
            if role in _HEADS and told["same side"]:  # two heads that meet somebody together are of two states
                continue
            found[party] = {f"for {'state' if role == 'head' else role}": 1.0}
            found[party] |= {name: value for name, value in told.items() if value}
        return found

    def _told(self, party: Party) -> Figures:
        """How often the article names a party, and its people and officials."""
        places = self._places[party]
        people = sum(map(len, self._sides.get(party, {}).values()))
        return {
            "share": len(places) / sum(self._sizes),
            "rank": min(sum(size > len(places) for size in self._sizes), 4) / 4,
            "people": people / len(self._people) if self._people else 0.0,
            "officials": min(sum(is_role(self._behind(end)) for _, end in places), 3) / 3,
        }

    def _behind(self, end: int) -> Token:
        """The word behind a name or behind its possessive mark: 'Norwegian officials', "Norway's minister"."""
        index = end + (end < len(self._doc) and self._doc[end].lower_ in POSSESSIVES)
        return self._doc[min(index, len(self._doc) - 1)]

    def _is_ministry(self, end: int, fields: Collection[str]) -> bool:
        """Whether behind a country its ministry of one of some fields stands: 'the Norwegian Fisheries Ministry'."""
        field = self._behind(end)
        return field.lower_ in fields and field.i + 1 < len(self._doc) and self._doc[field.i + 1].lower_ == "ministry"

    def _faces(self, party: Party, mentions: Sequence[tuple[Mention, _Side]]) -> bool:
        """Whether the people of a party that stand in the person's clauses all stand on another side of them."""
        clauses = {own.clause for _, own in mentions}
        sides = {side for near in self._sides.get(party, {}).values() for side in near if side.clause in clauses}
        return bool(sides) and sides.isdisjoint(own for _, own in mentions)

    def _near(self, party: Party, mentions: Sequence[tuple[Mention, _Side]]) -> Figures:
        """How near the person a party and its people are, and whether on his side of a clause."""
        found = dict.fromkeys(("before", "behind", "beside", "people near", "subject", "same side"), 0.0)
        distance = _FAR
        for mention, own in mentions:
            sentence = self._sentence[mention.start]
            others = list(self._sides.get(party, {}).get(sentence, ()))
            found["people near"] = max(found["people near"], float(bool(others)))
            for start, end in self._places[party]:
                steps = self._sentence[start] - sentence
                distance = min(distance, abs(steps))
                if -1 <= steps <= 0 and self._doc[start:end].root.dep_ in ("nsubj", "nsubjpass"):
                    found["subject"] = 1.0
                if steps == 0:
                    found["before" if end <= mention.start else "behind"] = 1.0
                    found["beside"] = max(found["beside"], float(0 <= start - mention.end <= 2))
                    others.append(_side(self._doc[start:end].root))
            found["same side"] = max(found["same side"], float(own in others))
        return {**found, "far": distance / _FAR}


@dataclass(frozen=True, slots=True)
class _Side:
    """Where a word stands: the token index of the verb over it, and its relation to that."""

    clause: int
    role: str


def _side(token: Token) -> _Side:
    top = min(conjuncts(token), key=lambda item: item.i)
    if top.head.lower_ == "between":
        return _Side(clause_of(top).i, f"between {token.i == top.i}")
    clause, child = clause_of(top), top
    while child.head.i not in (clause.i, child.i):
        child = child.head
    return _Side(clause.i, child.lower_ if child.dep_ == "prep" else child.dep_)


def role_of(doc: Doc, titles: Sequence[tuple[int, int]]) -> str | None:
    """The office of state that titles tell: head (of a government), president (of a body, too), envoy, state; else None."""
    if heads_state(doc, titles):
        return "president" if all(doc[end - 1].lower_ == "president" for _, end in titles) else "head"
    if any(token.lower_ in POSTED for start, end in titles for token in doc[start:end]):
        return "envoy"
    return "state" if is_state_role(doc, titles) else None


def choose(offered: Mapping[Party, Figures]) -> tuple[Party, float] | None:
    """The likeliest of the offered parties with its chance; None where none is likely."""
    chances = weigh(load_weights(WEIGHTS), offered)
    found = max(chances.items(), key=lambda item: item[1], default=None)
    return found if found is not None and found[1] >= LEAST else None


def weigh(weights: Mapping[str, float], offered: Mapping[Key, Figures]) -> dict[Key, float]:
    """The chance of each offered party; what they lack to 1 is the chance of none of them."""
    scores = {party: sum(weights.get(name, 0.0) * value for name, value in row.items()) for party, row in offered.items()}
    best = max([0.0, *scores.values()])
    powers = {party: math.exp(score - best) for party, score in scores.items()}
    whole = sum(powers.values()) + math.exp(-best)
    return {party: power / whole for party, power in powers.items()}
