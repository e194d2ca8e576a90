"""Scores -> occasions: candidates that tell of a meeting, gathered by the chance that they tell of the same, slots from all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from whomet.records import FORMS, STATUSES, Participant, Place, Span, When
from whomet.relations.lexicon import any_frame
from whomet.relations.mention import Actors, Mention, Occasion, ParticipantKey, merge_participants
from whomet.relations.reader.material import Candidate, Floats, Material, WindowInput
from whomet.relations.reader.model import ReaderModel, WindowScores, sigmoid
from whomet.relations.times import TimeFinder

LEAST_MENTION = 0.3
"""Candidates that are less likely to tell of a meeting are not compared with others."""
LONGEST_TOPIC, LONGEST_PLACE = 220, 80
"""Longest topic and place, in code points."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One candidate with the scores of the window in which it was read; `row` is its place there."""

    candidate: Candidate
    entry: WindowInput
    scores: WindowScores
    row: int

    @property
    def mention(self) -> float:
        """Probability that it tells of a meeting."""
        return float(self.scores.mention[self.row])


@dataclass(frozen=True, slots=True)
class DocScores:
    """All candidates of a Doc and, for each two of them, the probability that they tell of one meeting (N, N)."""

    scored: tuple[Scored, ...]
    same: Floats


def score_doc(model: ReaderModel, material: Material, inputs: Sequence[WindowInput]) -> DocScores:
    """What the reader says of the candidates of a Doc that may tell of a meeting at all."""
    least = min(model.thresholds["mention"], LEAST_MENTION)
    scored = []
    for entry in inputs:
        scores = model.score(entry)
        found = (
            Scored(material.candidates[number], entry, scores, row)
            for row, number in enumerate(entry.candidates)
            if scores.mention[row] > least
        )
        scored.extend(found)
    if not scored:
        return DocScores((), np.zeros((0, 0), np.float32))
    vectors = np.stack([item.scores.vectors[item.row] for item in scored])
    return DocScores(tuple(scored), model.score_pairs([item.candidate for item in scored], vectors, material.sentences))


def read_occasions(
    scores: DocScores, material: Material, actors: Actors, times: TimeFinder, thresholds: Mapping[str, float]
) -> list[Occasion]:
    """The occasions that the scores amount to, in order of first mention."""
    kept = [number for number, item in enumerate(scores.scored) if item.mention > thresholds["mention"]]
    if not kept:
        return []
    weights = np.array([scores.scored[number].mention for number in kept], np.float32)
    groups = gather_groups(scores.same[np.ix_(kept, kept)], weights, thresholds["pair"])
    occasions = [
        _occasion([scores.scored[kept[place]] for place in group], material, actors, times, thresholds) for group in groups
    ]
    return [occasion for occasion in occasions if occasion is not None]


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


def _runs(odds: Floats, starts: Floats | None, tokens: Sequence[int], doc: Doc, threshold: float) -> dict[tuple[int, int], float]:
    """Runs of tokens above a threshold with their mean probability, cut where a new one starts and at sentence ends."""
    runs: list[list[int]] = []
    for place in np.flatnonzero(odds > threshold).tolist():
        joins = bool(runs) and runs[-1][-1] == place - 1 and tokens[place - 1] == tokens[place] - 1
        begins = starts is not None and starts[place] > 0 and starts[place] > starts[place - 1]
        if joins and not begins and not doc[tokens[place]].is_sent_start:
            runs[-1].append(place)
        else:
            runs.append([place])
    found = {}
    for run in runs:
        start, end = _trim(doc, tokens[run[0]], tokens[run[-1]] + 1)
        if start < end:
            found[start, end] = float(sigmoid(odds[run]).mean())
    return found


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and (doc[start].is_space or (doc[start].is_punct and doc[start].text not in "\"“'‘")):
        start += 1
    while end > start and (doc[end - 1].is_space or (doc[end - 1].is_punct and doc[end - 1].text not in "\"”'’)")):
        end -= 1
    return start, end


