"""Whether a confidence of 0.8 means that 80% are right: reliability by bins, and precision and recall by least confidence.

A predicted meeting is right when it is paired with a gold meeting and has its status.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from whomet.evaluate.alignment import Alignment

BINS: Final = 10
"""Bins of equal width. Source: Guo, Pleiss, Sun and Weinberger, On Calibration of Modern Neural Networks, ICML 2017."""
CUTS: Final = tuple(number / 20 for number in range(20))

Judged = tuple[float, bool]
"""Confidence (0..1) of a predicted meeting, and whether it is right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The meetings of one range of confidence: how many, their mean confidence, and the share that is right."""

    low: float
    high: float
    meetings: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Cut:
    """Precision and recall (0..1) of right meetings when those below a confidence are left out, and how many are left."""

    confidence: float
    precision: float
    recall: float
    meetings: int


def judge(found: Alignment) -> list[Judged]:
    """The predicted meetings of an article that have a confidence."""
    paired = [(pair.predicted.confidence, pair.gold.status == pair.predicted.status) for pair in found.pairs]
    spurious = [(meeting.confidence, False) for meeting in found.spurious]
    return [(confidence, right) for confidence, right in paired + spurious if confidence is not None]


def bin_counts(judged: Iterable[Judged]) -> tuple[float, ...]:
    """Meetings, sum of confidence and right ones of each bin in turn."""
    counts = [0.0] * (3 * BINS)
    for confidence, right in judged:
        at = 3 * min(int(confidence * BINS), BINS - 1)
        counts[at] += 1
        counts[at + 1] += confidence
        counts[at + 2] += right
    return tuple(counts)


def reliability(judged: Iterable[Judged]) -> list[Bin]:
    """The bins that hold meetings, from the least confidence up."""
    counts = bin_counts(judged)
    triples = [(number, *counts[3 * number : 3 * number + 3]) for number in range(BINS)]
    return [
        Bin(number / BINS, (number + 1) / BINS, int(meetings), confidence / meetings, right / meetings)
        for number, meetings, confidence, right in triples
        if meetings
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error (0..1): the gap between confidence and share right, averaged over the meetings."""
    meetings = sum(item.meetings for item in bins)
    return sum(abs(item.confidence - item.right) * item.meetings for item in bins) / meetings if meetings else 0.0


def precision_recall(judged: Sequence[Judged], gold: int) -> list[Cut]:
    """Precision and recall at every cut of `CUTS` that leaves a meeting; gold: number of gold meetings."""
    cuts = []
    for cut in CUTS:
        kept = [right for confidence, right in judged if confidence >= cut]
        if kept:
            cuts.append(Cut(cut, sum(kept) / len(kept), sum(kept) / gold if gold else 0.0, len(kept)))
    return cuts
