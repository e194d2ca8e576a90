"""The scorer agrees with the independent one that the project is measured by, where that one is at hand."""

import gzip
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from whomet.evaluate import evaluate, read_gold, read_predictions
from whomet.evaluate.lines import count_lines, read_lines
from whomet.evaluate.resampling import estimate
from whomet.evaluate.timexes import count_timexes, read_timexes

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


def percents(tallies):
    """Every figure with its parts, in percent."""
    shown = {}
    for item in estimate(tallies):
        parts = [part.value for part in (item.precision, item.recall) if part] + [item.value.value]
        shown[item.figure] = [100 * part for part in parts]
    return shown


def test_lines_agree_with_the_independent_scorer(tmp_path: Path):
    gold = SHARED / "lines" / "dev.jsonl.gz"
    draw = random.Random(3)
    pages, rows = {}, {}
    for number, (page, lines) in enumerate(read_lines(gold).items()):
        if number % 5:
            continue
        pages[page] = lines
        labels = ["headline", "body", "comment", "boilerplate", "related"]
        segments = [
            {
                "char_start": line.char_start,
                "char_end": line.char_start + len(line.text) + 1,
                "label": line.label if draw.random() < 0.8 else draw.choice(labels),
            }
            for line in lines.lines
        ]
        if draw.random() < 0.9:
            rows[page] = {"id": page, "segments": segments}
    chosen = tmp_path / "gold.jsonl"
    with gzip.open(gold, "rt", encoding="utf-8") as stream:
        chosen.write_text("".join(line for line in stream if json.loads(line)["id"] in pages), encoding="utf-8")
    (tmp_path / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows.values()), encoding="utf-8")
    command = [sys.executable, str(SHARED / "tools" / "score_lines.py"), str(chosen), str(tmp_path / "articles.jsonl")]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    found = percents(count_lines(pages, rows))
    for name in ("body", "comment"):
        [expected] = re.findall(rf"all +{name} +words P +([\d.]+) R +([\d.]+) F1 +([\d.]+)  page-mean F1 +([\d.]+)", told)
        assert [*found[f"lines_{name}"], *found[f"lines_{name}_pages"]] == pytest.approx(list(map(float, expected)), abs=0.051)


@pytest.mark.parametrize("name", ["timex_dev", "aquaint"])
def test_timexes_agree_with_the_independent_scorer(tmp_path: Path, name: str):
    path = SHARED / "dates" / f"{name}.jsonl"
    draw = random.Random(4)
    lines, rows = [], {}
    for article, gold in read_timexes(path).items():
        timexes = [
            {
                "start": max(0, timex.char_start - draw.choice([0, 0, 0, 3])),
                "end": timex.char_end,
                "type": draw.choice([timex.type, timex.type, "SET"]),
                "value": draw.choice([timex.value, timex.value, "P1D"]),
                "text": "",
            }
            for timex in gold.timexes
            for _ in range(draw.choice([0, 1, 1, 1, 2]))
        ]
        lines.append({"doc_id": article, "timexes": timexes})
        ours = [item | {"char_start": item["start"], "char_end": item["end"]} for item in timexes]
        rows[article] = {"id": article, "timexes": ours}
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    command = [sys.executable, str(SHARED / "tools" / "score_dates.py"), str(path), str(predicted), "--json"]
    expected = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    found = percents(count_timexes(read_timexes(path), rows))
    for figure in ("strict", "relaxed", "type", "value", "strict_value"):
        score = expected[figure]
        assert found[f"timex_{figure}"] == pytest.approx([score["P"], score["R"], score["F1"]], abs=0.01), figure
