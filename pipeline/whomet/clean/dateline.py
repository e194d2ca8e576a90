"""Datelines: where, and when, a wire story was filed, at the head of its first sentence."""

from __future__ import annotations

import re
from functools import cache

from whomet.lexicon import load_words
from whomet.records import Span, quote

DATELINE_CHARS = 120
_CAPS = r"[A-Z][A-Z.'’\-]+(?:[ /][A-Z][A-Z.'’\-]+){0,3}"
_NO_PLACE = r"(?!(?:On|In|At|Today|Yesterday|Tomorrow|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)"
_TITLE = rf"{_NO_PLACE}[A-Z][a-z\-]+(?: [A-Z][a-z\-]+){{0,2}}"
_REGION = r"(?:, [A-Z][A-Za-z.]+(?: [A-Z][A-Za-z.]+){0,2})?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:(?:, ?|\. |/)(?:{_MONTH} ?\d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?)"
_ANY_AGENCY = r"(?: ?\([^()\n]{2,60}\)| ?\. ?/[A-Z]{2,12}/\.?)"
_DASH = r"(?: ?(?:—|–|--|―|−)| ?[:\-](?= )| ?_(?= )| \?(?= )|-(?= )| :)"
_STRONG = re.compile(
    rf"(?<=[a-z\"'”’?] ){_CAPS}{_REGION}"
    rf"(?:{_DAY}?{_ANY_AGENCY}?(?: (?:—|–|--) | ?\. ?/[A-Z]{{2,12}}/)|(?:{_DAY}{_ANY_AGENCY}?|{_ANY_AGENCY}) - )"
)


@cache
def _dateline() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(load_words("clean_agencies.txt"), key=lambda name: (-len(name), name)))
    agency = rf"(?: ?\((?:{names})\)| ?\. ?/[A-Z]{{2,12}}/\.?)"
    return re.compile(
        rf"{_CAPS}{_REGION}{_DAY}?{_ANY_AGENCY}?{_DASH}"
        rf"|{_CAPS}{_REGION}{_DAY}?{agency}"
        rf"|{_CAPS}{_REGION}{_DAY}$"
        rf"|{_TITLE}{_REGION}{_DAY}(?:{_ANY_AGENCY}?{_DASH}|{agency}|$)"
        rf"|{_TITLE}{_REGION}{agency}{_DASH}?"
        rf"|{_TITLE}{_REGION} ?(?:—|–|--)(?= )"
        rf"|\((?:{names})\){_DASH}?"
    )


def find_dateline(text: str, char_start: int, char_end: int) -> Span | None:
    """The dateline at the head of a stretch of text ('SEOUL —', 'MOSCOW, February 28. /TASS/.'); None when there is none.

    The offsets are those of the whole text; white space at the head is skipped.
    """
    while char_start < char_end and text[char_start].isspace():
        char_start += 1
    head = text[char_start : min(char_end, char_start + DATELINE_CHARS)].rstrip("\r\n")
    match = _dateline().match(head)
    return quote(text, char_start, char_start + match.end()) if match else None


def find_glued_dateline(text: str, char_start: int, char_end: int) -> int | None:
    """Where a dateline begins behind a headline that was glued to it; None when there is none in the first words."""
    match = _STRONG.search(text, char_start, min(char_end, char_start + 2 * DATELINE_CHARS))
    return match.start() if match else None
