"""Offsets of other tools made code points of the article's text, and checked against the surface strings beside them.

Tools count UTF-16 units (JavaScript, Java), bytes or code points, and often count in another text than the file that comes with
the annotation: with other line ends, without white space at its start, with a byte order mark, in another normal form. A way to
count is believed only when every surface string of the article then stands where its offsets point. Without surface strings the
tool's own way to count is believed unless spans would be cut out of words, or begin or end in white space.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from whomet.errors import SetupError

CODE_POINTS: Final = "code points"
UTF16: Final = "UTF-16 units"
BYTES: Final = "bytes"
UNITS: Final = (CODE_POINTS, UTF16, BYTES)
SHOWN: Final = 60
"""Most code points of a quote in a message."""

LAST_OF_ONE_UNIT: Final = 0xFFFF
"""Code points above this one are two units of UTF-16."""

_BOM: Final = "\ufeff"
_SPACE: Final = re.compile(r"(?:\s|\\[nrt])+")

Piece = tuple[int, int, str]
"""A range of the article's text, and what the tool has in its place."""


@dataclass(frozen=True, slots=True)
class Found:
    """A span as a file gives it: offsets as the tool counts, and the text that it shows there, None where it shows none."""

    name: str
    start: int
    end: int
    surface: str | None


@dataclass(frozen=True, slots=True)
class Placed:
    """Code points of each span, in order, and how they were counted, None when just as the tool always counts."""

    spans: tuple[tuple[int, int], ...]
    repair: str | None


def place_spans(text: str, spans: Sequence[Found], *, unit: str, place: str, units: Sequence[str] = UNITS) -> Placed:
    """The code points of spans in `text`.

    unit: how the tool counts; units: what else may have been counted. `place` names file and record in messages.
    Raises SetupError when no way to count, or more than one, fits all spans.
    """
    first = _positions(text, spans, _as_is(text), unit)
    if first is not None and _fits(text, spans, first):
        return Placed(first, None)
    found: dict[tuple[tuple[int, int], ...], str] = {}
    for view_name, pieces in _views(text, is_proved=all(span.surface is not None for span in spans)):
        for other in (unit, *(item for item in units if item != unit)):
            positions = _positions(text, spans, pieces, other)
            if positions is not None and _fits(text, spans, positions):
                found.setdefault(positions, f"offsets counted in {other}{view_name}")
    if len(found) == 1:
        [(positions, repair)] = found.items()
        return Placed(positions, repair)
    if found:
        raise SetupError(f"{place}: the offsets fit in {len(found)} ways ({'; '.join(found.values())}); which is not told")
    if first is not None and all(span.surface is None for span in spans) and _is_likeliest(text, spans, first, units):
        return Placed(first, None)  # some spans cut words on purpose
    raise SetupError(f"{place}: {_complaint(text, spans, first, unit)}")


def is_same_surface(surface: str, quote: str) -> bool:
    """Whether a tool's copy of a quote is the quote: white space, which tools rewrite, and normal form do not count."""
    return _folded(surface) == _folded(quote)


def shorten(quote: str) -> str:
    """A quote for a message."""
    return repr(quote if len(quote) <= SHOWN else quote[: SHOWN - 1] + "…")


def utf16_offsets(text: str) -> list[int]:
    """UTF-16 units before each code point of `text`, and at its end: what JavaScript and Java count."""
    return _unit_offsets(text, UTF16)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", _SPACE.sub(" ", text).strip())


def _fits(text: str, spans: Sequence[Found], positions: Sequence[tuple[int, int]]) -> bool:
    return all(
        is_same_surface(span.surface, text[start:end]) if span.surface is not None else _is_whole(text, start, end)
        for span, (start, end) in zip(spans, positions, strict=True)
    )


def _is_whole(text: str, start: int, end: int) -> bool:
    """No word is cut, and no white space stands at the ends."""
    if text[start].isspace() or text[end - 1].isspace():
        return False
    return not _is_inside_word(text, start) and not _is_inside_word(text, end)


def _is_inside_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and (text[at].isalnum() or unicodedata.combining(text[at]) > 0)


def _is_likeliest(text: str, spans: Sequence[Found], first: Sequence[tuple[int, int]], units: Sequence[str]) -> bool:
    """Whether the tool's own way to count cuts fewer words than any other that gives other positions."""
    whole = _count_whole(text, first)
    for _, pieces in _views(text, is_proved=False):
        for unit in units:
            positions = _positions(text, spans, pieces, unit)
            if positions is not None and positions != tuple(first) and _count_whole(text, positions) >= whole:
                return False
    return True


