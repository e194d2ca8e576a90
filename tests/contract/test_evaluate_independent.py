"""The scorer agrees with the independent one that the project is measured by, where that one is at hand."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from whomet.evaluate import evaluate, read_gold, read_predictions

SHARED = Path(__file__).parents[3] / "shared"
SCORER, GOLD = SHARED / "tools" / "score_meetings.py", SHARED / "gold" / "dev.jsonl"

pytestmark = pytest.mark.skipif(
    not (SCORER.exists() and GOLD.exists()), reason="no independent scorer and gold beside the project"
)


def spoil(meeting, draw):
    """A prediction with the mistakes of a reader: names cut, parties lost, topics clipped, days and evidence missing."""
    people = [dict(person) for person in meeting["participants"] if draw.random() > 0.15]
    for person in people:
        if person["name"] and draw.random() < 0.3:
            person["name"] = person["name"].split()[-1]
        if draw.random() < 0.2:
            person["party"] = draw.choice(["US", "Britain", None])
    return meeting | {
        "participants": people,
        "status": meeting["status"] if draw.random() < 0.8 else "planned",
        "form": meeting["form"] if draw.random() < 0.8 else "visit",
        "topics": [" ".join(topic.split()[:2]) for topic in meeting["topics"] if draw.random() > 0.2],
        "places": [place for place in meeting["places"] if draw.random() > 0.2],
        "when": meeting["when"] if draw.random() > 0.2 else None,
        "evidence": [quote[draw.randrange(40) :] for quote in meeting["evidence"]],
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_evaluate_agrees_with_the_independent_scorer(tmp_path: Path, seed: int):
    pytest.importorskip("scipy", reason="the independent scorer needs SciPy")
    draw = random.Random(seed)
    records = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    lines = []
    for record in records:
        for number, meeting in enumerate(record["meetings"], 1):
            for copy in range(draw.choice([0, 1, 1, 1, 1, 2])):
                lines.append({"article": record["id"]} | spoil(meeting, draw) | {"id": f"{record['id']}#m{number}.{copy}"})
    predicted = tmp_path / "meetings.jsonl"
    predicted.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    command = [sys.executable, str(SCORER), str(GOLD), str(predicted), "--json"]
    expected = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    found = evaluate(read_gold(GOLD).meetings, read_predictions(predicted)).to_json()["figures"]
    assert found["overall"]["ci95"] == pytest.approx(expected.pop("overall_ci95"), abs=0.001)
    assert set(expected) <= set(found)
    for figure in expected:
        score = found[figure]
        assert [score["precision"], score["recall"], score["f1"]] == pytest.approx(expected[figure], abs=0.001), figure
