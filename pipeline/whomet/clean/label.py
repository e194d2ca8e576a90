"""From a raw page to labelled segments: the story, its furniture, its readers' comments."""

from __future__ import annotations

from whomet.clean.dateline import find_dateline
from whomet.clean.lines import split_lines
from whomet.records import Segment

COMMENTS_MARK = "⁂ Reader comments ⁂"
"""A line that `html_to_text` puts above comments; whatever follows it is comment."""


def label_lines(text: str) -> tuple[Segment, ...]:
    """The page as adjacent segments with a label of `SEGMENT_LABELS` each: one a line, its line end included.

    A line of the story is cut into several segments where something else is glued into it (a share bar, a link to another
    story, the caption of a picture), and the dateline at its head is a byline. The segments tile the text; an empty text has
    none. Takes time linear in the text.
    Raises ModelError when the line model is missing.
    """
    from whomet.clean.decide import classify
    from whomet.clean.glued import split_glued
    from whomet.clean.model import load_line_model
    from whomet.clean.refine import refine

    ranges = split_lines(text)
    stripped = [text[start:end].strip() for start, end in ranges]
    present = [number for number, line in enumerate(stripped) if line]
    if not present:
        return tuple(Segment(start, end, "blank") for start, end in ranges)
    mark = next((place for place, number in enumerate(present) if stripped[number] == COMMENTS_MARK), len(present))
    lines = [stripped[number] for number in present[:mark]]
    labels = ["blank"] * len(ranges)
    if lines:
        blanks = [number - before - 1 for before, number in zip([-1, *present], present[:mark], strict=False)]
        classes, folded, kinds = classify(lines, blanks, load_line_model())
        for number, label in zip(present, refine(lines, classes, folded, kinds), strict=False):
            labels[number] = label
    for place, number in enumerate(present[mark:]):
        labels[number] = "comment" if place else "boilerplate"
    segments: list[Segment] = []
    for (start, end), label in zip(ranges, labels, strict=True):
        if label == "body":
            segments += split_glued(text, start, end)
        else:
            segments.append(Segment(start, end, label))
    return _cut_dateline(text, segments)


def _cut_dateline(text: str, segments: list[Segment]) -> tuple[Segment, ...]:
    """The segments with the dateline at the head of the story, if it has one, as a byline of its own."""
    first = next((number for number, segment in enumerate(segments) if segment.label == "body"), None)
    if first is None:
        return tuple(segments)
    body = segments[first]
    dateline = find_dateline(text, body.char_start, body.char_end)
    if dateline is None or not text[dateline.char_end : body.char_end].strip():
        return tuple(segments)
    end = dateline.char_end
    while text[end].isspace():
        end += 1
    cut = [Segment(body.char_start, end, "byline"), Segment(end, body.char_end, "body")]
    return (*segments[:first], *cut, *segments[first + 1 :])
