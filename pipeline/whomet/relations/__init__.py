"""Meetings: triggers, arguments, status, form, topics, places, dates; mentions -> one meeting per occasion."""

from whomet.relations.meetings import find_meetings
from whomet.relations.reader import ReaderModel, load_reader
from whomet.relations.reading import Reading, read_doc
from whomet.relations.screen import reading_view, sentence_starts

__all__ = ["ReaderModel", "Reading", "find_meetings", "load_reader", "read_doc", "reading_view", "sentence_starts"]
