"""The way from a reading view back to the raw text, by example."""

from __future__ import annotations

import pytest

from whomet.view import TextView

RAW = "Menu\nEnvoys met.\nShare this\nThey talked.\n"
VIEW = TextView(RAW, [(5, 16), (28, 40)])


def test_view_text_is_the_pieces_joined_by_a_blank_line() -> None:
    assert VIEW.text == "Envoys met.\n\nThey talked."


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 6, (5, 11)),
        (0, 11, (5, 16)),
        (13, 17, (28, 32)),
        (13, 25, (28, 40)),
        (7, 14, None),  # crosses from one piece into the next
        (11, 13, None),  # the joint
        (0, 12, None),
        (4, 4, None),
        (24, 26, None),
        (-1, 2, None),
    ],
)
def test_to_raw_maps_a_range_inside_one_piece(start: int, end: int, expected: tuple[int, int] | None) -> None:
    assert VIEW.to_raw(start, end) == expected


@pytest.mark.parametrize(
    ("char_start", "char_end", "expected"),
    [(5, 11, (0, 6)), (28, 40, (13, 25)), (0, 4, None), (5, 17, None), (14, 30, None), (6, 6, None), (40, 41, None)],
)
def test_from_raw_maps_a_range_that_one_piece_holds(char_start: int, char_end: int, expected: tuple[int, int] | None) -> None:
    assert VIEW.from_raw(char_start, char_end) == expected


def test_piece_at_is_none_in_a_joint_and_outside() -> None:
    assert [VIEW.piece_at(position) for position in (-1, 0, 10, 11, 12, 13, 24, 25)] == [None, 0, 0, None, None, 1, 1, None]


def test_empty_view_holds_nothing() -> None:
    view = TextView(RAW, [])
    assert (view.text, view.to_raw(0, 1), view.from_raw(0, 1)) == ("", None, None)
