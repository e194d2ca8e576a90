"""The run contract, its serial engine, and the output folder.

Every engine keeps the contract of `run`: one outcome per input, in the order of the inputs, lazily, in bounded memory. What
`write_outputs` makes of the outcomes is the same bytes whatever the engine.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Protocol

from whomet.config import Config, config_json
from whomet.errors import SetupError
from whomet.failures import failed
from whomet.files import atomic_file, atomic_writer, make_folder, read_jsonl
from whomet.graph import build_graph
from whomet.lexicon import lexicon_hashes
from whomet.models import trained_hashes
from whomet.records import Article, Failure, to_json

ARTICLES: Final = "articles.jsonl"
MEETINGS: Final = "meetings.jsonl"
FAILURES: Final = "failures.jsonl"
GRAPH: Final = "graph.jsonl"
RUN: Final = "run.json"
BATCH_CHARS: Final = 2_000_000
"""A batch ends when its articles have this many code points together, however few they are: memory is bounded by this."""


class Pipeline(Protocol):
    """What reads articles: all stages, wired."""

    def process(self, articles: Sequence[Article]) -> list[Article | Failure]:
        """One outcome per article, in order."""


def run(
    articles: Iterable[Article | Failure], config: Config, *, pipeline: Pipeline, fail_fast: bool = False
) -> Iterator[Article | Failure]:
    """One outcome per input, lazily and in order: the article with all its fields, or a Failure with the reason.

    Failures among the inputs are passed on. An article that makes the pipeline raise becomes a Failure, and the others of its
    batch are read one by one; `fail_fast` reads all one by one, lets the error through, and stops after the first Failure.
    """
    for batch in _batches(articles, 1 if fail_fast else config.batch):
        for outcome in _process(batch, pipeline, fail_fast=fail_fast):
            yield outcome
            if fail_fast and isinstance(outcome, Failure):
                return


def _batches(items: Iterable[Article | Failure], size: int) -> Iterator[list[Article | Failure]]:
    batch: list[Article | Failure] = []
    chars = 0
    for item in items:
        batch.append(item)
        chars += len(item.text) if isinstance(item, Article) else 0
        if len(batch) == size or chars >= BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch


def _process(batch: list[Article | Failure], pipeline: Pipeline, *, fail_fast: bool) -> Iterator[Article | Failure]:
    """The outcomes of a batch in order, its Failures at their places."""
    articles = [item for item in batch if isinstance(item, Article)]
    if fail_fast:
        outcomes = _checked(pipeline, articles)
    else:
        try:
            outcomes = _checked(pipeline, articles)
        except SetupError:  # a missing word list or model fails the run, not an article
            raise
        except Exception:  # find out which; the rest still succeed
            outcomes = [_process_one(pipeline, article) for article in articles]
    following = iter(outcomes)
    for item in batch:
        yield next(following) if isinstance(item, Article) else item


def _process_one(pipeline: Pipeline, article: Article) -> Article | Failure:
    try:
        return _checked(pipeline, [article])[0]
    except SetupError:
        raise
    except Exception as error:
        return failed(article, "pipeline", error)


def _checked(pipeline: Pipeline, articles: list[Article]) -> list[Article | Failure]:
    outcomes = pipeline.process(articles) if articles else []
    given = [outcome.id if isinstance(outcome, Article) else outcome.article for outcome in outcomes]
    if given != [article.id for article in articles]:
        raise RuntimeError(f"the pipeline gave {len(given)} outcomes for {len(articles)} articles, or in another order")
    return outcomes


@dataclass(slots=True)
class Totals:
    """What a run has counted so far: inputs, meetings, white-space separated words, seconds."""

    ok: int = 0
    failed: int = 0
    meetings: int = 0
    words: int = 0
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    _clock: float = field(default_factory=time.perf_counter)

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return time.perf_counter() - self._clock

    @property
    def articles(self) -> int:
        """Inputs that had their outcome."""
        return self.ok + self.failed

    def add(self, outcome: Article | Failure) -> None:
        """Counts one outcome."""
        if isinstance(outcome, Failure):
            self.failed += 1
            return
        self.ok += 1
        self.meetings += len(outcome.meetings)
        self.words += len(outcome.text.split())


def article_json(article: Article) -> dict[str, Any]:
    """An article as articles.jsonl has it: keys of the input are handed through; the text is not repeated."""
    head = {"id": article.id, "published": article.published, "published_from": to_json(article.published_from)}
    given = {key: value for key, value in (("title", article.title), ("url", article.url)) if value is not None}
    found = {
        "segments": to_json(article.segments),
        "entities": to_json(article.entities),
        "timexes": to_json(article.timexes),
        "meetings": [meeting.id for meeting in article.meetings],
    }
    return head | given | dict(article.extra) | head | given | found  # named again: an extra key never hides one of these


def write_outputs(
    outcomes: Iterable[Article | Failure],
    folder: Path,
    *,
    about: dict[str, Any],
    on_outcome: Callable[[Totals], None] | None = None,
) -> Totals:
    """Reads all outcomes into the output folder, each file whole or not at all; what was counted.

    about: what run.json says besides the counts (see `describe_run`). on_outcome: called after each one, for progress.
    Raises SetupError, before the first outcome is asked for, when the folder cannot be written.
    """
    make_folder(folder)
    totals = Totals()
    with ExitStack() as stack:
        articles, meetings, failures = (
            stack.enter_context(atomic_writer(folder / name)) for name in (ARTICLES, MEETINGS, FAILURES)
        )
        for outcome in outcomes:
            totals.add(outcome)
            if isinstance(outcome, Failure):
                failures(to_json(outcome))
            else:
                articles(article_json(outcome))
                for meeting in outcome.meetings:
                    meetings(to_json(meeting))
            if on_outcome is not None:
                on_outcome(totals)
    write_graph([folder / MEETINGS], folder / GRAPH)
    with atomic_file(folder / RUN) as stream:
        stream.write(json.dumps(about | _counted(totals), indent=2).encode() + b"\n")
    return totals


def _counted(totals: Totals) -> dict[str, Any]:
    seconds = totals.seconds
    return {
        "started": totals.started.isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        "articles": {"in": totals.articles, "ok": totals.ok, "failed": totals.failed},
        "meetings": totals.meetings,
        "words": totals.words,
        "words_per_second": round(totals.words / seconds) if seconds else None,
    }


def describe_run(*, version: str, config: Config, model: dict[str, Any]) -> dict[str, Any]:
    """What run.json says of how its run was made, enough to make it again: the files of data by their sha256."""
    return {
        "version": version,
        "config": config_json(config),
        "model": model,
        "trained_models": trained_hashes(),
        "lexicons": lexicon_hashes(),
    }


def write_graph(meetings: Sequence[Path], graph: Path) -> int:
    """Writes one graph of all meetings of some meetings.jsonl files; how many nodes and edges it has.

    articles.jsonl beside a meetings.jsonl, where there is one, tells when and under which title its articles were published.
    Raises SetupError for what cannot be read.
    """
    beside = [articles for path in meetings if (articles := path.with_name(ARTICLES)).is_file() and articles != path]
    count = 0
    with atomic_writer(graph) as write:
        for record in build_graph(_rows(meetings), _rows(beside)):
            write(record)
            count += 1
    return count


def _rows(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    return (row for path in paths for row in read_jsonl(path))
