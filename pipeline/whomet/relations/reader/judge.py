"""What the second trees are told of a group of candidates and of what may fill its slots: the article's view of an occasion.

The first scores are given by candidates one by one. Here the candidates of a group speak together, and each fill is seen beside
its rivals in the group and beside the other groups of the article. Every function gives figures with the same names in the same
order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from whomet.records import Participant
from whomet.relations.reader.choices import Choice
from whomet.relations.reader.features import GRAIN, Figures, code
from whomet.relations.reader.groups import Group, Key, Said
from whomet.relations.reader.material import Floats, Material
from whomet.relations.reader.model import TREES, sigmoid

LIKELY = 0.45
"""Chance by the first scores from which on a fill is called likely."""
BEST = 3
"""How many of the likeliest fills of each slot an occasion is judged by."""


class Forest(Protocol):
    """Trees by name (see model.FOREST)."""

    def score_trees(self, name: str, rows: Sequence[Figures]) -> Floats:
        """(N,) log odds for rows of figures."""
        ...


@dataclass(frozen=True, slots=True)
class Judged:
    """A group with what the second trees say. chance: that there is such a meeting, with this status. fills: by slot."""

    group: Group
    chance: float
    fills: Mapping[str, Mapping[Key, float]]


@dataclass(frozen=True, slots=True)
class Scene:
    """The groups of one article with the first chances of their fills. same: (G, G) highest chance that two groups are one."""

    groups: Sequence[Group]
    chances: Sequence[Mapping[str, Mapping[Key, float]]]
    same: Floats
    material: Material


def make_scene(groups: Sequence[Group], same: Floats, material: Material) -> Scene:
    """The scene of an article's groups; same: (G, G)."""
    return Scene(groups, [{slot: group.chances(slot) for slot in TREES} for group in groups], same, material)


def judge_groups(forest: Forest, scene: Scene) -> list[Judged]:
    """The groups of an article, each with its chances by the second trees."""
    shared = [group_figures(scene, number) for number in range(len(scene.groups))]
    fills: list[dict[str, dict[Key, float]]] = [{} for _ in scene.groups]
    for slot in TREES:
        tables = [fill_figures(scene, number, slot, shared[number]) for number in range(len(scene.groups))]
        odds = forest.score_trees(f"fills_{slot}", [row for table in tables for row in table.values()])
        chances = iter(sigmoid(odds).tolist())
        for number, table in enumerate(tables):
            fills[number][slot] = {key: next(chances) for key in table}
    rows = [occasion_figures(shared[number], fills[number]) for number in range(len(scene.groups))]
    found = sigmoid(forest.score_trees("occasion", rows)).tolist()
    return [Judged(group, chance, own) for group, chance, own in zip(scene.groups, found, fills, strict=True)]


def occasion_figures(shared: Figures, fills: Mapping[str, Mapping[Key, float]]) -> Figures:
    """Whether a group tells of a meeting: its own figures and the chances of its likeliest fills."""
    best = {slot: (sorted(fills[slot].values(), reverse=True) + [0.0] * BEST)[:BEST] for slot in TREES}
    return {**shared, **{f"{slot} {number}": value for slot in TREES for number, value in enumerate(best[slot])}}


def group_figures(scene: Scene, number: int) -> Figures:
    """What all fills of a group share: how it is told, and how it stands to the other groups."""
    group, chances = scene.groups[number], scene.chances[number]
    members = group.members
    weights = [item.mention for item in members]
    status, form = _shares(group.status), _shares(group.form)
    people = sorted(chances["participant"].values(), reverse=True)
    first, second, third = (people + [0.0] * 3)[:3]
    likely = _likely(chances["participant"])
    others = [_likely(other["participant"]) for place, other in enumerate(scene.chances) if place != number]
    near = np.delete(scene.same[number], number)
    return {
        "mentions": float(len(members)),
        "surest": max(weights),
        "weight": sum(weights),
        "groups": float(len(scene.groups)),
        "rank": float(number),
        "sentence": float(scene.material.sentences[members[0].candidate.token.i]),
        "status": float(status.argmax()),
        "status share": float(status.max()),
        "form": float(form.argmax()),
        "form share": float(form.max()),
        "first person": first,
        "second person": second,
        "third person": third,
        "people": sum(people),
        "likely people": float(len(likely)),
        "read": float(sum(bool(item.candidate.mentions) for item in members)),
        "opens": float(sum(item.candidate.opens for item in members)),
        "grammar occasions": float(len(frozenset[int]().union(*(item.candidate.occasions for item in members)))),
        "best place": max(chances["place"].values(), default=0.0),
        "topics": sum(chances["topic"].values()),
        "best time": max(chances["time"].values(), default=0.0),
        "candidates": float(len(scene.material.candidates)),
        "verbs": sum(item.candidate.token.pos_ == "VERB" for item in members) / len(members),
        "shared people": max((len(likely & other) / max(1, min(len(likely), len(other))) for other in others), default=0.0),
        "likest group": float(near.max()) if len(near) else 0.0,
    }