def _occasion(
    group: Sequence[Scored], material: Material, actors: Actors, times: TimeFinder, thresholds: Mapping[str, float]
) -> Occasion | None:
    weights = np.array([item.mention for item in group])
    status = STATUSES[int(np.argmax(sum(w * item.scores.status[item.row] for w, item in zip(weights, group, strict=True))))]
    form = FORMS[int(np.argmax(sum(w * item.scores.form[item.row] for w, item in zip(weights, group, strict=True))))]
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
        topics=_spans([_topics(item, material.doc, thresholds["topic"]) for item in group], actors, LONGEST_TOPIC),
        places=_places([_held_at(item, material.doc, thresholds["place"]) for item in group], actors, material.doc),
        when=_when(group, material, times, status, thresholds),
        score=float(weights.max()),
    )


def _topics(item: Scored, doc: Doc, threshold: float) -> dict[tuple[int, int], float]:
    runs = _runs(item.scores.topic[item.row], item.scores.topic_start[item.row], item.entry.window.tokens, doc, threshold)
    return {span: value * item.mention for span, value in runs.items()}


def _held_at(item: Scored, doc: Doc, threshold: float) -> dict[tuple[int, int], float]:
    runs = _runs(item.scores.place[item.row], None, item.entry.window.tokens, doc, threshold)
    return {span: value * item.mention for span, value in runs.items()}


def _mention(candidate: Candidate) -> Mention:
    """The grammar's mention of a candidate, or a bare one where the grammar reads none."""
    if candidate.mentions:
        return candidate.mentions[0]
    frame = any_frame(candidate.token)
    return Mention(trigger=candidate.token, frame=frame, form=frame.form, told=candidate.told, participants=[])


def _participants(group: Sequence[Scored], material: Material, thresholds: Mapping[str, float]) -> list[Participant]:
    """Whom the mentions together make likely participants: half the best chance, half the average one."""
    chances: dict[ParticipantKey, list[tuple[float, float]]] = {}
    for item in group:
        for key, value in zip(item.entry.keys, item.scores.part[item.row].tolist(), strict=True):
            chances.setdefault(key, []).append((value, item.mention))
    likely: dict[ParticipantKey, float] = {}
    for key, values in chances.items():
        average = sum(value * weight for value, weight in values) / sum(weight for _, weight in values)
        likely[key] = (max(value for value, _ in values) + average) / 2
    kept = [key for key, value in likely.items() if value > thresholds["participant"]]
    kept.sort(key=lambda key: min(index for index, _ in material.actors[key]))
    return merge_participants([item for key in kept for _, item in material.actors[key]])


def _best_ranges(scores: Sequence[Mapping[tuple[int, int], float]]) -> list[tuple[int, int]]:
    """Token ranges that do not overlap, the likelier one kept, in text order."""
    best: dict[tuple[int, int], float] = {}
    for row in scores:
        for span, value in row.items():
            best[span] = max(value, best.get(span, 0.0))
    chosen: list[tuple[int, int]] = []
    for start, end in sorted(best, key=lambda span: (-best[span], span)):
        if all(end <= other_start or other_end <= start for other_start, other_end in chosen):
            chosen.append((start, end))
    return sorted(chosen)


def _spans(scores: Sequence[Mapping[tuple[int, int], float]], actors: Actors, longest: int) -> list[Span]:
    found: dict[str, Span] = {}
    for start, end in _best_ranges(scores):
        span = actors.span(start, end)
        if span is not None and span.text and len(span.text) <= longest:
            found.setdefault(span.text.lower(), span)
    return list(found.values())


def _places(scores: Sequence[Mapping[tuple[int, int], float]], actors: Actors, doc: Doc) -> list[Place]:
    found: dict[str, Place] = {}
    for start, end in _best_ranges(scores):
        span = actors.span(start, end)
        if span is not None and span.text and len(span.text) <= LONGEST_PLACE:
            country = actors.country_at(doc[end - 1])
            found.setdefault(span.text.lower().removeprefix("the "), Place(span.text, span.char_start, span.char_end, country))
    return list(found.values())


def _when(
    group: Sequence[Scored], material: Material, times: TimeFinder, status: str, thresholds: Mapping[str, float]
) -> When | None:
    chances: dict[int, float] = {}
    for item in group:
        for (number, _, _), value in zip(item.entry.times, item.scores.time[item.row].tolist(), strict=True):
            chances[number] = max(chances.get(number, 0.0), value * (0.5 + item.mention / 2))
    best = max(chances, key=lambda number: (chances[number], -number), default=None)
    if best is None or chances[best] <= thresholds["time"]:
        return None
    reading = {"planned": "future", "held": "past"}.get(status)
    return times.when(material.timexes[best][0], status, reading)
