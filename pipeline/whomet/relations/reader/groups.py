"""Candidates with their scores, and the groups of them that tell of one occasion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from whomet.records import FORMS, STATUSES
from whomet.relations.reader.choices import Choice
from whomet.relations.reader.features import Figures
from whomet.relations.reader.material import Candidate, Floats, Material, WindowInput
from whomet.relations.reader.model import ReaderModel, WindowScores, sigmoid
from whomet.relations.reader.slots import near_slots, slot_figures

RARE, TOLD_RARE = frozenset({"proposed", "refused", "denied"}), 1.5
"""Statuses of which the encoder has seen few, and what the grammar's word for them adds to their log probability."""
TOLD_FORM = 2.0
"""What the grammar's form adds to its log probability."""
UNSEEN = -4.0
"""Log odds of what the encoder has not seen beside its candidate."""
HOPELESS = 0.02
"""What a candidate says of a fill with no more chance than this is not looked at again."""
Key = Any
"""What fills a slot: the key of an actor, or the number of a time expression, place or topic in the material."""


class Said(NamedTuple):
    """What one candidate says of one fill: log odds by the encoder and by the trees, the probability by both together, and the
    figures that the trees were told."""

    encoder: float
    trees: float
    chance: float
    figures: Figures


@dataclass(frozen=True, slots=True)
class Scored:
    """One candidate with its scores.

    mention: probability that it tells of a meeting. status (5,), form (4,): log probabilities. fills: by slot, what may fill it.
    vector: (H,).
    """

    candidate: Candidate
    mention: float
    status: Floats
    form: Floats
    fills: Mapping[str, Mapping[Key, Said]]
    vector: Floats


@dataclass(frozen=True, slots=True)
class Group:
    """Candidates that tell of one occasion, in text order. fills: by slot and fill, what each candidate near it says of it."""

    members: tuple[Scored, ...]
    fills: Mapping[str, Mapping[Key, Sequence[tuple[float, Said]]]]
    """Pairs of the candidate's own probability of telling of a meeting, and what it says."""

    @property
    def status(self) -> Floats:
        """(5,) log odds of the statuses, summed over the members by weight, with what the grammar's word for a rare one adds."""
        total: Floats = sum((item.mention * (item.status + _told_status(item)) for item in self.members), np.zeros(5, np.float32))
        return total

    @property
    def form(self) -> Floats:
        """(4,) log odds of the forms, summed over the members by weight, with what the form of the grammar's mention adds."""
        total: Floats = sum((item.mention * (item.form + _told_form(item)) for item in self.members), np.zeros(4, np.float32))
        return total

    def chances(self, slot: str) -> dict[Key, float]:
        """The chance of each fill of a slot over all members: half the best, half the average by the members' weights."""
        return {
            key: (
                max(said.chance for _, said in rows)
                + sum(weight * said.chance for weight, said in rows) / sum(weight for weight, _ in rows)
            )
            / 2
            for key, rows in self.fills[slot].items()
        }


def _told_status(item: Scored) -> Floats:
    told = item.candidate.told.status
    return np.array([TOLD_RARE * (told in RARE and status == told) for status in STATUSES], np.float32)


def _told_form(item: Scored) -> Floats:
    told = item.candidate.mentions[0].form if item.candidate.mentions else None
    return np.array([TOLD_FORM * (form == told) for form in FORMS], np.float32)


def score_candidates(
    model: ReaderModel, material: Material, inputs: Sequence[WindowInput], least: float
) -> tuple[list[Scored], Floats]:
    """The candidates of a Doc that tell of a meeting with more than the chance `least`, in text order, and for each two of them
    the probability that they tell of the same (N, N)."""
    scored = []
    for entry in inputs:
        scores = model.score(entry, least)
        for row, number in enumerate(scores.rows):
            item = material.candidates[entry.candidates[number]]
            scored.append(_score_candidate(model, material, item, entry, scores, row))
    if not scored:
        return scored, np.zeros((0, 0), np.float32)
    vectors = np.stack([item.vector for item in scored])
    return scored, model.score_pairs([item.candidate for item in scored], vectors, material.sentences)


def _score_candidate(
    model: ReaderModel, material: Material, item: Candidate, entry: WindowInput, scores: WindowScores, row: int
) -> Scored:
    """One candidate with what it says of everything near it that may fill its slots."""
    slots = near_slots(item, material)
    place_of = {index: number for number, index in enumerate(entry.window.tokens)}
    columns = {key: number for number, key in enumerate(entry.keys)}
    times = {number: column for column, (number, _, _) in enumerate(entry.times)}

    def run(odds: Floats, choice: Choice) -> float:
        known = [place_of[index] for index in range(choice.start, choice.end) if index in place_of]
        return float(odds[row, known].mean()) if known else UNSEEN

    keys: dict[str, Sequence[Key]] = {
        "participant": slots.actors,
        "time": slots.times,
        "place": slots.places,
        "topic": slots.topics,
    }
    read = {
        "participant": [float(scores.part[row, columns[key]]) if key in columns else UNSEEN for key in slots.actors],
        "time": [float(scores.time[row, times[number]]) if number in times else UNSEEN for number in slots.times],
        "place": [run(scores.place, material.places[number]) for number in slots.places],
        "topic": [run(scores.topic, material.topics[number]) for number in slots.topics],
    }
    figures = slot_figures(item, material, slots)
    fills = {}
    for slot, odds in read.items():
        trees = model.score_trees(f"trees_{slot}", figures[slot])
        chances = sigmoid((np.array(odds, np.float32) + trees) / np.float32(2))
        said = [Said(*one) for one in zip(odds, trees.tolist(), chances.tolist(), figures[slot], strict=True)]
        fills[slot] = {key: one for key, one in zip(keys[slot], said, strict=True) if one.chance > HOPELESS}
    return Scored(item, float(scores.mention[row]), scores.status[row], scores.form[row], fills, scores.vectors[row])


def make_group(members: Sequence[Scored]) -> Group:
    """A group with what its members say of each fill."""
    fills: dict[str, dict[Key, list[tuple[float, Said]]]] = {slot: {} for slot in members[0].fills}
    for item in members:
        for slot, said in item.fills.items():
            for key, one in said.items():
                fills[slot].setdefault(key, []).append((item.mention, one))
    return Group(tuple(members), fills)


def gather_groups(same: Floats, weights: Floats, threshold: float) -> list[list[int]]:
    """Groups of candidates by average linkage, weighted: the closest two are joined as long as they are closer than `threshold`.

    same: (N, N) probabilities; weights: (N,). Groups in order of their first member, members ascending.
    """
    groups = [[number] for number in range(len(weights))]
    sums = same.astype(np.float64) * np.outer(weights, weights)
    masses = weights.astype(np.float64)
    alive = np.ones(len(groups), bool)
    np.fill_diagonal(sums, -np.inf)
    while alive.sum() > 1:
        average = np.where(np.outer(alive, alive), sums / np.maximum(np.outer(masses, masses), 1e-12), -np.inf)
        left, right = divmod(int(average.argmax()), len(groups))
        if average[left, right] <= threshold:
            break
        left, right = min(left, right), max(left, right)
        groups[left] = sorted(groups[left] + groups[right])
        alive[right] = False
        sums[left] += sums[right]
        sums[:, left] += sums[:, right]
        sums[left, left] = -np.inf
        masses[left] += masses[right]
    return sorted((group for group, lives in zip(groups, alive, strict=True) if lives), key=lambda group: group[0])
