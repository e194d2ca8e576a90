"""Who met whom about what, when, where, and did it really happen: meetings from raw news pages as a graph.

Importing this package imports nothing else: names are fetched from their modules on first use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whomet.config import Config, load_config
    from whomet.errors import SetupError
    from whomet.graph import dyads, load_graph
    from whomet.records import Article, Entity, Failure, Meeting, Participant, Segment, Span, Timex, to_json

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Config",
    "Entity",
    "Failure",
    "Meeting",
    "Participant",
    "Segment",
    "SetupError",
    "Span",
    "Timex",
    "dyads",
    "extract",
    "load_config",
    "load_graph",
    "read_articles",
    "to_json",
]
_HOMES = {"Config": "config", "load_config": "config", "SetupError": "errors", "dyads": "graph", "load_graph": "graph"}


def read_articles(inputs: Sequence[str | Path]) -> Iterator[Article | Failure]:
    """The articles of files and folders (.txt, .jsonl, .jsonl.gz, .html), or of standard input ("-"), lazily and in order.

    What cannot be read is a Failure with file, line and reason. Raises SetupError for a path that does not exist.
    """
    from whomet.files import read_articles

    return read_articles(inputs, html=_read_html)


def _read_html(html: str) -> tuple[str, str | None, str | None]:
    from whomet.clean.html import html_to_text

    return html_to_text(html)


def extract(articles: Iterable[Article | Failure], config: Config | None = None) -> Iterator[Article | Failure]:
    """One outcome per article, lazily and in order: the article with all that was found in it, or a Failure.

    Raises SetupError when the language pipeline is missing or not the pinned one.
    """
    from whomet.build import build_pipeline
    from whomet.config import Config
    from whomet.run import run

    config = config or Config()
    return run(articles, config, pipeline=build_pipeline(config))


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'whomet' has no attribute {name!r}")
    return getattr(import_module(f"whomet.{_HOMES.get(name, 'records')}"), name)
