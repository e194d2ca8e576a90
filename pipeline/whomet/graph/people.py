"""Which names mean one person: spellings, name order, initials, surnames alone and lost parties, put together across articles.

Names are compared within a party only, so that cost grows with the names of a party that share a word. Two people of the same
name and different parties stay two; a name that fits two people stays by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from rapidfuzz.fuzz import token_sort_ratio

MIN_SPELLING_RATIO: Final = 90.0
"""Token-sort ratio (0..100) from which two spellings may be one name; 'Wang Yi' and 'Wang Ying' have 88."""
MIN_TOKEN: Final = 3
LARGEST_BLOCK: Final = 200
NEIGHBOURS: Final = 50


class NameKey(NamedTuple):
    """A name of a party: slug of the name, slug of the party or None."""

    name: str
    party: str | None


def link_names(names: Mapping[NameKey, frozenset[str]]) -> dict[NameKey, NameKey]:
    """For each name one that stands for its person, the same for all names of the person.

    names: each name with the words of the titles that it is given; two spellings are only joined when a title agrees.
    """
    links = _Links(names)
    by_party: defaultdict[str | None, list[NameKey]] = defaultdict(list)
    for key in sorted(names, key=lambda key: (key.name, key.party or "")):
        by_party[key.party].append(key)
    for party, keys in by_party.items():
        _join_orders(keys, links)
        if party is not None:
            _join_spellings(keys, names, links)
            _join_shorter(keys, links)
            _join_surnames(keys, links)
    _join_partyless(by_party, links)
    return {key: links.root(key) for key in names}


class _Links:
    """Disjoint sets of names; the root of a set is its least name, whatever the order of the joins."""

    def __init__(self, names: Iterable[NameKey]) -> None:
        self._parent = {key: key for key in names}

    def root(self, key: NameKey) -> NameKey:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, one: NameKey, other: NameKey) -> None:
        roots = sorted({self.root(one), self.root(other)}, key=lambda key: (key.party is None, key))
        for root in roots[1:]:
            self._parent[root] = roots[0]


def _tokens(key: NameKey) -> frozenset[str]:
    """The words of a name without initials."""
    return frozenset(token for token in key.name.split("-") if len(token) > 1)


def _order_free(key: NameKey) -> str:
    return "".join(sorted(key.name.split("-")))


def _join_orders(keys: Iterable[NameKey], links: _Links) -> None:
    """'Abe Shinzo' and 'Shinzo Abe', 'Geun-hye' and 'Geunhye' in one place of the name."""
    first: dict[str, NameKey] = {}
    for key in keys:
        for form in {_order_free(key), f"={key.name.replace('-', '')}"}:
            links.join(first.setdefault(form, key), key)


def _neighbours(keys: Iterable[NameKey]) -> Iterator[tuple[NameKey, NameKey]]:
    """Pairs of full names that share a word. In a large block only near ones in the alphabet, so that cost stays bounded."""
    blocks: defaultdict[str, list[NameKey]] = defaultdict(list)
    for key in keys:
        tokens = _tokens(key)
        if len(tokens) > 1:
            for token in tokens:
                if len(token) >= MIN_TOKEN:
                    blocks[token].append(key)
    seen: set[tuple[NameKey, NameKey]] = set()
    for block in blocks.values():
        reach = len(block) if len(block) <= LARGEST_BLOCK else NEIGHBOURS
        for place, key in enumerate(block):
            for other in block[place + 1 : place + 1 + reach]:
                if (key, other) not in seen:
                    seen.add((key, other))
                    yield key, other


def _join_spellings(keys: list[NameKey], titles: Mapping[NameKey, frozenset[str]], links: _Links) -> None:
    """'Mohammed' and 'Mohammad' of one family name, when a word of their titles agrees."""
    for one, other in _neighbours(keys):
        if titles[one] & titles[other]:
            spaced, others = one.name.replace("-", " "), other.name.replace("-", " ")
            if token_sort_ratio(spaced, others, score_cutoff=MIN_SPELLING_RATIO):
                links.join(one, other)


def _join_shorter(keys: list[NameKey], links: _Links) -> None:
    """'John Mason' and 'John Q. Mason', unless the shorter name fits two people."""
    longer: defaultdict[NameKey, list[NameKey]] = defaultdict(list)
    for one, other in _neighbours(keys):
        left, right = _tokens(one), _tokens(other)
        if left == right and {one.name.count("-"), other.name.count("-")} & {len(left) - 1}:
            shorter = min(one, other, key=lambda key: (key.name.count("-"), key))
            longer[shorter].append(other if shorter is one else one)
        elif left < right:
            longer[one].append(other)
        elif right < left:
            longer[other].append(one)
    for shorter, names in longer.items():
        if len({links.root(name) for name in names}) == 1:
            links.join(shorter, names[0])


def _join_surnames(keys: list[NameKey], links: _Links) -> None:
    """'Lund' and 'Kari Lund', when only one person of the party has that first or last name."""
    bearers: defaultdict[str, set[NameKey]] = defaultdict(set)
    for key in keys:
        tokens = key.name.split("-")
        if len(tokens) > 1:
            for token in (tokens[0], tokens[-1]):
                bearers[token].add(links.root(key))
    for key in keys:
        if "-" not in key.name and len(bearers[key.name]) == 1:
            links.join(key, next(iter(bearers[key.name])))


def _join_partyless(by_party: Mapping[str | None, list[NameKey]], links: _Links) -> None:
    """A name without a party and the same name with one, when only one person has it."""
    bearers: defaultdict[str, set[NameKey]] = defaultdict(set)
    for party, keys in by_party.items():
        for key in keys if party is not None else ():
            bearers[key.name].add(links.root(key))
    for key in by_party.get(None, ()):
        if len(bearers[key.name]) == 1:
            links.join(key, next(iter(bearers[key.name])))
