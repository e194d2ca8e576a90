"""From three classes to nine labels: which line of the story is its headline, byline, date or caption."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whomet.clean.headline import LEAD_LINES, PageLines, find_headline, is_dated, is_menu, is_sentence, settle_head
from whomet.clean.wordings import has_caption_cue, is_date_line

BYLINE_WORDS = 14
CERTAIN_WORDS = {"opener": 12, "boilerplate": 60, "related": 25, "form": 40, "vote": 12, "reply": 12}
"""A wording is certain in lines of up to so many words, by its kind."""
CAPTION_LINES = 4
CAPTION_WORDS = 70
CREDIT_WORDS = 25
FORM_LINES = 6
FOREIGN_CHARS = 400
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_OTHER_LETTER = re.compile(r"[^\W\d_A-Za-z\u00c0-\u024f]")
_SEPARATOR = re.compile(r"[|•·]| [-–—] |\b(?:[Pp]ublished|[Uu]pdated|[Pp]osted)(?: on)?:?")
_YEAR = re.compile(r"\d{4}")
_CREDIT = re.compile(r"^\((?:reporting|writing|additional|editing|compiled|with)\b", re.IGNORECASE)


def refine(lines: Sequence[str], classes: Sequence[str], folded: Sequence[str], kinds: Sequence[str | None]) -> list[str]:
    """A label of `SEGMENT_LABELS` for every stripped, non-empty line of a page, from its class."""
    page = PageLines(lines, folded, kinds)
    labels = [_certain(*row) for row in zip(lines, classes, kinds, strict=True)]
    if not {"body", "comment"} & set(labels):
        labels = [_last_resort(*row) for row in zip(lines, labels, kinds, strict=True)]
    _join_broken_lines(page, labels)
    story = [number for number, label in enumerate(labels) if label == "body"]
    if story:
        first = next((number for number in story if is_sentence(lines[number])), story[0])
        headline = find_headline(page, labels, first)
        if headline is not None:
            settle_head(page, labels, headline, first)
        _mark_head(page, labels, first if headline is None else headline, first)
        _mark_captions(lines, labels, first)
    _close_comments(page, labels)
    _mark_credits(page, labels)
    _drop_day_of_reading(page, labels)
    _mark_related(page, labels)
    return labels


def _certain(line: str, label: str, kind: str | None) -> str:
    """The class of a line, unless its wording leaves no doubt."""
    if kind is not None and line.count(" ") < CERTAIN_WORDS.get(kind, 0):
        inside = label == "comment" and kind in {"vote", "reply"}
        return "comment" if inside else "boilerplate"
    if label == "body" and (is_foreign(line) or is_menu(line)):
        return "boilerplate"
    return label


def is_foreign(line: str) -> bool:
    """Whether fewer letters of a line, of its beginning if it is long, are Latin than not; true of a line without letters."""
    head = line[:FOREIGN_CHARS]
    return len(_LATIN.findall(head)) <= len(_OTHER_LETTER.findall(head))


def _last_resort(line: str, label: str, kind: str | None) -> str:
    """A page on which nothing was taken for the story: what reads like a sentence is."""
    words = line.count(" ") + 1
    told = kind not in CERTAIN_WORDS and "©" not in line and (is_sentence(line) or words >= 4) and not is_date_line(line)
    return "body" if told and line[0] not in "|»>©" else label


def _join_broken_lines(page: PageLines, labels: list[str]) -> None:
    """A line that goes on in lower case where a line of the story broke off belongs to it."""
    for number in range(1, len(labels)):
        broken = labels[number - 1] == "body" and labels[number] == "boilerplate" and page.kinds[number] is None
        if broken and page.lines[number][0].islower() and page.lines[number - 1][-1].isalpha():
            labels[number] = "body"


def is_byline(line: str, kind: str | None) -> bool:
    """Whether a short line names who wrote the story."""
    return kind == "byline" and line.count(" ") < BYLINE_WORDS and not line.endswith((".", "?", "!"))


def _mark_head(page: PageLines, labels: list[str], headline: int, first: int) -> None:
    """Dates and bylines around the headline, whatever class the model gave them, and within the story."""
    near = range(max(0, headline - LEAD_LINES), min(len(labels), first + LEAD_LINES))
    for number, label in enumerate(labels):
        if label == "comment" or (label == "boilerplate" and number not in near and page.kinds[number] != "published"):
            continue
        if label in {"body", "boilerplate"}:
            if is_byline(page.lines[number], page.kinds[number]):
                labels[number] = "published" if _YEAR.search(page.lines[number]) and _has_date(page.lines[number]) else "byline"
            elif is_dated(page.lines[number], page.kinds[number]) and (label == "body" or number <= first + LEAD_LINES):
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


def _close_comments(page: PageLines, labels: list[str]) -> None:
    """A few lines behind the form that closes a comment section are no comments, unless votes or reply links follow."""
    form = max((number for number, kind in enumerate(page.kinds) if kind == "form"), default=len(labels))
    after = [number for number in range(form, len(labels)) if labels[number] == "comment"]
    if len(after) > FORM_LINES or labels[:form].count("comment") <= len(after):
        return
    if not {"vote", "reply"} & set(page.kinds[form:]):
        for number in after:
            labels[number] = "boilerplate"


def _mark_credits(page: PageLines, labels: list[str]) -> None:
    for number, label in enumerate(labels):
        if label == "body" and page.lines[number].count(" ") < CREDIT_WORDS and _CREDIT.search(page.lines[number]):
            labels[number] = "byline"
        elif label == "body" and page.kinds[number] == "caption" and len(labels) > 1:
            labels[number] = "caption"


def _drop_day_of_reading(page: PageLines, labels: list[str]) -> None:
    """A bare date beside a line that says when the story was published or updated is the day the page was read."""
    dated = [number for number, label in enumerate(labels) if label == "published"]
    worded = [number for number in dated if page.kinds[number] is not None]
    if worded:
        for number in dated:
            if page.kinds[number] is None and number < worded[0]:
                labels[number] = "boilerplate"


def _mark_related(page: PageLines, labels: list[str]) -> None:
    """Links to other stories: a line that says so, and the titles that follow it."""
    following = False
    for number, label in enumerate(labels):
        if page.kinds[number] == "related" and label == "boilerplate":
            labels[number] = "related"
            following = True
        elif following and label in {"body", "boilerplate"} and page.kinds[number] is None:
            line = page.lines[number]
            following = line.count(" ") >= 3 and not (label == "body" and is_sentence(line))
            if following:
                labels[number] = "related"
        else:
            following = False
