"""Publication dates: page tops in, date and its source out."""

import pytest

from whomet.clean import label_lines
from whomet.dates import find_published, month_words
from whomet.dates.month_words import read_month
from whomet.records import Article


def published(*lines, **fields):
    return find_published(Article("a", "\n".join(lines), **fields))


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (("Harbour Gazette", "Update: June, 9/2016 - 08:15"), "2016-06-09T08:15"),
        (("Published: 21-07-2013",), "2013-07-21"),
        (("Posted on 4 Sept 2017 | 9.05am IST",), "2017-09-04T09:05+05:30"),
        (("By Staff | Monday, June 5, 2017 at 4:10 PM ET",), "2017-06-05T16:10-04:00"),
        (("Wed, 08/03/2017 - 10:20",), "2017-03-08T10:20"),
        (("Updated 07/08/2015 03:10 PM EDT",), "2015-07-08T15:10-04:00"),
        (("UPDATED : 2016-01-05 10:05", "PUBLISHED : 2016-01-04 21:40"), "2016-01-04T21:40"),
        (("Sunday, 4 June 2017 | Log in", "Ministers talk", "Published: June 1, 2017 11:30"), "2017-06-01T11:30"),
        (("2017年06月01日 09:30",), "2017-06-01T09:30"),
        (("令和2年3月4日",), "2020-03-04"),
        (("Publicado el 3 de mayo de 2016",), "2016-05-03"),
        (("Last modified on Mon 5 Jun 2017 11.03 BST", "First published on Sun 4 Jun 2017 18.40 BST"), "2017-06-04T18:40+01:00"),
        (("2017-06-04 08:15 (GMT+8)",), "2017-06-04T08:15+08:00"),
        (("2017年6月4日 下午8時15分",), "2017-06-04T20:15"),
        (("Publié le 04/06/2017 à 08:15",), "2017-06-04T08:15"),
        (("Publicat: 4 iunie 2017, 08:15",), "2017-06-04T08:15"),
        (("2017. június 4. 08:15",), "2017-06-04T08:15"),
        (("Publicat: 4 d’abril de 2017",), "2017-04-04"),
        (("Publié le 1er août 2016 à 7h05",), "2016-08-01T07:05"),
        (("Objavljeno: 4. јуна 2017. 08:15",), "2017-06-04T08:15"),
        (("29 กุมภาพันธ์ 2559",), "2016-02-29"),
        (("7 มี.ค. 2560 18:05",), "2017-03-07T18:05"),
        (("5 يونيو 2017 - 08:15",), "2017-06-05T08:15"),
        (("31/05/2017 10:00", "Ministers talk", "Publicado el 30 de mayo de 2017"), "2017-05-30"),
        (("Опубликовано: 4 июня 2013, 17:40 (мск)",), "2013-06-04T17:40+04:00"),
        (("10/06/2017", "Mr Diaz said on June 10 that talks would go on"), "2017-06-10"),
        (("HARBOUR CITY, June 9, 2017 (Wire) - Ministers met here on Tuesday.",), "2017-06-09"),
        (("Today is Tuesday, 6 June 2017", "Posted 3 days ago"), "2017-06-03"),
    ],
)
def test_find_published_reads_the_line_of_the_page(lines, value):
    assert published(*lines).value == value


BODY = "Ministers of both harbour towns met here and spoke about fishing quotas for two hours, officials said."


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (("Towns talk fish", "", "Ana Ruiz Oct 12, 2017", "", BODY), "2017-10-12"),
        (("Towns talk fish", "", "By Ana Ruiz | 12 October 2017", "", BODY), "2017-10-12"),
        (("Towns talk fish", "", "Feb 27, 2017   Updated 4 hrs ago", "", BODY), "2017-02-27"),
        (("Towns talk fish", "", f"2017-04-04 HBN QUITO, April 4 - {BODY}", "", BODY), "2017-04-04"),
        (("Towns talk fish", "", f"Quay Town, February 11, 2017 (HBN) – {BODY}", "", BODY), "2017-02-11"),
        (("Towns talk fish", "", "They signed a pact on Oct 12, 2017", "", BODY), None),
    ],
)
def test_find_published_reads_lines_that_look_like_the_story(lines, value):
    text = "\n".join(lines)
    assert find_published(Article("a", text, segments=label_lines(text))).value == value


