"""What a run found, and what it is scored against: meetings, and where gold for them is given, lines, dates and names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from whomet.errors import SetupError
from whomet.evaluate.lines import GoldPage, count_lines, read_lines
from whomet.evaluate.meetings import MEETINGS_FILE, Gold, ScoredMeeting, read_predictions
from whomet.evaluate.names import GoldNames, count_names, read_names
from whomet.evaluate.report import Report, evaluate
from whomet.evaluate.resampling import Tallies
from whomet.evaluate.timexes import GoldText, count_timexes, read_timexes
from whomet.files import read_jsonl

ARTICLES_FILE: Final = "articles.jsonl"


@dataclass(frozen=True, slots=True)
class Found:
    """A run: its meetings by article, the rows of its articles.jsonl, and the texts it read, where they are at hand."""

    meetings: Mapping[str, tuple[ScoredMeeting, ...]]
    rows: Mapping[str, Mapping[str, Any]]
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FurtherGold:
    """Gold for what stands in articles.jsonl, by article; None where none is given."""

    lines: Mapping[str, GoldPage] | None = None
    timexes: Mapping[str, GoldText] | None = None
    names: Mapping[str, GoldNames] | None = None

    def texts(self) -> Iterable[tuple[str, str, str | None]]:
        """Id, text and publication date of the annotated texts that hold their text."""
        for page, lines in (self.lines or {}).items():
            yield page, lines.text, None
        for article, gold in (self.timexes or {}).items():
            yield article, gold.text, gold.published
        for article, names in (self.names or {}).items():
            if names.text is not None:
                yield article, names.text, names.published

    def __bool__(self) -> bool:
        return any(gold is not None for gold in (self.lines, self.timexes, self.names))


def read_further_gold(lines: Path | None, timexes: Path | None, names: Path | None) -> FurtherGold:
    """Further gold of the files that are given. Raises SetupError for what is not in its form."""
    return FurtherGold(
        read_lines(lines) if lines else None,
        read_timexes(timexes) if timexes else None,
        read_names(names) if names else None,
    )


def read_found(path: Path) -> Found:
    """A run from its folder or its meetings.jsonl, with the articles.jsonl beside it where there is one.

    Raises SetupError for what cannot be read.
    """
    articles = (path if path.is_dir() else path.parent) / ARTICLES_FILE
    is_run = path.is_dir() or path.name == MEETINGS_FILE
    rows = {row["id"]: row for row in read_jsonl(articles) if "id" in row} if is_run and articles.is_file() else {}
    return Found(read_predictions(path), rows)


def score(gold: Gold, found: Found, further: FurtherGold) -> Report:
    """The report of a run. Raises SetupError where there is further gold, but no articles.jsonl to score."""
    if further and not found.rows:
        raise SetupError(f"there is no {ARTICLES_FILE} beside the meetings, which lines, dates and names are scored on")
    others: dict[str, Tallies] = {}
    if further.lines is not None:
        others["lines"] = count_lines(further.lines, found.rows)
    if further.timexes is not None:
        others["timexes"] = count_timexes(further.timexes, found.rows)
    if further.names is not None:
        others["names"] = count_names(further.names, found.rows)
    outlets = {article: about.outlet for article, about in gold.articles.items() if about.outlet}
    return evaluate(gold.meetings, found.meetings, outlets=outlets, others=others)
