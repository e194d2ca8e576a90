"""Annotated articles -> windows with labels, ready for training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from whomet.records import FORMS, STATUSES
from whomet.relations import Reading
from whomet.relations.reader.material import (
    PAIR_FEATURES,
    Floats,
    Material,
    WindowInput,
    gather,
    pair_features,
    raw_starts,
    window_inputs,
)
from whomet.teach.labels import Labels, label_doc

MOST_PAIRS = 60
"""Most pairs of candidates that one window teaches."""


@dataclass(frozen=True, slots=True)
class Example:
    """A window with what it should be scored as; T candidates, A of them with a meeting, X tokens, K actors, W times, P pairs.

    inside: (T,) 1 for candidates that tell of a meeting. taught: the A rows. status, form: (A,) numbers. part (A, K), place
    (A, X), time (A, W), topic and topic_start (A, X): 1 right, 0 wrong, -1 not known. pairs: (P, 2) rows, same: (P,), extra:
    (P, 7) features.
    """

    item: WindowInput
    inside: Floats
    taught: tuple[int, ...]
    status: tuple[int, ...]
    form: tuple[int, ...]
    part: Floats
    time: Floats
    topic: Floats
    topic_start: Floats
    place: Floats
    pairs: tuple[tuple[int, int], ...]
    same: Floats
    extra: Floats


def read_labels(row: Mapping[str, Any], reading: Reading) -> tuple[Material, Labels]:
    """The material of an annotated article with its labels."""
    material = gather(reading)
    raw = raw_starts(reading.doc, reading.view)
    return material, label_doc(material, row["meetings"], row["text"], raw, reading.times.days)


def make_examples(material: Material, reading: Reading, labels: Labels, meetings: Sequence[Mapping[str, Any]]) -> list[Example]:
    """The windows of an article with their labels."""
    return [make_example(item, material, labels, meetings) for item in window_inputs(material, reading.view)]


def make_example(item: WindowInput, material: Material, labels: Labels, meetings: Sequence[Mapping[str, Any]]) -> Example:
    """A window with its labels."""
    told = [labels.told[number] for number in item.candidates]
    taught = tuple(row for row, number in enumerate(told) if number is not None and number >= 0)
    numbers = [number for number in told if number is not None and number >= 0]
    slots = [labels.slots[number] for number in numbers]
    tokens = item.window.tokens
    pairs = tuple((left, right) for place, left in enumerate(taught) for right in taught[place + 1 :])[:MOST_PAIRS]
    chosen = [material.candidates[number] for number in item.candidates]
    part = [[1 if key in one.actors else -1 if key in one.doubtful else 0 for key in item.keys] for one in slots]
    place = [[1 if index in one.places else -1 if index in one.other_places else 0 for index in tokens] for one in slots]
    topic = [[any(start <= index < end for start, end in one.topics) for index in tokens] for one in slots]
    begun = [[any(start == index for start, _ in one.topics) for index in tokens] for one in slots]
    extra = [pair_features(chosen[left], chosen[right], material.sentences) for left, right in pairs]
    return Example(
        item=item,
        inside=np.array([number is not None for number in told], np.float32),
        taught=taught,
        status=tuple(STATUSES.index(meetings[number]["status"]) for number in numbers),
        form=tuple(FORMS.index(meetings[number]["form"]) for number in numbers),
        part=_table(part, len(item.keys)),
        time=_table([[number in one.times for number, _, _ in item.times] for one in slots], len(item.times)),
        topic=_table(topic, len(tokens)),
        topic_start=_table(begun, len(tokens)),
        place=_table(place, len(tokens)),
        pairs=pairs,
        same=np.array([told[left] == told[right] for left, right in pairs], np.float32),
        extra=_table(extra, PAIR_FEATURES),
    )


def _table(rows: Sequence[Sequence[float]], width: int) -> Floats:
    return np.array(rows, np.float32).reshape(len(rows), width)
