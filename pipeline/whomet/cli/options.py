"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any


def add_options(command: Callable[..., None], options: Sequence[Callable[..., Any]]) -> Callable[..., None]:
    """A command with options, shown in their order."""
    for option in reversed(options):
        command = option(command)
    return command
