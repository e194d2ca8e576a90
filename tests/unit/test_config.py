"""Defaults < file < options, and every mistake in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whomet.config import Config, config_json, load_config
from whomet.errors import ConfigError

Write = Callable[[str, str | bytes], Path]


def test_options_go_before_the_file_and_the_file_before_the_defaults(write: Write) -> None:
    path = write("whomet.toml", "batch = 7\nmin_confidence = 0.5\n")
    config = load_config(path, {"min_confidence": 0.25, "full": None, "model": None})
    assert config == Config(batch=7, min_confidence=0.25)


def test_no_file_and_no_options_give_the_defaults() -> None:
    assert load_config(None, {}) == Config()


def test_whole_number_serves_where_a_float_is_expected() -> None:
    assert load_config(None, {"min_confidence": 1}).min_confidence == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("batches = 7", "unknown key 'batches'; known are batch, "),
        ("batch = '7'", "batch must be int"),
        ("batch = true", "batch must be int"),
        ("full = 1", "full must be bool"),
        ("model = 3", "model must be str"),
        ("min_confidence = 1.5", "between 0 and 1"),
        ("min_confidence = nan", "between 0 and 1"),
        ("batch = 0", "at least 1"),
        ("batch =", "cannot be read"),
        (b"\xff", "cannot be read"),
    ],
)
def test_mistake_in_the_file_is_a_config_error_that_names_it(write: Write, content: str | bytes, reason: str) -> None:
    with pytest.raises(ConfigError, match=reason):
        load_config(write("whomet.toml", content), {})


def test_missing_file_is_a_config_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path / "none.toml", {})


@pytest.mark.parametrize("options", [{"speed": 3}, {"batch": "3"}])
def test_options_are_checked_as_the_file_is(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        load_config(None, options)


def test_config_json_has_every_key() -> None:
    assert config_json(Config(model="m")) == {
        "model": "m",
        "kb": None,
        "reader": "model",
        "full": False,
        "min_confidence": 0.0,
        "max_view_chars": 1_000_000,
        "batch": 32,
    }
