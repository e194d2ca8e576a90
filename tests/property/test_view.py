"""Every span inside a piece goes to the raw text and back; no span across pieces goes anywhere."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from whomet.view import JOINT, TextView


@st.composite
def views(draw: st.DrawFn) -> TextView:
    raw = draw(st.text(alphabet="ab İ\u0307🇯\n\r", max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(raw)), max_size=12)))
    return TextView(raw, list(pairwise(cuts))[::2])


@given(views(), st.data())
def test_span_inside_a_piece_round_trips(view: TextView, data: st.DataObject) -> None:
    if not view.pieces:
        return
    char_start, char_end = data.draw(st.sampled_from(view.pieces))
    start = data.draw(st.integers(char_start, char_end - 1))
    end = data.draw(st.integers(start + 1, char_end))
    there = view.from_raw(start, end)
    assert there is not None
    assert view.text[there[0] : there[1]] == view.raw[start:end]
    assert view.to_raw(*there) == (start, end)


@given(views(), st.integers(-3, 90), st.integers(-3, 90))
def test_mapped_span_is_the_same_text_of_one_piece(view: TextView, start: int, end: int) -> None:
    back = view.to_raw(start, end)
    inside = [index for index, at in enumerate(view.starts) if at <= start < end <= at + _length(view, index)]
    if inside:
        assert back is not None
        assert view.raw[back[0] : back[1]] == view.text[start:end]
        assert any(piece[0] <= back[0] < back[1] <= piece[1] for piece in view.pieces)
    else:
        assert back is None


def _length(view: TextView, index: int) -> int:
    char_start, char_end = view.pieces[index]
    return char_end - char_start


@given(views())
def test_view_text_is_nothing_but_pieces_and_joints(view: TextView) -> None:
    assert view.text.replace(JOINT, "") == "".join(view.raw[start:end] for start, end in view.pieces).replace(JOINT, "")
    assert [view.text[at : at + _length(view, index)] for index, at in enumerate(view.starts)] == [
        view.raw[start:end] for start, end in view.pieces
    ]
