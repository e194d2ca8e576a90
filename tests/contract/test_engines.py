"""Every engine, on the same articles with bad ones among them: one outcome each, in order, and equal bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from whomet.config import Config
from whomet.files import read_articles
from whomet.records import STORY_LABELS, Article, Failure
from whomet.run import run, write_outputs

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
BROKEN_LINE = Failure(None, "read", "ArticleError", "the line is not JSON", "news.jsonl", 7)
TOO_LONG = Article("too-long", "The envoys of Norway and Brazil held talks in Lima on Monday. " * 40)
CONFIG = Config(max_view_chars=2_000)

Engine = Callable[[Iterable[Article | Failure], Config], Iterator[Article | Failure]]


@pytest.fixture(params=["all at once", "one by one", "two by two"])
def engine(request: pytest.FixtureRequest, real_pipeline: Any) -> Engine:
    size = {"all at once": 100, "one by one": 1, "two by two": 2}[request.param]
    # Replacing the configuration keeps the loaded model: only the limit of the view differs.
    pipeline = replace(real_pipeline, config=CONFIG)
    return lambda articles, config: run(articles, replace(config, batch=size), pipeline=pipeline)


@pytest.fixture(scope="module")
def inputs() -> list[Article | Failure]:
    pages = [replace(page, file=None) for page in read_articles([SAMPLE]) if isinstance(page, Article)]
    return [*pages[:2], BROKEN_LINE, TOO_LONG, *pages[2:]]


@pytest.fixture(scope="module")
def expected(inputs: list[Article | Failure], real_pipeline: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("expected")
    write_outputs(run(inputs, CONFIG, pipeline=replace(real_pipeline, config=CONFIG)), folder, about={})
    return folder


def test_one_outcome_per_input_in_order(engine: Engine, inputs: list[Article | Failure]) -> None:
    outcomes = list(engine(inputs, CONFIG))
    names = [item.id if isinstance(item, Article) else item.article for item in outcomes]
    assert names == [item.id if isinstance(item, Article) else item.article for item in inputs]
    assert [item.article for item in outcomes if isinstance(item, Failure)] == [None, "too-long"]


def test_outputs_are_equal_bytes(engine: Engine, inputs: list[Article | Failure], expected: Path, tmp_path: Path) -> None:
    write_outputs(engine(inputs, CONFIG), tmp_path, about={})
    for name in ("articles", "meetings", "failures", "graph"):
        assert (tmp_path / f"{name}.jsonl").read_bytes() == (expected / f"{name}.jsonl").read_bytes()


def test_segments_tile_the_text_and_every_quote_is_in_the_story(engine: Engine, inputs: list[Article | Failure]) -> None:
    articles = [item for item in engine(inputs, CONFIG) if isinstance(item, Article)]
    assert sum(len(article.meetings) for article in articles) > 0
    for article in articles:
        ends = [0, *(segment.char_end for segment in article.segments)]
        assert [segment.char_start for segment in article.segments] == ends[:-1]
        assert ends[-1] == len(article.text)
        story = {
            position
            for segment in article.segments
            if segment.label in STORY_LABELS
            for position in range(segment.char_start, segment.char_end)
        }
        for quote in find_quotes(article.meetings):
            assert article.text[quote.char_start : quote.char_end] == quote.text
            assert quote.char_start in story


def find_quotes(record: Any) -> Iterator[Any]:
    """Everything with offsets inside a record."""
    if hasattr(record, "char_start"):
        yield record
    elif isinstance(record, tuple):
        for item in record:
            yield from find_quotes(item)
    elif hasattr(record, "__dataclass_fields__"):
        for name in record.__dataclass_fields__:
            yield from find_quotes(getattr(record, name))
