"""A page with the label of each line beside it, for a person to see what was thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from whomet.records import STORY_LABELS, Segment

if TYPE_CHECKING:
    from rich.text import Text

STYLES = {
    "headline": "bold green",
    "caption": "green",
    "body": "default",
    "byline": "cyan",
    "published": "bold cyan",
    "related": "yellow",
    "boilerplate": "dim",
    "comment": "magenta",
    "blank": "dim",
}
WIDTH = max(map(len, STYLES))


def render_labels(text: str, segments: Sequence[Segment], removed_only: bool = False) -> Text:
    """The segments as lines of `label | text`, coloured by label; only those that are not read when `removed_only`.

    Blank segments are left out of the removed ones. Characters that would steer a terminal are shown as `\\x1b` and the like.
    """
    from rich.text import Text

    shown = Text()
    for segment in segments:
        if removed_only and (segment.label in STORY_LABELS or segment.label == "blank"):
            continue
        line = _printable(text[segment.char_start : segment.char_end].rstrip("\r\n"))
        shown.append(f"{segment.label:>{WIDTH}} | ", style="dim")
        shown.append(f"{line}\n", style=STYLES[segment.label])
    return shown


def _printable(line: str) -> str:
    return "".join(char if char.isprintable() or char in "\t\u00a0" else char.encode("unicode_escape").decode() for char in line)
