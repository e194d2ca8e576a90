"""Annotated meetings -> labels of candidates, actors, tokens and time expressions. The article is invented."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from whomet.build import Pipeline
from whomet.records import STATUSES
from whomet.relations.reader.material import gather, raw_starts, window_inputs
from whomet.teach.examples import make_example
from whomet.teach.labels import Labels, label_doc, occurrences

TEXT = (
    "Norwegian Foreign Minister Kari Lund met her Chilean counterpart Pablo Rojas in Oslo on Monday. "
    "They discussed cod quotas. "
    "Lund will hold talks with Peruvian President Ana Vega next week. "
    "The weather in Oslo was fine, and no further visit was on anybody's mind."
)


def person(name: str, party: str) -> dict[str, Any]:
    return {"name": name, "title": None, "party": party}


MEETINGS: list[dict[str, Any]] = [
    {
        "form": "meeting",
        "status": "held",
        "participants": [person("Kari Lund", "Norway"), person("Pablo Rojas", "Chile")],
        "topics": ["cod quotas"],
        "places": ["Oslo"],
        "when": {"quote": "Monday", "start": "2019-05-13", "end": "2019-05-13"},
        "evidence": [TEXT[: TEXT.index("They") - 1], "They discussed cod quotas."],
    },
    {
        "form": "meeting",
        "status": "planned",
        "participants": [person("Kari Lund", "Norway"), person("Ana Vega", "Peru")],
        "topics": [],
        "places": [],
        "when": {"quote": "next week", "start": "2019-05-20", "end": "2019-05-26"},
        "evidence": ["Lund will hold talks with Peruvian President Ana Vega next week."],
    },
]


@pytest.fixture(scope="module")
def labelled(real_pipeline: Pipeline) -> tuple[Any, Any, Labels]:
    from whomet.records import Article

    ((_, reading),) = real_pipeline.readings([Article(id="a", text=TEXT, published="2019-05-15")])
    assert reading is not None
    material = gather(reading)
    raw = raw_starts(material.doc, reading.view)
    return reading, material, label_doc(material, MEETINGS, TEXT, raw, reading.times.days)


def test_candidates_belong_to_the_meeting_in_whose_evidence_they_stand(labelled: tuple[Any, Any, Labels]) -> None:
    _, material, labels = labelled
    told = {item.token.lower_: number for item, number in zip(material.candidates, labels.told, strict=True)}
    assert told == {"met": 0, "discussed": 0, "talks": 1, "visit": None}


def test_slots_hold_who_where_when_and_about_what(labelled: tuple[Any, Any, Labels]) -> None:
    _, material, labels = labelled
    first, second = labels.slots
    names = [{material.actors[key][0][1].name for key in slots.actors} for slots in (first, second)]
    assert names == [{"Kari Lund", "Pablo Rojas"}, {"Kari Lund", "Ana Vega"}]
    ((start, end),) = first.topics
    assert material.doc[start:end].text == "cod quotas"
    assert {material.doc[index].text for index in first.places | first.other_places} == {"Oslo"}
    assert len(first.places) == len(first.other_places) == 1
    assert [[material.timexes[number][0].text for number in slots.times] for slots in (first, second)] == [
        ["Monday"],
        ["next week"],
    ]


def test_one_sentence_of_two_meetings_is_given_to_the_nearer_people(real_pipeline: Pipeline) -> None:
    from whomet.records import Article

    text = "Kari Lund of Norway met Pablo Rojas of Chile in Oslo and will hold talks with Ana Vega of Peru next week."
    meetings = [{**MEETINGS[0], "evidence": [text], "topics": []}, {**MEETINGS[1], "evidence": [text]}]
    ((_, reading),) = real_pipeline.readings([Article(id="a", text=text, published="2019-05-15")])
    assert reading is not None
    material = gather(reading)
    labels = label_doc(material, meetings, text, raw_starts(material.doc, reading.view), reading.times.days)
    told = {item.token.lower_: number for item, number in zip(material.candidates, labels.told, strict=True)}
    assert told == {"met": 0, "talks": 1}


def test_an_example_has_the_labels_in_the_order_of_its_window(labelled: tuple[Any, Any, Labels]) -> None:
    reading, material, labels = labelled
    (item,) = window_inputs(material, reading.view)
    example = make_example(item, material, labels, MEETINGS)
    words = [material.doc[index].text for index in item.window.tokens]
    assert [words[place] for place in np.flatnonzero(example.topic[0] > 0)] == ["cod", "quotas"]
    assert [words[place] for place in np.flatnonzero(example.topic_start[0] > 0)] == ["cod"]
    assert [STATUSES[number] for number in example.status] == ["held", "held", "planned"]
    assert list(example.inside) == [1, 1, 1, 0]
    assert dict(zip(example.pairs, example.same.tolist(), strict=True)) == {(0, 1): 1, (0, 2): 0, (1, 2): 0}
    assert example.extra.shape == (3, 7)


def test_occurrences_may_overlap_and_an_empty_quote_has_none() -> None:
    assert list(occurrences("aaa", "aa")) == [(0, 2), (1, 3)]
    assert list(occurrences("aaa", "")) == []


def test_trees_learn_from_rows_of_the_same_figures_in_the_same_order(labelled: tuple[Any, Any, Labels]) -> None:
    from whomet.relations.reader.model import TREES
    from whomet.teach.trees import Rows, add_rows

    _, material, labels = labelled
    rows = {slot: Rows() for slot in TREES}
    add_rows(rows, material, labels, MEETINGS)
    for slot, found in rows.items():
        assert len({tuple(figures) for figures in found.figures}) == 1, slot
        assert len(found.figures) == len(found.right)
        assert 0 < sum(found.right) < len(found.right), slot


def test_choices_are_places_and_phrases_near_a_candidate(labelled: tuple[Any, Any, Labels]) -> None:
    _, material, _ = labelled
    assert [choice.span.text for choice in material.places] == ["Oslo", "Oslo"]
    assert "cod quotas" in [choice.span.text for choice in material.topics]
    assert all(TEXT[choice.span.char_start : choice.span.char_end] == choice.span.text for choice in material.topics)


def test_figures_of_distance_count_arcs_and_find_prepositions(labelled: tuple[Any, Any, Labels]) -> None:
    from whomet.grammar import preposition_over, steps_between

    _, material, _ = labelled
    words = {token.text: token for token in material.doc}
    assert steps_between(words["met"], words["met"]) == 0
    assert steps_between(words["cod"], words["quotas"]) == steps_between(words["quotas"], words["cod"]) == 1
    assert steps_between(words["met"], words["weather"]) == 60
    assert preposition_over(material.doc[material.places[0].head]) == "in"
    assert preposition_over(words["met"]) is None
