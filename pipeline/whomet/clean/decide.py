"""One of three classes for every line of a page: story, furniture, comment.

A page is read in sections. A line that opens a comment section ends a section, and the lines of a section are judged by the
page up to its end only: what readers wrote below a story cannot change what is read as the story.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whomet.clean.context import with_context
from whomet.clean.features import COLUMN, Matrix, page_features, read_lines
from whomet.clean.model import CLASSES, LineModel

MAX_SECTIONS = 4
RUN = 2
PAGE_LINES = 8192
"""A longer page is judged in pages of so many lines."""


def section_ends(form: Matrix, kinds: Sequence[str | None]) -> list[int]:
    """Where the sections of a page end: before each opener of a comment section that follows running text, and at its end."""
    ends: list[int] = []
    prose = form[:, COLUMN["ends_sentence"]] * (form[:, COLUMN["short"]] == 0) + form[:, COLUMN["prose"]] > 0
    story = False
    last_opener = -RUN - 1
    for index, kind in enumerate(kinds):
        if kind == "opener":
            if story and index - last_opener > RUN and len(ends) < MAX_SECTIONS - 1:
                ends.append(index)
                story = False
            last_opener = index
        elif prose[index]:
            story = True
    ends.append(len(kinds))
    return ends


def section_rows(
    form: Matrix, folded: Sequence[str], kinds: Sequence[str | None], blanks: Sequence[int], wording: Matrix
) -> Iterator[Matrix]:
    """What the line model reads of each line, section by section; the sections together hold every line once."""
    for start in range(0, len(folded), PAGE_LINES):
        stop = min(start + PAGE_LINES, len(folded))
        before = start
        for end in (start + end for end in section_ends(form[start:stop], kinds[start:stop])):
            features = page_features(form[start:end], folded[start:end], [*blanks[start:end], 0])
            yield with_context(features, wording[start:end])[before - start :]
            before = end


def classify(lines: Sequence[str], blanks: Sequence[int], model: LineModel) -> tuple[list[str], list[str], list[str | None]]:
    """The class of every line (of `CLASSES`), with the folded lines and the kinds of their wordings.

    `lines` are stripped and not empty; `blanks[i]` counts the blank lines before line i.
    """
    form, folded, kinds = read_lines(lines)
    transitions = model.transitions.tolist()
    path: list[int] = []
    for rows in section_rows(form, folded, kinds, blanks, model.wording_scores(folded)):
        path += best_path(model.log_probabilities(rows).tolist(), transitions, path[-1] if path else None)
    return [CLASSES[number] for number in path], folded, kinds


def best_path(scores: Sequence[Sequence[float]], transitions: Sequence[Sequence[float]], before: int | None) -> list[int]:
    """The most probable sequence of the three classes (Viterbi), given the class of the line before it."""
    if not scores:
        return []
    (from_0_0, from_0_1, from_0_2), (from_1_0, from_1_1, from_1_2), (from_2_0, from_2_1, from_2_2) = transitions
    best_0, best_1, best_2 = (
        here + (transitions[before][to] if before is not None else 0.0) for to, here in enumerate(scores[0])
    )
    pointers: list[tuple[int, int, int]] = []
    for here_0, here_1, here_2 in scores[1:]:
        into_0 = (best_0 + from_0_0, best_1 + from_1_0, best_2 + from_2_0)
        into_1 = (best_0 + from_0_1, best_1 + from_1_1, best_2 + from_2_1)
        into_2 = (best_0 + from_0_2, best_1 + from_1_2, best_2 + from_2_2)
        best_0, best_1, best_2 = max(into_0), max(into_1), max(into_2)
        pointers.append((into_0.index(best_0), into_1.index(best_1), into_2.index(best_2)))
        best_0, best_1, best_2 = best_0 + here_0, best_1 + here_1, best_2 + here_2
    last = (best_0, best_1, best_2)
    path = [last.index(max(last))]
    for pointer in reversed(pointers):
        path.append(pointer[path[-1]])
    return path[::-1]