def _shares(odds: Floats) -> Floats:
    shares: Floats = np.exp(odds - odds.max())
    shares /= shares.sum()
    return shares


def _likely(chances: Mapping[Key, float]) -> set[Key]:
    return {key for key, value in chances.items() if value > LIKELY}


def fill_figures(scene: Scene, number: int, slot: str, shared: Figures) -> dict[Key, Figures]:
    """Whether each possible fill of a slot belongs to the occasion. shared: the figures of its group."""
    chances = scene.chances[number][slot]
    order = sorted(chances, key=lambda key: -chances[key])
    rank = {key: place for place, key in enumerate(order)}
    others = [other[slot] for place, other in enumerate(scene.chances) if place != number]
    found: dict[Key, Figures] = {}
    for key, rows in scene.groups[number].fills[slot].items():
        elsewhere = [other[key] for other in others if key in other]
        behind = order[rank[key] + 1 :]
        found[key] = {
            **shared,
            **_said_figures([said for _, said in rows], len(scene.groups[number].members)),
            "chance": chances[key],
            "place in order": float(rank[key]),
            "behind the best": chances[order[0]] - chances[key],
            "the next": chances[behind[0]] if behind else 0.0,
            "elsewhere": max(elsewhere, default=0.0),
            "likely elsewhere": float(sum(value > LIKELY for value in elsewhere)),
            **_own_figures(scene.material, slot, key, chances),
            **{f"nearest {name}": value for name, value in max((said for _, said in rows), key=_chance).figures.items()},
        }
    return found


def _chance(said: Said) -> float:
    return said.chance


def _said_figures(said: Sequence[Said], members: int) -> Figures:
    chances = [one.chance for one in said]
    return {
        "highest": max(chances),
        "mean": sum(chances) / len(chances),
        "lowest": min(chances),
        "said": float(len(said)),
        "said likely": float(sum(value > LIKELY for value in chances)),
        "share": len(said) / members,
        "encoder": max(one.encoder for one in said),
        "trees": max(one.trees for one in said),
        "encoder mean": sum(one.encoder for one in said) / len(said),
        "trees mean": sum(one.trees for one in said) / len(said),
    }


def _own_figures(material: Material, slot: str, key: Key, chances: Mapping[Key, float]) -> Figures:
    if slot == "participant":
        return _person_figures(material, key, chances)
    if slot == "time":
        return _time_figures(material, key)
    return _span_figures(material, material.places if slot == "place" else material.topics, key, chances)


def _person_figures(material: Material, key: Key, chances: Mapping[Key, float]) -> Figures:
    def person(one: Key) -> Participant:
        return material.actors[one][0][1]

    own = person(key)
    side = [other for other in chances if other != key and own.party and person(other).party == own.party]
    return {
        "named": float(own.name is not None),
        "titled": float(own.title is not None),
        "has party": float(own.party is not None),
        "has country": float(own.country is not None),
        "sure": own.confidence,
        "side": max((chances[other] for other in side), default=0.0),
        "named side": max((chances[other] for other in side if person(other).name is not None), default=0.0),
        "likely side": float(sum(chances[other] > LIKELY for other in side)),
        "other sides": sum(value for other, value in chances.items() if other != key and other not in side),
    }


def _time_figures(material: Material, key: Key) -> Figures:
    timex, (start, end) = material.timexes[key][0], material.days[key]
    return {
        "grain": code(GRAIN, timex.granularity),
        "known": float(start is not None),
        "one day": float(start is not None and start == end),
        "publication day": float(start is not None and material.published is not None and start == material.published[:10]),
    }


def _span_figures(material: Material, choices: Sequence[Choice], key: Key, chances: Mapping[Key, float]) -> Figures:
    own = choices[key]
    rivals = [choices[other] for other in chances if other != key]
    values = [value for other, value in chances.items() if other != key]
    overlaps = [value for rival, value in zip(rivals, values, strict=True) if rival.start < own.end and own.start < rival.end]
    same = [value for rival, value in zip(rivals, values, strict=True) if rival.span.text == own.span.text]
    return {
        "words": float(own.end - own.start),
        "length": float(len(own.span.text)),
        "overlaps": float(len(overlaps)),
        "best overlap": max(overlaps, default=0.0),
        "told again": max(same, default=0.0),
        "country": float(material.table.country_at(material.doc[own.end - 1]) is not None),
    }
