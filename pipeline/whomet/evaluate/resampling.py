"""How sure a figure is: 95% intervals, and the difference of two runs, by drawing the documents again and again.

Documents are drawn, not meetings, since the meetings of one article are right or wrong together. Source: Efron and Tibshirani,
An Introduction to the Bootstrap, 1993, chapters 13 and 16; for paired runs Berg-Kirkpatrick, Burkett and Klein, EMNLP 2012.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from whomet.evaluate.figures import FIGURES, Array, precision, recall

RESAMPLES: Final = 2000
SEED: Final = 0
MAX_DRAWN: Final = 4_000_000
"""Most documents drawn at a time, so that memory stays bounded."""

Tallies = Mapping[str, Mapping[str, Sequence[float]]]
"""Counts by document and by figure; every document has the same figures."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with the ends of its 95% interval, all in 0..1 (differences: -1..1)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """One figure with its added counts; precision and recall only where the figure has them (kind f1)."""

    figure: str
    value: Interval
    precision: Interval | None
    recall: Interval | None
    counts: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better (above 0) the first run is than the other, and the probability of as great a difference by chance."""

    figure: str
    first: float
    other: float
    difference: Interval
    p: float

    def cells(self) -> tuple[str, ...]:
        """A row of a table: figure, both runs in percent, the difference in points with its interval, and p."""
        gap = self.difference
        return (
            self.figure,
            f"{100 * self.first:.1f}",
            f"{100 * self.other:.1f}",
            f"{100 * gap.value:+.1f}",
            f"{100 * gap.low:+.1f} to {100 * gap.high:+.1f}",
            f"{self.p:.3f}",
        )

    def to_json(self) -> dict[str, Any]:
        """A flat object, shares in 0..1 with four decimals."""
        gap = self.difference
        return {
            "figure": self.figure,
            "value": round(self.first, 4),
            "against": round(self.other, 4),
            "difference": round(gap.value, 4),
            "ci95": [round(gap.low, 4), round(gap.high, 4)],
            "p": round(self.p, 4),
        }


def estimate(tallies: Tallies) -> list[Estimate]:
    """Each figure of some documents with its interval, in the order of `FIGURES`; the same in every run."""
    made = []
    for name, (counts, drawn) in _drawn(tallies).items():
        has_parts = FIGURES[name].kind == "f1"
        made.append(
            Estimate(
                name,
                _interval(FIGURES[name].measure(counts), FIGURES[name].measure(drawn)),
                _interval(precision(counts), precision(drawn)) if has_parts else None,
                _interval(recall(counts), recall(drawn)) if has_parts else None,
                tuple(counts.tolist()),
            )
        )
    return made


def compare(first: Tallies, other: Tallies) -> list[Difference]:
    """How two runs over the same documents differ, figure by figure, drawing the same documents from both.

    p is two-sided, by the share of draws in which the difference is not on its side of 0; never 0. Figures that only one run
    has are left out.
    """
    one, two = _drawn(first), _drawn({document: other[document] for document in first})
    made = []
    for name in (name for name in one if name in two):
        measure = FIGURES[name].measure
        (counts, drawn), (other_counts, other_drawn) = one[name], two[name]
        differences = measure(drawn) - measure(other_drawn)
        side = min((differences <= 0).sum(), (differences >= 0).sum())
        values = float(measure(counts)), float(measure(other_counts))
        gap = _interval(measure(counts) - measure(other_counts), differences)
        made.append(Difference(name, *values, gap, min(1.0, 2 * (int(side) + 1) / (RESAMPLES + 1))))
    return made


def _interval(value: Array, drawn: Array) -> Interval:
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(float(value), float(low), float(high))


def _drawn(tallies: Tallies) -> dict[str, tuple[Array, Array]]:
    """By figure: the added counts, and those of every draw (draws x counts)."""
    documents = list(tallies)
    names = [name for name in FIGURES if documents and name in tallies[documents[0]]]
    tables = {name: np.array([tallies[document][name] for document in documents], dtype=np.float64) for name in names}
    if not names:
        return {}
    whole = np.concatenate(list(tables.values()), axis=1)
    drawn = _draw(whole)
    ends = np.cumsum([table.shape[1] for table in tables.values()])
    return {
        name: (table.sum(axis=0), drawn[:, end - table.shape[1] : end])
        for (name, table), end in zip(tables.items(), ends.tolist(), strict=True)
    }


def _draw(table: Array) -> Array:
    """Sums of the rows of `table` over `RESAMPLES` draws of as many rows, with replacement."""
    rows = len(table)
    generator = np.random.default_rng(SEED)
    step = max(1, MAX_DRAWN // rows)
    sums = []
    for begin in range(0, RESAMPLES, step):
        draws = min(step, RESAMPLES - begin)
        chosen = generator.integers(0, rows, (draws, rows)) + rows * np.arange(draws)[:, None]
        times = np.bincount(chosen.ravel(), minlength=draws * rows).reshape(draws, rows)
        sums.append(times @ table)
    return np.concatenate(sums)
