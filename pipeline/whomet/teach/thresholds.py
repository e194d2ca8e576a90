"""Thresholds of the reader, chosen on articles that it was not trained on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from whomet.annotated import read_annotated
from whomet.build import Pipeline
from whomet.evaluate import scored_meeting
from whomet.evaluate.alignment import align, count_fills
from whomet.evaluate.meetings import ScoredMeeting
from whomet.records import to_json
from whomet.relations import ReaderModel, Reading
from whomet.relations.meetings import record_meetings
from whomet.relations.reader.decode import DocScores, read_occasions, score_doc
from whomet.relations.reader.material import Material, gather, window_inputs

GRID = {
    "mention": (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8),
    "pair": (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55),
    "participant": (0.3, 0.35, 0.4, 0.45, 0.5, 0.55),
    "topic": (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5),
    "place": (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65),
    "time": (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55),
}
"""What is tried for each threshold."""
ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Held:
    """One held-out article, read and scored."""

    id: str
    published: str | None
    gold: tuple[ScoredMeeting, ...]
    reading: Reading | None
    material: Material | None
    scores: DocScores | None


def score_held(rows: Sequence[Mapping[str, Any]], pipeline: Pipeline, model: ReaderModel) -> list[Held]:
    """Annotated articles with what the reader says of them."""
    held = []
    for row, published, reading in read_annotated(rows, pipeline):
        gold = tuple(scored_meeting(meeting) for meeting in row["meetings"])
        if reading is None:
            held.append(Held(row["id"], published, gold, None, None, None))
            continue
        material = gather(reading)
        scores = score_doc(model, material, window_inputs(material, reading.view), min(GRID["mention"]))
        held.append(Held(row["id"], published, gold, reading, material, scores))
    return held


def score_thresholds(held: Sequence[Held], thresholds: Mapping[str, float]) -> float:
    """Overall F1 (0..1) on held-out articles."""
    matched = wanted = 0
    for item in held:
        found: tuple[ScoredMeeting, ...] = ()
        if item.reading is not None and item.material is not None and item.scores is not None:
            occasions = read_occasions(item.scores, item.material, item.reading.times, thresholds)
            meetings = record_meetings(occasions, item.reading, article=item.id, published=item.published)
            found = tuple(scored_meeting(to_json(meeting)) for meeting in meetings)
        matched += sum(sum(pair.shared.values()) for pair in align(item.gold, found).pairs)
        wanted += sum(sum(count_fills(meeting).values()) for meeting in (*item.gold, *found))
    return 2 * matched / wanted if wanted else 0.0


def choose_thresholds(held: Sequence[Held], start: Mapping[str, float]) -> dict[str, float]:
    """The thresholds of the highest overall F1, one after the other, `ROUNDS` times."""
    best = dict(start)
    highest = score_thresholds(held, best)
    for _ in range(ROUNDS):
        for name, values in GRID.items():
            for value in values:
                tried = {**best, name: value}
                if value != best[name] and (reached := score_thresholds(held, tried)) > highest:
                    best, highest = tried, reached
    return best
