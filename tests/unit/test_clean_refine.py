"""Headline, byline, date, caption, related links: which line of a page is which; all pages are invented."""

from __future__ import annotations

import pytest

from whomet.clean import label_lines
from whomet.clean.headline import is_menu
from whomet.clean.refine import is_foreign, refine

FIRST = "Foreign ministers Ada Holm and Jon Berg met in Port Alba on Tuesday to discuss who may fish in the straits."
SECOND = "The two sides agreed to meet again in June, a spokesman for the Norland foreign ministry said."
HEADLINE = "Ministers meet in Port Alba over fishing"


def refined(*rows: tuple[str, str]) -> list[str]:
    """Labels of lines given with their class, with no wording known."""
    lines = [line for line, _ in rows]
    return refine(lines, [name for _, name in rows], [line.lower() for line in lines], [None] * len(lines))


def label_of(page: str, line: str) -> str:
    return next(s.label for s in label_lines(page) if page[s.char_start : s.char_end].strip() == line)


def test_the_title_whose_words_the_story_takes_up_is_the_headline() -> None:
    rows = [("What's on in town", "body"), (HEADLINE, "body"), (FIRST, "body"), (SECOND, "body")]
    assert refined(*rows) == ["boilerplate", "headline", "body", "body"]


def test_a_headline_taken_for_furniture_is_found() -> None:
    rows = [("Sections", "boilerplate"), (HEADLINE, "boilerplate"), (FIRST, "body"), (SECOND, "body")]
    assert refined(*rows) == ["boilerplate", "headline", "body", "body"]


def test_a_lead_between_headline_and_story_is_story() -> None:
    lead = "Norland and Sudovia want an end to the herring row."
    rows = [(HEADLINE, "boilerplate"), (lead, "boilerplate"), (FIRST, "body"), (SECOND, "body")]
    assert refined(*rows) == ["headline", "body", "body", "body"]


def test_a_second_title_below_the_headline_is_story() -> None:
    rows = [
        (HEADLINE, "boilerplate"),
        ("Norland ministers promise Port Alba fishing accord", "body"),
        (FIRST, "body"),
        (SECOND, "body"),
    ]
    assert refined(*rows)[:2] == ["headline", "body"]


def test_a_scrap_or_a_picture_credit_is_no_headline() -> None:
    rows = [
        ("7 min", "body"),
        ("Ada Holm in Port Alba on Monday (Lena Strand/AFP/Getty Images)", "body"),
        (FIRST, "body"),
        (SECOND, "body"),
    ]
    assert refined(*rows)[1:] == ["caption", "body", "body"]
    assert "headline" not in refined(*rows)


def test_a_story_without_headline_has_none() -> None:
    assert refined((FIRST, "body"), (SECOND, "body")) == ["body", "body"]


def test_a_line_broken_in_the_middle_goes_on() -> None:
    rows = [
        ("Foreign ministers Ada Holm and Jon Berg met in", "body"),
        ("weekly talks about herring in", "boilerplate"),
        (SECOND, "body"),
    ]
    assert refined(*rows)[1] == "body"


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("12.03.2018, 21:40 | Region", "published"),
        ("By Lena Strand", "byline"),
        ("By Staff | Monday, June 3, 2013 at 9:40 AM ET", "published"),
        ("By Web Desk Published: Mon 4 Oct 2021, 11:17 PM", "published"),
        ("Posted on 3 May 2016 by Editor", "published"),
    ],
)
@pytest.mark.parametrize("coarse", ["body", "boilerplate"])
def test_lines_between_headline_and_story(line: str, label: str, coarse: str) -> None:
    page = f"{HEADLINE}\n\n{line}\n\n{FIRST}\n\n{SECOND}\n"
    assert label_of(page, line) == label


def test_credits_behind_the_story_are_a_byline() -> None:
    credit = "(Reporting by Lena Strand; Editing by Tom Hale)"
    assert label_of(f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}\n\n{credit}\n", credit) == "byline"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("모바일 앱 N", True),
        ("***", True),
        ("2+2", True),
        ("Świętosław met Ørsted", False),
        ("Holm met 安倍", False),
        ("Читать на English", True),
    ],
)
def test_lines_in_another_script_are_foreign(line: str, expected: bool) -> None:
    assert is_foreign(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("32 comments | print | A+ A-", True),
        ("Home   News   Sport", True),
        ("Holm met Berg | Berg met Holm.", False),
        (FIRST, False),
        ("Talks | Berg", False),
    ],
)
def test_menus(line: str, expected: bool) -> None:
    assert is_menu(line) is expected


def test_links_below_a_line_that_announces_them_are_related() -> None:
    links = ["Ferry strike enters third week", "Harbour tunnel to open in May"]
    page = f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}\n\nRelated stories\n" + "\n".join(links) + "\n\n© 2019 Alba Press\n"
    assert [label_of(page, line) for line in ("Related stories", *links, "© 2019 Alba Press")] == [
        "related",
        "related",
        "related",
        "boilerplate",
    ]
