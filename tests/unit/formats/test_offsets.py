"""Offsets that another tool counted: what is believed, what is repaired, what is refused."""

from __future__ import annotations

import re
import unicodedata

import pytest

from whomet.errors import SetupError
from whomet.evaluate.formats.offsets import BYTES, CODE_POINTS, UNITS, UTF16, Found, is_same_surface, place_spans, utf16_offsets

TEXT = "Zoë 🙂 met\r\nAda in São Paulo, and Bo"
WORDS = ("Zoë", "met", "Ada", "São Paulo", "Bo")


def size(text: str, unit: str) -> int:
    return {CODE_POINTS: len(text), UTF16: len(text.encode("utf-16-le")) // 2, BYTES: len(text.encode())}[unit]


def found(text: str, unit: str, words: tuple[str, ...] = WORDS, *, shown: bool = True) -> list[Found]:
    """The words as a tool has them that counts `unit` in `text`."""
    starts = [text.index(word) for word in words]
    return [
        Found(word, size(text[:at], unit), size(text[: at + len(word)], unit), word if shown else None)
        for word, at in zip(words, starts, strict=True)
    ]


def quotes(text: str, spans: list[Found], unit: str, **options: tuple[str, ...]) -> tuple[list[str], str | None]:
    placed = place_spans(text, spans, unit=unit, place="gold, record 1", **options)
    return [text[start:end] for start, end in placed.spans], placed.repair


@pytest.mark.parametrize("counted", UNITS)
@pytest.mark.parametrize("expected", UNITS)
def test_units_are_told_by_the_surface(counted: str, expected: str) -> None:
    read, repair = quotes(TEXT, found(TEXT, counted), expected)
    assert read == list(WORDS)
    assert repair == (None if counted == expected else f"offsets counted in {counted}")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    ("text", "seen", "reason"),
    [
        (TEXT, TEXT.replace("\r\n", "\n"), "LF line ends"),
        (TEXT.replace("\r\n", "\r"), None, None),
        (TEXT.replace("\r\n", "\n"), TEXT, "CRLF line ends"),
        (TEXT, "\ufeff" + TEXT, "with a byte order mark"),
        ("\ufeff" + TEXT, TEXT, "without its byte order mark"),
        (" \n " + TEXT, TEXT, "without white space at its start"),
        (" \n " + TEXT.replace(" ", "  "), TEXT.replace("\r\n", " "), "with single blanks"),
        (TEXT, unicodedata.normalize("NFD", TEXT), "normal form NFD"),
        (unicodedata.normalize("NFD", TEXT), TEXT, "normal form NFC"),
    ],
)
def test_texts_that_were_rewritten_are_told_by_the_surface(text: str, seen: str | None, reason: str | None, unit: str) -> None:
    words = tuple(unicodedata.normalize("NFC", word) for word in WORDS)
    seen = text if seen is None else seen
    shown = tuple(word if word in seen else unicodedata.normalize("NFD", word) for word in words)
    read, repair = quotes(text, found(seen, unit, shown), unit)
    assert all(is_same_surface(word, quote) for word, quote in zip(words, read, strict=True)), read
    assert (repair is None) == (reason is None)
    assert reason is None or reason in (repair or "")


def test_without_surface_the_tools_own_count_is_believed() -> None:
    assert quotes(TEXT, found(TEXT, UTF16, shown=False), UTF16) == (list(WORDS), None)


def test_without_surface_another_count_is_believed_when_only_it_cuts_no_word() -> None:
    spans = found(TEXT, CODE_POINTS, shown=False)
    assert quotes(TEXT, spans, UTF16, units=(UTF16, CODE_POINTS)) == (list(WORDS), "offsets counted in code points")


def test_without_surface_spans_that_cut_a_word_are_believed_where_most_do_not() -> None:
    spans = [*found(TEXT, UTF16, shown=False), *found(TEXT, UTF16, ("aulo",), shown=False)]
    assert quotes(TEXT, spans, UTF16, units=(UTF16, CODE_POINTS)) == ([*WORDS, "aulo"], None)


def test_without_surface_nothing_is_believed_that_nothing_speaks_for() -> None:
    with pytest.raises(SetupError, match="gold, record 1: part at 8-9 cuts a word"):
        place_spans("🙂 Ada met", [Found("part", 8, 9, None)], unit=UTF16, place="gold, record 1")


def test_two_ways_to_count_that_differ_are_refused() -> None:
    text = "🙂 Bo Bo"
    assert text[5:7] == text.encode()[5:7].decode() == "Bo"
    with pytest.raises(SetupError, match=r"fit in 2 ways.*code points.*bytes.*; which is not told"):
        place_spans(text, [Found("T1", 5, 7, "Bo")], unit=UTF16, place="x")


@pytest.mark.parametrize(
    ("span", "message"),
    [
        (Found("T1", 0, 3, "Bob"), "T1 at 0-3 shows 'Bob', but the text has 'Zoë' there"),
        (Found("T1", 3, 3, ""), "does not lie on characters of the text, which has 35 code points"),
        (Found("T1", -3, 2, "Zo"), "does not lie"),
        (Found("T1", 4, 400, "x"), "does not lie"),
        (Found("T1", 0, 3, "x" * 500), "shows 'xxx"),
    ],
)
def test_refusals_name_place_span_and_text(span: Found, message: str) -> None:
    with pytest.raises(SetupError, match=re.escape(message)) as error:
        place_spans(TEXT, [span], unit=CODE_POINTS, place="gold, record 1")
    assert str(error.value).startswith("gold, record 1: ")
    assert len(str(error.value)) < 250


def test_utf16_offsets() -> None:
    assert utf16_offsets("a🙂b") == [0, 1, 3, 4]
