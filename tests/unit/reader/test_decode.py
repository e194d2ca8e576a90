"""Groups of candidates, and the reader's files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whomet.errors import ModelError
from whomet.models import models_folder
from whomet.records import Span
from whomet.relations.reader.decode import distinct_spans
from whomet.relations.reader.groups import gather_groups
from whomet.relations.reader.model import CARD, FAR, FILES, HEADS, ReaderModel, distance_classes


def symmetric(rows: list[list[float]]) -> Any:
    table = np.array(rows, np.float32)
    return (table + table.T) / 2


def test_the_closest_are_joined_first_and_strangers_never() -> None:
    same = symmetric([[0, 0.9, 0.1, 0.2], [0.9, 0, 0.1, 0.2], [0.1, 0.1, 0, 0.8], [0.2, 0.2, 0.8, 0]])
    assert gather_groups(same, np.ones(4, np.float32), 0.5) == [[0, 1], [2, 3]]
    assert gather_groups(same, np.ones(4, np.float32), 0.95) == [[0], [1], [2], [3]]
    assert gather_groups(same, np.ones(4, np.float32), 0.05) == [[0, 1, 2, 3]]


def test_a_doubtful_mention_weighs_less_in_the_average() -> None:
    same = symmetric([[0, 0.9, 0.6], [0.9, 0, 0.2], [0.6, 0.2, 0]])
    assert gather_groups(same, np.array([1, 1, 1], np.float32), 0.45) == [[0, 1], [2]]
    assert gather_groups(same, np.array([1, 0.2, 1], np.float32), 0.45) == [[0, 1, 2]]


def naive(same: Any, weights: Any, threshold: float) -> list[list[int]]:
    groups = [[number] for number in range(len(weights))]
    while True:
        best, pair = threshold, None
        for left in range(len(groups)):
            for right in range(left + 1, len(groups)):
                table = np.outer(weights[groups[left]], weights[groups[right]]).astype(float)
                value = float((table * same[np.ix_(groups[left], groups[right])]).sum() / table.sum())
                if value > best:
                    best, pair = value, (left, right)
        if pair is None:
            return sorted(groups)
        groups[pair[0]] = sorted(groups[pair[0]] + groups.pop(pair[1]))


@given(st.integers(1, 7), st.integers(0, 10_000))
def test_groups_are_those_of_plain_average_linkage(count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    same = symmetric(rng.random((count, count)).tolist())
    weights = (rng.random(count) * 0.7 + 0.3).astype(np.float32)
    assert gather_groups(same, weights, 0.5) == naive(same, weights, 0.5)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (["fish quotas", "cod", "The cod"], ["fish quotas", "cod"]),  # one wording twice
        (["ways to share the cod", "the cod"], ["ways to share the cod"]),  # one inside the other
        (["fish quotas", "quotas and cod"], ["fish quotas"]),  # one across the end of the other
        ([], []),
    ],
)
def test_of_repeated_or_overlapping_spans_the_first_is_told(told: list[str], kept: list[str]) -> None:
    text = "They met on fish quotas and cod, and on ways to share the cod. The cod is scarce."
    spans = [Span(quote, text.index(quote), text.index(quote) + len(quote)) for quote in told]
    assert [span.text for span in distinct_spans(spans[::-1])] == kept


def test_distances_are_told_apart_near_by_and_in_steps_far_off() -> None:
    classes = distance_classes(np.array([-400, -5, -1, 0, 1, 2, 3, 5, 400]))
    assert classes[0] == 0
    assert classes[-1] == 2 * FAR + 1
    assert len(set(classes[2:7])) == 5
    assert sorted(classes) == list(classes)


def test_another_file_than_the_card_describes_is_refused(tmp_path: Path) -> None:
    for name in (*FILES, CARD):
        (tmp_path / name).write_bytes((models_folder() / "reader" / name).read_bytes())
    ReaderModel(tmp_path)
    (tmp_path / HEADS).write_bytes(b"other")
    with pytest.raises(ModelError, match=r"heads\.npz is not the file"):
        ReaderModel(tmp_path)


def test_files_that_are_no_model_are_refused_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        ReaderModel(tmp_path)
    hashes = {}
    for name in FILES:
        (tmp_path / name).write_bytes(b"nothing")
        hashes[name] = hashlib.sha256(b"nothing").hexdigest()
    (tmp_path / CARD).write_text(json.dumps({"sha256": hashes, "thresholds": {}}))
    with pytest.raises(ModelError, match="cannot be loaded"):
        ReaderModel(tmp_path)


def test_shipped_models_are_small() -> None:
    total = sum(path.stat().st_size for path in models_folder().rglob("*") if path.is_file())
    assert total <= 30_000_000
