"""The wiring: what a stage raises is its own article's failure, and sentence starts are ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from whomet.build import Pipeline, build_pipeline
from whomet.config import Config
from whomet.errors import ConfigError
from whomet.records import Article, Failure

TALKS = "Norway and Chile held talks in Lima on Monday. They agreed to meet again."


def test_one_outcome_per_article_in_order(real_pipeline: Pipeline) -> None:
    articles = [Article("a", TALKS), Article("b", ""), Article("c", "Rain fell."), Article("d", TALKS)]
    outcomes = real_pipeline.process(articles)
    assert [outcome.id for outcome in outcomes if isinstance(outcome, Article)] == ["a", "b", "c", "d"]


def test_too_long_a_view_is_a_failure_with_its_reason(real_pipeline: Pipeline) -> None:
    config = Config(max_view_chars=50)
    pipeline = Pipeline(config, real_pipeline.nlp, {}, real_pipeline.kb)
    first, second = pipeline.process([Article("long", TALKS * 3), Article("short", "Norway and Chile met.")])
    assert isinstance(first, Failure)
    assert "max_view_chars" in first.message
    assert isinstance(second, Article)


def test_full_annotates_what_no_meeting_needs_and_leaves_meetings_alone(real_pipeline: Pipeline) -> None:
    text = (
        TALKS
        + "\n\n"
        + "Rain fell on the hills. " * 8
        + "Ada Holm of Kenya sold bread in 1999. "
        + "Rain fell on the hills. " * 8
    )
    plain = real_pipeline.process([Article("a", text, published="2019-05-15")])[0]
    full = Pipeline(Config(full=True), real_pipeline.nlp, {}, real_pipeline.kb).process(
        [Article("a", text, published="2019-05-15")]
    )[0]
    assert isinstance(plain, Article)
    assert isinstance(full, Article)
    assert plain.meetings == full.meetings
    assert {entity.name for entity in plain.entities} < {entity.name for entity in full.entities}
    assert "1999" in {timex.text for timex in full.timexes}


def test_knowledge_base_wins_over_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "kb.jsonl"
    path.write_text('{"id": "person:kl", "names": ["Kari Lund"], "party": "Kenya", "qid": "Q1"}\n', encoding="utf-8")
    pipeline = build_pipeline(Config(kb=str(path)))
    outcome = pipeline.process([Article("a", "Kari Lund met Chilean President Pablo Rojas in Lima.")])[0]
    assert isinstance(outcome, Article)
    [meeting] = outcome.meetings
    assert [(item.entity, item.party) for item in meeting.participants if item.name == "Kari Lund"] == [("person:kl", "Kenya")]


def test_missing_knowledge_base_is_a_setup_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"kb\.jsonl"):
        build_pipeline(Config(kb=str(tmp_path / "kb.jsonl")))
