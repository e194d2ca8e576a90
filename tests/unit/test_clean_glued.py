"""What is glued into a line of the story, and the datelines at its head; all sentences are invented."""

from __future__ import annotations

import pytest

from whomet.clean import find_dateline, label_lines
from whomet.clean.glued import split_glued

PROSE = (
    "Norland's Foreign Minister Ada Holm met her Sudovian counterpart Jon Berg on Tuesday to discuss fishing in the straits. "
    "The two sides agreed to meet again in June, a spokesman said. "
    "Holm told reporters that the talks had been useful and that nobody had left the table in anger. "
)


def pieces(text: str) -> list[tuple[str, str]]:
    return [(segment.label, text[segment.char_start : segment.char_end].strip()) for segment in split_glued(text, 0, len(text))]


def test_a_line_of_plain_story_stays_whole() -> None:
    assert [label for label, _ in pieces(PROSE * 3)] == ["body"]


def test_a_share_bar_behind_the_story_is_cut_off() -> None:
    bar = "Send Facebook Twitter Google+ Whatsapp Tumblr linkedin Digg reddit Permalink http://example.org/p/1"
    assert pieces(PROSE + bar) == [("body", PROSE.strip()), ("boilerplate", bar)]


def test_two_services_named_in_a_sentence_are_no_share_bar() -> None:
    text = PROSE + "She wrote about it on Facebook and Twitter on Monday."
    assert [label for label, _ in pieces(text)] == ["body"]


def test_a_menu_before_the_story_is_cut_off() -> None:
    assert pieces("Home News World Politics " + PROSE)[0] == ("boilerplate", "Home News World Politics")
    assert [label for label, _ in pieces("World News agencies said that " + PROSE)] == ["body"]


@pytest.mark.parametrize(
    ("link", "rest"),
    [
        ("READ MORE: Who owns the herring?", "The minister left at noon."),
        ("Read more: Ferry strike enters third week.", "Holm left at noon."),
        ("RELATED: How the straits were divided", '"We go on," Holm said.'),
        ("ALSO READ - Ferry strike enters its third week", "The minister left at noon."),
    ],
)
def test_a_link_to_another_story_is_cut_out(link: str, rest: str) -> None:
    text = f"{PROSE}{link} {rest} {PROSE}"
    assert ("related", link) in pieces(text)
    assert any(label == "body" and piece.startswith(rest) for label, piece in pieces(text))


def test_a_caption_with_its_credit_is_cut_out() -> None:
    caption = "Ada Holm speaks at a fish market in Port Alba on May 3. Lena Strand/Pool/AFP/Getty Images"
    assert ("caption", caption) in pieces(f"{PROSE}{caption} {PROSE}")
    assert ("caption", "Ministers shake hands in Port Alba [Photo: example.org]") in pieces(
        f"{PROSE}Ministers shake hands in Port Alba [Photo: example.org] {PROSE}"
    )


def test_a_headline_glued_to_the_dateline_is_cut_off() -> None:
    text = f"Ministers meet over herring PORT ALBA, May 3 (Reuters) - {PROSE}{PROSE}"
    assert pieces(text)[0] == ("headline", "Ministers meet over herring")
    assert pieces(text)[1][1].startswith("PORT ALBA, May 3")


def test_a_copyright_line_behind_the_story_is_cut_off() -> None:
    tail = "Copyright © 2019 Alba Press. All rights reserved."
    assert pieces(PROSE + tail)[-1] == ("boilerplate", tail)


def test_pieces_tile_the_line_with_its_line_end() -> None:
    text = "\t" + PROSE + "Send Facebook Twitter Whatsapp \r\n"
    segments = split_glued(text, 0, len(text))
    assert segments[0].char_start == 0
    assert segments[-1].char_end == len(text)
    assert [a.char_end for a in segments[:-1]] == [b.char_start for b in segments[1:]]


def test_a_flat_page_is_cut_by_label_lines() -> None:
    text = "Ministers meet over herring\n\n" + PROSE * 2 + "Send Facebook Twitter Google+ Whatsapp Digg Permalink"
    assert [s.label for s in label_lines(text) if s.label != "blank"] == ["headline", "body", "boilerplate"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ALBA CITY — Norland and Sudovia agreed", "ALBA CITY —"),
        ("PORT ALBA, February 28. /NORD/. The minister", "PORT ALBA, February 28. /NORD/."),
        ("PORT ALBA (AP) — The minister", "PORT ALBA (AP) —"),
        ("PORT ALBA, May 3 (Norpress) - The minister", "PORT ALBA, May 3 (Norpress) -"),
        ("GRENZ, Norland -- The minister", "GRENZ, Norland --"),
        ("Port Alba — The minister", "Port Alba —"),
        ("Alba City (CNN)The minister", "Alba City (CNN)"),
        ("Alba City, May 3, 2019 (NPA) – The minister", "Alba City, May 3, 2019 (NPA) –"),
        ("  SKAGEN: The minister", "SKAGEN:"),
        ("Alba City, July 25", "Alba City, July 25"),
        ("(Reuters) - The minister", "(Reuters) -"),
        ("The minister met Berg — and left", None),
        ("On May 3 the minister met Berg", None),
        ("Tuesday, May 3 (Norpress)", None),
        ("NATO said on Tuesday", None),
        ("Norland Progressive Alliance (NPA) members met", None),
        ("Sudovia-led coalition – which met on Monday", None),
        ("", None),
    ],
)
def test_datelines(line: str, expected: str | None) -> None:
    text = "Above.\n" + line
    found = find_dateline(text, 7, len(text))
    assert (found.text if found else None) == expected
    assert found is None or text[found.char_start : found.char_end] == found.text


def test_a_dateline_does_not_reach_beyond_its_line() -> None:
    text = "PORT ALBA, May 3\n(Reuters) - The minister"
    found = find_dateline(text, 0, 17)
    assert found is not None
    assert found.text == "PORT ALBA, May 3"
