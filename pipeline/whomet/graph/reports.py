"""What one article tells of one meeting, read from a line of meetings.jsonl and reduced to what the graph needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from whomet.errors import SetupError
from whomet.graph.names import content_hash
from whomet.records import FORMS, STATUSES
from whomet.view import replace_surrogates

MIN_COPIED_WORDS: Final = 6
"""Articles that tell the same facts in the same words copy each other; in fewer words it may be chance."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """A participant as one article gives it. `kind` is the kind of its entity (person, government, ...) or None."""

    name: str | None
    title: str | None
    party: str | None
    country: str | None
    kind: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Venue:
    """A place as quoted, with its ISO 3166-1 alpha-2 country where known."""

    text: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence that tells of the meeting; code points of the raw text, end-exclusive, None where not given."""

    text: str
    char_start: int | None
    char_end: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """One meeting as one article tells it. `key` is a hash of its content, whatever its id and article are called."""

    id: str
    article: str
    form: str
    status: str
    attendees: tuple[Attendee, ...]
    topics: tuple[str, ...]
    venues: tuple[Venue, ...]
    start: str | None
    end: str | None
    inferred: bool
    quote: Quote | None
    confidence: float
    key: str


def read_reports(meetings: Iterable[Mapping[str, Any]]) -> list[Report]:
    """The reports of meetings.jsonl records, one for each meeting id, sorted by content: the order of the input has no effect.

    Of several records with one id the most confident counts. Raises SetupError, naming the meeting, for a malformed record.
    """
    best: dict[str, Report] = {}
    for meeting in meetings:
        report = _report(meeting)
        known = best.get(report.id)
        if known is None or (report.confidence, report.key) > (known.confidence, known.key):
            best[report.id] = report
    return sorted(best.values(), key=lambda report: (report.key, report.id))


def _report(meeting: Mapping[str, Any]) -> Report:
    if not isinstance(meeting, Mapping):
        raise SetupError(f"a meeting must be an object, not {type(meeting).__name__}")
    read = _Reader(meeting)
    if read.text("form") not in FORMS or read.text("status") not in STATUSES:
        raise SetupError(f"meeting {read.name}: form {meeting['form']!r} or status {meeting['status']!r} is unknown")
    attendees = tuple(_attendee(item) for item in read.objects("participants"))
    venues = _venues(read.objects("places"))
    topics = tuple(" ".join(item.text("text").split()) for item in read.objects("topics"))
    when = read.inner("when")
    start, end = (when.day("start"), when.day("end")) if when else (None, None)
    if start is None or end is None or start > end:
        start = end = None
    quotes = [Quote(item.text("text"), item.offset("char_start"), item.offset("char_end")) for item in read.objects("evidence")]
    report = Report(
        id=read.text("id"),
        article=read.text("article"),
        form=meeting["form"],
        status=meeting["status"],
        attendees=attendees,
        topics=topics,
        venues=venues,
        start=start,
        end=end,
        inferred=bool(when and when.record.get("inferred")),
        quote=quotes[0] if quotes else None,
        confidence=read.share("confidence"),
        key="",
    )
    return replace(report, key=_hash(report))


def _hash(report: Report) -> str:
    """The same for articles that copy each other, another for any two that tell in words of their own."""
    people = sorted([item.name or "", item.title or "", item.party or ""] for item in report.attendees)
    told = report.quote.text if report.quote else ""
    source = None if len(told.split()) >= MIN_COPIED_WORDS else report.article
    places = [venue.text for venue in report.venues]
    return content_hash(report.form, report.status, people, report.topics, places, report.start, report.end, told, source)


def _venues(items: Iterable[_Reader]) -> tuple[Venue, ...]:
    """Places as quoted. One without a country is in that of the others, when these agree: 'the Foreign Ministry' in 'Seoul'."""
    venues = [Venue(" ".join(item.text("text").split()), item.optional("country")) for item in items]
    countries = {venue.country for venue in venues if venue.country}
    country = next(iter(countries)) if len(countries) == 1 else None
    return tuple(Venue(venue.text, venue.country or country) for venue in venues)


def _attendee(item: _Reader) -> Attendee:
    entity = item.optional("entity")
    return Attendee(
        name=item.optional("name"),
        title=item.optional("title"),
        party=item.optional("party"),
        country=item.optional("country"),
        kind=entity.partition(":")[0] if entity else None,
        confidence=item.share("confidence"),
    )


class _Reader:
    """Reads the fields of one JSON object; raises SetupError that names the meeting for a field of the wrong type."""

    def __init__(self, record: Mapping[str, Any], name: str | None = None) -> None:
        self.record = record
        self.name = name or str(record.get("id"))

    def text(self, key: str) -> str:
        value = self.record.get(key)
        if not isinstance(value, str) or not value:
            raise self._error(key, "a string")
        return replace_surrogates(value)

    def optional(self, key: str) -> str | None:
        value = self.record.get(key)
        if value is not None and not isinstance(value, str):
            raise self._error(key, "a string or null")
        return " ".join(replace_surrogates(value).split()) or None if value else None

    def day(self, key: str) -> str | None:
        value = self.optional(key)
        try:
            return date.fromisoformat(value[:10]).isoformat() if value else None
        except ValueError:
            raise self._error(key, "an ISO day or null") from None

    def offset(self, key: str) -> int | None:
        value = self.record.get(key)
        if value is not None and type(value) is not int:
            raise self._error(key, "a whole number")
        return value

    def share(self, key: str) -> float:
        value = self.record.get(key, 0.5)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
            raise self._error(key, "a number in 0..1")
        return float(value)

    def inner(self, key: str) -> _Reader | None:
        value = self.record.get(key)
        if value is not None and not isinstance(value, Mapping):
            raise self._error(key, "an object or null")
        return None if value is None else _Reader(value, self.name)

    def objects(self, key: str) -> list[_Reader]:
        value = self.record.get(key)
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            raise self._error(key, "a list of objects")
        return [_Reader(item, self.name) for item in value]

    def _error(self, key: str, wanted: str) -> SetupError:
        return SetupError(f"meeting {self.name}: {key} must be {wanted}, not {self.record.get(key)!r:.80}")