def _count_whole(text: str, positions: Sequence[tuple[int, int]]) -> int:
    return sum(_is_whole(text, start, end) for start, end in positions)


def _positions(text: str, spans: Sequence[Found], pieces: Iterable[Piece], unit: str) -> tuple[tuple[int, int], ...] | None:
    """The code points of all spans when the tool had `pieces` for a text and counted in `unit`; None when one falls between."""
    at = _boundaries(pieces, unit)
    found = []
    for span in spans:
        start, end = at.get(span.start), at.get(span.end)
        if start is None or end is None or not 0 <= start < end <= len(text):
            return None
        found.append((start, end))
    return tuple(found)


def _boundaries(pieces: Iterable[Piece], unit: str) -> dict[int, int]:
    """Code point of the article's text by the tool's offset; offsets inside of what was rewritten are left out."""
    found: dict[int, int] = {}
    offset = 0
    for start, end, shown in pieces:
        if not shown:
            continue
        offsets = _unit_offsets(shown, unit)
        if len(shown) == end - start:
            found |= {offset + step: start + number for number, step in enumerate(offsets)}
        else:
            found[offset], found[offset + offsets[-1]] = start, end
        offset += offsets[-1]
    return found


def _unit_offsets(text: str, unit: str) -> list[int]:
    sizes: Callable[[str], int] = {CODE_POINTS: lambda _: 1, UTF16: _utf16_size, BYTES: _byte_size}[unit]
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + sizes(character))
    return offsets


def _utf16_size(character: str) -> int:
    return 2 if ord(character) > LAST_OF_ONE_UNIT else 1


def _byte_size(character: str) -> int:
    return len(character.encode("utf-8", "surrogatepass"))


def _as_is(text: str) -> list[Piece]:
    return [(0, len(text), text)]


def _views(text: str, *, is_proved: bool) -> Iterator[tuple[str, list[Piece]]]:
    """What the tool may have had in place of `text`, with words that end the sentence 'offsets counted in bytes'.

    is_proved: surface strings tell what is right, so that all may be tried that tools, editors and file transfers do to a text.
    """
    yield "", _as_is(text)
    if "\r" in text:
        yield " of a text with LF line ends", _rewritten(text, r"\r\n?", "\n")
    if not is_proved:
        return
    yield " of a text with CRLF line ends", _rewritten(text, r"(?<!\r)\n", "\r\n")
    yield " of a text with a byte order mark", [(0, 0, _BOM), *_as_is(text)]
    if text.startswith(_BOM):
        yield " of a text without its byte order mark", [(1, len(text), text[1:])]
    if text[:1].isspace():
        yield " of a text without white space at its start", _rewritten(text, r"\A\s+", "")
    yield " of a text with single blanks", _rewritten(text, r"\A\s+|\s+\Z|(\s+)", " ")
    yield " of a text in normal form NFC", _normalized(text, "NFC")
    yield " of a text in normal form NFD", _normalized(text, "NFD")


def _rewritten(text: str, pattern: str, shown: str) -> list[Piece]:
    """The pieces of a text of which matches are shown as `shown`; those that leave a group of the pattern out, as nothing."""
    pieces: list[Piece] = []
    done = 0
    for match in re.finditer(pattern, text):
        pieces.append((done, match.start(), text[done : match.start()]))
        pieces.append((match.start(), match.end(), "" if match.re.groups and match[1] is None else shown))
        done = match.end()
    return [*pieces, (done, len(text), text[done:])]


def _normalized(text: str, form: Literal["NFC", "NFD"]) -> list[Piece]:
    """Each character with its combining marks in one normal form."""
    pieces: list[Piece] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            pieces.append((start, at, unicodedata.normalize(form, text[start:at])))
            start = at
    return pieces


def _complaint(text: str, spans: Sequence[Found], first: Sequence[tuple[int, int]] | None, unit: str) -> str:
    """What is wrong with the first span that does not fit the tool's own way to count."""
    for number, span in enumerate(spans):
        alone = [first[number]] if first is not None else _positions(text, [span], _as_is(text), unit)
        if alone is None:
            size = f"{_unit_offsets(text, unit)[-1]} {unit}"
            return f"{span.name} at {span.start}-{span.end} does not lie on characters of the text, which has {size}"
        if not _fits(text, [span], alone):
            start, end = alone[0]
            is_cut = "cuts a word or begins or ends in white space" if span.surface is None else f"shows {shorten(span.surface)}"
            return f"{span.name} at {span.start}-{span.end} {is_cut}, but the text has {shorten(text[start:end])} there"
    return "the offsets do not fit the text"
