"""Time expressions: sentences in, TIMEX3 values and days out."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from whomet.dates import bounded_days, find_timexes, join_ranges, other_reading
from whomet.dates.grammar import rules
from whomet.dates.rules import BUILDERS

SOURCE = str(Path(__file__).parents[2] / "pipeline")

ANCHOR = "2019-05-16"  # a Thursday


def read(text, anchor=ANCHOR):
    return [(timex.text, timex.value, timex.start, timex.end) for timex in find_timexes(text, 0, len(text), anchor=anchor)]


@pytest.mark.parametrize(
    ("sentence", "text", "value", "start", "end"),
    [
        ("The envoys met on Monday in Lima.", "Monday", "2019-05-13", "2019-05-13", "2019-05-13"),
        ("The envoys met Thursday in Lima.", "Thursday", "2019-05-16", "2019-05-16", "2019-05-16"),
        ("The envoys will meet on Monday.", "Monday", "2019-05-20", "2019-05-20", "2019-05-20"),
        ("Envoys to meet Saturday in Lima", "Saturday", "2019-05-18", "2019-05-18", "2019-05-18"),
        ("He flew to Lima to meet her on Tuesday.", "Tuesday", "2019-05-14", "2019-05-14", "2019-05-14"),
        ("A round of talks scheduled for Wednesday", "Wednesday", "2019-05-22", "2019-05-22", "2019-05-22"),
        ("They meet next Tuesday.", "next Tuesday", "2019-05-21", "2019-05-21", "2019-05-21"),
        ("They met last Friday.", "last Friday", "2019-05-10", "2019-05-10", "2019-05-10"),
        ("The talks of last month failed.", "last month", "2019-04", "2019-04-01", "2019-04-30"),
        ("They meet later this month.", "later this month", "2019-05", "2019-05-16", "2019-05-31"),
        ("He came earlier this year.", "earlier this year", "2019", "2019-01-01", "2019-05-16"),
        ("It failed in 2009.", "2009", "2009", "2009-01-01", "2009-12-31"),
        ("A visit in mid-April is likely.", "mid-April", "2019-04", "2019-04-11", "2019-04-20"),
        ("It ended in late 2017.", "late 2017", "2017", "2017-09-01", "2017-12-31"),
        ("It ended at the end of August 2018.", "the end of August 2018", "2018-08", "2018-08-21", "2018-08-31"),
        ("He left three days ago.", "three days ago", "2019-05-13", "2019-05-13", "2019-05-13"),
        ("He will leave in ten days.", "ten days", "2019-05-26", "2019-05-26", "2019-05-26"),
        ("A summit on June 11-13 follows.", "June 11-13", "2019-06-11/2019-06-13", "2019-06-11", "2019-06-13"),
        ("It took place this week.", "this week", "2019-W20", "2019-05-13", "2019-05-19"),
        ("The fort fell in the late 18th century.", "the late 18th century", "17", "1767-01-01", "1799-12-31"),
        ("They grew in the 1990s.", "the 1990s", "199", "1990-01-01", "1999-12-31"),
        ("Profits fell in the third quarter of 2018.", "the third quarter of 2018", "2018-Q3", "2018-07-01", "2018-09-30"),
        ("They spoke on Wednesday night.", "Wednesday night", "2019-05-15TNI", "2019-05-15", "2019-05-15"),
        ("They spoke at 9:30 a.m. Tuesday in Lima.", "9:30 a.m. Tuesday", "2019-05-14T09:30", "2019-05-14", "2019-05-14"),
        ("Trade grew over the past three years.", "the past three years", "P3Y", "2016-05-16", "2019-05-16"),
        ("They spoke on New Year's Day.", "New Year's Day", "2019-01-01", "2019-01-01", "2019-01-01"),
        ("The ministry on Wednesday issued a note that will matter.", "Wednesday", "2019-05-15", "2019-05-15", "2019-05-15"),
        ("They will weigh Tuesday's ruling.", "Tuesday", "2019-05-21", "2019-05-21", "2019-05-21"),
        ("They would fight Tuesday's ruling.", "Tuesday", "2019-05-14", "2019-05-14", "2019-05-14"),
        ("The talks were rescheduled to Friday.", "Friday", "2019-05-17", "2019-05-17", "2019-05-17"),
        ("It had been due to end on Monday.", "Monday", "2019-05-13", "2019-05-13", "2019-05-13"),
        ("It is to reopen in Lima on Monday.", "Monday", "2019-05-20", "2019-05-20", "2019-05-20"),
        ("They may meet in the last week of August.", "the last week of August", "2019-W35", "2019-08-26", "2019-08-31"),
        ("A forum on 11 and 12 June follows.", "11 and 12 June", "2019-06-11/2019-06-12", "2019-06-11", "2019-06-12"),
        ("A decree of 09.03.2018 stands.", "09.03.2018", "2018-03-09", "2018-03-09", "2018-03-09"),
        ("They fled two days after 7 October 2018.", "two days after 7 October 2018", "2018-10-09", "2018-10-09", "2018-10-09"),
        ("According to notes of the Monday session, they agreed.", "Monday", "2019-05-13", "2019-05-13", "2019-05-13"),
        ("It will not bend, he wrote, adding on Monday that talks failed.", "Monday", "2019-05-13", "2019-05-13", "2019-05-13"),
        ("They sent the revised plan on Monday.", "Monday", "2019-05-13", "2019-05-13", "2019-05-13"),
        ("They plan to talk on Monday.", "Monday", "2019-05-20", "2019-05-20", "2019-05-20"),
        ("The firms on Monday agreed to talk.", "Monday", "2019-05-13", "2019-05-13", "2019-05-13"),
        ("It was his first visit in ten years.", "ten years", "P10Y", None, None),
        ("They held the usual Monday session.", "Monday", "XXXX-WXX-1", None, None),
        ("It goes back to 44 BC.", "44 BC", "BC0044", None, None),
        ("They spoke on Easter Monday.", "Easter Monday", "2019-04-22", "2019-04-22", "2019-04-22"),
        ("Both flew home the day before yesterday.", "the day before yesterday", "2019-05-14", "2019-05-14", "2019-05-14"),
    ],
)
def test_find_timexes_gives_value_and_days(sentence, text, value, start, end):
    assert read(sentence) == [(text, value, start, end)]


@pytest.mark.parametrize(
    ("sentence", "text", "kind", "value"),
    [
        ("It lasted six weeks.", "six weeks", "DURATION", "P6W"),
        ("It lasted more than a decade.", "more than a decade", "DURATION", "P1DE"),
        ("They drill every summer.", "every summer", "SET", "XXXX-SU"),
        ("They confer on Tuesdays.", "Tuesdays", "SET", "XXXX-WXX-2"),
        ("They confer three times a year.", "three times a year", "SET", "P1Y"),
        ("The annual forum opens.", "annual", "SET", "P1Y"),
        ("The two recently spoke.", "recently", "DATE", "PAST_REF"),
        ("They hope for the future.", "the future", "DATE", "FUTURE_REF"),
    ],
)
def test_find_timexes_gives_no_days_to_durations_sets_and_vague_words(sentence, text, kind, value):
    [timex] = find_timexes(sentence, 0, len(sentence), anchor=ANCHOR)
    assert (timex.text, timex.type, timex.value, timex.start, timex.end) == (text, kind, value, None, None)


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministers may talk.",
        "The grant is worth $2014.",
        "About 2000 soldiers marched.",
        "The second envoy smiled at the sun.",
        "A man of 40 years old spoke; the 39-year-old left.",
        "He was in his 30s. © 2018 Harbour Gazette",
        "They won 3-1, with 12/4 odds.",
        "Ring 020-2014-0305 now".replace(" now", ""),
    ],
)
def test_find_timexes_leaves_out_what_is_no_date(sentence):
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "value"),
    [("They met on Monday.", "XXXX-WXX-1"), ("They met in March.", "XXXX-03"), ("They met last year.", "XXXX")],
)
def test_find_timexes_without_a_publication_date_gives_no_days(sentence, value):
    assert [(found, start, end) for _, found, start, end in read(sentence, None)] == [(value, None, None)]


def test_find_timexes_counts_that_day_from_the_day_told():
    text = "They met on June 3, 2018. The next day they flew home, and two days later the pact was signed."
    assert [start for _, _, start, _ in read(text)] == ["2018-06-03", "2018-06-04", "2018-06-06"]


def test_find_timexes_gives_a_coordinated_month_the_year_of_the_second():
    assert [value for _, value, _, _ in read("They met in August and September 2014.")] == ["2014-08", "2014-09"]


def test_find_timexes_reads_months_of_a_narrative_in_the_year_it_has_come_to():
    years = " ".join(f"The canal was dug in {year}." for year in range(1871, 1880))
    assert read(f"{years} In 1881 a strike began. It ended in March.")[-1][1] == "1881-03"


def test_find_timexes_keeps_raw_offsets_of_a_range():
    text = "Monday is out. They met on Friday."
    [timex] = find_timexes(text, 15, len(text), anchor=ANCHOR)
    assert text[timex.char_start : timex.char_end] == timex.text == "Friday"


def test_find_timexes_lets_the_grammar_decide_the_direction():
    text = "The Monday session"
    [back] = find_timexes(text, 0, len(text), anchor=ANCHOR, is_future=lambda start, end: False)
    [forth] = find_timexes(text, 0, len(text), anchor=ANCHOR, is_future=lambda start, end: True)
    assert (back.start, back.direction, forth.start, forth.direction) == ("2019-05-13", "past", "2019-05-20", "future")


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("No talks since December.", "2018-12-01", "2019-05-16"),
        ("An answer is due by June 3.", "2019-05-16", "2019-06-03"),
        ("The office will stay shut until Friday.", "2019-05-16", "2019-05-17"),
        ("They have not met for more than two years.", "2017-05-16", "2019-05-16"),
        ("They met in 2009.", "2009-01-01", "2009-12-31"),
        ("They had met before May 3, 2018.", None, None),
        ("The bridge stayed shut until 2009.", None, None),
    ],
)
def test_bounded_days_reads_the_preposition(sentence, start, end):
    [timex] = find_timexes(sentence, 0, len(sentence), anchor=ANCHOR)
    bounds = bounded_days(sentence, timex, ANCHOR)
    assert (bounds.start, bounds.end) == (start, end)


def test_join_ranges_reads_a_range_in_two_expressions():
    text = "She toured the coast from March 25 to April 2, and they spoke between 2010 and 2013."
    bounds = join_ranges(text, find_timexes(text, 0, len(text), anchor="2019-03-20"))
    assert {index: (bound.start, bound.end) for index, bound in bounds.items()} == {
        0: ("2019-03-25", "2019-04-02"),
        2: ("2010-01-01", "2013-12-31"),
    }


def test_every_rule_of_the_grammar_has_a_meaning():
    assert {rule.name for rule in rules()} == set(BUILDERS)


def test_importing_dates_does_not_load_a_date_parser_or_a_language_pipeline():
    code = "import sys, whomet.dates; print(sorted({'dateparser', 'spacy'} & set(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": SOURCE}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("They met on Monday.", ("2019-05-20", "2019-05-20")),
        ("They will meet on Monday.", ("2019-05-13", "2019-05-13")),
        ("They met in February.", ("2020-02-01", "2020-02-29")),
    ],
)
def test_other_reading_keeps_the_alternative(sentence, days):
    [timex] = find_timexes(sentence, 0, len(sentence), anchor=ANCHOR)
    other = other_reading(timex)
    assert (other.start, other.end) == days


def test_other_reading_is_none_for_what_can_be_read_in_one_way():
    [timex] = find_timexes("They met on May 3, 2018.", 0, 24, anchor=ANCHOR)
    assert other_reading(timex) is None
