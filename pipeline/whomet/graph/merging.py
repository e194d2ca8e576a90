"""Reports of many articles put together by occasion: blocking, comparison within blocks, and joins that nothing contradicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Final

from whomet.graph.comparison import Clue, agreement, is_apart, is_conflict, make_clue
from whomet.graph.identity import Identity
from whomet.graph.reports import Report

LARGEST_BLOCK: Final = 200
NEIGHBOURS: Final = 50
"""In a block of more than `LARGEST_BLOCK` reports, each is compared with so many that follow it by day and people."""
MOST_SIDES: Final = 8
"""A gathering of more sides is only compared with ones of the very same sides."""


def group_reports(reports: Iterable[Report], identity: Identity, published: Mapping[str, str]) -> list[list[Report]]:
    """The reports that tell of one occasion, together; the same groups whatever the order of the reports.

    published: ISO publication dates of articles, as far as known. Surest pairs are joined first, and two groups only when no
    report of one contradicts one of the other.
    """
    copies: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        copies[report.key].append(report)
    clues = {}
    for key, same in copies.items():
        dates = [published[report.article] for report in same if report.article in published]
        articles = [report.article for report in same]
        clues[key] = make_clue(same[0], articles, identity, min(dates) if dates else None)
    groups: dict[str, _Group] = {}
    for one, other in _sure_pairs(clues):
        left, right = (groups.get(key) or _Group(clues[key]) for key in (one, other))
        if left is not right and not left.is_conflict(right):
            left.join(right)
            groups.update(dict.fromkeys([one, *right.keys], left))
    joined = {id(group): sorted(group.keys) for group in groups.values()}
    alone = ([key] for key in copies if key not in groups)
    return [[report for key in keys for report in copies[key]] for keys in chain(joined.values(), alone)]


class _Group:
    """Reports joined so far. Of those alike in all that can contradict, one is compared: a story of thousands stays cheap."""

    def __init__(self, clue: Clue) -> None:
        self.keys = [clue.key]
        self.articles = set(clue.articles)
        self.clues = {clue.profile: clue}

    def is_conflict(self, other: _Group) -> bool:
        """Whether some report of one contradicts one of the other, or an article would tell the occasion twice."""
        if not self.articles.isdisjoint(other.articles):
            return True
        return any(is_conflict(one, another) for one in self.clues.values() for another in other.clues.values())

    def join(self, other: _Group) -> None:
        self.keys += other.keys
        self.articles |= other.articles
        self.clues |= other.clues


def _sure_pairs(clues: Mapping[str, Clue]) -> list[tuple[str, str]]:
    """Pairs of keys that seem to tell of one occasion, the surest first."""
    found = []
    for one, other in _candidates(clues):
        if clues[one].articles.isdisjoint(clues[other].articles) and not is_conflict(clues[one], clues[other]):
            weight = agreement(clues[one], clues[other])
            if weight > 0:
                found.append((-weight, one, other))
    ambiguous = _find_ambiguous(clues, found)
    return [(one, other) for _, one, other in sorted(found) if (one, other) not in ambiguous]


def _find_ambiguous(clues: Mapping[str, Clue], found: Sequence[tuple[float, str, str]]) -> set[tuple[str, str]]:
    """Pairs of a report without a precise day and a dated one, when it fits dated ones of several days."""
    fits: defaultdict[str, list[tuple[Clue, tuple[str, str]]]] = defaultdict(list)
    for _, one, other in found:
        for vague, dated in ((one, other), (other, one)):
            if clues[dated].is_dated and not clues[vague].is_dated:
                fits[vague].append((clues[dated], (one, other)))
    ambiguous: set[tuple[str, str]] = set()
    for candidates in fits.values():
        clue_list = [clue for clue, _ in candidates]
        earliest, latest = min(clue_list, key=lambda clue: clue.last or 0), max(clue_list, key=lambda clue: clue.first or 0)
        if is_apart(earliest, latest):
            ambiguous.update(pair for _, pair in candidates)
    return ambiguous


def _candidates(clues: Mapping[str, Clue]) -> Iterator[tuple[str, str]]:
    """Pairs of keys (the smaller first) that share a block: two sides and a day, or two people, or words of the sentence."""
    blocks: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    for key in sorted(clues):
        for block in _blocks(clues[key]):
            blocks[block].append(key)
    seen: set[tuple[str, str]] = set()
    for keys in blocks.values():
        reach = len(keys)
        if reach > LARGEST_BLOCK:
            keys.sort(key=lambda key: _order(clues[key]))
            reach = NEIGHBOURS
        for place, key in enumerate(keys):
            for other in keys[place + 1 : place + 1 + reach]:
                pair = (key, other) if key < other else (other, key)
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _blocks(clue: Clue) -> Iterator[tuple[object, ...]]:
    sides = sorted(clue.sides)
    people = sorted(person for side in clue.sides.values() for person in side.people)
    pairs = [tuple(sides)] if len(sides) > MOST_SIDES or len(sides) < 2 else list(combinations(sides, 2))
    if clue.is_dated and clue.first is not None and clue.last is not None:
        slack = int(clue.inferred)
        for day in range(clue.first - slack, clue.last + slack + 1):
            for pair in pairs:
                yield (day, *pair)
    if clue.first is not None and clue.last is not None and clue.topics and clue.places:
        for month in sorted({clue.first // 31, clue.last // 31}):
            for pair in pairs:
                yield ("month", month, *pair)
    if 2 <= len(people) <= MOST_SIDES:
        for pair in combinations(people, 2):
            yield ("people", *pair)


def _order(clue: Clue) -> tuple[object, ...]:
    day = clue.first or clue.published or 0
    people = sorted(person for side in clue.sides.values() for person in side.people)
    return day, people, sorted(clue.sides), clue.key
