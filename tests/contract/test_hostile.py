"""Articles that are too long, odd or empty, through all stages: one outcome each, soon, and never a crash."""

from __future__ import annotations

from typing import Any

import pytest

from whomet.config import Config
from whomet.records import Article, Failure
from whomet.run import run

TALK = "The foreign ministers of Norway and Brazil held talks in Lima on Monday, 4 March 2019. "
FILLER = "The harbour was quiet and the boats lay still in the rain of the early year. "


def read(pipeline: Any, text: str) -> Article | Failure:
    [outcome] = run([Article("x", text)], Config(), pipeline=pipeline)
    return outcome


@pytest.mark.parametrize(
    "text",
    [
        TALK + FILLER * 14_000,  # one line of 1 MB
        "word" * 250_000,
        "((((" * 10_000 + " held talks " + "))))" * 10_000,
        "A" * 100_000 + " met " + "B" * 100_000,
        ", ".join(["the president"] * 20_000) + " met.",
        "talks " * 3_000,
        "1/2/" * 50_000,
        "@a " * 50_000,
    ],
    ids=lambda text: f"{text[:12]} {len(text)}",
)
def test_long_article_has_an_outcome(real_pipeline: Any, text: str) -> None:
    outcome = read(real_pipeline, text)
    if isinstance(outcome, Failure):
        assert outcome.error == "ArticleError", outcome.message


def test_meeting_in_an_article_of_five_megabytes_is_found(real_pipeline: Any) -> None:
    outcome = read(real_pipeline, FILLER * 2_000 + "\n\n" + TALK + "\n\n" + (FILLER * 5 + "\n\n") * 12_000)
    assert isinstance(outcome, Article), outcome
    assert [meeting.parties for meeting in outcome.meetings] == [("Brazil", "Norway")]


@pytest.mark.parametrize(
    "text",
    [
        "Home\nNews\nShare on Facebook\n© 2019 The Paper\n",
        "\u200b\ufeff\u202e",
        "met",
        "\r\n\r\n.\r\n",
        "\x00\x01\x02 held talks",
        "Zoë met \ud800 Łukasz on Monday.",
        TALK.replace(" ", "\u00a0"),
        TALK.replace("\u0020", "\u2028"),
        TALK.upper(),
        "e\u0301\u0301\u0301" * 2_000 + " met",
        "🇳🇴 met 🇧🇷 in Lima.",
    ],
    ids=repr,
)
def test_odd_article_has_an_outcome_and_right_offsets(real_pipeline: Any, text: str) -> None:
    outcome = read(real_pipeline, text)
    if isinstance(outcome, Failure):
        assert outcome.error == "ArticleError", outcome.message
        return
    for meeting in outcome.meetings:
        for quote in (meeting.trigger, *meeting.evidence):
            assert text[quote.char_start : quote.char_end] == quote.text


def test_carriage_returns_change_offsets_and_nothing_else(real_pipeline: Any) -> None:
    text = f"Ministers meet in Lima\n\n{TALK}\n\n{FILLER}\n"
    with_returns = text.replace("\n", "\r\n")
    unix, dos = read(real_pipeline, text), read(real_pipeline, with_returns)
    assert isinstance(unix, Article)
    assert isinstance(dos, Article)
    assert len(unix.meetings) == len(dos.meetings) > 0
    for one, other in zip(unix.meetings, dos.meetings, strict=True):
        assert (one.parties, one.status, one.trigger.text) == (other.parties, other.status, other.trigger.text)
        assert with_returns[other.trigger.char_start : other.trigger.char_end] == one.trigger.text
