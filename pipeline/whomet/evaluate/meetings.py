"""Meetings to score: read from gold (GUIDELINES form) and from meetings.jsonl, reduced to the fields that are compared."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from whomet.errors import SetupError
from whomet.evaluate.formats import read_rows_of
from whomet.evaluate.rows import Row, optional_text, read_rows, row_id
from whomet.records import FORMS, STATUSES

MEETINGS_FILE: Final = "meetings.jsonl"


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
class Mark:
    """A quote of a meeting, to be shown in the article: its kind, and where it stands (None: to be searched for)."""

    kind: str
    text: str
    char_start: int | None


@dataclass(frozen=True, slots=True)
class ScoredMeeting:
    """One meeting of one article, gold or predicted. `days` is None when no day is known.

    `confidence` (0..1, None where not given) and `marks` tell of a prediction but are not what makes two meetings the same.
    """

    form: str
    status: str
    participants: tuple[ScoredParticipant, ...]
    topics: tuple[str, ...]
    places: tuple[str, ...]
    days: Days | None
    evidence: tuple[str, ...]
    confidence: float | None = field(default=None, compare=False)
    marks: tuple[Mark, ...] = field(default=(), compare=False)


Meetings = Mapping[str, Sequence[ScoredMeeting]]
"""The meetings of each article, by article id; an article without a meeting has an empty sequence."""


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An annotated article: what the gold record says beside its meetings; None where it does not."""

    text: str | None = None
    published: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """Annotated articles by id, in the order of the file: their meetings, and what else is known of them."""

    meetings: dict[str, tuple[ScoredMeeting, ...]]
    articles: dict[str, GoldArticle]


class GoldWarning(UserWarning):
    """Something of a gold file was repaired, left out or not used; the message names file and record."""


def read_gold(path: Path, format_name: str | None = None, *, notes: list[str] | None = None) -> Gold:
    """Gold of a file or folder in one of the formats of `whomet.evaluate.formats`, recognised when no format is named.

    A record may hold "text", "published" and "outlet". What was repaired, left out or not used is added to `notes`, or is a
    GoldWarning without them. Raises SetupError, naming file and record, for what cannot be read, and for offsets that do not fit.
    """
    told: list[str] = []
    gold = parse_gold(read_rows_of(path, format_name, told), path)
    if notes is not None:
        notes += told
    else:
        for note in told:
            warnings.warn(note, GoldWarning, stacklevel=2)
    return gold


def parse_gold(rows: Iterable[Row], path: Path) -> Gold:
    """The same of rows; `path` is named when there is none. Raises SetupError as `read_gold` does."""
    gold = Gold({}, {})
    for place, row in rows:
        article, meetings = row_id(row, place, taken=gold.meetings), row.get("meetings")
        if not isinstance(meetings, list):
            raise SetupError(f'{place}: a gold record needs a string "id" and a list "meetings"')
        gold.meetings[article] = tuple(scored_meeting(meeting, place) for meeting in meetings)
        text, published, outlet = (optional_text(row, key, place) for key in ("text", "published", "outlet"))
        gold.articles[article] = GoldArticle(text, published, outlet)
    if not gold.meetings:
        raise SetupError(f"{path}: holds no gold article")
    return gold


def read_predictions(path: Path) -> dict[str, tuple[ScoredMeeting, ...]]:
    """Predicted meetings by article: meetings.jsonl (one meeting a line), a folder with one, or the same nested form as gold.

    An empty file is a run that found nothing. Raises SetupError, naming file and record, for what cannot be read.
    """
    found: dict[str, list[ScoredMeeting]] = {}
    for place, row in read_rows(path / MEETINGS_FILE if path.is_dir() else path):
        if "meetings" in row:
            article, meetings = row.get("id"), row["meetings"]
        else:
            article, meetings = row.get("article"), [row]
        if not isinstance(article, str) or not isinstance(meetings, list):
            raise SetupError(f'{place}: a prediction needs a string "article", or "id" and a list "meetings"')
        found.setdefault(article, []).extend(scored_meeting(meeting, place) for meeting in meetings)
    return {article: tuple(meetings) for article, meetings in found.items()}


def scored_meeting(meeting: Any, place: str = "meeting") -> ScoredMeeting:
    """The compared fields of one meeting object, gold or predicted. Raises SetupError that starts with `place`."""
    if not isinstance(meeting, Mapping):
        raise SetupError(f"{place}: a meeting must be an object, not {type(meeting).__name__}")
    form, status, confidence = meeting.get("form"), meeting.get("status"), meeting.get("confidence")
    if form not in FORMS or status not in STATUSES:
        raise SetupError(f"{place}: form {form!r} or status {status!r} is unknown")
    if confidence is not None and not (type(confidence) in (int, float) and 0 <= confidence <= 1):
        raise SetupError(f"{place}: confidence must be a probability in 0..1 or null")
    quotes = {key: _quotes(meeting, key, place) for key in ("topics", "places", "evidence")}
    participants = tuple(_participant(item, place) for item in _listed(meeting, "participants", place))
    texts = {key: tuple(mark.text for mark in marks) for key, marks in quotes.items()}
    return ScoredMeeting(
        form=form,
        status=status,
        participants=participants,
        topics=texts["topics"],
        places=texts["places"],
        days=_days(meeting.get("when"), place),
        evidence=texts["evidence"],
        confidence=confidence,
        marks=tuple(_marks(meeting, participants, quotes)),
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


def _quotes(meeting: Mapping[str, Any], key: str, place: str) -> tuple[Mark, ...]:
    marks = [_mark(key, item) for item in _listed(meeting, key, place)]
    if None in marks:
        raise SetupError(f'{place}: {key} must be quotes, or objects with a "text"')
    return tuple(mark for mark in marks if mark is not None)


def _mark(kind: str, item: Any) -> Mark | None:
    """A quote, alone or as an object with its place; None for anything else."""
    text, start = (item.get("text", item.get("quote")), item.get("char_start")) if isinstance(item, Mapping) else (item, None)
    if not isinstance(text, str):
        return None
    return Mark(kind, text, start if type(start) is int and start >= 0 else None)


def _marks(
    meeting: Mapping[str, Any], participants: Sequence[ScoredParticipant], quotes: Mapping[str, Sequence[Mark]]
) -> Iterable[Mark]:
    """All quotes of a meeting. A participant without mentions is searched for by name, or by title where it has none."""
    for item, participant in zip(meeting.get("participants", ()), participants, strict=True):
        mentions = item.get("mentions")
        placed = [_mark("participants", mention) for mention in mentions] if isinstance(mentions, list) else []
        named = _mark("participants", participant.name or participant.title)
        yield from (mark for mark in placed or [named] if mark is not None)
    for marks in quotes.values():
        yield from marks
    for kind in ("when", "status_cue", "trigger"):
        mark = _mark(kind, meeting.get(kind))
        if mark is not None:
            yield mark


def _days(when: Any, place: str) -> Days | None:
    if when is None:
        return None
    if not isinstance(when, Mapping):
        raise SetupError(f"{place}: when must be an object or null")
    first, last = when.get("start"), when.get("end")
    if not all(day is None or isinstance(day, str) for day in (first, last)):
        raise SetupError(f"{place}: start and end of when must be ISO days or null")
    return Days(first[:10], last[:10]) if first and last else None
