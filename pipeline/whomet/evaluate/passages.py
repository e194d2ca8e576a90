"""Where the quotes of a meeting stand in its article, and the passages of the text that are worth showing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from whomet.evaluate.markup import Element, append, element
from whomet.evaluate.meetings import Mark, ScoredMeeting

MARGIN: Final = 200
"""Code points shown before and after a quote."""
CUT: Final = "[…]"


@dataclass(frozen=True, slots=True)
class Placed:
    """A quote in a text: its kind and its code points, end-exclusive."""

    kind: str
    start: int
    end: int


def place_marks(meeting: ScoredMeeting | None, text: str) -> list[Placed]:
    """The quotes of a meeting that are found in the text, in its order; a quote without a place stands nearest the evidence."""
    if meeting is None:
        return []
    evidence = [placed for mark in meeting.marks if mark.kind == "evidence" and (placed := _place(mark, text, ()))]
    others = [placed for mark in meeting.marks if mark.kind != "evidence" and (placed := _place(mark, text, evidence))]
    return sorted(evidence + others, key=lambda placed: (placed.start, placed.end, placed.kind))


def _place(mark: Mark, text: str, near: Sequence[Placed]) -> Placed | None:
    size = len(mark.text)
    if not size:
        return None
    if mark.char_start is not None and text.startswith(mark.text, mark.char_start):
        return Placed(mark.kind, mark.char_start, mark.char_start + size)
    best = text.find(mark.text)
    if best < 0:
        return None
    for evidence in near:  # the first quote of the evidence that holds it
        inside = text.find(mark.text, evidence.start, evidence.end)
        if inside >= 0:
            best = inside
            break
    return Placed(mark.kind, best, best + size)


def find_windows(marks: Iterable[Placed], text: str) -> list[tuple[int, int]]:
    """The stretches of text around some quotes, in order and apart; they begin and end between words."""
    windows: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda placed: placed.start):
        start, end = max(0, mark.start - MARGIN), min(len(text), mark.end + MARGIN)
        while 0 < start < mark.start and not text[start - 1].isspace():
            start += 1
        while mark.end < end < len(text) and not text[end].isspace():
            end -= 1
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
        else:
            windows.append((start, end))
    return windows


def highlight(text: str, marks: Sequence[Placed], windows: Sequence[tuple[int, int]]) -> Element:
    """The windows of a text, with each quote in them marked by its kind; a mark is named by all kinds that meet in it."""
    pane = element("div", class_="text", dir="auto")
    reached = 0
    for start, end in windows:
        if start > reached:
            append(pane, element("span", CUT, class_="cut"))
        inside = [mark for mark in marks if mark.start < end and mark.end > start]
        edges = {start, end} | {edge for mark in inside for edge in (mark.start, mark.end) if start < edge < end}
        points = sorted(edges)
        for left, right in pairwise(points):
            kinds = sorted({mark.kind for mark in inside if mark.start <= left and mark.end >= right})
            piece = text[left:right]
            append(pane, element("mark", piece, class_=" ".join(kinds), title=", ".join(kinds)) if kinds else piece)
        reached = end
    if reached < len(text):
        append(pane, element("span", CUT, class_="cut"))
    return pane
