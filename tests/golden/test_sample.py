"""The full output for the sample pages. A difference is read before it is saved: see `HOW`."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

import pytest

from whomet.config import Config
from whomet.files import read_articles
from whomet.records import Article
from whomet.run import run, write_outputs

ROOT = Path(__file__).parents[2]
SAVED = Path(__file__).parent / "sample"
HOW = (
    "The output for corpus/sample has changed. Read the difference; when every line of it is better than before, save it: "
    "whomet extract corpus/sample --reader rules -o tests/golden/sample"
)


@pytest.fixture(scope="module")
def made(real_pipeline: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("golden")
    # The file names are left out: they tell where the checkout stands.
    write_outputs(run(read_articles([ROOT / "corpus" / "sample"]), Config(), pipeline=real_pipeline), folder, about={})
    return folder


@pytest.mark.parametrize("name", ["articles.jsonl", "meetings.jsonl", "graph.jsonl", "failures.jsonl"])
def test_output_is_the_saved_one(made: Path, name: str) -> None:
    expected, found = (_readable(folder / name) for folder in (SAVED, made))
    difference = list(difflib.unified_diff(expected, found, "saved", "now", lineterm="", n=1))
    assert not difference, "\n".join([HOW, *difference[:60]])
    assert (made / name).read_bytes() == (SAVED / name).read_bytes()


def _readable(path: Path) -> list[str]:
    """One line per field, so that a difference shows what changed."""
    return [line for row in path.read_bytes().splitlines() for line in json.dumps(json.loads(row), indent=1).split("\n")]


def test_nothing_of_comments_or_page_furniture_reaches_a_meeting(real_pipeline: Any) -> None:
    pages = [page for page in read_articles([ROOT / "corpus" / "sample"]) if isinstance(page, Article)]
    strangers = ["Umag", "Brussels on Friday", "Bled", "school fair", "trawler owners", "Lake Victoria", "dialogue of chiefs"]
    assert all(any(name in page.text for page in pages) for name in strangers)
    for article in run(pages, Config(), pipeline=real_pipeline):
        assert isinstance(article, Article)
        told = json.dumps([[quote.text for quote in meeting.evidence] for meeting in article.meetings])
        assert [name for name in strangers if name in told] == []
