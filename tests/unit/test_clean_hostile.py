"""Lines made to slow down patterns: time grows with the text and no faster."""

from __future__ import annotations

import random
import time

import pytest

from whomet.clean import find_dateline, label_lines

UNITS = [
    *("Facebook Twitter ", "READ MORE: ", "Aa Bb Cc/", "A/AFP ", "(Photo ", "[Photo: ", "SEOUL ", "SEOUL, ", "Home ", "HomeNews"),
    *("© ", "Copyright © ", "By A ", "1/1/", "....", "\"'", "\u00a0 x", "?! ", "A/", "Aa ", "Source: ", "posted by ", "#1."),
    *("said ", "Jan 1 ", "(", "-- ", "| ", "Share, ", 'A. "', "A-B-", "MOSCOW. /TASS", "e-mail ", "https://a.b ", "\U0001f600"),
    *("\u2028", "\ud800", "\x00", "   ", "A B - ", "A, Jan 1 (b) "),
]
CHARS = 200_000


@pytest.mark.parametrize("unit", UNITS, ids=[ascii(unit) for unit in UNITS])
def test_one_long_line_takes_linear_time(unit: str) -> None:
    text = unit * (CHARS // len(unit))
    begin = time.process_time()
    segments = label_lines(text)
    find_dateline(text, 0, len(text))
    assert time.process_time() - begin < 2.0
    assert segments[0].char_start == 0
    assert segments[-1].char_end == len(text)


@pytest.mark.parametrize(
    "unit", ["Facebook Twitter", "READ MORE: a", "Aa Bb Cc/AFP A", "SEOUL (AP) —", "1 ( +1 / -0 )", "5 Comments", "By A"]
)
def test_many_lines_take_linear_time(unit: str) -> None:
    def seconds(count: int) -> float:
        text = f"{unit}\n" * count
        begin = time.process_time()
        label_lines(text)
        return time.process_time() - begin

    seconds(100)
    assert seconds(20_000) < 20 * max(seconds(2_500), 0.05)


def test_a_hundred_thousand_different_one_word_lines() -> None:
    chance = random.Random(1)
    text = "\n".join("".join(chance.choices("abcdefghij", k=chance.randint(2, 9))) for _ in range(100_000))
    begin = time.process_time()
    segments = label_lines(text)
    assert time.process_time() - begin < 6.0  # about 2 s on one quiet processor
    assert len(segments) == 100_000
