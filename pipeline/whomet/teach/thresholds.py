"""Thresholds of the reader, chosen on articles that it was not trained on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from whomet.evaluate.alignment import align, count_fills
from whomet.evaluate.calibration import calibration_error, judge, reliability
from whomet.relations.reader.judge import Judged
from whomet.teach.judges import Held

THRESHOLDS = {"mention": 0.5, "pair": 0.45, "occasion": 0.35, "participant": 0.25, "topic": 0.3, "place": 0.3, "time": 0.3}
"""Where the choice begins. Those of candidates ("mention") and of two of them ("pair") stay as they are: the second trees are
fitted on the groups that these two make."""
GRID = {
    "occasion": (0.35, 0.4, 0.45, 0.5),
    "participant": (0.25, 0.3, 0.35, 0.4, 0.45),
    "topic": (0.25, 0.3, 0.35, 0.4),
    "place": (0.25, 0.3, 0.35, 0.4, 0.45),
    "time": (0.25, 0.3, 0.35, 0.4, 0.45),
}
"""What is tried for each threshold. No fill below a quarter, and no meeting below 0.35, is told, even where F1 would reward it: a
news stream tells fewer meetings than the articles that are annotated, and there most of what is less likely is wrong. A
gathering beside a meeting has a share of its chance, and is told with it."""
ROUNDS = 2


def score_thresholds(
    held: Sequence[Held], judged: Sequence[Sequence[Judged]], thresholds: Mapping[str, float]
) -> tuple[float, float]:
    """Overall and detection F1 (0..1) on held-out articles. judged: their groups."""
    matched = wanted = pairs = meetings = 0
    for item, groups in zip(held, judged, strict=True):
        found = item.found(item.decide(groups, thresholds))
        aligned = align(item.gold, found).pairs
        matched += sum(sum(pair.shared.values()) for pair in aligned)
        wanted += sum(sum(count_fills(meeting).values()) for meeting in (*item.gold, *found))
        pairs += len(aligned)
        meetings += len(item.gold) + len(found)
    return 2 * matched / max(1, wanted), 2 * pairs / max(1, meetings)


def choose_thresholds(held: Sequence[Held], judged: Sequence[Sequence[Judged]], start: Mapping[str, float]) -> dict[str, float]:
    """The thresholds of the highest overall and detection F1 together, one after the other, `ROUNDS` times."""
    best = dict(start)
    highest = sum(score_thresholds(held, judged, best))
    for _ in range(ROUNDS):
        for name, values in GRID.items():
            for value in values:
                tried = {**best, name: value}
                if value != best[name] and (reached := sum(score_thresholds(held, judged, tried))) > highest:
                    best, highest = tried, reached
    return best


def calibration(held: Sequence[Held], judged: Sequence[Sequence[Judged]], thresholds: Mapping[str, float]) -> float:
    """The expected calibration error (0..1) of the chance of an occasion: paired with an annotated one, and its status right."""
    found = (align(item.gold, item.found(item.decide(groups, thresholds))) for item, groups in zip(held, judged, strict=True))
    return calibration_error(reliability(one for alignment in found for one in judge(alignment)))
