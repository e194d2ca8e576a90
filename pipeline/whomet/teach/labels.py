"""Annotated meetings -> what each candidate, actor, token and time expression of a Doc should be scored as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from whomet.evaluate.likeness import is_same_participant, party_key
from whomet.evaluate.meetings import ScoredParticipant
from whomet.records import Participant
from whomet.relations.mention import ParticipantKey
from whomet.relations.reader.material import Candidate, Material
from whomet.relations.times import Days

TIE = 0.1
"""Two annotated meetings that a candidate fits about equally well, within this, are not told apart."""
CLAUSE = 150
"""An evidence quote of fewer characters is a clause: what stands in it is surely of its meeting."""


@dataclass(frozen=True, slots=True)
class Slots:
    """The fills of one annotated meeting in a Doc, as far as they were found.

    actors and doubtful: keys of participants, and of parties whose people take part. topics: token ranges. places: tokens of
    the annotated places, and of the same words elsewhere (doubtful). times: numbers of time expressions.
    """

    actors: frozenset[ParticipantKey]
    doubtful: frozenset[ParticipantKey]
    topics: tuple[tuple[int, int], ...]
    places: frozenset[int]
    other_places: frozenset[int]
    times: frozenset[int]


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of one Doc. told: for each candidate the number of its meeting, -1 when it is one of several, None for none."""

    told: tuple[int | None, ...]
    slots: tuple[Slots, ...]


def occurrences(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Every (start, end) of a quote in a text."""
    start = text.find(quote) if quote else -1
    while start >= 0:
        yield start, start + len(quote)
        start = text.find(quote, start + 1)


def label_doc(material: Material, meetings: Sequence[Mapping[str, Any]], text: str, raw: Sequence[int], days: Days) -> Labels:
    """The labels of a Doc. meetings: annotated, in the form of the guidelines; raw: raw offset of each token, -1 for none."""
    evidence = [[span for quote in meeting["evidence"] for span in occurrences(text, quote)] for meeting in meetings]
    told = tuple(_meeting_of(item, material, meetings, evidence, raw) for item in material.candidates)
    slots = tuple(_slots(material, meeting, spans, text, raw, days) for meeting, spans in zip(meetings, evidence, strict=True))
    return Labels(told, slots)


def _meeting_of(
    item: Candidate,
    material: Material,
    meetings: Sequence[Mapping[str, Any]],
    evidence: Sequence[Sequence[tuple[int, int]]],
    raw: Sequence[int],
) -> int | None:
    """Which annotated meeting a candidate tells of: that in whose evidence it stands; of several, that of the actors near by."""
    place = raw[item.token.i]
    inside = [number for number, spans in enumerate(evidence) if any(start <= place < end for start, end in spans)]
    if len(inside) < 2:
        return inside[0] if inside else None
    near = [(person, 2.0) for mention in item.mentions for person in mention.everyone]
    here = material.sentences[item.token.i]
    near += [
        (person, 8 / (8 + abs(index - item.token.i)))
        for places in material.actors.values()
        for index, person in places
        if material.sentences[index] == here
    ]
    ranked = sorted(((_fit(item, meetings[number], evidence[number], near, place), number) for number in inside), reverse=True)
    return ranked[0][1] if ranked[0][0] - ranked[1][0] >= TIE else -1


def _fit(
    item: Candidate,
    meeting: Mapping[str, Any],
    spans: Sequence[tuple[int, int]],
    near: Sequence[tuple[Participant, float]],
    place: int,
) -> float:
    """How well a candidate fits a meeting: its participants near by, its status, the tightness of the evidence."""
    total = 0.0
    for entry in meeting["participants"]:
        wanted = as_scored(entry)
        total += max((weight for person, weight in near if _is_side(wanted, person)), default=-0.7)
    score = total / max(2, len(meeting["participants"]))
    score += 0.15 * any(mention.told.status == meeting["status"] for mention in item.mentions)
    return score + 0.3 * (min(end - start for start, end in spans if start <= place < end) < CLAUSE)


def as_scored(entry: Mapping[str, Any] | Participant) -> ScoredParticipant:
    """An annotated participant, or one of ours, as the scorer compares them."""
    if isinstance(entry, Participant):
        return ScoredParticipant(entry.name, entry.title, entry.party)
    return ScoredParticipant(entry["name"], entry["title"], entry["party"])


def _is_party_of(wanted: ScoredParticipant, person: Participant) -> bool:
    return bool(person.name is None and person.party and wanted.party and party_key(wanted.party) == party_key(person.party))


def _is_side(wanted: ScoredParticipant, person: Participant) -> bool:
    return is_same_participant(wanted, as_scored(person)) or _is_party_of(wanted, person)


def _slots(
    material: Material,
    meeting: Mapping[str, Any],
    spans: Sequence[tuple[int, int]],
    text: str,
    raw: Sequence[int],
    days: Days,
) -> Slots:
    wanted = [as_scored(entry) for entry in meeting["participants"]]
    actors, doubtful = set(), set()
    for key, places in material.actors.items():
        person = places[0][1]
        if any(is_same_participant(entry, as_scored(person)) for entry in wanted):
            actors.add(key)
        elif any(_is_party_of(entry, person) for entry in wanted):
            doubtful.add(key)
    topics = []
    for quote in meeting["topics"]:
        found = sorted(occurrences(text, quote), key=lambda span: _distance(span, spans))
        tokens = _tokens(found[0], raw) if found else []
        if tokens:
            topics.append((tokens[0], tokens[-1] + 1))
    held, elsewhere = set[int](), set[int]()
    for quote in meeting["places"]:
        found = sorted(occurrences(text, quote), key=lambda span: _distance(span, spans))
        sure = [span for span in found if not _distance(span, spans)] or found[:1]
        held.update(index for span in sure for index in _tokens(span, raw))
        elsewhere.update(index for span in found if span not in sure for index in _tokens(span, raw))
    times = frozenset(
        number
        for number, (timex, _, _) in enumerate(material.timexes)
        if meeting["when"] is not None and _is_date(meeting["when"], timex, text, days)
    )
    return Slots(frozenset(actors), frozenset(doubtful), tuple(topics), frozenset(held), frozenset(elsewhere - held), times)


def _distance(span: tuple[int, int], evidence: Sequence[tuple[int, int]]) -> int:
    """Characters from a span to the nearest evidence; 0 inside one."""
    return min((0 if start <= span[0] < end else abs(start - span[0]) for start, end in evidence), default=0)


def _tokens(span: tuple[int, int], raw: Sequence[int]) -> list[int]:
    return [index for index, start in enumerate(raw) if span[0] <= start < span[1]]


def _is_date(when: Mapping[str, Any], timex: Any, text: str, days: Days) -> bool:
    """Whether a time expression is the annotated one, or denotes the annotated days."""
    if any(start <= timex.char_start < end for start, end in occurrences(text, when["quote"] or "")):
        return True
    if when["start"] is None:
        return False
    readings = [days(timex, reading) for reading in (None, "past", "future")]
    return any((item.start, item.end) == (when["start"], when["end"]) for item in readings)
