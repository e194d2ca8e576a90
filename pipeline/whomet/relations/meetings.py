"""Meetings of one article: triggers -> mentions -> occasions -> records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from whomet.records import Meeting, Participant, Span, quote
from whomet.relations.confidence import confidence
from whomet.relations.gatherings import add_gatherings
from whomet.relations.mention import Actors, Mention, Occasion
from whomet.relations.reader import ReaderModel
from whomet.relations.reader.decode import read_occasions
from whomet.relations.reader.material import gather, window_inputs
from whomet.relations.reading import Reading
from whomet.view import TextView

MOST_EVIDENCE = 4
LONGEST_EVIDENCE = 300


def find_meetings(
    reading: Reading, *, article: str, published: str | None, reader: ReaderModel | None = None
) -> tuple[Meeting, ...]:
    """The meetings that a Doc tells of, in order of first mention.

    article: id of the article. published: ISO day of publication or None. reader: the trained reader that decides what the
    grammar's mentions amount to; None for the grammar alone.
    """
    return record_meetings(find_occasions(reading, reader), reading, article=article, published=published)


def find_occasions(reading: Reading, reader: ReaderModel | None = None) -> Sequence[Occasion]:
    """The occasions of a Doc: the grammar's, or those that the trained reader makes of the same material.

    Where the grammar reads no mention at all there is none: such articles are not worth the reader's time.
    """
    if reader is None or not reading.mentions:
        return add_gatherings(reading.occasions, reading.doc)
    material = gather(reading)
    return read_occasions(reader, material, window_inputs(material, reading.view), reading.times)


def record_meetings(
    occasions: Sequence[Occasion], reading: Reading, *, article: str, published: str | None
) -> tuple[Meeting, ...]:
    """The records of the occasions that stand for themselves: two sides, or one that is known well enough."""
    meetings: list[Meeting] = []
    for occasion in occasions:
        meeting = _record(
            occasion, reading.view, article=article, number=len(meetings) + 1, actors=reading.actors, published=published
        )
        if meeting is not None:
            meetings.append(meeting)
    return tuple(meetings)


def _status(occasion: Occasion, published: str | None) -> str:
    """The occasion's status against time: what lies after the publication day has not been held."""
    when = occasion.when
    if occasion.status == "held" and published and when is not None and when.start is not None and when.start > published[:10]:
        return "planned"
    return occasion.status


def _record(
    occasion: Occasion, view: TextView, *, article: str, number: int, actors: Actors, published: str | None
) -> Meeting | None:
    participants = occasion.participants
    if not participants or (len(participants) == 1 and not _stands_alone(participants[0], occasion.form)):
        return None
    status = _status(occasion, published)
    trigger = actors.span(occasion.trigger.i, occasion.trigger.i + 1)
    evidence = _evidence(occasion, view)
    if trigger is None or not evidence:
        return None
    cue = occasion.cue if status == occasion.status else None
    parties = tuple(sorted({item.party for item in participants if item.party is not None}))
    meeting = Meeting(
        id=f"{article}#m{number}",
        article=article,
        form=occasion.form,
        status=status,
        participants=tuple(participants),
        parties=parties,
        topics=tuple(occasion.topics),
        places=tuple(occasion.places),
        when=occasion.when,
        status_cue=actors.span(cue.i, cue.i + 1) if cue is not None else None,
        trigger=trigger,
        evidence=tuple(evidence),
        confidence=0.0,
    )
    return replace(meeting, confidence=confidence(meeting) if occasion.score is None else round(occasion.score, 2))


def _stands_alone(participant: Participant, form: str) -> bool:
    """Whether one known side is enough: a named person, a party's titled people, the body that a conference is of."""
    if participant.name is not None or (participant.title is not None and participant.party is not None):
        return True
    return form == "conference" and participant.party is not None


def _evidence(occasion: Occasion, view: TextView) -> list[Span]:
    """The sentences that tell of the meeting, the best first, at most `MOST_EVIDENCE`."""
    found: dict[tuple[int, int], Span] = {}
    for mention in occasion.mentions:
        sentence = mention.trigger.sent
        raw = view.to_raw(sentence.start_char, sentence.start_char + len(sentence.text.rstrip()))
        if raw is None or raw in found:
            continue
        start, end = raw
        if end - start > LONGEST_EVIDENCE:
            start, end = _cut(view, mention, start, end)
        found[raw] = quote(view.raw, start, end)
    return [span for span in found.values() if span.text][:MOST_EVIDENCE]


def _cut(view: TextView, mention: Mention, start: int, end: int) -> tuple[int, int]:
    """A window of a long sentence around its trigger, cut at spaces."""
    raw = view.to_raw(mention.trigger.idx, mention.trigger.idx + len(mention.trigger))
    middle = raw[0] if raw is not None else start
    left = max(start, middle - LONGEST_EVIDENCE // 2)
    right = min(end, left + LONGEST_EVIDENCE)
    if left > start:
        left = view.raw.find(" ", left, right) + 1 or left
    if right < end:
        right = max(view.raw.rfind(" ", middle, right), middle + len(mention.trigger))
    return left, right
