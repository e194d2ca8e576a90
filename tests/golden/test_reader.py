"""What the trained reader makes of plain cases, beside the grammar. Every sentence is invented.

The reader's numbers differ in their last digits from machine to machine, so nothing here stands near a threshold.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from whomet.build import Pipeline
from whomet.config import Config
from whomet.errors import ConfigError
from whomet.files import read_articles
from whomet.records import Article, Meeting
from whomet.relations.reader.material import gather, window_inputs
from whomet.run import run

ROOT = Path(__file__).parents[2]


def read(pipeline: Pipeline, text: str, published: str | None = "2019-05-15") -> tuple[Meeting, ...]:
    (outcome,) = pipeline.process([Article(id="a", text=text, published=published)])
    assert isinstance(outcome, Article), outcome
    return outcome.meetings


PLAIN = [
    ("Norwegian Foreign Minister Kari Lund met her Chilean counterpart Pablo Rojas in Oslo on Monday.", "held"),
    ("Norwegian Prime Minister Kari Lund will hold talks with Chilean President Pablo Rojas in Oslo next week.", "planned"),
    ("Norwegian Prime Minister Kari Lund refused to meet Chilean President Pablo Rojas, her office said.", "refused"),
]


@pytest.mark.parametrize(("text", "status"), PLAIN)
def test_plain_sentences(trained_pipeline: Pipeline, text: str, status: str) -> None:
    (meeting,) = read(trained_pipeline, text)
    assert (meeting.parties, meeting.status) == (("Chile", "Norway"), status)
    assert {person.name for person in meeting.participants} == {"Kari Lund", "Pablo Rojas"}


APART = [
    ("Norwegian Foreign Minister Kari Lund will travel to Chile, Peru and Kenya from May 20 to May 24.", "visit", 3),
    (
        "Norwegian Prime Minister Kari Lund spoke by phone with Chilean President Pablo Rojas, Peruvian President Ana Vega and "
        "Kenyan President Joseph Otieno on Monday.",
        "call",
        3,
    ),
    (
        "Norwegian Prime Minister Kari Lund held separate meetings with Chilean President Pablo Rojas and Peruvian President Ana "
        "Vega in Oslo on Monday.",
        "meeting",
        2,
    ),
]


@pytest.mark.parametrize(("text", "form", "count"), APART, ids=[form for _, form, _ in APART])
def test_visits_of_a_tour_and_calls_in_turn_are_told_apart(trained_pipeline: Pipeline, text: str, form: str, count: int) -> None:
    meetings = read(trained_pipeline, text)
    assert [meeting.form for meeting in meetings] == [form] * count
    assert all("Norway" in meeting.parties and len(meeting.parties) == 2 for meeting in meetings)
    assert len({meeting.parties for meeting in meetings}) == count
    for meeting in meetings:
        assert {place.country for place in meeting.places} <= {None, "NO", *(item.country for item in meeting.participants)}


def test_a_gathering_beside_a_meeting_is_told_with_less_confidence(trained_pipeline: Pipeline) -> None:
    text = (
        "Norwegian Foreign Minister Kari Lund met her Chilean counterpart Pablo Rojas on the sidelines of the Oceans Assembly in "
        "Oslo on Monday."
    )
    beside, gathering = read(trained_pipeline, text)
    assert (beside.form, gathering.form, gathering.trigger.text) == ("meeting", "conference", "Assembly")
    assert (gathering.participants, gathering.when, gathering.topics) == (beside.participants, beside.when, ())
    assert gathering.confidence < beside.confidence


@pytest.mark.parametrize(
    "text", ["The bakery's new loaf has met demands for less salt.", "Troops met resistance near the river on Monday.", ""]
)
def test_no_meeting(trained_pipeline: Pipeline, text: str) -> None:
    assert read(trained_pipeline, text or "Nothing happened at all.") == ()


def test_quotes_are_verbatim_and_probabilities_are_probabilities(trained_pipeline: Pipeline) -> None:
    articles = list(run(read_articles([ROOT / "corpus" / "sample"]), Config(), pipeline=trained_pipeline))
    meetings = [(item.text, meeting) for item in articles if isinstance(item, Article) for meeting in item.meetings]
    assert len(meetings) > 5
    for text, meeting in meetings:
        spans = [meeting.trigger, *meeting.evidence, *meeting.topics, *meeting.places]
        spans += [span for participant in meeting.participants for span in participant.mentions]
        assert all(text[span.char_start : span.char_end] == span.text for span in spans)
        assert 0 <= meeting.confidence <= 1
        assert list(meeting.parties) == sorted({item.party for item in meeting.participants if item.party})


def test_caption_and_story_of_the_same_day_tell_of_one_meeting(trained_pipeline: Pipeline) -> None:
    [page] = read_articles([ROOT / "corpus" / "sample" / "01_fish_quota_talks.txt"])
    assert isinstance(page, Article)
    meetings = read(trained_pipeline, page.text, None)
    days = [(meeting.status, meeting.when.start if meeting.when is not None else None) for meeting in meetings]
    assert days.count(("held", "2019-04-09")) == 1


def test_an_article_is_read_alike_whatever_is_read_beside_it(trained_pipeline: Pipeline) -> None:
    articles = [item for item in read_articles([ROOT / "corpus" / "sample"]) if isinstance(item, Article)]
    together = trained_pipeline.process(articles)
    alone = [outcome for article in articles for outcome in trained_pipeline.process([article])]
    assert together == alone


def test_whoever_takes_part_may_act(real_pipeline: Pipeline) -> None:
    """`may_act` only saves work: a word that it leaves out stands for nobody."""
    articles = [item for item in read_articles([ROOT / "corpus" / "gold" / "pages"]) if isinstance(item, Article)]
    acting = 0
    for _, reading in real_pipeline.readings(articles):
        for token in reading.doc if reading is not None else ():
            assert reading is not None
            people = reading.grammar.people(token) or reading.actors.is_place(token)
            acting += bool(people)
            assert reading.actors.may_act(token) or not people, token.sent
    assert acting > 1000


def test_scores_have_the_shapes_they_promise(trained_pipeline: Pipeline) -> None:
    article = Article(id="a", text=PLAIN[0][0] + " They discussed cod quotas.", published="2019-05-15")
    ((_, reading),) = trained_pipeline.readings([article])
    assert reading is not None
    material = gather(reading)
    (item,) = window_inputs(material, reading.view)
    assert trained_pipeline.reader is not None
    scores = trained_pipeline.reader.score(item)
    candidates, tokens = len(item.candidates), len(item.window.tokens)
    shapes: dict[str, Any] = {
        "status": (candidates, 5),
        "form": (candidates, 4),
        "topic": (candidates, tokens),
        "place": (candidates, tokens),
    }
    assert {name: getattr(scores, name).shape for name in shapes} == shapes
    assert scores.part.shape == (candidates, len(item.keys))
    assert scores.time.shape == (candidates, len(item.times))
    least = float(scores.mention.min())
    few = trained_pipeline.reader.score(item, least)
    assert few.rows == tuple(row for row in scores.rows if scores.mention[row] > least)
    np.testing.assert_allclose(few.part, scores.part[list(few.rows)], rtol=1e-3, atol=1e-4)
    none = trained_pipeline.reader.score(item, 1.0)
    assert (none.rows, none.topic.shape) == ((), (0, tokens))


def test_an_unknown_reader_is_refused() -> None:
    with pytest.raises(ConfigError, match="reader must be one of"):
        Config(reader="oracle")
