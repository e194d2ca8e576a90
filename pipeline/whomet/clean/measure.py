"""How well pages are cut: words of the story and of comments, over all words and as the mean over pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whomet.clean.decide import classify
from whomet.clean.model import CLASSES, LineModel
from whomet.clean.pages import LabelledPage


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1 in words over all pages, the mean of the pages' F1, in per cent; `gold`: words of the class."""

    precision: float
    recall: float
    f1: float
    page_mean: float
    pages: int
    gold: int


def measure(model: LineModel, pages: Sequence[LabelledPage], label: str) -> Figures:
    """The figures of one class of `CLASSES`; lines of uncertain label are not counted."""
    wanted = CLASSES.index(label)
    right = found = gold = 0
    means = []
    for page in pages:
        counts = [0, 0, 0]
        predicted, _, _ = classify(page.lines, page.blanks, model)
        for name, truth, words, known in zip(predicted, page.classes, page.words, page.known, strict=True):
            if known:
                counts[0] += words * (name == label and truth == wanted)
                counts[1] += words * (name == label)
                counts[2] += words * (truth == wanted)
        right, found, gold = right + counts[0], found + counts[1], gold + counts[2]
        means.append(_f1(*counts))
    mean = sum(means) / max(len(means), 1)
    return Figures(
        100 * right / max(found, 1), 100 * right / max(gold, 1), 100 * _f1(right, found, gold), 100 * mean, len(pages), gold
    )


def _f1(right: int, found: int, gold: int) -> float:
    return 2 * right / (found + gold) if found + gold else 1.0
