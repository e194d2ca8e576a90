"""The run contract with a fake pipeline, and the output folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from whomet.config import Config
from whomet.errors import LexiconError, SetupError
from whomet.records import Article, Failure, Span
from whomet.run import BATCH_CHARS, Totals, article_json, describe_run, run, write_outputs

TEXTS = ["MEET one", "nothing", "BOOM", "MEET two", "FAIL", "MEET three"]
BROKEN_LINE = Failure(None, "read", "ArticleError", "the line is not JSON", "news.jsonl", 7)
ABOUT = {"version": "0"}


def articles(texts: Sequence[str] = TEXTS) -> list[Article | Failure]:
    return [Article(f"a{number}", text) for number, text in enumerate(texts)]


def names(outcomes: Sequence[Article | Failure]) -> list[str | None]:
    return [item.id if isinstance(item, Article) else item.article for item in outcomes]


@pytest.mark.parametrize("size", [1, 2, 4, 100])
def test_run_gives_one_outcome_per_input_in_order_whatever_the_batch(pipeline: Any, size: int) -> None:
    inputs = [*articles()[:3], BROKEN_LINE, *articles()[3:]]
    outcomes = list(run(inputs, Config(batch=size), pipeline=pipeline))
    assert names(outcomes) == ["a0", "a1", "a2", None, "a3", "a4", "a5"]
    assert [isinstance(item, Article) for item in outcomes] == [True, True, False, False, True, False, True]
    assert outcomes[3] is BROKEN_LINE


def test_run_tells_what_raised_where(pipeline: Any) -> None:
    [failure] = run([Article("x", "BOOM", file="in.txt", line=3)], Config(), pipeline=pipeline)
    assert isinstance(failure, Failure)
    assert (failure.article, failure.stage, failure.error, failure.file, failure.line) == (
        "x",
        "pipeline",
        "IndexError",
        "in.txt",
        3,
    )
    assert failure.message.startswith("no token in x (conftest.py, line ")


def test_run_reads_no_further_than_a_batch_ahead(pipeline: Any) -> None:
    asked = []

    def endless() -> Iterator[Article]:
        for number in range(10**9):
            asked.append(number)
            yield Article(str(number), "MEET")

    outcomes = run(endless(), Config(batch=4), pipeline=pipeline)
    assert [next(outcomes) for _ in range(5)]
    assert len(asked) == 8


def test_batch_ends_early_when_its_articles_are_long(pipeline: Any) -> None:
    long = "x" * (BATCH_CHARS // 2)
    list(run(articles([long, long, "short", "short"]), Config(batch=100), pipeline=pipeline))
    assert pipeline.batches == [["a0", "a1"], ["a2", "a3"]]


def test_pipeline_is_not_called_without_an_article(pipeline: Any) -> None:
    assert list(run([BROKEN_LINE], Config(), pipeline=pipeline)) == [BROKEN_LINE]
    assert pipeline.batches == []


@pytest.mark.parametrize("given", [[], ["a1", "a0"], ["a0", "a1", "a1"]])
def test_pipeline_that_breaks_the_contract_fails_its_articles(given: list[str]) -> None:
    class Careless:
        def process(self, articles: Sequence[Article]) -> list[Article | Failure]:
            return [Article(name, "") for name in given]

    outcomes = list(run(articles(["one", "two"]), Config(), pipeline=Careless()))
    assert [item.error for item in outcomes if isinstance(item, Failure)] == ["RuntimeError", "RuntimeError"]


def test_fail_fast_lets_a_bug_through_after_the_articles_before_it(pipeline: Any) -> None:
    outcomes = run(articles(), Config(), pipeline=pipeline, fail_fast=True)
    assert names([next(outcomes), next(outcomes)]) == ["a0", "a1"]
    with pytest.raises(IndexError):
        next(outcomes)


def test_fail_fast_stops_after_the_first_failure(pipeline: Any) -> None:
    outcomes = list(run([*articles(["MEET"]), BROKEN_LINE, Article("z", "t")], Config(), pipeline=pipeline, fail_fast=True))
    assert outcomes[1:] == [BROKEN_LINE]


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_outputs_hold_every_outcome_and_nothing_else(pipeline: Any, tmp_path: Path) -> None:
    outcomes = run([*articles(), BROKEN_LINE], Config(), pipeline=pipeline)
    totals = write_outputs(outcomes, tmp_path / "out", about=ABOUT)
    out = tmp_path / "out"
    assert sorted(path.name for path in out.iterdir()) == [
        "articles.jsonl",
        "failures.jsonl",
        "graph.jsonl",
        "meetings.jsonl",
        "run.json",
    ]
    assert [row["id"] for row in lines(out / "articles.jsonl")] == ["a0", "a1", "a3", "a5"]
    assert [row["id"] for row in lines(out / "meetings.jsonl")] == ["a0#m1", "a3#m1", "a5#m1"]
    assert [(row["article"], row["line"]) for row in lines(out / "failures.jsonl")] == [("a2", None), ("a4", None), (None, 7)]
    assert (totals.articles, totals.ok, totals.failed, totals.meetings, totals.words) == (7, 4, 3, 3, 7)


def test_run_json_accounts_for_every_input(pipeline: Any, tmp_path: Path) -> None:
    about = describe_run(version="9.9", config=Config(batch=2), model=pipeline.model_info)
    write_outputs(run(articles(), Config(batch=2), pipeline=pipeline), tmp_path, about=about)
    record = json.loads((tmp_path / "run.json").read_text())
    assert record["articles"] == {"in": 6, "ok": 4, "failed": 2}
    assert record["config"]["batch"] == 2
    assert set(record) == {
        "version",
        "config",
        "model",
        "trained_models",
        "lexicons",
        "started",
        "seconds",
        "articles",
        "meetings",
        "words",
        "words_per_second",
    }


def test_same_input_gives_the_same_bytes(pipeline: Any, tmp_path: Path) -> None:
    for name, batch in (("one", 1), ("two", 5)):
        write_outputs(run(articles(), Config(batch=batch), pipeline=pipeline), tmp_path / name, about=ABOUT)
    for name in ("articles", "meetings", "failures", "graph"):
        assert (tmp_path / "one" / f"{name}.jsonl").read_bytes() == (tmp_path / "two" / f"{name}.jsonl").read_bytes()


def test_outputs_of_an_earlier_run_stay_when_a_run_is_interrupted(pipeline: Any, tmp_path: Path) -> None:
    write_outputs(run(articles(), Config(), pipeline=pipeline), tmp_path, about=ABOUT)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def interrupted() -> Iterator[Article | Failure]:
        yield Article("new", "t")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_outputs(interrupted(), tmp_path, about=ABOUT)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_unwritable_folder_is_a_setup_error_before_anything_is_read(write: Callable[[str, str], Path]) -> None:
    def unasked() -> Iterator[Article | Failure]:
        pytest.fail("an article was asked for")
        yield BROKEN_LINE

    with pytest.raises(SetupError):
        write_outputs(unasked(), write("file.txt", "t") / "out", about=ABOUT)


def test_progress_is_told_after_each_outcome(pipeline: Any, tmp_path: Path) -> None:
    seen: list[int] = []
    outcomes = run(articles(), Config(), pipeline=pipeline)
    write_outputs(outcomes, tmp_path, about=ABOUT, on_outcome=lambda totals: seen.append(totals.articles))
    assert seen == [1, 2, 3, 4, 5, 6]


def test_article_json_has_all_fields_but_the_text(pipeline: Any) -> None:
    extra = {"desk": 1, "meetings": "not ours", "id": "not it"}
    given = Article("x", "MEET", "2020-01-02", url="u", extra=extra, published_from=Span("MEET", 0, 4))
    [article] = run([given], Config(), pipeline=pipeline)
    assert isinstance(article, Article)
    assert article_json(article) == {
        "id": "x",
        "published": "2020-01-02",
        "published_from": {"text": "MEET", "char_start": 0, "char_end": 4},
        "url": "u",
        "desk": 1,
        "meetings": ["x#m1"],
        "segments": [{"char_start": 0, "char_end": 4, "label": "body"}],
        "entities": [],
        "timexes": [],
    }


def test_totals_count_white_space_separated_words() -> None:
    totals = Totals()
    totals.add(Article("x", " two\n\twords "))
    totals.add(BROKEN_LINE)
    assert (totals.words, totals.articles, totals.seconds > 0) == (2, 2, True)


class _Broken:
    """A pipeline whose word list is missing."""

    def process(self, articles: Sequence[Article]) -> list[Article | Failure]:
        raise LexiconError("lexicon en/verbs.txt is empty")


def test_setup_error_fails_the_run_and_not_the_article() -> None:
    with pytest.raises(LexiconError):
        list(run([Article("a", "They met.")], Config(), pipeline=_Broken()))
