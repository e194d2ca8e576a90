"""Predictions against gold."""

from whomet.evaluate.figures import FIGURES, Figure
from whomet.evaluate.formats import READERS, WRITERS, write_annotations
from whomet.evaluate.meetings import Gold, GoldWarning, ScoredMeeting, read_gold, read_predictions, scored_meeting
from whomet.evaluate.report import Report, evaluate
from whomet.evaluate.resampling import Estimate, compare

__all__ = [
    "FIGURES",
    "READERS",
    "WRITERS",
    "Estimate",
    "Figure",
    "Gold",
    "GoldWarning",
    "Report",
    "ScoredMeeting",
    "compare",
    "evaluate",
    "read_gold",
    "read_predictions",
    "scored_meeting",
    "write_annotations",
]
