import pytest

from whomet.records import Segment
from whomet.sentences import MAX_SENTENCE, split_sentences, story_ranges


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met. They left.", ["They met.", "They left."]),
        ("Mr. Lund met Dr. Rojas. It rained.", ["Mr. Lund met Dr. Rojas.", "It rained."]),
        ("The U.S. President spoke. He left.", ["The U.S. President spoke.", "He left."]),
        ("J. R. Berg spoke. He left.", ["J. R. Berg spoke.", "He left."]),
        ('"We met." She left.', ['"We met."', "She left."]),
        ("Prices rose 3.5 per cent. Talks ended.", ["Prices rose 3.5 per cent.", "Talks ended."]),
        ("They signed a deal.The next day it rained.", ["They signed a deal.", "The next day it rained."]),
        ("A headline\n\nThe body starts here.", ["A headline", "The body starts here."]),
        ("They spoke e.g. of trade.", ["They spoke e.g. of trade."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_at_full_stops_but_not_at_abbreviations(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_text_without_full_stops_is_cut_at_spaces() -> None:
    pieces = split("word " * 2_000)
    assert len(pieces) > 5
    assert max(map(len, pieces)) <= MAX_SENTENCE
    assert " ".join(pieces).split() == ["word"] * 2_000


def test_hard_wrapped_lines_of_one_paragraph_are_joined() -> None:
    text = "Norway and Chile\nheld talks.\nThe next paragraph.\n"
    segments = (Segment(0, 17, "body"), Segment(17, 29, "body"), Segment(29, 49, "body"))
    assert [text[start:end] for start, end, _ in story_ranges(text, segments)] == [
        "Norway and Chile\nheld talks.\n",
        "The next paragraph.\n",
    ]


def test_only_story_segments_are_ranges() -> None:
    segments = (Segment(0, 5, "boilerplate"), Segment(5, 9, "headline"), Segment(9, 20, "comment"), Segment(20, 30, "body"))
    assert [label for _, _, label in story_ranges("x" * 30, segments)] == ["headline", "body"]
