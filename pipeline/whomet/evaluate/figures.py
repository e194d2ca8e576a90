"""What a figure is: a measure of counts that are added up over articles, so that articles can be drawn again and again.

Every figure is a share in 0..1, and higher is better. Counts of each kind, for one article or for many together:

f1 -- matched, predicted, gold: precision, recall and their harmonic mean.
macro -- the same three counts for each class in turn: the mean F1 of the classes that occur, in gold or prediction.
mean -- sum and number of documents.
calibration -- meetings, sum of confidence and right ones, for each bin of confidence in turn: 1 less the expected error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Kind = Literal["f1", "macro", "mean", "calibration"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its name in tables and JSON, its kind, and what it says."""

    name: str
    kind: Kind
    about: str

    def measure(self, counts: Array) -> Array:
        """The figure (0..1) of added counts, whose last axis is that of the kind; 0 where nothing was there to be counted."""
        if self.kind == "f1":
            return f1(counts)
        if self.kind == "mean":
            return _share(counts[..., 0], counts[..., 1])
        triples = counts.reshape(*counts.shape[:-1], -1, 3)
        if self.kind == "macro":
            occurs = triples[..., 1] + triples[..., 2] > 0
            return _share((f1(triples) * occurs).sum(-1), occurs.sum(-1))
        gaps = np.abs(triples[..., 1] - triples[..., 2]).sum(-1)
        return 1.0 - _share(gaps, triples[..., 0].sum(-1))


def f1(counts: Array) -> Array:
    """Harmonic mean of precision and recall of (matched, predicted, gold) in the last axis."""
    return _share(2 * counts[..., 0], counts[..., 1] + counts[..., 2])


def precision(counts: Array) -> Array:
    """Share of the predicted that is right."""
    return _share(counts[..., 0], counts[..., 1])


def recall(counts: Array) -> Array:
    """Share of the gold that was found."""
    return _share(counts[..., 0], counts[..., 2])


def _share(part: Array, whole: Array) -> Array:
    return np.asarray(np.divide(part, whole, out=np.zeros(np.shape(part), dtype=np.float64), where=whole > 0))


_ALL: Final = (
    Figure("overall", "f1", "every participant, place, topic, day range and status of the meetings, counted alike"),
    Figure("detection", "f1", "meetings found, whatever is said of them"),
    Figure("participants", "f1", "who took part: names, or parties and titles where no name is given"),
    Figure("parties", "f1", "what the participants stand for: countries and organisations"),
    Figure("dyads", "f1", "pairs of parties that met, with the status of their meeting, each once in an article"),
    Figure("status", "f1", "meetings found with the right status"),
    Figure("when", "f1", "first and last day both right"),
    Figure("when_overlap", "f1", "days that overlap those of the gold"),
    Figure("places", "f1", "where meetings are held"),
    Figure("topics", "f1", "what is talked about: half of the words agree"),
    Figure("status_acc", "f1", "share of the meetings found whose status is right"),
    Figure("form_acc", "f1", "share of the meetings found whose form is right"),
    Figure("status_macro", "macro", "mean over the statuses of the F1 of finding meetings with that status"),
    Figure("calibration", "calibration", "1 less the expected calibration error of the confidence"),
    Figure("names_strict", "f1", "names whose extent and kind are right"),
    Figure("names_exact", "f1", "names whose extent is right"),
    Figure("names_partial", "f1", "names that overlap, counted half where the extent is wrong"),
    Figure("names_type", "f1", "names that overlap and whose kind is right"),
    Figure("lines_body", "f1", "words of the story kept"),
    Figure("lines_comment", "f1", "words of comment sections known as such"),
    Figure("lines_body_pages", "mean", "the mean over pages of the F1 of words of the story"),
    Figure("lines_comment_pages", "mean", "the mean over pages of the F1 of words of comments"),
    Figure("timex_strict", "f1", "time expressions whose extent is right"),
    Figure("timex_relaxed", "f1", "time expressions that overlap"),
    Figure("timex_type", "f1", "time expressions that overlap and whose type is right"),
    Figure("timex_value", "f1", "time expressions that overlap and whose value is right"),
    Figure("timex_strict_value", "f1", "time expressions whose extent and value are right"),
)
FIGURES: Final = {figure.name: figure for figure in _ALL}
"""All figures by name, in the order of the table."""
