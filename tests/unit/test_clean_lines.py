"""Lines and their labels, on pages of our own invention."""

from __future__ import annotations

import time
from bisect import bisect_right

import pytest

from whomet.clean import label_lines
from whomet.clean.lines import fold, split_lines
from whomet.clean.wordings import is_date_line

STORY = (
    "Envoys of Norland and Sudovia meet in Port Alba\n\n"
    "PORT ALBA — The foreign ministers of Norland and Sudovia met on Tuesday to talk about fishing rights.\n\n"
    "Minister Ada Holm said the talks had been useful and would go on next week.\n"
)


def labels(text: str) -> list[str]:
    """A label for each line: that of its last segment, since a dateline is the head of its line."""
    lines = split_lines(text)
    last = {bisect_right(lines, (item.char_start, len(text))): item.label for item in label_lines(text)}
    return [label for label in last.values() if label != "blank"]


def label_of(text: str, line: str) -> str:
    return next(segment.label for segment in label_lines(text) if text[segment.char_start : segment.char_end].strip() == line)


def test_a_line_ends_at_newline_return_or_both_and_nowhere_else() -> None:
    text = "a\r\nb\rc\nd\u2028e\x85f\x0bg"
    assert [text[start:end] for start, end in split_lines(text)] == ["a\r\n", "b\r", "c\n", "d\u2028e\x85f\x0bg"]


def test_an_empty_text_has_no_lines() -> None:
    assert label_lines("") == ()


def test_folding_compares_digits_quotes_and_edges_alike() -> None:
    assert fold("  » 15 Comments: ") == "0 comments"
    assert fold("-7 ( +2 / -9 )") == fold("12 ( +15 / -3 )")
    assert fold("Editor’s  Picks") == "editor's picks"


def test_dateline_is_a_segment_of_its_own() -> None:
    found = [(STORY[item.char_start : item.char_end], item.label) for item in label_lines(STORY)]
    assert ("PORT ALBA — ", "byline") in found
    assert any(text.startswith("The foreign ministers") and label == "body" for text, label in found)


def test_headline_and_body_of_a_plain_story() -> None:
    assert labels(STORY) == ["headline", "body", "body"]


def test_a_long_headline_without_full_stop_is_a_headline() -> None:
    long = "Envoys of Norland and Sudovia meet in Port Alba for their first talks on fishing rights in ten years"
    assert labels(STORY.replace(STORY.split("\n", 1)[0], long)) == ["headline", "body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Accessibility links",
        "Skip to main content",
        "MOST POPULAR",
        "LATEST NEWS",
        "subscribe",
        "Take our survey and tell us what you think of our site.",
        "Share on Facebook",
        "© 2019 Norland Press. All rights reserved.",
        "Copyright 2011 by the Alba Courier, which owns every word of what you have just read.",
        "Sign up for our newsletter and get the best of the week every Friday.",
        "구독하기",
        "***",
    ],
)
@pytest.mark.parametrize("place", ["above", "below"])
def test_furniture_is_boilerplate_above_and_below_the_story(line: str, place: str) -> None:
    page = f"{line}\n\n{STORY}" if place == "above" else f"{STORY}\n{line}\n"
    assert label_of(page, line) == "boilerplate"
    assert [label for label in labels(page) if label != "boilerplate"] == ["headline", "body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Publication Date : 28-03-2019",
        "Update: May, 10/2011 - 14:24",
        "Published: Mon 4 Oct 2021, 11:17 PM",
        "March 3, 2016",
        "Tuesday, 3 March 2016 09:15 GMT",
        "2016-03-03",
    ],
)
def test_a_line_that_dates_the_story_is_published(line: str) -> None:
    headline, rest = STORY.split("\n\n", 1)
    assert label_of(f"{headline}\n\n{line}\n\n{rest}", line) == "published"


def test_a_bare_date_beside_an_update_line_is_the_day_of_reading() -> None:
    page = "Friday,\u00a0December\u00a04\u00a02020\n\n" + STORY.replace("\n\n", "\n\nUpdate: May 3, 2016\n\n", 1)
    assert label_of(page, "Friday,\u00a0December\u00a04\u00a02020") == "boilerplate"
    assert label_of(page, "Update: May 3, 2016") == "published"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("3 May 2016", True),
        ("May I?", False),
        ("12", False),
        ("3 May 2016 was a long day", False),
        ("10:30 pm", False),
        ("", False),
    ],
)
def test_date_lines(line: str, expected: bool) -> None:
    assert is_date_line(line) is expected


def test_a_caption_says_who_stands_where() -> None:
    caption = "Ada Holm, left, shakes hands with Jon Berg before their talks in Port Alba."
    page = STORY.replace("\n\n", f"\n\n{caption}\n", 1)
    assert label_of(page, caption) == "caption"


def test_a_comment_section_with_votes_quotes_and_replies_is_all_comment() -> None:
    comments = [
        "What a waste of time these meetings are.",
        "3 ( +4 / -1 )",
        "@fisherman",
        "Minister Ada Holm said the talks had been useful and would go on next week.",
        "Useful to whom? Holm met nobody of importance there.",
        "-2 ( +0 / -2 )",
    ]
    headline = STORY.split("\n", 1)[0]
    page = STORY + "\n2 Comments\nLogin to comment\n\n" + headline + "\n\n" + "\n\n".join(comments)
    page += "\n\nLogin to leave a comment\n\nUse your account to login or register with us. We will write to you.\n"
    found = label_lines(page)
    tail = [page[s.char_start : s.char_end].strip() for s in found if s.label == "comment"]
    assert tail == comments
    assert [s.label for s in found if s.label in {"headline", "body"}] == ["headline", "body", "body"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_change_labels(end: str) -> None:
    assert labels(STORY.replace("\n", end)) == labels(STORY)


def test_a_flat_article_is_body() -> None:
    assert set(labels(" ".join(STORY.split()))) <= {"headline", "body"}
    assert labels("Holm met Berg.") == ["body"]


def test_a_page_of_furniture_has_no_story() -> None:
    assert not {"headline", "body", "caption"} & set(labels("Home\nNews\nSign in\nMost popular\n© 2019 Alba Courier\n"))


@pytest.mark.parametrize(
    "page",
    ["word\n" * 100_000, "x" * 1_000_000, "word " * 200_000, (STORY * 15_000)[:5_000_000], "\n" * 100_000],
    ids=["one-word lines", "one long word", "one long line", "five megabytes", "blank lines"],
)
def test_long_pages_take_linear_time(page: str) -> None:
    begin = time.process_time()
    found = label_lines(page)
    assert time.process_time() - begin < 10.0
    assert found[0].char_start == 0
    assert found[-1].char_end == len(page)
