"""Any text and any publication date: dates never crash, never run backwards, and move with the publication day."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whomet.dates import bounded_days, find_published, find_timexes, join_ranges
from whomet.dates.calendar import value_days
from whomet.records import Article

WORDS = (
    "Monday Tuesday Sun May March april Jan. 12 31 1 2014 1999 99 3rd second half quarter of the a an last next this "
    "past coming following that same early late mid - to and from between ago later earlier before after since weeks "
    "days month year decade century season summer fall weekend morning night noon 10:30 p.m. GMT EST yesterday today "
    "tomorrow now recently every each daily , . ' s ( ) / 2014-03-12 03/04/2015 1990s Christmas Easter fiscal in on "
    "by until will met said to ten twenty hundred thousand several few some end beginning "
).split()
PHRASES = st.lists(st.sampled_from([*WORDS, "\n", "\n\n"]), max_size=30).map(" ".join)
TEXTS = st.one_of(st.text(max_size=80), PHRASES)
DAYS = st.dates()


@settings(max_examples=400, deadline=None)
@given(text=TEXTS, day=st.none() | DAYS)
def test_find_timexes_is_total_ordered_and_agrees_with_its_values(text, day):
    previous_end = 0
    for timex in find_timexes(text, 0, len(text), anchor=day.isoformat() if day else None):
        assert previous_end <= timex.char_start < timex.char_end <= len(text)
        assert text[timex.char_start : timex.char_end] == timex.text
        previous_end = timex.char_end
        assert (timex.start is None) == (timex.end is None)
        if timex.start is None or timex.end is None:
            continue
        assert date.fromisoformat(timex.start) <= date.fromisoformat(timex.end)
        days = value_days(timex.value)
        if timex.type in ("DATE", "TIME"):
            assert days is not None
            assert days.first.isoformat() <= timex.start <= timex.end <= days.last.isoformat()


@settings(max_examples=300, deadline=None)
@given(text=PHRASES, day=st.none() | DAYS)
def test_days_of_a_bounded_or_joined_expression_are_both_known_or_neither_and_ordered(text, day):
    anchor = day.isoformat() if day else None
    timexes = find_timexes(text, 0, len(text), anchor=anchor)
    bounds = [bounded_days(text, timex, anchor) for timex in timexes]
    for bound in [*bounds, *join_ranges(text, timexes).values()]:
        assert (bound.start is None) == (bound.end is None)
        assert bound.start is None or bound.start <= bound.end


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_find_published_is_total_and_quotes_its_source(text):
    found = find_published(Article("a", text))
    assert 0.0 <= found.confidence <= 1.0
    assert (found.value is None) == (found.confidence == 0.0)
    if found.source is not None:
        assert text[found.source.char_start : found.source.char_end] == found.source.text


WEEKDAYS = st.sampled_from("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
FRAMES = st.sampled_from(
    [
        "They met on {}.",
        "They will meet on {}.",
        "They met last {}.",
        "They meet next {}.",
        "They meet this {}.",
        "They spoke {} night.",
    ]
)


@given(frame=FRAMES, weekday=WEEKDAYS, day=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_week_later_every_relative_weekday_is_a_week_later(frame, weekday, day):
    text = frame.format(weekday)
    [here] = find_timexes(text, 0, len(text), anchor=day.isoformat())
    [there] = find_timexes(text, 0, len(text), anchor=(day + timedelta(days=7)).isoformat())
    assert date.fromisoformat(there.start) - date.fromisoformat(here.start) == timedelta(days=7)


@pytest.mark.parametrize(
    "unit",
    [
        "9",
        "Monday ",
        ",",
        "1,",
        "the ",
        "2014-",
        "twenty ",
        "a.",
        "12:",
        "1/",
        "May 3 ",
        "in ",
        "\n",
        " ",
        "'s",
        "last ",
        "5 ab 2015\n",
        "9 mayo 2015 ",
    ],
)
def test_reading_is_linear_in_the_length_of_hostile_text(unit):
    def seconds(size):
        text = unit * (size // len(unit))
        begun = time.process_time()
        find_timexes(text, 0, len(text), anchor="2014-03-12")
        find_published(Article("a", text))
        return time.process_time() - begun

    short, long = (min(seconds(size) for _ in range(3)) for size in (20_000, 80_000))  # the least: a busy machine only adds
    assert long < 12 * max(short, 0.05)
