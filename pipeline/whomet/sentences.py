"""Cheap sentence splitting over raw text: one linear pattern, no language model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from whomet.lexicon import load_words
from whomet.records import STORY_LABELS, Segment

MAX_SENTENCE = 1_200
"""Longest sentence in code points; text without any full stop is cut at the last space before."""

_END = re.compile(
    r"""[.!?…][.!?…]{0,3}["'”’»)\]]{0,3}(?=[ \t\u00a0\u2028\r\n])"""  # a full stop before white space
    r"""|(?<=[a-z0-9%)”"’][.!?])["”’]?(?=["“‘]?[A-Z][a-z])"""  # a lost space: 'a deal.The next'
    r"""|\r?\n[ \t\u00a0]{0,8}\r?\n|\s###\s"""  # blank lines
)
_OPENING = frozenset("\"'“‘«([—–-•*")


def _is_boundary(text: str, stop: int, end: int, limit: int) -> bool:
    """Whether the full stop that ends at `stop` ends a sentence; `end` is where closing quotes end."""
    position = end
    while position < limit and (text[position].isspace() or text[position] in _OPENING):
        position += 1
    if position >= limit:
        return True
    following = text[position]
    if following.islower():
        return False
    start = stop - 1
    while start > 0 and start > stop - 24 and not text[start - 1].isspace() and text[start - 1] not in _OPENING:
        start -= 1
    word = text[start : stop - 1] if text[stop - 1] == "." else ""
    if not word or stop != end:
        return True
    if word in load_words("abbreviations.txt"):
        return word in {"etc", "Jr", "Sr", "Inc", "Co", "Corp", "Ltd"} and following.isupper() and end > stop
    is_initials = (len(word) == 1 and word.isupper()) or ("." in word and all(len(part) <= 2 for part in word.split(".")))
    return not is_initials


def split_sentences(text: str, char_start: int, char_end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a raw text range as (char_start, char_end), without white space at their ends, in order."""
    begin = char_start
    for match in _END.finditer(text, char_start, char_end):
        end = match.end()
        stop = match.start() + 1
        if match.group()[:1] in ".!?…" and not _is_boundary(text, stop, end, char_end):
            continue
        yield from _trimmed(text, begin, end)
        begin = end
    yield from _trimmed(text, begin, char_end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        cut = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        cut = cut if cut > 0 else start + MAX_SENTENCE
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def story_ranges(text: str, segments: Sequence[Segment]) -> list[tuple[int, int, str]]:
    """(char_start, char_end, label) of the story: its segments, hard-wrapped lines of one paragraph joined."""
    ranges: list[tuple[int, int, str]] = []
    for segment in segments:
        if segment.label not in STORY_LABELS:
            continue
        if ranges and ranges[-1][1] == segment.char_start and ranges[-1][2] == segment.label == "body":
            before = text[ranges[-1][0] : ranges[-1][1]].rstrip()
            after = text[segment.char_start : segment.char_start + 40].lstrip()
            if before and after and before[-1] not in ".!?:;\"”'’" and after[0].islower():
                ranges[-1] = (ranges[-1][0], segment.char_end, "body")
                continue
        ranges.append((segment.char_start, segment.char_end, segment.label))
    return ranges
