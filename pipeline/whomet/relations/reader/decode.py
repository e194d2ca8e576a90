"""Scores -> occasions: candidates that tell of a meeting, gathered by the chance that they tell of the same, slots from all."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from whomet.records import FORMS, STATUSES, Participant, Place, Span, When
from whomet.relations.lexicon import any_frame
from whomet.relations.mention import Mention, Occasion, ParticipantKey, merge_participants, participant_key
from whomet.relations.reader.choices import Choice
from whomet.relations.reader.material import Candidate, Floats, Material, WindowInput
from whomet.relations.reader.model import ReaderModel, WindowScores, sigmoid
from whomet.relations.reader.slots import near_slots, slot_figures
from whomet.relations.times import TimeFinder

RARE, TOLD_RARE = frozenset({"proposed", "refused", "denied"}), 1.5
"""Statuses of which the encoder has seen few, and what the grammar's word for them adds to their log probability."""
TOLD_FORM = 2.0
"""What the grammar's form adds to its log probability."""
UNSEEN = -4.0
"""Log odds of what the encoder has not seen beside its candidate."""
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Scored:
    """One candidate with its scores, by the encoder and the trees together.

    mention: probability that it tells of a meeting. status (5,), form (4,): log probabilities. participants, times, places,
    topics: probability of what may fill its slots, by actor key or by number in the material. vector: (H,).
    """

    candidate: Candidate
    mention: float
    status: Floats
    form: Floats
    participants: Mapping[ParticipantKey, float]
    times: Mapping[int, float]
    places: Mapping[int, float]
    topics: Mapping[int, float]
    vector: Floats


@dataclass(frozen=True, slots=True)
class DocScores:
    """All candidates of a Doc and, for each two of them, the probability that they tell of one meeting (N, N)."""

    scored: tuple[Scored, ...]
    same: Floats


def score_doc(model: ReaderModel, material: Material, inputs: Sequence[WindowInput], least: float | None = None) -> DocScores:
    """What the reader says of the candidates of a Doc that tell of a meeting with more than the chance `least`.

    None takes the reader's own threshold.
    """
    if least is None:
        least = model.thresholds["mention"]
    scored = []
    for entry in inputs:
        scores = model.score(entry)
        for row, number in enumerate(entry.candidates):
            if scores.mention[row] > least:
                scored.append(score_candidate(model, material, material.candidates[number], entry, scores, row))
    if not scored:
        return DocScores((), np.zeros((0, 0), np.float32))
    same = model.score_pairs([item.candidate for item in scored], np.stack([item.vector for item in scored]), material.sentences)
    return DocScores(tuple(scored), same)


def score_candidate(
    model: ReaderModel, material: Material, item: Candidate, entry: WindowInput, scores: WindowScores, row: int
) -> Scored:
    """One candidate with the chances of everything near it that may fill its slots."""
    slots = near_slots(item, material)
    place_of = {index: number for number, index in enumerate(entry.window.tokens)}
    columns = {key: number for number, key in enumerate(entry.keys)}
    times = {number: column for column, (number, _, _) in enumerate(entry.times)}

    def run(odds: Floats, choice: Choice) -> float:
        known = [place_of[index] for index in range(choice.start, choice.end) if index in place_of]
        return float(odds[row, known].mean()) if known else UNSEEN

    read = {
        "participant": [scores.part[row, columns[key]] if key in columns else UNSEEN for key in slots.actors],
        "time": [scores.time[row, times[number]] if number in times else UNSEEN for number in slots.times],
        "place": [run(scores.place, material.places[number]) for number in slots.places],
        "topic": [run(scores.topic, material.topics[number]) for number in slots.topics],
    }
    figures = slot_figures(item, material, slots)
    chances = {
        slot: sigmoid((np.array(odds, np.float32) + model.score_trees(slot, figures[slot])) / np.float32(2)).tolist()
        for slot, odds in read.items()
    }
    return Scored(
        item,
        float(scores.mention[row]),
        scores.status[row],
        scores.form[row],
        dict(zip(slots.actors, chances["participant"], strict=True)),
        dict(zip(slots.times, chances["time"], strict=True)),
        dict(zip(slots.places, chances["place"], strict=True)),
        dict(zip(slots.topics, chances["topic"], strict=True)),
        scores.vectors[row],
    )


def read_occasions(scores: DocScores, material: Material, times: TimeFinder, thresholds: Mapping[str, float]) -> list[Occasion]:
    """The occasions that the scores amount to, in order of first mention."""
    kept = [number for number, item in enumerate(scores.scored) if item.mention > thresholds["mention"]]
    if not kept:
        return []
    weights = np.array([scores.scored[number].mention for number in kept], np.float32)
    groups = gather_groups(scores.same[np.ix_(kept, kept)], weights, thresholds["pair"])

    def build(group: Sequence[int]) -> Occasion | None:
        return _occasion([scores.scored[kept[place]] for place in group], material, times, thresholds)

    told: dict[Hashable, list[tuple[list[int], Occasion]]] = {}
    for group in groups:
        occasion = build(group)
        if occasion is not None:
            told.setdefault(_facts(occasion) or tuple(group), []).append((group, occasion))
    occasions = [
        same[0][1] if len(same) == 1 else build(sorted(number for group, _ in same for number in group)) for same in told.values()
    ]
    return [occasion for occasion in occasions if occasion is not None]


