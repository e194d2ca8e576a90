"""HTML pages as text, and pages shown with their labels."""

from __future__ import annotations

import sys

import pytest

from whomet.clean import html_to_text, label_lines, render_labels
from whomet.errors import SetupError
from whomet.records import Segment

PAGE = """<html><head><title>Holm and Berg meet - Alba Courier</title>
<meta property="article:published_time" content="2019-06-12T08:00:00Z"></head><body>
<nav><a href="/">Home</a><a href="/w">World</a></nav>
<article><h1>Holm and Berg meet in Port Alba</h1>
<p>Foreign ministers Ada Holm and Jon Berg met in Port Alba on Tuesday to discuss fishing rights in the straits.</p>
<p>The talks will go on next week, both sides said, and a communique will be issued after that, they added.</p></article>
<div id="comments" class="comments"><h3>2 Comments</h3><ol class="commentlist">
<li class="comment"><p>Holm met nobody important there, she only met the owners of the fishing fleet.</p></li>
<li class="comment"><p>I agree with the above, it was all staged for the cameras.</p></li></ol></div></body></html>"""


def test_an_html_page_gives_story_date_title_and_comments_apart() -> None:
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    page = html_to_text(PAGE)
    assert (page.published, page.title) == ("2019-06-12", "Holm and Berg meet in Port Alba")
    labelled = {page.text[s.char_start : s.char_end].strip(): s.label for s in label_lines(page.text) if s.label != "blank"}
    assert labelled["Holm and Berg meet in Port Alba"] == "headline"
    assert [label for line, label in labelled.items() if line.startswith(("Foreign", "The talks"))] == ["body", "body"]
    assert [label for line, label in labelled.items() if line.startswith(("Holm met", "I agree"))] == ["comment", "comment"]


@pytest.mark.parametrize("html", ["", "  ", "<html></html>", "<p>", "\x00", "<" * 1000])
def test_a_page_without_story_is_empty_text(html: str) -> None:
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    assert html_to_text(html) == ("", None, None)


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(SetupError, match=r"whomet\[html\]"):
        html_to_text(PAGE)


TEXT = "Home\nHolm met Berg.\n\nFirst!\x1b[31m\n"
SEGMENTS = (Segment(0, 5, "boilerplate"), Segment(5, 20, "body"), Segment(20, 21, "blank"), Segment(21, 33, "comment"))


def test_a_page_is_shown_with_its_labels_and_without_control_characters() -> None:
    shown = render_labels(TEXT, SEGMENTS).plain.split("\n")
    assert shown == ["boilerplate | Home", "       body | Holm met Berg.", "      blank | ", "    comment | First!\\x1b[31m", ""]


def test_only_what_was_removed_is_shown_on_demand() -> None:
    assert render_labels(TEXT, SEGMENTS, removed_only=True).plain == "boilerplate | Home\n    comment | First!\\x1b[31m\n"
