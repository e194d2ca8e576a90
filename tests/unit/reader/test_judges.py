"""What groups of candidates teach the second trees. The articles are invented. Needs the group `train`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from whomet.annotated import read_annotated
from whomet.build import Pipeline
from whomet.records import to_json
from whomet.relations.reader.model import FIRST_FOREST, FOREST, TREES
from whomet.teach.judges import cross_fit, make_rows, read_held, split_folds, write_predictions
from whomet.teach.thresholds import THRESHOLDS, calibration, choose_thresholds, score_thresholds

pytest.importorskip("lightgbm", reason="the dependency group `train` is not installed")

SENTENCE = "Norwegian Foreign Minister {0} met her Chilean counterpart {1} in Oslo on Monday to discuss cod quotas."
PEOPLE = [("Kari Lund", "Pablo Rojas"), ("Ingrid Berg", "Luis Soto"), ("Astrid Moen", "Jorge Vidal"), ("Liv Haug", "Mario Leiva")]


def row(number: int) -> dict[str, Any]:
    first, second = PEOPLE[number % len(PEOPLE)]
    text = SENTENCE.format(first, second)
    meeting = {
        "form": "meeting",
        "status": "held",
        "participants": [
            {"name": first, "title": "Foreign Minister", "party": "Norway"},
            {"name": second, "title": None, "party": "Chile"},
        ],
        "parties": ["Chile", "Norway"],
        "topics": ["cod quotas"],
        "places": ["Oslo"],
        "when": {"quote": "Monday", "start": "2019-05-13", "end": "2019-05-13"},
        "evidence": [text],
    }
    meetings = [meeting] if number else []
    return {"id": f"a{number}", "outlet": f"outlet{number % 6}", "text": text, "published": "2019-05-15", "meetings": meetings}


def test_articles_of_one_outlet_are_in_one_fold_and_folds_are_even() -> None:
    outlets = ["a"] * 4 + ["b"] * 3 + ["c", "d", "e", "f", "g"]
    folds = split_folds(outlets)
    assert all(len({fold for fold, outlet in zip(folds, outlets, strict=True) if outlet == name}) == 1 for name in set(outlets))
    assert max(folds.count(fold) for fold in set(folds)) == 4
    assert folds == split_folds(outlets)


def test_groups_are_taught_by_the_annotated_meeting_they_stand_for(real_pipeline: Pipeline, trained_pipeline: Pipeline) -> None:
    assert trained_pipeline.reader is not None
    held = read_held(list(read_annotated([row(0), row(1)], real_pipeline)), trained_pipeline.reader)
    rows = make_rows(held)
    assert {(one.article, one.right) for one in rows["occasion"]} == {(0, False), (1, True)}
    for slot in TREES:
        assert not any(one.right for one in rows[slot] if one.article == 0), slot
    scene = held[1].scene
    assert scene is not None
    material = scene.material
    right = {slot: {one.key for one in rows[slot] if one.article == 1 and one.right} for slot in TREES}
    assert {material.actors[key][0][1].name for key in right["participant"]} == {"Ingrid Berg", "Luis Soto"}
    assert {material.timexes[key][0].text for key in right["time"]} == {"Monday"}
    assert {material.places[key].span.text for key in right["place"]} == {"Oslo"}
    assert "cod quotas" in {material.topics[key].span.text for key in right["topic"]}


def test_every_article_is_judged_by_trees_that_have_not_seen_it(
    real_pipeline: Pipeline, trained_pipeline: Pipeline, tmp_path: Path
) -> None:
    assert trained_pipeline.reader is not None
    articles = list(read_annotated([row(number) for number in range(12)], real_pipeline))
    held = read_held(articles, trained_pipeline.reader)
    judged, forest = cross_fit(held)
    assert set(forest) == set(FOREST) - set(FIRST_FOREST)
    assert [len(groups) for groups in judged] == [len(item.scene.groups) if item.scene else 0 for item in held]
    assert all(0 <= group.chance <= 1 for groups in judged for group in groups)
    thresholds = choose_thresholds(held, judged, THRESHOLDS)
    assert thresholds.keys() == THRESHOLDS.keys()
    assert sum(score_thresholds(held, judged, thresholds)) >= sum(score_thresholds(held, judged, THRESHOLDS))
    assert 0 <= calibration(held, judged, thresholds) <= 1
    write_predictions(held, judged, thresholds, tmp_path / "held.jsonl")
    lines = (tmp_path / "held.jsonl").read_text(encoding="utf-8").splitlines()
    meetings = [
        meeting for item, groups in zip(held, judged, strict=True) for meeting in item.meetings(item.decide(groups, thresholds))
    ]
    assert [json.loads(line) for line in lines] == [json.loads(json.dumps(to_json(meeting))) for meeting in meetings]
