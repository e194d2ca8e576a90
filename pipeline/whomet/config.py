"""One frozen configuration: defaults < `--config FILE.toml` < command-line options."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from whomet.errors import ConfigError

READERS = ("model", "rules")
"""How mentions become meetings: with the trained reader, or by the grammar alone."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a run can be told.

    model: name or path of a spaCy pipeline; None takes the one that models/manifest.toml pins.
    kb: JSONL file of people and organisations (id, names, party, qid) that wins over what whomet reads; None for none.
    reader: "model" lets the trained reader decide what the grammar's mentions amount to, "rules" reads by the grammar alone.
    full: annotate all entities and time expressions of the story, not only what the meetings need.
    min_confidence: meetings below this probability (0..1) are left out.
    max_view_chars: longest reading view, in code points, that is given to the language pipeline; a longer one is a Failure.
    batch: how many articles the language pipeline reads together.
    """

    model: str | None = None
    kb: str | None = None
    reader: str = "model"
    full: bool = False
    min_confidence: float = 0.0
    max_view_chars: int = 1_000_000
    batch: int = 32

    def __post_init__(self) -> None:
        if not 0.0 <= self.min_confidence <= 1.0:
            raise ConfigError(f"min_confidence must be between 0 and 1, not {self.min_confidence}")
        if self.reader not in READERS:
            raise ConfigError(f"reader must be one of {', '.join(READERS)}, not {self.reader!r}")
        if self.batch < 1 or self.max_view_chars < 1:
            raise ConfigError("batch and max_view_chars must be at least 1")

    def with_options(self, options: Mapping[str, Any]) -> Config:
        """A copy with the options that are not None. Raises ConfigError for an unknown key or a value of a wrong type."""
        defaults = Config()
        known = {item.name for item in fields(self)}
        given = {key: value for key, value in options.items() if value is not None}
        for key, value in given.items():
            if key not in known:
                raise ConfigError(f"unknown key {key!r}; known are {', '.join(sorted(known))}")
            expected = str if key in ("model", "kb", "reader") else type(getattr(defaults, key))
            if expected is float and type(value) is int:
                continue
            if type(value) is not expected:
                raise ConfigError(f"{key} must be {expected.__name__}, not {value!r}")
        return replace(self, **given)


def load_config(path: Path | None, options: Mapping[str, Any]) -> Config:
    """The configuration of a run: defaults, then the TOML file, then options that are not None. Raises ConfigError."""
    config = Config()
    if path is not None:
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(f"config {path} cannot be read: {error}") from error
        config = config.with_options(table)
    return config.with_options(options)


def config_json(config: Config) -> dict[str, Any]:
    """The configuration as run.json records it."""
    return asdict(config)
