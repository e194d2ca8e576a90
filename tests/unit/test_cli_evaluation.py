"""The commands evaluate and agreement with a fake pipeline: what they extract, print and write."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from whomet.cli import main

MET = {
    "form": "meeting",
    "status": "held",
    "participants": [{"name": None, "title": None, "party": "Norway"}, {"name": "Ana Lima", "title": "envoy", "party": "Brazil"}],
    "evidence": ["MEET"],
}


@pytest.fixture(autouse=True)
def built(pipeline: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The configurations that a pipeline was built of; every one is the fake pipeline."""
    configs: list[Any] = []
    module = ModuleType("whomet.build")
    module.build_pipeline = lambda config: configs.append(config) or pipeline  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "whomet.build", module)
    return configs


def invoke(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def write(path: Path, *rows: Any) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def figures(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["figures"]


def counts(figure: Any) -> tuple[float, ...]:
    return figure["matched"], figure["predicted"], figure["gold"]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Gold with its texts, in which the fake pipeline finds one meeting of two."""
    return write(
        tmp_path / "gold.jsonl",
        {"id": "a", "text": "Then MEET here", "outlet": "One", "meetings": [MET]},
        {"id": "b", "text": "Unseen <b>talks</b>", "outlet": "Two", "meetings": [MET | {"evidence": ["Unseen <b>talks</b>"]}]},
    )


def test_run_over_the_gold_itself_extracts_its_texts(gold: Path) -> None:
    found = figures(invoke("evaluate", gold, "--run", gold, "--json", "-"))
    assert counts(found["detection"]) == (1, 1, 2)
    assert found["detection"]["ci95"][1] == 1.0


def test_run_reads_only_articles_that_are_annotated(tmp_path: Path, gold: Path, pipeline: Any) -> None:
    write(tmp_path / "news.jsonl", {"id": "a", "text": "MEET"}, {"id": "stranger", "text": "MEET"})
    result = invoke("evaluate", gold, "--run", tmp_path / "news.jsonl", "--json", "-")
    assert counts(figures(result)["detection"]) == (1, 1, 2)
    assert pipeline.batches == [["a"]]
    assert "1 gold articles were not read" in result.stderr


def test_run_tells_of_articles_that_failed(tmp_path: Path) -> None:
    path = write(
        tmp_path / "gold.jsonl", {"id": "a", "text": "MEET", "meetings": [MET]}, {"id": "b", "text": "BOOM", "meetings": [MET]}
    )
    result = invoke("evaluate", path, "--run", path, "--json", "-")
    assert counts(figures(result)["detection"]) == (1, 1, 2)
    assert "failed: " in result.stderr


def test_run_without_texts_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", {"id": "a", "meetings": []})
    result = invoke("evaluate", path, "--run", path)
    assert result.exit_code == 2
    assert "holds no texts" in result.stderr


def test_run_over_strangers_is_refused(tmp_path: Path, gold: Path) -> None:
    result = invoke("evaluate", gold, "--run", write(tmp_path / "news.jsonl", {"id": "stranger", "text": "MEET"}))
    assert result.exit_code == 2
    assert "none of the articles" in result.stderr


def test_run_and_pred_exclude_each_other(gold: Path) -> None:
    assert invoke("evaluate", gold, gold, "--run", gold).exit_code == 2


def test_run_reads_texts_of_further_gold_and_all_dates(tmp_path: Path, gold: Path, built: list[Any], pipeline: Any) -> None:
    timexes = [{"char_start": 3, "char_end": 9, "type": "DATE", "value": "2020-03-02"}]
    path = write(tmp_path / "timexes.jsonl", {"id": "t", "text": "On Monday.", "published": "2020-03-02", "timexes": timexes})
    lines = write(tmp_path / "lines.jsonl", {"id": "l", "lines": [{"t": "Two words", "label": "body"}]})
    found = figures(invoke("evaluate", gold, "--run", gold, "--timexes", path, "--lines", lines, "--json", "-"))
    assert counts(found["timex_value"]) == (0, 0, 1)
    assert counts(found["lines_body"]) == (2, 2, 2)
    assert sorted(name for batch in pipeline.batches for name in batch) == ["a", "b", "l", "t"]
    assert [config.full for config in built] == [True]


def test_further_gold_needs_the_articles_of_the_run(tmp_path: Path, gold: Path) -> None:
    lines = write(tmp_path / "lines.jsonl", {"id": "l", "lines": [{"t": "Two words", "label": "body"}]})
    result = invoke("evaluate", gold, write(tmp_path / "meetings.jsonl"), "--lines", lines)
    assert result.exit_code == 2
    assert "articles.jsonl" in result.stderr


def test_folder_of_a_run_is_scored_with_its_articles(tmp_path: Path, gold: Path) -> None:
    invoke("extract", gold, "-o", tmp_path / "out")
    lines = write(tmp_path / "lines.jsonl", {"id": "a", "lines": [{"t": "Then MEET here", "label": "body"}]})
    for pred in (tmp_path / "out", tmp_path / "out" / "meetings.jsonl"):
        found = figures(invoke("evaluate", gold, pred, "--lines", lines, "--json", "-"))
        assert counts(found["lines_body"]) == (3, 3, 3)
        assert counts(found["detection"]) == (1, 1, 2)


def test_against_tells_the_difference(tmp_path: Path, gold: Path) -> None:
    other = write(tmp_path / "other.jsonl")
    result = invoke("evaluate", gold, "--run", gold, "--against", other, "--json", tmp_path / "report.json")
    assert result.exit_code == 0
    rows = {row["figure"]: row for row in json.loads((tmp_path / "report.json").read_text())["against"]}
    detection = rows["detection"]
    assert (detection["value"], detection["against"], detection["difference"]) == (0.6667, 0.0, 0.6667)
    assert 0 < detection["p"] <= 1
    assert "difference" in result.stdout


def test_table_shows_figures_confusion_and_groups(gold: Path) -> None:
    lines = [line.split() for line in invoke("evaluate", gold, "--run", gold).stdout.splitlines()]
    assert ["detection", "100.0", "50.0", "66.7", "0.0-100.0", "1/1/2"] in lines
    assert ["held", "1", "1"] in lines  # one found as held, one missed
    assert [line[0] for line in lines if line[1:3] == ["1", "100.0"]] == ["One"]


def test_json_and_html_are_written_beside_the_table(tmp_path: Path, gold: Path) -> None:
    result = invoke("evaluate", gold, "--run", gold, "--json", tmp_path / "a.json", "--html", tmp_path / "a.html")
    report = json.loads((tmp_path / "a.json").read_text())
    assert "detection" in result.stdout
    assert report["confusion"] == {"held": {"held": 1, "missed": 1}}
    assert report["calibration"]["bins"] == [{"low": 0.7, "high": 0.8, "meetings": 1, "confidence": 0.75, "right": 1.0}]
    assert set(report["breakdowns"]["outlet"]) == {"One", "Two"}
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "Unseen &lt;b&gt;talks&lt;/b&gt;" in page
    assert "<b>" not in page


def test_a_report_that_cannot_be_written_is_one_line(tmp_path: Path, gold: Path) -> None:
    result = invoke("evaluate", gold, "--run", gold, "--html", tmp_path / "none" / "a.html")
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_agreement_is_the_same_either_way_and_over_what_both_read(tmp_path: Path) -> None:
    other = MET | {"status": "planned", "participants": MET["participants"][:1]}
    one = write(tmp_path / "one.jsonl", {"id": "a", "meetings": [MET]}, {"id": "only-one", "meetings": [MET]})
    two = write(tmp_path / "two.jsonl", {"id": "a", "meetings": [other]}, {"id": "only-two", "meetings": []})
    there = invoke("agreement", one, two, "--json", "-")
    back = invoke("agreement", two, one, "--json", "-")
    first, second = figures(there), figures(back)
    assert counts(first["detection"]) == (1, 1, 1)
    assert {name: item["value"] for name, item in first.items()} == {name: item["value"] for name, item in second.items()}
    assert (first["status_acc"]["value"], first["participants"]["value"]) == (0.0, 0.6667)
    assert "1 articles annotated twice, 2 once" in there.stderr


def test_agreement_of_files_without_a_common_article_is_refused(tmp_path: Path) -> None:
    one, two = (write(tmp_path / f"{name}.jsonl", {"id": name, "meetings": []}) for name in "ab")
    assert invoke("agreement", one, two).exit_code == 2
