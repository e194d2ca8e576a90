"""Month words that are not English, read by dateparser: 'mayo', 'июня', 'heinäkuuta', 'สิงหาคม'.

A page of news prints its own month words over and over, so what is asked is the word, in a full date of its own: one
reading serves all dates of the page, and the digits of the page are never dateparser's to fill in or to turn round.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from whomet.lexicon import load_rows

LANGUAGES = (
    "es fr de it pt nl ca ro sv da nb fi et lv lt pl cs sk hu ru uk bg sr hr sl tr az el he ar fa ur hi th id ms fil sw sq"
).split()
"""The languages whose month words are read; where two differ on a word ('listopad') the earlier one is right."""
MOST_WORDS = 5
"""So many different words of one page are read at most: a date takes one or two, a hostile page gets no more."""
_LETTER = (
    r"(?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
    r"|(?<=[\u0e00-\u0e7f])\.(?=[\u0e00-\u0e7f]))"
)
WORD = rf"{_LETTER}{{2,16}}"
"""A pattern for what may be a month: letters of any script with their vowel signs, in Thai also dots within ('ก.ย.')."""
_PROBES = ((9, datetime(1901, 1, 1)), (10, datetime(1907, 7, 7)))
_YEAR = 2015


class MonthWords:
    """The month words of one page; reads at most MOST_WORDS that the lexicon does not hold, whatever the page prints."""

    def __init__(self) -> None:
        self._read: dict[str, int | None] = {}

    def month(self, word: str) -> int | None:
        """The month (1..12) that a word names; None for another word, and for all new words once the page has had its share."""
        word = word.lower()
        if word in _listed():
            return _listed()[word]
        if word not in self._read:
            if len(self._read) >= MOST_WORDS:
                return None
            self._read[word] = read_month(word)
        return self._read[word]


@cache
def _listed() -> dict[str, int | None]:
    """Words that need no asking: those that dateparser lacks, and English time words ('from', 'the'), which are no months."""
    english: dict[str, int | None] = {row["word"]: None for row in load_rows("date_words.tsv")}
    return english | {row["name"]: int(row["month"]) for row in load_rows("date_months.tsv")}


@lru_cache(maxsize=2048)
def read_month(word: str) -> int | None:
    """The month (1..12) that dateparser reads in a full date with this word; None when it reads none or is not sure.

    The word is read in two dates, month first, from two base days. A word that is a number ('fem') swaps places with the
    day in one of them, and a month that came from the base day differs: both are refused.
    """
    months = set()
    for (day, _), parser in zip(_PROBES, _parsers(), strict=True):
        found = parser.get_date_data(f"{day} {word} {_YEAR}")
        moment = found.date_obj
        if moment is None or found.period != "day" or (moment.day, moment.year) != (day, _YEAR):
            return None
        months.add(moment.month)
    return months.pop() if len(months) == 1 else None


@cache
def _parsers() -> tuple[Any, ...]:
    """One parser a probe. Imported here: dateparser and its languages take 0.3 s, which pages in English never pay."""
    from dateparser.date import DateDataParser

    settings = {
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["day", "month", "year"],
        "DATE_ORDER": "MDY",
        "TIMEZONE": "UTC",
    }
    return tuple(
        DateDataParser(languages=LANGUAGES, use_given_order=True, settings=settings | {"RELATIVE_BASE": base})
        for _, base in _PROBES
    )
