"""Which line names the story, and what stands between it and the first sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from whomet.clean.lines import SENTENCE_END, fold
from whomet.clean.wordings import has_caption_cue, is_date_line, word_class

HEADLINE_WORDS = (2, 30)
HEAD_LINES = 8
LEAD_LINES = 3
DATE_WORDS = 18
DATE_PART_WORDS = 10
STEM = 5
STORY_LINES = 8
STORY_CHARS = 2000
MIN_SHARE = 0.5
UNRELATED_WORDS = 3
"""A title that shares no word with the story has at least so many blanks, or is a scrap such as '7 min'."""
MENU_WORDS = 20
_LONG_WORD = re.compile(r"\w{4,}")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[A-Za-z]")
_WIDE = re.compile(r"\S(?: {3,}|\t+)(?=\S)")
_PART = re.compile(r"[|•·]")


@dataclass(frozen=True, slots=True)
class PageLines:
    """The stripped, non-empty lines of a page, folded, and the kinds of their wordings."""

    lines: Sequence[str]
    folded: Sequence[str]
    kinds: Sequence[str | None]

    def could_name(self, number: int) -> bool:
        """Whether a line could be the headline: a title that is neither date nor furniture."""
        line, kind = self.lines[number], self.kinds[number]
        furniture = is_dated(line, kind) or is_menu(line) or has_caption_cue(line)
        return kind is None and is_title(line) and not furniture


def is_sentence(line: str) -> bool:
    """Whether a line ends like a sentence and has three words, or is longer than any headline."""
    words = line.count(" ") + 1
    return words > HEADLINE_WORDS[1] or (words >= 3 and SENTENCE_END.search(line[-8:]) is not None)


def is_title(line: str) -> bool:
    """Whether a line could be a headline: some words and no full stop."""
    low, high = HEADLINE_WORDS
    return low <= line.count(" ") + 1 <= high and _LETTER.search(line) is not None and not line.endswith((".", ":", "…"))


def is_menu(line: str) -> bool:
    """Whether a short line is a row of links: entries set apart by bars or wide gaps."""
    if line.count(" ") > 3 * MENU_WORDS or is_sentence(line):
        return False
    return line.count("|") >= 2 or len(_WIDE.findall(line)) >= 2


def is_dated(line: str, kind: str | None) -> bool:
    """Whether a short line says when the story was published: a date alone or beside a section, 'Updated:' with digits."""
    words = line.count(" ") + 1
    if words > DATE_WORDS or _DIGIT.search(line) is None:
        return False
    if kind == "published":
        return True
    return is_date_line(line) or (words <= DATE_PART_WORDS and any(is_date_line(part) for part in _PART.split(line)))


def find_headline(page: PageLines, labels: Sequence[str], first: int) -> int | None:
    """The line that names the story, of those shortly above its first sentence.

    It is a title of the story or of the furniture whose words the story takes up; of several, the first.
    """
    if first == 0:
        return None
    text = (fold(line, STORY_CHARS) for line in page.lines[first : first + STORY_LINES])
    words = {word[:STEM] for line in text for word in _LONG_WORD.findall(line)}
    common = word_class("function")
    shares: dict[int, float] = {}
    for number in range(max(0, first - HEAD_LINES), first):
        if labels[number] in {"body", "boilerplate"} and page.could_name(number):
            long = [word for word in _LONG_WORD.findall(page.folded[number]) if word not in common]
            share = sum(word[:STEM] in words for word in long) / max(len(long), 1)
            told = labels[number] == "body" and (share > 0 or page.lines[number].count(" ") >= UNRELATED_WORDS)
            if told or (share >= MIN_SHARE and len(long) >= 3):
                shares[number] = share
    if not shares:
        return None
    best = max(shares.values())
    return next(number for number, share in shares.items() if share >= 0.6 * best)


def settle_head(page: PageLines, labels: list[str], headline: int, first: int) -> None:
    """Label the headline and the lines around it: short scraps above it are furniture, sentences below it are the story."""
    labels[headline] = "headline"
    for number in range(headline):
        if labels[number] == "body" and not is_sentence(page.lines[number]):
            labels[number] = "boilerplate"
    if first - headline <= LEAD_LINES + 1:
        for number in range(headline + 1, first):
            if labels[number] == "boilerplate" and page.kinds[number] is None and is_sentence(page.lines[number]):
                labels[number] = "body"
    for number in range(headline + 1, len(labels)):
        if labels[number] == "comment" and page.folded[number] == page.folded[headline]:
            labels[number] = "boilerplate"
