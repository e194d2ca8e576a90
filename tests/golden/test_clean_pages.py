"""The five real pages, line by line: numbers and labels only."""

from __future__ import annotations

from pathlib import Path

import pytest

from whomet.clean import label_lines

PAGES = Path(__file__).resolve().parents[2] / ".." / "shared" / "articles"
pytestmark = pytest.mark.skipif(not PAGES.exists(), reason="the real pages are not beside this checkout")

# Line numbers from 0, both ends inclusive. Lines that are not listed are blank, except inside a range, where blank lines
# take part in nothing and are skipped.
GOLDEN: dict[str, dict[str, tuple[tuple[int, int], ...]]] = {
    "000": {"boilerplate": ((0, 2),), "headline": ((4, 4),), "caption": ((6, 6),), "body": ((7, 25),)},
    "001": {
        "boilerplate": ((0, 1), (5, 5), (41, 48), (144, 158)),
        "headline": ((3, 3),),
        "body": ((7, 39),),
        "comment": ((50, 142),),
    },
    "002": {"boilerplate": ((0, 0), (26, 26)), "headline": ((2, 2),), "published": ((4, 4),), "body": ((7, 23),)},
    "003": {"boilerplate": ((0, 0), (30, 33)), "headline": ((2, 2),), "body": ((4, 28),)},
    "004": {
        "boilerplate": ((0, 0), (39, 39)),
        "headline": ((3, 3),),
        "published": ((5, 5),),
        "body": ((7, 37),),
        "related": ((41, 41),),
    },
}


@pytest.mark.parametrize("page", sorted(GOLDEN))
def test_every_line_of_the_page_is_right(page: str) -> None:
    (path,) = PAGES.glob(f"{page}_*.txt")
    text = path.read_bytes().decode("utf-8")
    found = label_lines(text)
    expected = {
        number: label for label, ranges in GOLDEN[page].items() for first, last in ranges for number in range(first, last + 1)
    }
    wrong = []
    last = {text.count("\n", 0, segment.char_start): segment for segment in found}
    for number, segment in last.items():
        blank = not text[segment.char_start : segment.char_end].strip()
        if segment.label != ("blank" if blank else expected.get(number, "blank")):
            wrong.append((number, segment.label))
    assert wrong == []
