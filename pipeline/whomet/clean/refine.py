"""From three classes to nine labels: which line of the story is its headline, byline, date or caption."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whomet.clean.lines import fold
from whomet.clean.wordings import has_caption_cue, is_date_line

HEADLINE_WORDS = (2, 30)
BYLINE_WORDS = 14
DATE_WORDS = 18
CERTAIN_WORDS = {"opener": 12, "boilerplate": 25, "related": 25, "form": 25, "vote": 12, "reply": 12}
"""A wording is certain in lines of up to so many words, by its kind."""
HEAD_LINES = 8
LEAD_LINES = 3
STEM = 5
STORY_CHARS = 2000
CAPTION_LINES = 4
CAPTION_WORDS = 70
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_LETTER = re.compile(r"[A-Za-z]")
_SEPARATOR = re.compile(r"[|•·]| [-–—] |\b(?:[Pp]ublished|[Uu]pdated|[Pp]osted)(?: on)?:?")
_YEAR = re.compile(r"\d{4}|'\d\d")
_CREDIT = re.compile(r"^\((?:reporting|writing|additional|editing|compiled|with)\b", re.IGNORECASE)


def refine(lines: Sequence[str], classes: Sequence[str], folded: Sequence[str], kinds: Sequence[str | None]) -> list[str]:
    """A label of `SEGMENT_LABELS` for every stripped, non-empty line of a page, from its class."""
    labels = [_certain(*row) for row in zip(lines, classes, kinds, strict=True)]
    if not {"body", "comment"} & set(labels):
        labels = [_last_resort(*row) for row in zip(lines, labels, kinds, strict=True)]
    _join_broken_lines(lines, labels, kinds)
    story = [number for number, label in enumerate(labels) if label == "body"]
    if story:
        first = next((number for number in story if is_sentence(lines[number])), story[0])
        headline = _find_headline(lines, labels, folded, kinds, first)
        if headline is not None:
            labels[headline] = "headline"
            _drop_repeated_headline(labels, folded, headline)
            _keep_lead(lines, labels, kinds, headline, first)
        _mark_head(lines, labels, kinds, first if headline is None else headline, first)
        _mark_captions(lines, labels, first)
    _mark_credits(lines, labels, kinds)
    _drop_day_of_reading(labels, kinds)
    _mark_related(lines, labels, kinds)
    return labels


def is_sentence(line: str) -> bool:
    """Whether a line ends like a sentence and has three words, or is longer than any headline."""
    words = line.count(" ") + 1
    return words > HEADLINE_WORDS[1] or (words >= 3 and _SENTENCE_END.search(line[-8:]) is not None)


def is_title(line: str) -> bool:
    """Whether a line could be a headline: some words and no full stop."""
    low, high = HEADLINE_WORDS
    return low <= line.count(" ") + 1 <= high and _LETTER.search(line) is not None and not line.endswith((".", ":", "…"))


def _certain(line: str, label: str, kind: str | None) -> str:
    """The class of a line, unless its wording leaves no doubt."""
    if kind is not None and line.count(" ") < CERTAIN_WORDS.get(kind, 0):
        inside = label == "comment" and kind in {"vote", "reply"}
        return "comment" if inside else "boilerplate"
    if label == "body" and _LETTER.search(line) is None:
        return "boilerplate"
    return label


def _last_resort(line: str, label: str, kind: str | None) -> str:
    """A page on which nothing was taken for the story: what reads like a sentence is."""
    words = line.count(" ") + 1
    told = kind not in CERTAIN_WORDS and "©" not in line and (is_sentence(line) or words >= 4) and not is_date_line(line)
    return "body" if told and line[0] not in "|»>©" else label


def _join_broken_lines(lines: Sequence[str], labels: list[str], kinds: Sequence[str | None]) -> None:
    """A line that goes on in lower case where a line of the story broke off belongs to it."""
    for number in range(1, len(lines)):
        broken = labels[number - 1] == "body" and labels[number] == "boilerplate" and kinds[number] is None
        if broken and lines[number][0].islower() and lines[number - 1][-1].isalpha():
            labels[number] = "body"


def _find_headline(
    lines: Sequence[str], labels: Sequence[str], folded: Sequence[str], kinds: Sequence[str | None], first: int
) -> int | None:
    """The line that names the story: one of the story above its first sentence, else a title whose words the story takes up."""
    if not any(label == "body" and number != first for number, label in enumerate(labels) if number >= first):
        later = [number for number, label in enumerate(labels) if label == "body"]
        if later[-1:] == [first] and first == 0:
            return None
    for number in range(max(0, first - HEAD_LINES), first):
        if labels[number] == "body" and _names(lines[number], kinds[number]):
            return number
    words = {word[:STEM] for line in lines[first : first + 8] for word in fold(line, STORY_CHARS).split() if len(word) > 3}
    best, share = None, 0.5
    for number in range(max(0, first - HEAD_LINES), first):
        long = [word for word in folded[number].split() if len(word) > 3]
        if labels[number] == "boilerplate" and len(long) >= 3 and _names(lines[number], kinds[number]):
            found = sum(word[:STEM] in words for word in long) / len(long)
            if found > share:
                best, share = number, found
    return best


def _drop_repeated_headline(labels: list[str], folded: Sequence[str], headline: int) -> None:
    """The headline printed again above the comments is no comment."""
    for number in range(headline + 1, len(labels)):
        if labels[number] == "comment" and folded[number] == folded[headline]:
            labels[number] = "boilerplate"


def _keep_lead(lines: Sequence[str], labels: list[str], kinds: Sequence[str | None], headline: int, first: int) -> None:
    """Sentences between the headline and the story that say what it is about."""
    if first - headline > LEAD_LINES + 1:
        return
    for number in range(headline + 1, first):
        if labels[number] == "boilerplate" and kinds[number] is None and is_sentence(lines[number]):
            labels[number] = "body"


def _names(line: str, kind: str | None) -> bool:
    return kind is None and is_title(line) and not is_dated(line, kind)


def is_dated(line: str, kind: str | None) -> bool:
    """Whether a short line says when the story was published: a date alone, or 'Updated:' and the like with digits."""
    if line.count(" ") >= DATE_WORDS:
        return False
    return is_date_line(line) or (kind == "published" and any(char.isdigit() for char in line))


def is_byline(line: str, kind: str | None) -> bool:
    """Whether a short line names who wrote the story."""
    return kind == "byline" and line.count(" ") < BYLINE_WORDS and not line.endswith((".", "?", "!"))


def _mark_head(lines: Sequence[str], labels: list[str], kinds: Sequence[str | None], headline: int, first: int) -> None:
    """Dates and bylines around the headline, whatever class the model gave them, and within the story."""
    near = range(max(0, headline - LEAD_LINES), min(len(lines), first + LEAD_LINES))
    for number, label in enumerate(labels):
        if label == "comment" or (label == "boilerplate" and number not in near and kinds[number] != "published"):
            continue
        if label in {"body", "boilerplate"}:
            if is_byline(lines[number], kinds[number]):
                labels[number] = "published" if _YEAR.search(lines[number]) and _has_date(lines[number]) else "byline"
            elif is_dated(lines[number], kinds[number]) and (label == "body" or number <= first + LEAD_LINES):
                labels[number] = "published"


def _has_date(line: str) -> bool:
    """Whether a line holds a date behind a separator: 'By Staff | Friday, March 7, 2014'."""
    parts = _SEPARATOR.split(line)
    return any(is_date_line(part) for part in parts[1:])


def _mark_captions(lines: Sequence[str], labels: list[str], first: int) -> None:
    body = [number for number, label in enumerate(labels) if label == "body"]
    for place, number in enumerate(body):
        few = lines[number].count(" ") < CAPTION_WORDS
        if few and len(body) > 1 and (place < CAPTION_LINES or lines[number][:1] in "([") and has_caption_cue(lines[number]):
            labels[number] = "caption"
    for number in range(first):
        if labels[number] == "boilerplate" and is_sentence(lines[number]) and has_caption_cue(lines[number]):
            labels[number] = "caption"


def _mark_credits(lines: Sequence[str], labels: list[str], kinds: Sequence[str | None]) -> None:
    for number, label in enumerate(labels):
        if label == "body" and lines[number].count(" ") < 24 and _CREDIT.search(lines[number]):
            labels[number] = "byline"
        elif label == "body" and kinds[number] == "caption" and len(labels) > 1:
            labels[number] = "caption"


def _drop_day_of_reading(labels: list[str], kinds: Sequence[str | None]) -> None:
    """A bare date beside a line that says when the story was published or updated is the day the page was read."""
    dated = [number for number, label in enumerate(labels) if label == "published"]
    worded = [number for number in dated if kinds[number] is not None]
    if worded:
        for number in dated:
            if kinds[number] is None and number < worded[0]:
                labels[number] = "boilerplate"


def _mark_related(lines: Sequence[str], labels: list[str], kinds: Sequence[str | None]) -> None:
    """Links to other stories: a line that says so, and the titles that follow it."""
    following = False
    for number, label in enumerate(labels):
        if label != "boilerplate":
            following = False
        elif kinds[number] == "related":
            labels[number] = "related"
            following = True
        elif following and kinds[number] is None and lines[number].count(" ") >= 3:
            labels[number] = "related"
        else:
            following = False
