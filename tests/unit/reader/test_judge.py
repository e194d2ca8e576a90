"""Groups of candidates, what the second trees are told of them, and the occasions they become. The article is invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from whomet.build import Pipeline
from whomet.records import Article
from whomet.relations import Reading
from whomet.relations.mention import participant_key
from whomet.relations.reader.decode import decide, read_scene
from whomet.relations.reader.groups import Key, Said, Scored, make_group
from whomet.relations.reader.judge import Judged, Scene, fill_figures, group_figures, judge_groups, make_scene, occasion_figures
from whomet.relations.reader.material import gather, window_inputs
from whomet.relations.reader.model import TREES

TEXT = (
    "Senior envoys of Norway and Chile are said to have met on a boat in March. "
    "The boat has since been sold to a museum. "
    "Nobody remembers what it cost. "
    "Critics called the sale a scandal. "
    "Norway and Chile will hold talks on cod quotas in Oslo on Monday. "
    "On the same day Norwegian Prime Minister Kari Lund will meet Peruvian President Ana Vega in Bergen."
)
ALL = {"occasion": 0.0, "participant": 0.5, "topic": 0.5, "place": 0.5, "time": 0.5}


@pytest.fixture(scope="module")
def read(trained_pipeline: Pipeline) -> tuple[Reading, Scene]:
    ((_, reading),) = trained_pipeline.readings([Article(id="a", text=TEXT, published="2019-05-15")])
    assert reading is not None
    assert trained_pipeline.reader is not None
    material = gather(reading)
    return reading, read_scene(trained_pipeline.reader, material, window_inputs(material, reading.view))


def said(encoder: float, trees: float) -> Said:
    return Said(encoder, trees, float(1 / (1 + np.exp(-(encoder + trees) / 2))), {})


def scored(like: Scored, mention: float, people: Mapping[Key, Said]) -> Scored:
    return replace(like, mention=mention, fills={**{slot: {} for slot in TREES}, "participant": people})


def test_a_group_hears_all_its_members(read: tuple[Reading, Scene]) -> None:
    like = read[1].groups[0].members[0]
    group = make_group([scored(like, 0.9, {"a": said(2, 2)}), scored(like, 0.3, {"a": said(-2, -2), "b": said(0, 0)})])
    chances = group.chances("participant")
    high, low = float(1 / (1 + np.exp(-2))), float(1 / (1 + np.exp(2)))
    assert chances["a"] == pytest.approx((high + (0.9 * high + 0.3 * low) / 1.2) / 2)
    assert chances["b"] == pytest.approx(0.5)
    assert group.chances("topic") == {}


def test_the_surer_member_decides_status_and_form(read: tuple[Reading, Scene]) -> None:
    like = read[1].groups[0].members[0]
    held, planned = np.log(np.array([0.6, 0.1, 0.1, 0.1, 0.1], np.float32)), np.log(np.array([0.05, 0.8, 0.05, 0.05, 0.05]))
    sure, unsure = replace(like, mention=0.9, status=held), replace(like, mention=0.2, status=planned.astype(np.float32))
    assert make_group([sure, unsure]).status.argmax() == 0
    assert make_group([replace(sure, mention=0.2), replace(unsure, mention=0.9)]).status.argmax() == 1


def test_figures_have_the_same_names_in_the_same_order(read: tuple[Reading, Scene]) -> None:
    _, scene = read
    assert len(scene.groups) > 1
    shared = [group_figures(scene, number) for number in range(len(scene.groups))]
    assert len({tuple(figures) for figures in shared}) == 1
    for slot in TREES:
        rows = [row for number, own in enumerate(shared) for row in fill_figures(scene, number, slot, own).values()]
        assert len({tuple(row) for row in rows}) == 1, slot
        assert all(isinstance(value, float) for row in rows for value in row.values()), slot
    empty: dict[str, dict[Key, float]] = {slot: {} for slot in TREES}
    full: dict[str, dict[Key, float]] = {slot: {"a": 0.9, "b": 0.1, "c": 0.5, "d": 0.2} for slot in TREES}
    assert list(occasion_figures(shared[0], empty)) == list(occasion_figures(shared[0], full))
    assert [occasion_figures(shared[0], full)[f"time {number}"] for number in range(3)] == [0.9, 0.5, 0.2]


def test_trees_are_asked_once_a_slot_and_answer_for_every_fill(read: tuple[Reading, Scene]) -> None:
    _, scene = read
    asked: list[str] = []

    class Forest:
        def score_trees(self, name: str, rows: Sequence[Mapping[str, float]]) -> Any:
            asked.append(name)
            return np.arange(len(rows), dtype=np.float32) / 100

    judged = judge_groups(Forest(), scene)
    assert asked == [*(f"fills_{slot}" for slot in TREES), "occasion"]
    assert [item.group for item in judged] == list(scene.groups)
    for item in judged:
        for slot in TREES:
            assert item.fills[slot].keys() == item.group.fills[slot].keys()
            assert all(0.5 <= value < 1 for value in item.fills[slot].values())
    assert [item.chance for item in judged] == sorted(item.chance for item in judged)


def test_an_article_without_candidates_is_judged_without_asking_for_anything(
    trained_pipeline: Pipeline, read: tuple[Reading, Scene]
) -> None:
    assert trained_pipeline.reader is not None
    assert judge_groups(trained_pipeline.reader, make_scene([], np.zeros((0, 0), np.float32), read[1].material)) == []


def sides(scene: Scene, *parties: str) -> dict[Key, float]:
    return {
        key: 1.0 for key, places in scene.material.actors.items() if places[0][1].name is None and places[0][1].party in parties
    }


def group_at(scene: Scene, word: str, sentence: int) -> Any:
    material = scene.material
    number = next(
        number
        for number, item in enumerate(material.candidates)
        if item.token.lower_ == word and material.sentences[item.token.i] == sentence
    )
    like = scene.groups[0].members[0]
    return make_group([replace(like, candidate=material.candidates[number], fills={slot: {} for slot in TREES})])


def test_an_unnamed_side_has_the_title_of_the_phrase_near_the_meeting(read: tuple[Reading, Scene]) -> None:
    reading, scene = read
    fills = {**{slot: {} for slot in TREES}, "participant": sides(scene, "Norway", "Chile")}
    for word, sentence, titles in (("met", 0, {"Senior envoys"}), ("talks", 4, {None})):
        (occasion,) = decide([Judged(group_at(scene, word, sentence), 1.0, fills)], scene.material, reading.times, ALL)
        assert {person.party for person in occasion.participants} == {"Norway", "Chile"}
        assert {person.title for person in occasion.participants} <= titles | {None}
    assert all(person.title is None for person in occasion.participants)


def test_what_is_too_unlikely_or_has_nobody_is_no_occasion(read: tuple[Reading, Scene]) -> None:
    reading, scene = read
    group, nothing = group_at(scene, "talks", 4), {slot: {} for slot in TREES}
    some = {**nothing, "participant": sides(scene, "Norway", "Chile")}
    assert decide([Judged(group, 1.0, nothing)], scene.material, reading.times, ALL) == []
    assert decide([Judged(group, 0.2, some)], scene.material, reading.times, {**ALL, "occasion": 0.3}) == []
    (occasion,) = decide([Judged(group, 0.4, some)], scene.material, reading.times, {**ALL, "occasion": 0.3})
    assert occasion.score == 0.4


def test_the_same_people_on_the_same_day_are_one_occasion(read: tuple[Reading, Scene]) -> None:
    reading, scene = read
    material = scene.material
    monday = next(number for number, (timex, _, _) in enumerate(material.timexes) if timex.text == "Monday")
    oslo = next(number for number, choice in enumerate(material.places) if choice.span.text == "Oslo")
    bergen = next(number for number, choice in enumerate(material.places) if choice.span.text == "Bergen")
    people = sides(scene, "Norway", "Chile")
    fills = [{"participant": people, "time": {monday: 0.9}, "place": {place: 0.9}, "topic": {}} for place in (oslo, bergen)]
    group = group_at(scene, "talks", 4)
    judged = [Judged(group, 0.6, fills[0]), Judged(group, 0.8, fills[1])]
    (occasion,) = decide(judged, material, reading.times, ALL)
    assert [place.text for place in occasion.places] == ["Oslo", "Bergen"]
    assert occasion.score == 0.8
    assert {participant_key(person) for person in occasion.participants} == set(people)
    undated = replace(judged[1], fills={**judged[1].fills, "time": {}})
    (occasion,) = decide([undated, judged[0]], material, reading.times, ALL)
    assert occasion.when is not None
    assert occasion.when.text == "Monday"


def test_another_day_form_or_status_makes_another_occasion(read: tuple[Reading, Scene]) -> None:
    reading, scene = read
    material = scene.material
    monday, march = (
        next(number for number, (timex, _, _) in enumerate(material.timexes) if timex.text == text)
        for text in ("Monday", "March")
    )
    group = group_at(scene, "talks", 4)
    other_form, other_status = np.array([-9.0, 9, -9, -9], np.float32), np.array([-9.0, -9, -9, 9, -9], np.float32)

    def judged(day: int | None, **changes: Any) -> Judged:
        members = tuple(replace(item, **changes) for item in group.members)
        fills = {"participant": sides(scene, "Norway", "Chile"), "time": {day: 0.9} if day is not None else {}}
        return Judged(replace(group, members=members), 0.6, {"place": {}, "topic": {}, **fills})

    def count(*items: Judged) -> int:
        return len(decide(items, material, reading.times, ALL))

    assert count(judged(monday), judged(monday)) == 1
    assert count(judged(monday), judged(march)) == 2
    assert count(judged(monday), judged(monday, form=other_form)) == 1
    assert count(judged(None), judged(monday, form=other_form)) == 2
    assert count(judged(monday), judged(monday, status=other_status)) == 2
