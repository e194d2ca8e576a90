"""What is glued into a line of the story: cut where the form changes. Every pattern runs in time linear in the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from whomet.clean.dateline import find_glued_dateline
from whomet.lexicon import load_words
from whomet.records import Segment

SHORT = 30
"""Shorter lines are not searched at all."""
LONG = 300
"""Shorter lines are not searched for a headline or a caption glued to a sentence."""
LINK_CHARS = 160
_SHARE_MARKS = ("acebook", "ACEBOOK", "witter", "WITTER", "hatsApp", "hatsapp", "inkedIn", "inkedin")
"""One of these stands in every share bar; looking for them first is faster than the pattern."""
CAPTION_CHARS = 300
_BOUNDARY = re.compile(r"[.!?][\"'”’)]? (?=[\"“‘'(]?[A-Z])| (?=[\"“][A-Z])")
_SENTENCE = re.compile(r"[.!?][\"'”’)]? ")
_OPENING = re.compile(
    r" (?=(?:The|In|On|At|It|He|She|They|But|And|A|An|Mr|Mrs|Ms|Earlier|Meanwhile|However|According|After|While|As)\b)"
)
_HOME = r"Home(?=[A-Z\s|>»/])[\s|>»/•·]{0,3}"
_AGENCIES = "AFP|AP|EPA|Reuters|REUTERS|Getty Images|Anadolu|TASS|Sputnik"
_NAME = r"[A-Z][\w.'’\-]{0,20}"
_CREDIT = re.compile(
    r"\[(?:Photo|Image|Picture|File photo|Xinhua)[^\[\]\n]{0,80}\]"
    r"|\((?:Photo|Image|Picture|AP Photo|File photo)[^()\n]{0,80}\)"
    rf"|(?:{_NAME} ){{0,3}}{_NAME}/(?:[\w ]{{1,20}}/)?(?:{_AGENCIES})(?:/[A-Z]\w{{1,12}}(?: Images)?){{0,2}}(?= [A-Z\"“])"
)
_TAIL = re.compile(r"(?:©|\(c\) ?(?:19|20)\d\d|Copyright ©|All rights reserved)[^\n]{0,240}$|Source:[ \-]{0,2}[A-Z][^.\n]{0,60}$")


def _entry(words: str) -> str:
    return rf"(?:{words})(?=[A-Z\s|>»/•·])[\s|>»/•·]{{0,3}}"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    def union(name: str) -> str:
        return "|".join(re.escape(word) for word in sorted(load_words(name), key=lambda word: (-len(word), word)))

    share, menu, link = union("clean_share_words.txt"), union("clean_menu_words.txt"), union("clean_link_cues.txt")
    return (
        re.compile(rf"(?:(?<!\w)(?:{share})(?!\w)[ ,|/•·]{{0,3}}){{3,}}(?:https?://\S+)?", re.IGNORECASE),
        re.compile(rf"\s*(?:{_HOME}(?:{_entry(menu)}){{2,}}|(?:{_entry(menu)}){{3,}})"),
        re.compile(rf"(?<!\w)(?:{link})[ ]?(?:[:\-–—]{{1,2}}|(?= [A-Z]))"),
    )


def split_glued(text: str, char_start: int, char_end: int) -> list[Segment]:
    """A line of the story as adjacent segments: body, and what is not the story's running text."""
    if char_end - char_start < SHORT:
        return [Segment(char_start, char_end, "body")]
    pieces = sorted(_glued(text, char_start, char_end))
    segments: list[Segment] = []
    position = char_start
    for start, end, label in pieces:
        if start < position:
            continue
        if start > position:
            segments.append(Segment(position, start, "body"))
        segments.append(Segment(start, end, label))
        position = end
    if position < char_end:
        rest = text[position:char_end]
        if segments and not rest.strip():
            last = segments.pop()
            segments.append(Segment(last.char_start, char_end, last.label))
        else:
            segments.append(Segment(position, char_end, "body"))
    return segments


def _glued(text: str, char_start: int, char_end: int) -> Iterator[tuple[int, int, str]]:
    share, menu, link = _patterns()
    head = menu.match(text, char_start, char_end)
    begin = char_start
    if head and head.end() < char_end - 20:
        yield char_start, head.end(), "boilerplate"
        begin = head.end()
    if any(text.find(name, begin, char_end) >= 0 for name in _SHARE_MARKS):
        for match in share.finditer(text, begin, char_end):
            yield match.start(), match.end(), "boilerplate"
    if char_end - char_start < LONG:
        return
    dateline = find_glued_dateline(text, begin, char_end)
    if dateline is not None and not _SENTENCE.search(text, begin, dateline):
        yield begin, dateline, "headline"
    if any(text.find(cue, begin, char_end) >= 0 for cue in load_words("clean_link_cues.txt")):
        for match in link.finditer(text, begin + 1, char_end):
            end = _link_end(text, match.end(), char_end)
            if end is not None:
                yield match.start(), end, "related"
    for match in _CREDIT.finditer(text, begin, char_end):
        yield _caption_start(text, begin, match.start()), match.end(), "caption"
    tail = _TAIL.search(text, max(begin, char_end - CAPTION_CHARS), char_end)
    if tail:
        yield tail.start(), char_end, "boilerplate"


def _link_end(text: str, start: int, char_end: int) -> int | None:
    """Where the title of a linked story ends: at a full stop, at an opening quote, or where a sentence surely begins."""
    limit = min(char_end, start + LINK_CHARS)
    found = (pattern.search(text, min(start + 12, limit), limit) for pattern in (_BOUNDARY, _OPENING))
    ends = [match.end() for match in found if match]
    return min(ends) if ends else (char_end if limit == char_end else None)


def _caption_start(text: str, begin: int, credit: int) -> int:
    """Where the sentence begins that a picture credit ends; the credit itself when that is too far away."""
    low = max(begin, credit - CAPTION_CHARS)
    ends = [match.end() for match in _SENTENCE.finditer(text, low, credit) if match.end() < credit - 3]
    return ends[-1] if ends else (begin if low == begin else credit)
