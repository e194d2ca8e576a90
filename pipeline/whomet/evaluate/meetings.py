"""Meetings to score: read from gold files (GUIDELINES form) and from meetings.jsonl, reduced to the fields that are compared."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whomet.errors import SetupError
from whomet.records import FORMS, STATUSES


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day (ISO, inclusive)."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class ScoredParticipant:
    """Name, title and party as given; None where there is none."""

    name: str | None
    title: str | None
    party: str | None


@dataclass(frozen=True, slots=True)
class ScoredMeeting:
    """One meeting of one article, gold or predicted. `days` is None when no day is known."""

    form: str
    status: str
    participants: tuple[ScoredParticipant, ...]
    topics: tuple[str, ...]
    places: tuple[str, ...]
    days: Days | None
    evidence: tuple[str, ...]


Meetings = Mapping[str, Sequence[ScoredMeeting]]
"""The meetings of each article, by article id; an article without a meeting has an empty sequence."""


def read_gold(path: Path) -> dict[str, tuple[ScoredMeeting, ...]]:
    """Gold meetings by article: a JSON list or JSONL of {"id", "meetings": [...]}, plain or .gz.

    Raises SetupError, naming file and record, for what cannot be read or is not in the form of the annotation guidelines.
    """
    gold: dict[str, tuple[ScoredMeeting, ...]] = {}
    for place, record in _read_records(path):
        article, meetings = record.get("id"), record.get("meetings")
        if not isinstance(article, str) or not isinstance(meetings, list):
            raise SetupError(f'{place}: a gold record needs a string "id" and a list "meetings"')
        if article in gold:
            raise SetupError(f"{place}: article {article!r} occurs twice")
        gold[article] = tuple(scored_meeting(meeting, place) for meeting in meetings)
    if not gold:
        raise SetupError(f"{path}: holds no gold article")
    return gold


def read_predictions(path: Path) -> dict[str, tuple[ScoredMeeting, ...]]:
    """Predicted meetings by article: meetings.jsonl (one meeting a line), or the same nested form as gold.

    An empty file is a run that found nothing. Raises SetupError, naming file and record, for what cannot be read.
    """
    found: dict[str, list[ScoredMeeting]] = {}
    for place, record in _read_records(path):
        if "meetings" in record:
            article, meetings = record.get("id"), record["meetings"]
        else:
            article, meetings = record.get("article"), [record]
        if not isinstance(article, str) or not isinstance(meetings, list):
            raise SetupError(f'{place}: a prediction needs a string "article", or "id" and a list "meetings"')
        found.setdefault(article, []).extend(scored_meeting(meeting, place) for meeting in meetings)
    return {article: tuple(meetings) for article, meetings in found.items()}


def scored_meeting(meeting: Any, place: str = "meeting") -> ScoredMeeting:
    """The compared fields of one meeting object, gold or predicted. Raises SetupError that starts with `place`."""
    if not isinstance(meeting, Mapping):
        raise SetupError(f"{place}: a meeting must be an object, not {type(meeting).__name__}")
    form, status = meeting.get("form"), meeting.get("status")
    if form not in FORMS or status not in STATUSES:
        raise SetupError(f"{place}: form {form!r} or status {status!r} is unknown")
    return ScoredMeeting(
        form=form,
        status=status,
        participants=tuple(_participant(item, place) for item in _listed(meeting, "participants", place)),
        topics=_quotes(meeting, "topics", place),
        places=_quotes(meeting, "places", place),
        days=_days(meeting.get("when"), place),
        evidence=_quotes(meeting, "evidence", place),
    )


def _listed(meeting: Mapping[str, Any], key: str, place: str) -> list[Any]:
    value = meeting.get(key, [])
    if not isinstance(value, list):
        raise SetupError(f"{place}: {key} must be a list")
    return value


def _participant(item: Any, place: str) -> ScoredParticipant:
    fields = [item.get(key) for key in ("name", "title", "party")] if isinstance(item, Mapping) else [0]
    if not all(field is None or isinstance(field, str) for field in fields):
        raise SetupError(f"{place}: a participant needs name, title and party, each a string or null")
    return ScoredParticipant(*fields)


def _quotes(meeting: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    quotes = [item.get("text") if isinstance(item, Mapping) else item for item in _listed(meeting, key, place)]
    texts = tuple(quote for quote in quotes if isinstance(quote, str))
    if len(texts) != len(quotes):
        raise SetupError(f'{place}: {key} must be quotes, or objects with a "text"')
    return texts


def _days(when: Any, place: str) -> Days | None:
    if when is None:
        return None
    if not isinstance(when, Mapping):
        raise SetupError(f"{place}: when must be an object or null")
    first, last = when.get("start"), when.get("end")
    if not all(day is None or isinstance(day, str) for day in (first, last)):
        raise SetupError(f"{place}: start and end of when must be ISO days or null")
    return Days(first[:10], last[:10]) if first and last else None


def _read_records(path: Path) -> Iterable[tuple[str, dict[str, Any]]]:
    """Each JSON object of a file with its place, for messages: `gold.jsonl, line 3`."""
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise SetupError(f"{path} cannot be read: {error}") from error
    try:
        if text.lstrip().startswith("["):
            records = [(f"{path}, record {number}", record) for number, record in enumerate(json.loads(text), 1)]
        else:
            lines = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
            records = [(f"{path}, line {number}", json.loads(line)) for number, line in lines]
    except (ValueError, RecursionError) as error:
        raise SetupError(f"{path} is not JSON: {error}") from error
    for place, record in records:
        if not isinstance(record, dict):
            raise SetupError(f"{place}: must be an object, not {type(record).__name__}")
    return records
