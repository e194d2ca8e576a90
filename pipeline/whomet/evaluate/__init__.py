"""Predictions against gold."""

from whomet.evaluate.figures import FIGURES, Figure
from whomet.evaluate.meetings import Gold, ScoredMeeting, read_gold, read_predictions, scored_meeting
from whomet.evaluate.report import Report, evaluate
from whomet.evaluate.resampling import Estimate, compare

__all__ = [
    "FIGURES",
    "Estimate",
    "Figure",
    "Gold",
    "Report",
    "ScoredMeeting",
    "compare",
    "evaluate",
    "read_gold",
    "read_predictions",
    "scored_meeting",
]
