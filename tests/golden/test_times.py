"""Which time expression dates which trigger. Sentences are invented; the pinned language pipeline parses them."""

from __future__ import annotations

import pytest

from whomet.build import Pipeline, _days_of
from whomet.dates import find_timexes
from whomet.records import Article, When
from whomet.relations.frames import find_triggers
from whomet.relations.times import TimeFinder
from whomet.view import TextView

PUBLISHED = "2019-05-15"  # a Wednesday


def date(pipeline: Pipeline, text: str, trigger: str, status: str) -> When | None:
    """The date that the finder attaches to the first trigger of that form."""
    timexes = tuple(find_timexes(text, 0, len(text), anchor=PUBLISHED))
    doc, view = pipeline.nlp(text), TextView(text, [(0, len(text))])
    finder = TimeFinder(doc, view, timexes, _days_of(Article("a", text, PUBLISHED), timexes), PUBLISHED)
    token = next(token for token, _ in find_triggers(doc) if token.text == trigger)
    return finder.find(token, status)


@pytest.mark.parametrize(
    ("text", "trigger", "status", "quote", "start", "end"),
    [
        ("Norway and Chile held talks in Lima on Tuesday.", "talks", "held", "Tuesday", "2019-05-14", "2019-05-14"),
        ("On Tuesday, Norway and Chile held talks.", "talks", "held", "Tuesday", "2019-05-14", "2019-05-14"),
        ("Norway and Chile will hold talks on Thursday.", "talks", "planned", "Thursday", "2019-05-16", "2019-05-16"),
        ("Norway and Chile held talks from March 12 to March 14.", "talks", "held", "March 12", "2019-03-12", "2019-03-14"),
        ("Norway and Chile have not held talks since 2015.", "talks", "denied", "2015", "2015-01-01", "2019-05-15"),
        ("The ministers met in Lima last month.", "met", "held", "last month", "2019-04-01", "2019-04-30"),
        ("The ministers met this week in Lima.", "met", "held", "this week", "2019-05-13", "2019-05-15"),
        ("The ministers will meet this week in Lima.", "meet", "planned", "this week", "2019-05-15", "2019-05-19"),
        ("Norway's premier visited Chile in July.", "visited", "held", "July", "2018-07-01", "2018-07-31"),
        ("Norway agreed on Monday to hold talks with Chile in June.", "talks", "planned", "June", "2019-06-01", "2019-06-30"),
    ],
)
def test_expression_dates_the_trigger(
    real_pipeline: Pipeline, text: str, trigger: str, status: str, quote: str, start: str, end: str
) -> None:
    when = date(real_pipeline, text, trigger, status)
    assert when is not None
    assert (when.text, when.start, when.end) == (quote, start, end)
    assert text[when.char_start : when.char_end] == quote


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("Officials said on Monday that Norway and Chile had held talks.", "talks", "held"),
        ("Norway and Chile held talks.", "talks", "held"),
        ("Fisheries were taken up in the talks, officials said Monday.", "talks", "held"),
        ("Norway refused on Monday to hold talks with Chile.", "talks", "refused"),
        ("The ministers meet every year.", "meet", "held"),
        ("Talks between Norway and Chile resumed, said Kari Lund, who resigned in 2010.", "Talks", "held"),
    ],
)
def test_date_of_something_else_is_not_taken(real_pipeline: Pipeline, text: str, trigger: str, status: str) -> None:
    assert date(real_pipeline, text, trigger, status) is None
