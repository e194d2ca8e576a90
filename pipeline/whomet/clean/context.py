"""The lines around a line, and its place on the page, as numbers. Linear in the number of lines."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from whomet.clean.features import COLUMN, Matrix

WINDOWS = (4, 12, 40)
"""How many lines before, and how many after, are summed up."""
FAR = 400
_KEY = [
    COLUMN[name]
    for name in (
        "log_words ends_sentence prose prose_words title_like short capitals digits clock year says by_whom at separators link "
        "exclamations words_function words_first words_second words_third words_said words_talk words_month words_ago "
        "words_furniture kind_boilerplate kind_related kind_opener kind_form kind_vote kind_reply kind_date shape_repeated "
        "seen_before overlap blank_before"
    ).split()
]
_COUNTED = ("kind_opener", "kind_vote", "kind_reply", "kind_form", "says", "by_whom", "kind_date", "clock")
_MEASURED = ("prose", "kind_opener", "kind_form", "kind_vote", "kind_reply", "title_like", "says", "by_whom", "clock")


def with_context(page: Matrix, wording: Matrix) -> Matrix:
    """What the line model reads of every line: the line, its neighbours, windows around it, its place on the page.

    `page` is what `page_features` gives, `wording` the scores that the words of each line give to each label.
    """
    scores = np.clip(wording, -6.0, 6.0) / 3.0
    own = np.hstack([page, scores])
    key = np.hstack([page[:, _KEY], scores])
    parts = [own, _shifted(own, 1), _shifted(own, -1), _shifted(key, 2), _shifted(key, -2), *_windows(key), _place(page)]
    parts += [_distances(page[:, COLUMN[name]] > 0) for name in _MEASURED]
    return np.hstack(parts).astype(np.float32, copy=False)


def _shifted(rows: Matrix, by: int) -> Matrix:
    moved = np.zeros_like(rows)
    if by > 0:
        moved[by:] = rows[:-by]
    else:
        moved[:by] = rows[-by:]
    return moved


def _windows(key: Matrix) -> list[Matrix]:
    count = len(key)
    sums = np.vstack([np.zeros((1, key.shape[1])), np.cumsum(key, axis=0, dtype=np.float64)])
    here = np.arange(count)
    parts = []
    for size in WINDOWS:
        before = (sums[here] - sums[np.maximum(here - size, 0)]) / size
        after = (sums[np.minimum(here + 1 + size, count)] - sums[here + 1]) / size
        parts += [before.astype(np.float32), after.astype(np.float32)]
    return parts


def _place(page: Matrix) -> Matrix:
    count = len(page)
    here = np.arange(count)
    words = np.where(page[:, COLUMN["prose"]] > 0, np.expm1(page[:, COLUMN["log_words"]]), 0.0)
    read = np.cumsum(words)
    total = max(float(read[-1]), 1.0)
    columns = [
        (here + 1) / count,
        np.log1p(here) / 6.0,
        np.log1p(count - 1 - here) / 6.0,
        (read - words) / total,
        (total - read) / total,
        np.full(count, np.log1p(total) / 8.0),
        np.full(count, np.log1p(count) / 6.0),
    ]
    for name in _COUNTED:
        flag = page[:, COLUMN[name]]
        before = np.cumsum(flag)
        columns += [np.log1p(before - flag) / 4.0, np.log1p(before[-1] - before) / 4.0]
    return np.stack(columns, axis=1).astype(np.float32)


def _distances(flag: npt.NDArray[np.bool_]) -> Matrix:
    """How far the last such line before and the next one after are, as logarithms."""
    here = np.arange(len(flag))
    last = np.maximum.accumulate(np.where(flag, here, -FAR))
    previous = np.concatenate([[-FAR], last[:-1]])
    coming = np.minimum.accumulate(np.where(flag, here, len(flag) + FAR)[::-1])[::-1]
    following = np.concatenate([coming[1:], [len(flag) + FAR]])
    pair = np.stack([np.minimum(here - previous, FAR), np.minimum(following - here, FAR)], axis=1)
    scaled: Matrix = (np.log1p(pair) / 6.0).astype(np.float32)
    return scaled
