"""Scores -> occasions: candidates gathered by the chance that they tell of one meeting, judged by the second trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from whomet.records import FORMS, STATUSES, Participant, Place, Span, When
from whomet.relations.gatherings import add_gatherings
from whomet.relations.lexicon import any_frame, is_apart
from whomet.relations.mention import Mention, Occasion, merge_participants, participant_key
from whomet.relations.reader.choices import Choice
from whomet.relations.reader.groups import Group, Key, gather_groups, make_group, score_candidates
from whomet.relations.reader.judge import Judged, Scene, judge_groups, make_scene
from whomet.relations.reader.material import Candidate, Material, WindowInput
from whomet.relations.reader.model import ReaderModel
from whomet.relations.times import TimeFinder

Quoted = TypeVar("Quoted", Span, Place)
APART = frozenset({"visit", "call"})
"""Forms of which one word often tells of several: visits on one tour, calls in turn. Those who are met together are met once."""


def read_occasions(model: ReaderModel, material: Material, inputs: Sequence[WindowInput], times: TimeFinder) -> list[Occasion]:
    """The occasions that the reader finds in a Doc, in order of first mention."""
    scene = read_scene(model, material, inputs)
    return decide(judge_groups(model, scene), material, times, model.thresholds)


def read_scene(model: ReaderModel, material: Material, inputs: Sequence[WindowInput]) -> Scene:
    """The candidates of a Doc that tell of a meeting, gathered into groups that tell of one."""
    scored, same = score_candidates(model, material, inputs, model.thresholds["mention"])
    weights = np.array([item.mention for item in scored], np.float32)
    groups = gather_groups(same, weights, model.thresholds["pair"])
    closest = np.zeros((len(groups), len(groups)), np.float32)
    for row, left in enumerate(groups):
        for column, right in enumerate(groups):
            if row != column:
                closest[row, column] = same[np.ix_(left, right)].max()
    return make_scene([make_group([scored[number] for number in group]) for group in groups], closest, material)


def decide(judged: Sequence[Judged], material: Material, times: TimeFinder, thresholds: Mapping[str, float]) -> list[Occasion]:
    """The occasions of judged groups that are likely enough, in order of first mention; those that are the same are one.

    The visits of a tour are told apart, and gatherings beside which somebody meets come last.
    """
    told: list[Occasion] = []
    for item in judged:
        occasion = _occasion(item, material, times, thresholds) if item.chance > thresholds["occasion"] else None
        for one in _apart(occasion, item.group) if occasion is not None else ():
            known = next((number for number, other in enumerate(told) if _is_same(other, one)), None)
            if known is None:
                told.append(one)
            else:
                told[known] = _join(told[known], one)
    return add_gatherings(told, material.doc)


def _apart(occasion: Occasion, group: Group) -> list[Occasion]:
    """The visits of a tour, calls made in turn, or meetings told as separate, where the grammar reads several at one word: each
    with its own side."""
    several = (item.candidate for item in group.members if len(item.candidate.mentions) > 1)
    told = next((item for item in several if occasion.form in APART or is_apart(item.token)), None)
    mentions = told.mentions if told is not None else ()
    sides = [{participant_key(person): person for person in mention.everyone} for mention in mentions]
    own = {key for side in sides for key in side if not all(key in other for other in sides)}
    shared = [person for person in occasion.participants if participant_key(person) not in own]
    if not own or not shared:
        return [occasion]
    guests = [[person for key, person in side.items() if key in own] for side in sides]
    countries = [{person.country for person in people} for people in guests]
    elsewhere = frozenset().union(*countries)
    return [
        replace(
            occasion,
            participants=merge_participants([*shared, *people]),
            places=[place for place in occasion.places if place.country not in elsewhere or place.country in here],
        )
        for people, here in zip(guests, countries, strict=True)
    ]


def _is_same(one: Occasion, other: Occasion) -> bool:
    """Whether two occasions are one, however far apart they are told: of the same people, with one status, on the same days.

    Where the days of one are unknown the form must be the same; on the same day a visit and a meeting are one.
    """
    people, others = ({participant_key(person) for person in item.participants} for item in (one, other))
    if len(people) < 2 or people != others or one.status != other.status:
        return False
    days = [(when.start, when.end) for when in (one.when, other.when) if when is not None and when.start is not None]
    if len(days) < 2:
        return one.form == other.form
    return days[0] == days[1] and (one.form == "call") == (other.form == "call")


def _join(first: Occasion, second: Occasion) -> Occasion:
    """One occasion of two that tell of the same, with the topics and places of both and the date that has days."""
    dated = next((when for when in (first.when, second.when) if when is not None and when.start is not None), first.when)
    return replace(
        first,
        mentions=(*first.mentions, *second.mentions),
        topics=distinct_spans([*first.topics, *second.topics]),
        places=distinct_spans([*first.places, *second.places]),
        when=dated or second.when,
        score=max(first.score or 0.0, second.score or 0.0),
    )


def distinct_spans(spans: Sequence[Quoted]) -> list[Quoted]:
    """Spans in text order, each wording once, and none that overlaps one before it."""
    unique: dict[str, Quoted] = {}
    end = 0
    for span in sorted(spans, key=lambda span: (span.char_start, -span.char_end)):
        if span.char_start >= end and unique.setdefault(span.text.lower().removeprefix("the "), span) is span:
            end = span.char_end
    return list(unique.values())


def _occasion(judged: Judged, material: Material, times: TimeFinder, thresholds: Mapping[str, float]) -> Occasion | None:
    group = judged.group
    people = _participants(judged, material, thresholds["participant"])
    if not people:
        return None
    status, form = STATUSES[int(np.argmax(group.status))], FORMS[int(np.argmax(group.form))]
    ordered = sorted(group.members, key=lambda item: -item.mention)
    told = next((item.candidate.told for item in ordered if item.candidate.told.status == status), None)
    return Occasion(
        trigger=min((item.candidate.token for item in group.members), key=lambda token: token.i),
        mentions=tuple(_mention(item.candidate) for item in ordered),
        form=form,
        status=status,
        cue=told.cue if told is not None else None,
        participants=people,
        topics=distinct_spans([choice.span for choice in _best(judged.fills["topic"], material.topics, thresholds["topic"])]),
        places=distinct_spans(
            [_place(choice, material) for choice in _best(judged.fills["place"], material.places, thresholds["place"])]
        ),
        when=_when(judged.fills["time"], material, times, status, thresholds["time"]),
        score=judged.chance,
    )


def _mention(candidate: Candidate) -> Mention:
    """The grammar's mention of a candidate, or a bare one where the grammar reads none."""
    if candidate.mentions:
        return candidate.mentions[0]
    frame = any_frame(candidate.token)
    return Mention(trigger=candidate.token, frame=frame, form=frame.form, told=candidate.told, participants=[])


