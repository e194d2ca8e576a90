"""The HTML report: nothing that an article says becomes markup, and nothing is asked for from outside."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from html.parser import HTMLParser

import pytest

from whomet.evaluate import compare, evaluate, scored_meeting
from whomet.evaluate.markup import element, shown, write_html
from whomet.evaluate.page import render_page
from whomet.evaluate.passages import Placed, find_windows, highlight, place_marks

HOSTILE = (
    "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> & \"quotes\" 'single' "
    "</mark></title></style><svg onload=alert(1)> \u202eturned\u202c nul\0 bell\x07 lone\ud800 <!-- comment ]]> {{7*7}} &lt;b&gt;"
)
ALLOWED = set(
    "html head meta title style body h1 h2 h3 h4 p div span table thead tbody tr th td figure figcaption svg rect line circle "
    "polyline text details summary label select option input output section mark script".split()
)


def meeting(**changes):
    base = {
        "form": "meeting",
        "status": "held",
        "participants": [{"name": HOSTILE, "title": HOSTILE, "party": HOSTILE}, {"name": None, "title": None, "party": "Norway"}],
        "topics": [HOSTILE],
        "places": [HOSTILE],
        "when": {"text": HOSTILE, "start": "2020-03-02", "end": "2020-03-02"},
        "evidence": [HOSTILE],
    }
    return scored_meeting(base | changes)


def hostile_page():
    """A page whose ids, outlets, texts and meetings are all hostile."""
    gold = {HOSTILE: (meeting(),), "b": (meeting(),)}
    predicted = {HOSTILE: (meeting(status="planned", confidence=0.4, topics=[]),), "b": ()}
    report = evaluate(gold, predicted, outlets={HOSTILE: HOSTILE})
    differences = compare(report.tallies["meetings"], report.tallies["meetings"])
    return render_page(report, {HOSTILE: f"Before. {HOSTILE} After.", "b": HOSTILE}, differences)


class Reader(HTMLParser):
    """What a parser makes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")


def parse(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def test_hostile_text_stays_text():
    reader = parse(hostile_page())
    assert {tag for tag, _ in reader.tags} <= ALLOWED
    assert [tag for tag, _ in reader.tags].count("script") == 1
    assert {name for _, attributes in reader.tags for name in attributes if name.startswith("on") or name == "style"} == set()
    assert "</script><script>document.title='owned'</script><img src=x" in reader.text


def test_characters_that_cannot_be_seen_are_named():
    page = hostile_page()
    assert set("\0\x07\u202e\u202c\ud800") & set(page) == set()
    assert "⟦U+202E⟧turned⟦U+202C⟧ nul⟦U+0000⟧ bell⟦U+0007⟧ lone⟦U+D800⟧" in parse(page).text
    page.encode()


def test_page_asks_for_nothing_from_outside():
    reader = parse(hostile_page())
    asking = {"src", "href", "srcset", "action", "data", "poster", "background", "xlink:href", "ping", "formaction"}
    assert [attributes for _, attributes in reader.tags if asking & set(attributes)] == []
    assert "@import" not in hostile_page()
    assert "url(" not in hostile_page()


def test_policy_allows_our_script_and_style_alone():
    page = hostile_page()
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])
    digests = [
        base64.b64encode(hashlib.sha256(re.search(rf"<{tag}>(.*?)</{tag}>", page, flags=re.DOTALL)[1].encode()).digest()).decode()
        for tag in ("style", "script")
    ]
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digests[0]}'",
        f"script-src 'sha256-{digests[1]}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_page_shows_both_sides_of_a_mistake():
    reader = parse(hostile_page())
    partial, missed = [attributes for _, attributes in reader.tags if attributes.get("class") == "mistake"]
    assert partial["data-kind"] == "topics status"
    assert partial["data-status"] == "held planned"
    assert missed["data-kind"] == "missed"
    marked = {attributes["class"] for tag, attributes in reader.tags if tag == "mark"}
    assert "evidence participants places topics when" in marked
    assert "evidence participants places when" in marked


def test_page_without_texts_shows_the_fields():
    reader = parse(render_page(evaluate({"a": (meeting(),)}, {}), {}))
    assert any(attributes.get("class") == "mistake" for _, attributes in reader.tags)


@pytest.mark.parametrize(("text", "expected"), [("a\r\nb\rc", "a\nb\nc"), ("tab\there", "tab\there"), ("\x7f", "⟦U+007F⟧")])
def test_shown(text, expected):
    assert shown(text) == expected


def test_element_escapes_texts_and_attributes():
    made = element("p", "a < b", element("b", "&"), " > c", class_='"x"', data_what=None)
    assert write_html(made) == '<!DOCTYPE html>\n<p class="&quot;x&quot;">a &lt; b<b>&amp;</b> &gt; c</p>\n'


def test_quotes_without_a_place_are_found_in_the_evidence():
    text = "Lund spoke. Later Lund met Berg in Oslo."
    placed = place_marks(
        scored_meeting(
            {
                "form": "meeting",
                "status": "held",
                "participants": [{"name": "Lund", "title": None, "party": None}],
                "places": [{"text": "Oslo", "char_start": 35, "char_end": 39}],
                "topics": ["not in the text"],
                "evidence": ["Later Lund met Berg in Oslo."],
            }
        ),
        text,
    )
    assert placed == [Placed("evidence", 12, 40), Placed("participants", 18, 22), Placed("places", 35, 39)]


def test_windows_are_cut_between_words_and_joined():
    text = "word " * 400
    marks = [Placed("evidence", 500, 504), Placed("topics", 520, 524), Placed("places", 1500, 1504)]
    windows = find_windows(marks, text)
    assert len(windows) == 2
    assert all(text[start:end].startswith("word") and text[start:end].endswith("word") for start, end in windows)
    pane = highlight(text, marks, windows)
    assert [(mark.get("class"), mark.text) for mark in pane.iter("mark")] == [
        ("evidence", "word"),
        ("topics", "word"),
        ("places", "word"),
    ]
    assert "".join(pane.itertext()).count("[…]") == 3
