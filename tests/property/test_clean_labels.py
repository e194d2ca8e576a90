"""Properties of line labels: they tile the text, are the same when asked again, and do not hang on what readers wrote below."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whomet.clean import label_lines
from whomet.records import SEGMENT_LABELS, STORY_LABELS

LINES = (
    "Home",
    "Skip to main content",
    "Ministers of Norland and Sudovia meet in Port Alba",
    "PORT ALBA, May 3 (Reuters) - Foreign Minister Ada Holm met her counterpart Jon Berg on Tuesday to discuss fishing rights.",
    "The two sides agreed to meet again in June, a spokesman for the Norland foreign ministry said.",
    "“It was a useful talk,” Holm told reporters after the meeting, which lasted three hours.",
    "By Lena Strand",
    "Updated: 3 May 2016 10:15 GMT",
    "Share",
    "Related stories",
    "Ferry strike enters third week as unions refuse talks",
    "© 2016 Alba Courier",
    "12 Comments",
    "2 ( +3 / -1 )",
    "Reply",
    "@trawlerman you have no idea what you are talking about lol",
    "",
    " \u00a0",
    "구독",
    "***",
)
pages = st.lists(st.sampled_from(LINES), max_size=40).flatmap(
    lambda lines: st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=len(lines), max_size=len(lines)).map(
        lambda ends: "".join(line + end for line, end in zip(lines, ends, strict=True))
    )
)
texts = st.one_of(pages, st.text(max_size=400))
names = st.sampled_from(["seagull77", "Karin", "HarbourLight", "Anonymous"])
remarks = st.sampled_from(
    [
        "Holm met nobody of importance there, she only met the owners of the big fleets.",
        "The two sides agreed to meet again in June, a spokesman for the Norland foreign ministry said.",
        "First!",
        "I remember when they held talks in Brussels in 1998 and it took them five days.",
        "@Karin source?",
    ]
)
votes = st.sampled_from(["2 ( +3 / -1 )", "-4 ( +0 / -4 )", "3 likes", "Reply"])
openers = st.sampled_from(["15 Comments", "Comments", "3 Responses to “Ministers meet”", "Login to comment", "Comments (2)"])


@settings(max_examples=150, deadline=None)
@given(texts)
def test_segments_tile_the_text(text: str) -> None:
    position = 0
    for segment in label_lines(text):
        assert segment.char_start == position < segment.char_end
        assert segment.label in SEGMENT_LABELS
        assert (segment.label == "blank") == (not text[segment.char_start : segment.char_end].strip())
        position = segment.char_end
    assert position == len(text)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_labelling_again_gives_the_same_labels(text: str) -> None:
    assert label_lines(text) == label_lines(text)


@settings(max_examples=60, deadline=None)
@given(pages)
def test_the_story_alone_is_still_the_story(page: str) -> None:
    """What was kept is kept when the page is labelled again without what was removed."""
    kept = "".join(page[s.char_start : s.char_end] for s in label_lines(page) if s.label in STORY_LABELS or s.label == "blank")
    prose = [line for line in LINES[3:6] if line in kept]
    again = label_lines(kept)
    story = "".join(kept[s.char_start : s.char_end] for s in again if s.label in STORY_LABELS)
    assert [line for line in prose if line not in story] == []


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(LINES[:12]), max_size=20),
    openers,
    st.lists(st.tuples(names, remarks, votes), min_size=1, max_size=12),
    st.sampled_from(["\n", "\n\n"]),
)
def test_a_comment_section_never_changes_the_labels_above_it(
    above: list[str], opener: str, comments: list[tuple[str, str, str]], gap: str
) -> None:
    page = gap.join([*LINES[2:6], *above]) + gap
    section = gap.join([opener, *(line for comment in comments for line in comment)]) + gap
    alone = [segment for segment in label_lines(page) if segment.label != "blank"]
    together = [segment for segment in label_lines(page + section) if segment.label != "blank"]
    assert together[: len(alone)] == alone


@pytest.mark.parametrize("opener", ["15 Comments", "Comments (2)", "Login to comment"])
def test_remarks_below_an_opener_are_no_story(opener: str) -> None:
    page = "\n\n".join(LINES[2:6]) + "\n\n"
    remarks = [
        "seagull77",
        "Holm met nobody of importance there, she only met the owners of the big fleets.",
        "2 ( +3 / -1 )",
        "Karin",
        "I remember when they held talks in Brussels in 1998 and it took them five days.",
        "0 ( +0 / -2 )",
    ]
    text = page + "\n\n".join([opener, *remarks])
    assert [
        segment.label for segment in label_lines(text) if segment.char_start >= len(page) and segment.label in STORY_LABELS
    ] == []