def _participants(judged: Judged, material: Material, threshold: float) -> list[Participant]:
    kept = [key for key, value in judged.fills["participant"].items() if value > threshold]
    kept.sort(key=lambda key: min(index for index, _ in material.actors[key]))
    return merge_participants([item for key in kept for item in _phrases(key, judged.group, material)])


def _phrases(key: Key, group: Group, material: Material) -> list[Participant]:
    """The phrases in which an actor stands: of an unnamed one only those nearest to the surest mention, whose title is meant."""
    phrases = material.actors[key]
    if phrases[0][1].name is not None:
        return [item for _, item in phrases]
    here = material.sentences[max(group.members, key=lambda item: item.mention).candidate.token.i]
    steps = [abs(material.sentences[index] - here) for index, _ in phrases]
    return [item for (_, item), step in zip(phrases, steps, strict=True) if step == min(steps)]


def _best(chances: Mapping[Key, float], choices: Sequence[Choice], threshold: float) -> list[Choice]:
    """Choices above a threshold that do not overlap, the likelier one kept."""
    chosen: list[Choice] = []
    for number in sorted(chances, key=lambda number: (-chances[number], number)):
        choice = choices[number]
        if chances[number] > threshold and all(choice.end <= other.start or other.end <= choice.start for other in chosen):
            chosen.append(choice)
    return chosen


def _place(choice: Choice, material: Material) -> Place:
    country = material.table.country_at(material.doc[choice.end - 1])
    return Place(choice.span.text, choice.span.char_start, choice.span.char_end, country)


def _when(chances: Mapping[Key, float], material: Material, times: TimeFinder, status: str, threshold: float) -> When | None:
    best = max(chances, key=lambda number: (chances[number], -number), default=None)
    return date_of(best, material, times, status) if best is not None and chances[best] > threshold else None


def date_of(number: int, material: Material, times: TimeFinder, status: str) -> When:
    """The date that a time expression of the material gives a meeting of a status."""
    return times.when(material.timexes[number][0], status, {"planned": "future", "held": "past"}.get(status))
