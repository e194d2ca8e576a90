"""A stage that breaks makes the gate fail, names the articles, and shows in the report where.

The corpus is made of our sample pages, annotated with what the whole pipeline reads of them today: what is tested is not how
right that is, but that a change for the worse is seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

import whomet.build
import whomet.relations.meetings
from whomet.cli import main
from whomet.config import Config
from whomet.files import read_articles
from whomet.records import Article, Segment, Timex, to_json
from whomet.run import run

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
PAGES = ["02_border_row_with_comments", "05_bakery_prize", "06_river_summit_wire"]


def gate(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["gate", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def corpus(tmp_path: Path, real_pipeline: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gold folder whose floors are set."""
    monkeypatch.setattr("whomet.build.build_pipeline", lambda config: real_pipeline)
    folder = tmp_path / "gold"
    (folder / "pages").mkdir(parents=True)
    lines = []
    for article in run(read_articles([SAMPLE / f"{page}.txt" for page in PAGES]), Config(), pipeline=real_pipeline):
        assert isinstance(article, Article)
        (folder / "pages" / f"{article.id}.txt").write_bytes(article.text.encode())
        lines.append({"id": article.id, "outlet": "Own", "meetings": to_json(article.meetings)})
    (folder / "gold.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert gate(folder, "--raise").exit_code == 0
    return folder


def mistakes_on(page: Path) -> dict[str, list[str]]:
    """The kinds of the mistakes that a report shows, by article."""
    shown = {}
    for section in re.findall(r'<section class="article".*?</section>', page.read_text(encoding="utf-8"), flags=re.DOTALL):
        title = re.search(r"<h3>(\S+)<", section)
        assert title is not None
        shown[title[1]] = re.findall(r'data-kind="([^"]*)"', section)
    return shown


def break_status(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whomet.relations.meetings, "_status", lambda occasion, published: "held")


def break_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    find: Callable[..., Any] = whomet.build.find_timexes

    def later(day: str | None) -> str | None:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day else None

    def find_later(*arguments: Any, **options: Any) -> list[Timex]:
        return [replace(timex, start=later(timex.start), end=later(timex.end)) for timex in find(*arguments, **options)]

    monkeypatch.setattr(whomet.build, "find_timexes", find_later)


def break_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    label: Callable[[str], tuple[Segment, ...]] = whomet.build.label_lines

    def keep_comments(text: str) -> tuple[Segment, ...]:
        return tuple(replace(item, label="body") if item.label == "comment" else item for item in label(text))

    monkeypatch.setattr(whomet.build, "label_lines", keep_comments)


def test_gate_passes_while_nothing_changes(corpus: Path) -> None:
    result = gate(corpus)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "every figure holds the floor" in result.stderr


@pytest.mark.parametrize(
    ("broken", "figure", "spared", "kind", "article"),
    [
        (break_status, "status_macro", "participants", "status", "02_border_row_with_comments"),
        (break_dates, "when", "topics", "when", "06_river_summit_wire"),
        (break_comments, "detection", "status_acc", "spurious", "02_border_row_with_comments"),
    ],
)
def test_gate_names_what_a_broken_stage_changes(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: Any, figure: str, spared: str, kind: str, article: str
) -> None:
    broken(monkeypatch)
    page = tmp_path / "report.html"
    result = gate(corpus, "--html", page)
    assert result.exit_code == 1
    falls = dict(re.findall(r"^(\w+): [\d.]+ is below its floor [\d.]+\n((?:    .*\n)*)", result.stdout, flags=re.MULTILINE))
    assert article in falls[figure]
    assert spared not in falls
    assert any(kind in kinds.split() for kinds in mistakes_on(page)[article])
    before = (corpus / "floors.json").read_bytes()
    assert gate(corpus, "--raise").exit_code == 1
    assert (corpus / "floors.json").read_bytes() == before


def test_gate_refuses_a_corpus_that_has_changed(corpus: Path) -> None:
    page = corpus / "pages" / f"{PAGES[0]}.txt"
    page.write_text(page.read_text(encoding="utf-8") + "\nOne line more.\n", encoding="utf-8")
    result = gate(corpus)
    assert result.exit_code == 2
    assert "another corpus" in result.stderr
    assert gate(corpus, "--raise").exit_code == 2
    assert gate(corpus, "--raise", "--new-corpus").exit_code == 0
    assert gate(corpus).exit_code == 0


def test_gate_without_floors_says_how_to_set_them(corpus: Path) -> None:
    (corpus / "floors.json").unlink()
    result = gate(corpus)
    assert result.exit_code == 2
    assert "--raise" in result.stderr


def test_gate_of_a_file_needs_the_name_of_its_floors(corpus: Path) -> None:
    assert "--floors" in gate(corpus / "gold.jsonl").stderr


def test_report_of_the_gate_is_one_tree_of_html(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_comments(monkeypatch)
    gate(corpus, "--html", tmp_path / "report.html")
    source = (tmp_path / "report.html").read_text(encoding="utf-8")
    sections = re.findall(r'<section class="article".*?</section>', source, flags=re.DOTALL)
    assert sections
    for section in sections:
        ElementTree.fromstring(section)
