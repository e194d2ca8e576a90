"""Predictions against gold."""

from whomet.evaluate.meetings import ScoredMeeting, read_gold, read_predictions, scored_meeting
from whomet.evaluate.report import FIGURES, Report, Row, Score, evaluate

__all__ = ["FIGURES", "Report", "Row", "Score", "ScoredMeeting", "evaluate", "read_gold", "read_predictions", "scored_meeting"]
