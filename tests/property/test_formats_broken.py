"""Whatever stands in an exported file: it is read, or refused with its name; nothing else happens."""

from __future__ import annotations

import copy
import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whomet.errors import SetupError
from whomet.evaluate import read_gold

FORMATS = Path(__file__).parents[1] / "unit" / "formats"
JSON_FILES = {
    "label-studio": "label_studio.json",
    "doccano": "doccano.jsonl",
    "prodigy": "prodigy.jsonl",
    "inception": "inception.json",
}
OWN = {"id": "a", "text": "Ada met Bo.", "meetings": [{"form": "call", "status": "held", "participants": [{"name": "Ada", "title": None, "party": None, "mentions": [{"text": "Ada", "char_start": 0, "char_end": 3}]}], "topics": [], "places": ["x"], "when": {"quote": None, "start": "2020-01-01", "end": "2020-01-01"}, "evidence": ["Ada met Bo."]}]}  # fmt: skip
JUNK = [
    "null",
    "true",
    "-1",
    "3",
    "1000000000",
    "0.5",
    '""',
    '"x"',
    '"Meeting:held:call"',
    '"T1"',
    "[]",
    "[1]",
    '["x", null]',
    "{}",
    '{"x": 1}',
    "[{}]",
    "[[0, 3]]",
]
SEEDS = st.integers(0, 2**32)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every (container, key) of a JSON value."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(item, (dict, list)):
            yield from places(item)


def load(name: str) -> Any:
    if name == "whomet":
        return copy.deepcopy(OWN)
    text = (FORMATS / JSON_FILES[name]).read_text(encoding="utf-8")
    return json.loads(text if name in ("label-studio", "inception") else text.splitlines()[0])


def assert_read_or_refused(path: Path, name: str | None) -> None:
    refusal = str(path)
    try:
        read_gold(path, name, notes=[])
    except SetupError as error:
        refusal = str(error)
    assert str(path) in refusal


@pytest.mark.parametrize("name", [*JSON_FILES, "whomet"])
@settings(max_examples=150)
@given(seed=SEEDS)
def test_broken_json_is_read_or_refused(name: str, seed: int) -> None:
    if name == "inception":
        pytest.importorskip("cassis")
    draw = random.Random(seed)
    value = [load(name)]
    for _ in range(draw.randint(1, 3)):
        container, key = draw.choice(list(places(value)))
        if draw.random() < 0.6 or container is value:
            container[key] = json.loads(draw.choice(JUNK))
        else:
            del container[key]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gold.json"
        path.write_text(json.dumps(value[0]), encoding="utf-8")
        assert_read_or_refused(path, name)
        assert_read_or_refused(path, None)


@settings(max_examples=150)
@given(seed=SEEDS)
def test_broken_standoff_is_read_or_refused(seed: int) -> None:
    draw = random.Random(seed)
    text = (FORMATS / "brat" / "ferry-talks.ann").read_text(encoding="utf-8")
    for _ in range(draw.randint(1, 3)):
        start = draw.randint(0, len(text))
        text = (
            text[:start]
            + draw.choice(["", " ", "\t", "\n", ":", ";", "9", "-1", "T1", "E2", "#", "*\tEquiv T1 T2\n", '"'])
            + text[start + draw.randint(0, 6) :]
        )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.txt").write_bytes((FORMATS / "brat" / "ferry-talks.txt").read_bytes())
        (Path(folder) / "a.ann").write_text(text, encoding="utf-8")
        assert_read_or_refused(Path(folder), None)