@pytest.mark.parametrize(
    "lines",
    [
        ("News", "05/06/2017"),
        ("Posted 3 hours ago",),
        ("© 2017 The Harbour Gazette",),
        ("Call 020-2017-0406",),
        ("Vol. 3 No. 12", "Issue 2017-3"),
        ("Harbour 2-1 Quay", "Att: 20,170"),
        ("Born 9 June 1961 in Lima",),
        ("From 9 June 2017 to 12 June 2017",),
        ("Yesterday, June 9, 2017, the ministers met.",),
        ("31 juin 2017",),
        ("Section 12 Quay 2017", "9 fem 2017"),
    ],
)
def test_find_published_is_none_when_nothing_says_it(lines):
    assert published(*lines).value is None


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("mayo", 5),
        ("heinäkuuta", 7),
        ("Września", 9),
        ("aprill", 4),
        ("φεβρουαρίου", 2),
        ("октября", 10),
        ("במרץ", 3),
        ("נובמבר", 11),
        ("सितंबर", 9),
        ("hunyo", 6),
        ("desemba", 12),
        ("gruodžio", 12),
        ("lunes", None),
        ("quayside", None),
        ("fem", None),  # five: 9 fem 2015 is a day and a month in either order
        ("nio", None),
        ("x" * 16, None),
    ],
)
def test_read_month_reads_months_and_nothing_else(word, month):
    assert read_month(word) == month


@pytest.fixture
def asked(monkeypatch):
    words = []
    monkeypatch.setattr(month_words, "read_month", words.append)
    return words


@pytest.mark.parametrize(
    "lines",
    [
        ("Published: June 1, 2017", "3 quay 2017"),
        ("2017-06-04 08:15", "3 quay 2017"),
        ("Ministers talk", "9 June 2017", "3 quay 2017"),
        ("Ministers of 12 from 2017 talk",),
        ("Ministers talk", "They met in the year 2017."),
    ],
)
def test_no_month_is_asked_for_where_the_page_has_a_date_or_none_is_printed(asked, lines):
    published(*lines)
    assert asked == []


def test_month_words_of_a_hostile_page_are_asked_for_a_few_times_at_most(asked):
    published(*(f"Published: 3 quay{letter}{other} 2017" for letter in "abcdefgh" for other in "abcdefgh"))
    assert len(asked) == month_words.MOST_WORDS


def test_find_published_prefers_the_input():
    found = published("Published: June 1, 2017", published="2017-06-02")
    assert (found.value, found.source, found.confidence) == ("2017-06-02", "input", 1.0)


def test_find_published_quotes_its_source():
    text = "Gazette\nPublished: June 1, 2017\n"
    source = find_published(Article("a", text)).source
    assert text[source.char_start : source.char_end] == source.text == "June 1, 2017"


def test_find_published_reads_a_caption_that_the_weekday_of_the_text_confirms():
    caption = "Ana Ruiz greets Tom Bell in Quito, Tuesday, March 7, 2017."
    assert published("Ministers talk", caption, "Ruiz and Bell met Tuesday.").value == "2017-03-07"
    assert published("Ministers talk", caption, "Ruiz and Bell met Friday.").value is None


def test_find_published_gives_comment_stamps_as_a_bound_of_low_confidence():
    lines = [
        "Ministers talk",
        *["They talked."] * 45,
        "3 Comments",
        "@ann MAY. 3, 2016 - 11:52PM KST no",
        "@bob MAY. 4, 2016 - 01:10AM KST yes",
    ]
    found = published(*lines)
    assert (found.value, found.kind) == ("2016-05-03", "comment")
    assert found.confidence < 0.5


def test_find_published_reads_the_date_of_the_url():
    found = published("Ministers talk", url="https://example.org/world/2016/03/09/talks.html")
    assert (found.value, found.kind) == ("2016-03-09", "url")
