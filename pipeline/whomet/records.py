"""The nouns of whomet: frozen records, standard library only.

Offsets (`char_start`, `char_end`) count Unicode code points of the raw article text and are end-exclusive, so
`article.text[char_start:char_end]` is always the quote. Days (`start`, `end`, `published`) are ISO 8601 strings, both ends
inclusive; graph tools read them as time. Unknown is None, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

SEGMENT_LABELS: Final = ("headline", "byline", "published", "caption", "body", "related", "boilerplate", "comment", "blank")
STORY_LABELS: Final = frozenset({"headline", "caption", "body"})
"""Segment labels whose text tells the story: the only text that meetings are read from."""
ENTITY_KINDS: Final = ("person", "organization", "government", "place", "group")
TIMEX_TYPES: Final = ("DATE", "TIME", "DURATION", "SET")
FORMS: Final = ("meeting", "visit", "call", "conference")
STATUSES: Final = ("held", "planned", "proposed", "refused", "denied")


@dataclass(frozen=True, slots=True)
class Span:
    """A verbatim quote of the article."""

    text: str
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of raw text with one label of `SEGMENT_LABELS`; the segments of an article tile its text."""

    char_start: int
    char_end: int
    label: str


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: TIMEX3 `type` and `value` (ISO 24617-1), and the calendar days it denotes.

    `start`/`end` are None when the expression names no days or cannot be resolved; `anchor` is the ISO day it was counted
    from (None for absolute expressions), `rule` the name of the rule that fired.
    """

    text: str
    char_start: int
    char_end: int
    type: str
    value: str
    start: str | None = None
    end: str | None = None
    granularity: str | None = None
    direction: str | None = None
    anchor: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """One actor or place of an article with all its mentions; `id` is stable across runs and articles."""

    id: str
    kind: str
    name: str
    title: str | None = None
    party: str | None = None
    country: str | None = None
    qid: str | None = None
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """Who takes part in a meeting: a person, or a party as such. Null fields are what the article does not give."""

    name: str | None
    title: str | None
    party: str | None
    country: str | None = None
    entity: str | None = None
    mentions: tuple[Span, ...] = ()
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Place:
    """Where a meeting is held, as quoted; `country` is ISO 3166-1 alpha-2 where known."""

    text: str
    char_start: int
    char_end: int
    country: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """When a meeting is held: the quote and its days; `inferred` when the date is not told of the meeting itself."""

    text: str
    char_start: int
    char_end: int
    start: str | None
    end: str | None
    granularity: str | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """One occasion told by one article: who, about what, where, when, and what became of it."""

    id: str
    article: str
    form: str
    status: str
    participants: tuple[Participant, ...]
    parties: tuple[str, ...]
    topics: tuple[Span, ...]
    places: tuple[Place, ...]
    when: When | None
    status_cue: Span | None
    trigger: Span
    evidence: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Article:
    """One news text and everything found in it. `text` is exactly as delivered and is never edited.

    `published` is an ISO date or date-time; `published_from` tells where it comes from: "input", a Span of the text, or None.
    `extra` holds the unknown keys of the input line, handed through to the output.
    """

    id: str
    text: str
    published: str | None = None
    title: str | None = None
    url: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    file: str | None = None
    line: int | None = None
    published_from: Span | str | None = None
    segments: tuple[Segment, ...] = ()
    entities: tuple[Entity, ...] = ()
    timexes: tuple[Timex, ...] = ()
    meetings: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an article, or a line of input, gave no result. `line` is the physical line of `file`, counted from 1."""

    article: str | None
    stage: str
    error: str
    message: str
    file: str | None = None
    line: int | None = None


def to_json(record: Any) -> Any:
    """The JSON form of a record: dataclasses as objects, tuples as lists, everything else as it is."""
    if hasattr(record, "__dataclass_fields__"):
        return {item.name: to_json(getattr(record, item.name)) for item in fields(record)}
    if isinstance(record, (tuple, list)):
        return [to_json(item) for item in record]
    return record


def quote(text: str, char_start: int, char_end: int) -> Span:
    """The span of `text` between two offsets, with white space at both ends left out."""
    while char_start < char_end and text[char_start].isspace():
        char_start += 1
    while char_end > char_start and text[char_end - 1].isspace():
        char_end -= 1
    return Span(text[char_start:char_end], char_start, char_end)