def _facts(occasion: Occasion) -> Hashable | None:
    """What makes two occasions one, however far apart they are told: people, days and status; None where not all are known."""
    if occasion.when is None or occasion.when.start is None or len(occasion.participants) < 2:
        return None
    people = frozenset(participant_key(person) for person in occasion.participants)
    return people, occasion.when.start, occasion.when.end, occasion.status, occasion.form == "call"


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


def _occasion(group: Sequence[Scored], material: Material, times: TimeFinder, thresholds: Mapping[str, float]) -> Occasion | None:
    weights = np.array([item.mention for item in group])
    status = STATUSES[int(np.argmax(sum(w * _status_odds(item) for w, item in zip(weights, group, strict=True))))]
    form = FORMS[int(np.argmax(sum(w * _form_odds(item) for w, item in zip(weights, group, strict=True))))]
    people = _participants(group, material, thresholds)
    if not people:
        return None
    ordered = sorted(group, key=lambda item: -item.mention)
    told = next((item.candidate.told for item in ordered if item.candidate.told.status == status), None)
    return Occasion(
        trigger=min((item.candidate.token for item in group), key=lambda token: token.i),
        mentions=tuple(_mention(item.candidate) for item in ordered),
        form=form,
        status=status,
        cue=told.cue if told is not None else None,
        participants=people,
        topics=_topics(group, material, thresholds["topic"]),
        places=_places(group, material, thresholds["place"]),
        when=_when(group, material, times, status, thresholds),
        score=float(weights.max()),
    )


def _status_odds(item: Scored) -> Floats:
    """The log probabilities of the statuses, with what the grammar's word for a rare one adds."""
    told = item.candidate.told.status
    if told not in RARE:
        return item.status
    bonus: Floats = np.array([TOLD_RARE * (status == told) for status in STATUSES], np.float32)
    return item.status + bonus


def _form_odds(item: Scored) -> Floats:
    """The log probabilities of the forms, with what the form of the grammar's mention adds."""
    if not item.candidate.mentions:
        return item.form
    bonus: Floats = np.array([TOLD_FORM * (item.candidate.mentions[0].form == form) for form in FORMS], np.float32)
    return item.form + bonus


def _mention(candidate: Candidate) -> Mention:
    """The grammar's mention of a candidate, or a bare one where the grammar reads none."""
    if candidate.mentions:
        return candidate.mentions[0]
    frame = any_frame(candidate.token)
    return Mention(trigger=candidate.token, frame=frame, form=frame.form, told=candidate.told, participants=[])


def _chances(rows: Sequence[tuple[Mapping[Key, float], float]]) -> dict[Key, float]:
    """The chance of each fill over all mentions: half the best, half the average by the mentions' weights."""
    values: dict[Key, list[tuple[float, float]]] = {}
    for fills, weight in rows:
        for key, value in fills.items():
            values.setdefault(key, []).append((value, weight))
    return {
        key: (max(value for value, _ in found) + sum(v * w for v, w in found) / sum(w for _, w in found)) / 2
        for key, found in values.items()
    }


def _participants(group: Sequence[Scored], material: Material, thresholds: Mapping[str, float]) -> list[Participant]:
    likely = _chances([(item.participants, item.mention) for item in group])
    kept = [key for key, value in likely.items() if value > thresholds["participant"]]
    kept.sort(key=lambda key: min(index for index, _ in material.actors[key]))
    return merge_participants([item for key in kept for _, item in material.actors[key]])


def _best_choices(chances: Mapping[int, float], choices: Sequence[Choice], threshold: float) -> list[Choice]:
    """Choices above a threshold that do not overlap, the likelier one kept, each wording once, in text order."""
    chosen: list[Choice] = []
    for number in sorted(chances, key=lambda number: (-chances[number], number)):
        choice = choices[number]
        if chances[number] > threshold and all(choice.end <= other.start or other.end <= choice.start for other in chosen):
            chosen.append(choice)
    unique: dict[str, Choice] = {}
    for choice in sorted(chosen, key=lambda choice: choice.start):
        unique.setdefault(choice.span.text.lower().removeprefix("the "), choice)
    return list(unique.values())


def _topics(group: Sequence[Scored], material: Material, threshold: float) -> list[Span]:
    chances = _chances([(item.topics, item.mention) for item in group])
    return [choice.span for choice in _best_choices(chances, material.topics, threshold)]


def _places(group: Sequence[Scored], material: Material, threshold: float) -> list[Place]:
    chances = _chances([(item.places, item.mention) for item in group])
    return [
        Place(
            choice.span.text,
            choice.span.char_start,
            choice.span.char_end,
            material.table.country_at(material.doc[choice.end - 1]),
        )
        for choice in _best_choices(chances, material.places, threshold)
    ]


def _when(
    group: Sequence[Scored], material: Material, times: TimeFinder, status: str, thresholds: Mapping[str, float]
) -> When | None:
    chances = _chances([(item.times, item.mention) for item in group])
    best = max(chances, key=lambda number: (chances[number], -number), default=None)
    if best is None or chances[best] <= thresholds["time"]:
        return None
    reading = {"planned": "future", "held": "past"}.get(status)
    return times.when(material.timexes[best][0], status, reading)
