"""Word pieces and windows: every candidate is scored once, with what stands around it."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from whomet.relations.reader.pieces import (
    CLOSING,
    MOST_PIECES,
    OPENING,
    REACH,
    UNKNOWN,
    WINDOW,
    split_windows,
    vocabulary,
    word_pieces,
)

NLP = spacy.blank("en")


def text_of(pieces: tuple[int, ...]) -> list[str]:
    names = {number: piece for piece, number in vocabulary().items()}
    return [names[number] for number in pieces]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Minister", ["minister"]),
        ("Zürich", ["zurich"]),
        ("S.Korea", ["s", ".", "korea"]),
        ("2+2", ["2", "+", "2"]),
        ("summitry", ["summit", "##ry"]),
        ("’s", ["’", "s"]),
    ],
)
def test_longest_known_piece_first(word: str, pieces: list[str]) -> None:
    assert text_of(word_pieces(word)) == pieces


@pytest.mark.parametrize("word", ["", " ", "\u0301", "x" * 41, "\U0001f9ff"])
def test_what_has_no_piece_is_unknown(word: str) -> None:
    assert word_pieces(word) == (UNKNOWN,)


@given(st.text(max_size=80))
def test_any_token_has_some_pieces_and_not_many(word: str) -> None:
    assert 1 <= len(word_pieces(word)) <= MOST_PIECES


def make_doc(lengths: list[int]) -> Doc:
    words = [word for length in lengths for word in [*["talks"] * (length - 1), "."]]
    starts = [place == 0 for length in lengths for place in range(length)]
    return Doc(NLP.vocab, words=words, sent_starts=starts)


@given(st.lists(st.integers(2, 120), min_size=1, max_size=25), st.data())
def test_every_candidate_is_scored_in_one_window(lengths: list[int], data: st.DataObject) -> None:
    doc = make_doc(lengths)
    candidates = data.draw(st.sets(st.integers(0, len(doc) - 1), max_size=6))
    found = list(split_windows(doc, candidates))
    for index in candidates:
        assert sum(window.start <= index < window.end and index in window.tokens for window in found) == 1
    for window in found:
        assert (window.pieces[0], window.pieces[-1]) == (OPENING, CLOSING)
        assert len(window.pieces) <= 512
        assert list(window.tokens) == sorted(set(window.tokens))
        assert all(
            window.pieces[place] == word_pieces(doc[index].text)[0]
            for place, index in zip(window.first, window.tokens, strict=True)
        )


def test_sentences_far_from_every_candidate_are_not_read() -> None:
    doc = make_doc([5] * 20)
    (window,) = split_windows(doc, {50})
    assert window.tokens == tuple(range(5 * (10 - REACH), 5 * (10 + REACH + 1)))
    assert list(split_windows(doc, set())) == []


def test_a_later_window_begins_with_the_lead_and_the_sentences_before_it() -> None:
    doc = make_doc([30] * 30)
    first, second, *_ = split_windows(doc, set(range(len(doc))))
    assert first.end == second.start
    assert len(first.pieces) <= WINDOW
    assert second.tokens[:30] == tuple(range(30))
    assert set(range(second.start - 60, second.start)) <= set(second.tokens)
