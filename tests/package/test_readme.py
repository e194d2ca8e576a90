"""What the README shows is what whomet does."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

import whomet
from whomet.cli import main
from whomet.config import Config
from whomet.files import read_articles
from whomet.records import Article, to_json
from whomet.run import ARTICLES, FAILURES, GRAPH, MEETINGS, RUN, run

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The one code block of a language."""
    [code] = re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
    return str(code)


def is_part_of(shown: Any, whole: Any) -> bool:
    """Whether every key and item that the README shows has this value; it may leave others out."""
    if isinstance(shown, dict):
        return isinstance(whole, dict) and all(key in whole and is_part_of(value, whole[key]) for key, value in shown.items())
    if isinstance(shown, list):
        return all(any(is_part_of(item, other) for other in whole) for item in shown)
    return bool(shown == whole)


def test_shown_query_runs_in_duckdb(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    ends = {"source": "person:a", "target": "person:b", "start": "2014-03-12", "topic": "fish", "status": "held"}
    rows = [
        {"type": "node", "id": "person:a", "kind": "Person", "label": "Kari Lund"},
        {"type": "node", "id": "person:b", "kind": "Person", "label": "Pablo Rojas"},
        {"type": "edge", "id": "e:1", "kind": "MET", **ends},
        {"type": "edge", "id": "e:2", "kind": "MET", **ends, "start": "2014-04-01"},
    ]
    path = tmp_path / "graph.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    [found] = duckdb.sql(block("sql").replace("graph.jsonl", str(path))).fetchall()
    assert (*found[:3], str(found[3]), found[4]) == ("Kari Lund", "Pablo Rojas", "fish", "2014-03-12", "held")


def test_shown_record_is_what_the_sample_gives(real_pipeline: Any) -> None:
    shown = json.loads(block("json"))
    [page] = read_articles([ROOT / "corpus" / "sample" / f"{shown['id'].partition('#')[0]}.txt"])
    [article] = run([page], Config(), pipeline=real_pipeline)
    assert isinstance(article, Article)
    [meeting] = [meeting for meeting in article.meetings if meeting.id == shown["id"]]
    assert is_part_of(shown, to_json(meeting)), to_json(meeting)
    assert len(shown["participants"]) == len(meeting.participants)


def test_library_example_runs(real_pipeline: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("whomet.build.build_pipeline", lambda config: real_pipeline)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(block("python"), {})
    assert "held ('Iceland', 'Norway') 2019-04-09 " in printed.getvalue()


@pytest.mark.parametrize("name", [ARTICLES, MEETINGS, GRAPH, FAILURES, RUN])
def test_every_output_file_is_explained(name: str) -> None:
    assert f"| `{name}` |" in README


def test_changelog_tells_of_this_version_and_of_every_command() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(whomet.__version__)}\b", changelog, flags=re.MULTILINE)
    assert [name for name in main.commands if f"`whomet {name}`" not in changelog] == []
