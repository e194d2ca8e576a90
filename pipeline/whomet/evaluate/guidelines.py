"""Checks of gold against the annotation guidelines (corpus/README.md): form, verbatim quotes, dates. Ours and users' alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from whomet.records import FORMS, STATUSES

MEETING_KEYS: Final = ("id", "form", "status", "participants", "parties", "topics", "places", "when", "evidence")
PARTICIPANT_KEYS: Final = ("name", "title", "party")
WHEN_KEYS: Final = ("quote", "start", "end")
MOST_EVIDENCE: Final = 4
LONGEST_EVIDENCE: Final = 300
"""Code points."""


def check_gold(records: Iterable[Mapping[str, Any]], texts: Mapping[str, str]) -> Iterator[str]:
    """Every breach in a collection of gold records, one sentence each that begins with the article's id.

    `texts` holds the raw text of each article by id; a record that brings its own `text` needs none. Nothing comes out when all
    is well.
    """
    seen: set[str] = set()
    for number, record in enumerate(records, 1):
        article = record.get("id")
        if not isinstance(article, str) or not article:
            yield f'record {number}: a gold record needs a string "id".'
            continue
        if article in seen:
            yield f"{article}: the article is annotated twice."
        seen.add(article)
        text = texts.get(article, record.get("text"))
        if isinstance(text, str):
            yield from (f"{article}: {message}" for message in check_record(record, text))
        else:
            yield f"{article}: there is no text to check the quotes against."
    yield from (f"{article}: the article is not annotated." for article in sorted(texts.keys() - seen))


def check_record(record: Mapping[str, Any], text: str) -> Iterator[str]:
    """Every breach in the gold of one article whose raw text is `text`, one sentence each."""
    for key in ("doc_date", "doc_date_quote", "meetings"):
        if key not in record:
            yield f"{key} is missing; what is not known is null."
    yield from _check_day(record.get("doc_date"), "doc_date")
    yield from _check_quote(record.get("doc_date_quote"), "doc_date_quote", text)
    if record.get("doc_date") is None and record.get("doc_date_quote") is not None:
        yield "doc_date_quote is given without a doc_date."
    meetings = record.get("meetings", [])
    if not isinstance(meetings, list):
        yield "meetings must be a list."
        return
    for number, meeting in enumerate(meetings, 1):
        yield from (f"m{number}: {message}" for message in _check_meeting(meeting, f"m{number}", text))


def _check_meeting(meeting: Any, expected_id: str, text: str) -> Iterator[str]:
    wrong_keys = _wrong_keys(meeting, MEETING_KEYS)
    if wrong_keys:
        yield f"a meeting has the keys {', '.join(MEETING_KEYS)}; {wrong_keys}."
        return
    if meeting["id"] != expected_id:
        yield f"meetings are numbered in order of first mention: {meeting['id']!r} should be {expected_id!r}."
    if meeting["form"] not in FORMS:
        yield f"form {meeting['form']!r} is none of {', '.join(FORMS)}."
    if meeting["status"] not in STATUSES:
        yield f"status {meeting['status']!r} is none of {', '.join(STATUSES)}."
    yield from _check_participants(meeting["participants"], meeting["parties"], text)
    for key in ("topics", "places", "evidence"):
        yield from _check_quotes(meeting[key], key, text)
    yield from _check_evidence(meeting["evidence"])
    yield from _check_when(meeting["when"], text)


def _check_participants(participants: Any, parties: Any, text: str) -> Iterator[str]:
    if not isinstance(participants, list) or not participants:
        yield "participants must be a list that is not empty."
        return
    for number, participant in enumerate(participants, 1):
        wrong_keys = _wrong_keys(participant, PARTICIPANT_KEYS)
        if wrong_keys:
            yield f"a participant has the keys {', '.join(PARTICIPANT_KEYS)}; {wrong_keys}."
            return
        if not any(participant.values()):
            yield f"participant {number} says nothing: one of {', '.join(PARTICIPANT_KEYS)} must be given."
        if participant in participants[: number - 1]:
            yield f"participant {number} stands there twice."
        for key in ("name", "title"):
            yield from _check_quote(participant[key], key, text)
        if not _is_filled_or_null(participant["party"]):
            yield f"party {participant['party']!r} must be a name or null."
            return
    expected = sorted({participant["party"] for participant in participants if participant["party"] is not None})
    if parties != expected:
        yield f"parties must be the sorted parties of the participants: {expected}."


def _check_evidence(evidence: Any) -> Iterator[str]:
    if not isinstance(evidence, list):
        return  # told by _check_quotes
    if not 1 <= len(evidence) <= MOST_EVIDENCE:
        yield f"a meeting needs 1 to {MOST_EVIDENCE} quotes of evidence, not {len(evidence)}."
    for quote in evidence:
        if isinstance(quote, str) and len(quote) > LONGEST_EVIDENCE:
            yield f"evidence of {len(quote)} characters is longer than {LONGEST_EVIDENCE}: {_shorten(quote)}."


def _check_when(when: Any, text: str) -> Iterator[str]:
    if when is None:
        return
    wrong_keys = _wrong_keys(when, WHEN_KEYS)
    if wrong_keys:
        yield f"when is null or has the keys {', '.join(WHEN_KEYS)}; {wrong_keys}."
        return
    start, end = when["start"], when["end"]
    yield from _check_quote(when["quote"], "when", text)
    breaches = [*_check_day(start, "start"), *_check_day(end, "end")]
    yield from breaches
    if (start is None) != (end is None):
        yield "start and end of when go together: both are days, or both are null."
    elif not breaches and start is not None and start > end:
        yield f"when starts after its end: {start} to {end}."
    if when["quote"] is None and start is None and end is None:
        yield "a when that says nothing is null."


def _check_quotes(quotes: Any, key: str, text: str) -> Iterator[str]:
    if not isinstance(quotes, list):
        yield f"{key} must be a list of quotes."
        return
    for quote in quotes:
        yield from _check_quote(quote, key, text, may_be_null=False)
    strings = [quote for quote in quotes if isinstance(quote, str)]
    yield from (f"{key} has {_shorten(quote)} twice." for quote in sorted({q for q in strings if strings.count(q) > 1}))


def _check_quote(quote: Any, key: str, text: str, *, may_be_null: bool = True) -> Iterator[str]:
    if quote is None and may_be_null:
        return
    if not isinstance(quote, str) or not quote.strip():
        yield f"{key} {quote!r} must be a quote{' or null' if may_be_null else ''}."
    elif quote not in text:
        yield f"{key} is not verbatim in the text: {_shorten(quote)}."
    elif quote != quote.strip():
        yield f"{key} has white space around it: {_shorten(quote)}."


def _check_day(day: Any, key: str) -> Iterator[str]:
    if day is None:
        return
    try:
        is_day = isinstance(day, str) and date.fromisoformat(day).isoformat() == day
    except ValueError:
        is_day = False
    if not is_day:
        yield f"{key} {day!r} must be a day of the calendar as YYYY-MM-DD, or null."


def _wrong_keys(value: Any, keys: tuple[str, ...]) -> str:
    """What is wrong with the keys of an object, as half a sentence; empty when they are the expected ones."""
    if not isinstance(value, Mapping):
        return f"this is a {type(value).__name__}"
    missing, unknown = [key for key in keys if key not in value], [str(key) for key in value if key not in keys]
    wrong = [f"missing: {', '.join(missing)}"] if missing else []
    return "; ".join([*wrong, *([f"unknown: {', '.join(unknown)}"] if unknown else [])])


def _is_filled_or_null(value: Any) -> bool:
    return value is None or (isinstance(value, str) and bool(value.strip()))


def _shorten(quote: str) -> str:
    return repr(quote if len(quote) <= 60 else f"{quote[:57]}...")
