"""Precision, recall and F1 of predicted meetings, counted from the gold side over all gold articles."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from whomet.evaluate.alignment import FILLS, Alignment, align, count_fills
from whomet.evaluate.likeness import is_overlap, party_keys
from whomet.evaluate.meetings import Meetings, ScoredMeeting
from whomet.records import STATUSES

FIGURES = (
    "overall",
    "detection",
    "participants",
    "parties",
    "dyads",
    "status",
    "when",
    "when_overlap",
    "places",
    "topics",
    "status_acc",
    "form_acc",
)
"""Names of the figures, in the order of the table. status_acc and form_acc are shares of the paired meetings."""
RESAMPLES = 2000
SEED = 0


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one figure; precision, recall and f1 are in 0..1, and 0 where nothing was predicted or nothing is gold."""

    matched: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the predicted that is right."""
        return self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.matched / (self.predicted + self.gold) if self.predicted + self.gold else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.matched + other.matched, self.predicted + other.predicted, self.gold + other.gold)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report's table; precision, recall and f1 in percent."""

    figure: str
    precision: float
    recall: float
    f1: float
    matched: int
    predicted: int
    gold: int


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found, article by article, in the order of the gold file."""

    alignments: dict[str, Alignment]
    by_article: dict[str, dict[str, Score]]

    @property
    def scores(self) -> dict[str, Score]:
        """Micro-averaged figures over all gold articles, by name."""
        empty = Score(0, 0, 0)
        return {figure: sum((scores[figure] for scores in self.by_article.values()), empty) for figure in FIGURES}

    def rows(self) -> list[Row]:
        """The table: one row for each of `FIGURES`, in their order."""
        return [
            Row(name, 100 * item.precision, 100 * item.recall, 100 * item.f1, item.matched, item.predicted, item.gold)
            for name, item in self.scores.items()
        ]

    def confusion(self) -> dict[str, dict[str, int]]:
        """Paired meetings by gold status, then by predicted status; statuses that occur in neither are left out."""
        counts = Counter((pair.gold.status, pair.predicted.status) for found in self.alignments.values() for pair in found.pairs)
        return {
            gold: {status: counts[gold, status] for status in STATUSES if counts[gold, status]}
            for gold in STATUSES
            if any(counts[gold, status] for status in STATUSES)
        }

    def interval(self) -> tuple[float, float]:
        """95% interval of the overall F1 (0..1) by resampling articles; the same in every run."""
        counts = [scores["overall"] for scores in self.by_article.values()]
        draw = random.Random(SEED)
        values = []
        for _ in range(RESAMPLES):
            sample = draw.choices(counts, k=len(counts))
            total = sum(item.predicted + item.gold for item in sample)
            values.append(2 * sum(item.matched for item in sample) / total if total else 0.0)
        values.sort()
        return values[round(0.025 * (RESAMPLES - 1))], values[round(0.975 * (RESAMPLES - 1))]

    def errors(self) -> Iterator[dict[str, Any]]:
        """Every mistake as a flat object: kind missed | spurious | partial, article, who, evidence, and what differs."""
        for article, found in self.alignments.items():
            for pair in found.pairs:
                short = {
                    kind: f"{pair.shared[kind]}/{size}"
                    for kind, size in count_fills(pair.gold).items()
                    if pair.shared[kind] < size
                }
                if short:
                    yield {
                        "kind": "partial",
                        "article": article,
                        **_tell(pair.gold),
                        "found": _tell(pair.predicted),
                        "short": short,
                    }
            for meeting in found.missed:
                yield {"kind": "missed", "article": article, **_tell(meeting)}
            for meeting in found.spurious:
                yield {"kind": "spurious", "article": article, **_tell(meeting)}

    def to_json(self) -> dict[str, Any]:
        """All figures (0..1, four decimals) with their counts, the interval, and the status confusion."""
        figures = {
            name: {
                "precision": round(item.precision, 4),
                "recall": round(item.recall, 4),
                "f1": round(item.f1, 4),
                "matched": item.matched,
                "predicted": item.predicted,
                "gold": item.gold,
            }
            for name, item in self.scores.items()
        }
        interval = [round(bound, 4) for bound in self.interval()]
        return {"articles": len(self.by_article), "figures": figures, "overall_ci95": interval, "confusion": self.confusion()}


def evaluate(gold: Meetings, predicted: Meetings) -> Report:
    """Scores predicted meetings against gold. Every gold article counts, predicted or not; other articles do not."""
    alignments = {article: align(meetings, predicted.get(article, ())) for article, meetings in gold.items()}
    scores = {article: _score(found, gold[article], predicted.get(article, ())) for article, found in alignments.items()}
    return Report(alignments, scores)


def _score(found: Alignment, gold: Sequence[ScoredMeeting], predicted: Sequence[ScoredMeeting]) -> dict[str, Score]:
    pairs = found.pairs
    fills = {kind: Score(sum(pair.shared[kind] for pair in pairs), _fills(predicted, kind), _fills(gold, kind)) for kind in FILLS}
    dyads, gold_dyads = _dyads(predicted), _dyads(gold)
    return fills | {
        "overall": sum(fills.values(), Score(0, 0, 0)),
        "detection": Score(len(pairs), len(predicted), len(gold)),
        "parties": Score(
            sum(len(party_keys(pair.gold) & party_keys(pair.predicted)) for pair in pairs),
            sum(len(party_keys(meeting)) for meeting in predicted),
            sum(len(party_keys(meeting)) for meeting in gold),
        ),
        "dyads": Score(len(dyads & gold_dyads), len(dyads), len(gold_dyads)),
        "when_overlap": Score(
            sum(is_overlap(pair.gold.days, pair.predicted.days) for pair in pairs), fills["when"].predicted, fills["when"].gold
        ),
        "status_acc": Score(fills["status"].matched, len(pairs), len(pairs)),
        "form_acc": Score(sum(pair.gold.form == pair.predicted.form for pair in pairs), len(pairs), len(pairs)),
    }


def _fills(meetings: Sequence[ScoredMeeting], kind: str) -> int:
    return sum(count_fills(meeting)[kind] for meeting in meetings)


def _dyads(meetings: Sequence[ScoredMeeting]) -> set[tuple[str, str, str]]:
    """Pairs of parties that meet, with the status, each once in an article."""
    return {(one, other, meeting.status) for meeting in meetings for one, other in combinations(sorted(party_keys(meeting)), 2)}


def _tell(meeting: ScoredMeeting) -> dict[str, Any]:
    return {
        "status": meeting.status,
        "form": meeting.form,
        "who": [item.name or item.title or item.party for item in meeting.participants],
        "parties": sorted({item.party for item in meeting.participants if item.party}),
        "days": [meeting.days.first, meeting.days.last] if meeting.days else None,
        "places": list(meeting.places),
        "topics": list(meeting.topics),
        "evidence": list(meeting.evidence[:1]),
    }
