"""Meetings: triggers, arguments, status, form, topics, places, dates; mentions -> one meeting per occasion."""

from whomet.relations.meetings import find_meetings
from whomet.relations.screen import reading_view, sentence_starts

__all__ = ["find_meetings", "reading_view", "sentence_starts"]
