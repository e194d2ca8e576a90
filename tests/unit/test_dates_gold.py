"""The bars of the project on annotated time expressions and publication lines; skipped where the shared data are not."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from whomet.dates import find_published
from whomet.dates.predict import predict_lines
from whomet.records import Article

SHARED = Path(__file__).resolve().parents[3] / "shared"
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="annotated texts live beside the repository, not in it")


@pytest.fixture(scope="module")
def scorer():
    spec = importlib.util.spec_from_file_location("score_dates", SHARED / "tools" / "score_dates.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_gold(path):
    return {record["doc_id"]: record for record in map(json.loads, path.read_text(encoding="utf-8").splitlines())}


@pytest.mark.parametrize(("name", "floor"), [("timex_dev", 94.0), ("timebank", 80.0), ("aquaint", 76.0)])
def test_value_f1_stays_above_its_floor(scorer, name, floor):
    path = SHARED / "dates" / f"{name}.jsonl"
    gold = read_gold(path)
    predicted = {record["doc_id"]: record for record in map(json.loads, predict_lines(path))}
    for document in gold.values():
        for timex in [*document["timexes"], *predicted[document["doc_id"]]["timexes"]]:
            timex["start"], timex["end"] = scorer.trim(timex["start"], timex["end"], document["text"])
    result, _ = scorer.score(gold, predicted)
    assert result["value"]["F1"] >= floor


def test_days_of_annotated_expressions_stay_right(scorer):
    path = SHARED / "dates" / "timex_dev.jsonl"
    right = total = 0
    predicted = {record["doc_id"]: record["timexes"] for record in map(json.loads, predict_lines(path))}
    for document in read_gold(path).values():
        gold = [timex for timex in document["timexes"] if timex["first_day"] and not timex.get("doubtful")]
        found = predicted[document["doc_id"]]
        pairs = {first: second for first, second, _ in scorer.pair(gold, found)}
        total += len(gold)
        for index, timex in enumerate(gold):
            other = found[pairs[index]] if index in pairs else {"first_day": None, "last_day": None}
            right += (timex["first_day"], timex["last_day"]) == (other["first_day"], other["last_day"])
    assert right / total >= 0.95


def test_publication_lines_are_read_and_no_wrong_one_is_sure():
    right = total = 0
    for line in (SHARED / "dates" / "publines.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        found = find_published(Article(record["id"], "\n".join(record["lines"])))
        total += 1
        right += found.value == record["answer"]
        assert found.value == record["answer"] or found.confidence < 0.6
    assert right / total >= 0.95
