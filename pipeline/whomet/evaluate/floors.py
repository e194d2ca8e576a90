"""Floors: no figure on a corpus may fall below what was once reached, and a fall names the articles it comes from.

Floors are kept in a JSON file with the digest of the corpus they were set on, and with the counts of every article at that time.
They only rise; where the corpus has changed they are set anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from whomet.errors import SetupError
from whomet.evaluate.figures import FIGURES, Array
from whomet.evaluate.formats.own import GOLD_FILE
from whomet.evaluate.meetings import Gold
from whomet.evaluate.resampling import Tallies
from whomet.files import atomic_file

FLOORS_FILE: Final = "floors.json"
SLACK: Final = 0.005
"""How far below today's figure (0..1) a floor is set, so that another build of a numerical library fails nothing."""
DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Floors:
    """Floors by figure (0..1), the digest of their corpus, and the counts by article and figure when they were set."""

    corpus: str
    floors: Mapping[str, float]
    articles: Tallies


@dataclass(frozen=True, slots=True)
class Change:
    """An article whose counts of a figure are not those of the floors: the figure (0..1) then and now, in it alone."""

    article: str
    before: float
    now: float


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure (0..1) below its floor, with the articles that changed since the floors were set, the worst first."""

    figure: str
    floor: float
    value: float
    changes: tuple[Change, ...]


def corpus_digest(path: Path, gold: Gold) -> str:
    """sha256 of a gold file, or of that of a folder, and of the texts of its articles. Raises SetupError if it cannot be read."""
    file = path / GOLD_FILE if path.is_dir() else path
    try:
        digest = hashlib.sha256(file.read_bytes())
    except OSError as error:
        raise SetupError(f"{file} cannot be read: {error.strerror}") from error
    for article, about in gold.articles.items():
        digest.update(json.dumps([article, about.text]).encode())
    return digest.hexdigest()


def measure_all(tallies: Tallies) -> dict[str, float]:
    """Every figure (0..1) of some articles, without intervals."""
    measured = next(iter(tallies.values()), {})
    figures = [figure for figure in FIGURES if figure in measured]
    return {
        figure: float(FIGURES[figure].measure(np.array([counts[figure] for counts in tallies.values()], dtype=np.float64).sum(0)))
        for figure in figures
    }


def find_falls(floors: Floors, tallies: Tallies) -> list[Fall]:
    """The figures that are below their floors, in the order of the floors; a figure that is no longer measured counts as 0."""
    values = measure_all(tallies)
    return [
        Fall(figure, floor, values.get(figure, 0.0), _changes(figure, floors.articles, tallies))
        for figure, floor in floors.floors.items()
        if values.get(figure, 0.0) < floor
    ]


def raise_floors(tallies: Tallies, corpus: str, before: Floors | None) -> Floors:
    """Floors of today's figures less `SLACK`, none lower than it was; before: None for a new corpus.

    Raises SetupError when a figure is below its floor, or when `before` was set on another corpus.
    """
    old = dict(before.floors) if before else {}
    if before and before.corpus != corpus:
        raise SetupError("the floors were set on another corpus")
    if before and (falls := find_falls(before, tallies)):
        raise SetupError(f"floors only rise, and these are not reached: {', '.join(fall.figure for fall in falls)}")
    reached = {figure: max(0.0, round(value - SLACK, DIGITS)) for figure, value in measure_all(tallies).items()}
    return Floors(corpus, {figure: max(value, old.get(figure, 0.0)) for figure, value in reached.items()}, tallies)


def read_floors(path: Path) -> Floors:
    """The floors of a file. Raises SetupError for what cannot be read or is not in the form of `write_floors`."""
    try:
        row: Any = json.loads(path.read_text(encoding="utf-8"))
        floors = {str(figure): float(floor) for figure, floor in row["floors"].items()}
        articles = {
            str(article): {str(figure): tuple(map(float, counts)) for figure, counts in tally.items()}
            for article, tally in row["articles"].items()
        }
        corpus = str(row["corpus"])
    except OSError as error:
        raise SetupError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SetupError(f"{path} is no file of floors: {error}") from error
    unknown = sorted(floors.keys() - FIGURES.keys())
    if unknown or not floors:
        raise SetupError(f"{path}: unknown figures {', '.join(unknown)}" if unknown else f"{path} holds no floor")
    return Floors(corpus, floors, articles)


def write_floors(floors: Floors, path: Path) -> None:
    """Writes the floors as JSON, one article a line, so that a change is a readable difference of lines."""
    head = json.dumps({"corpus": floors.corpus, "slack": SLACK, "floors": dict(floors.floors)}, indent=1)
    lines = [f"  {json.dumps(article)}: {json.dumps(_whole(tally))}" for article, tally in floors.articles.items()]
    body = ",\n".join(lines)
    with atomic_file(path) as stream:
        stream.write(f'{head.removesuffix("}").rstrip()},\n "articles": {{\n{body}\n }}\n}}\n'.encode())


def _whole(tally: Mapping[str, Any]) -> dict[str, list[float]]:
    """Counts with those that are whole as whole numbers, and sums of confidence to six decimals."""
    return {
        figure: [int(count) if float(count).is_integer() else round(count, 6) for count in counts]
        for figure, counts in tally.items()
    }


def _changes(figure: str, before: Tallies, now: Tallies) -> tuple[Change, ...]:
    changes = []
    for article in [*before, *(article for article in now if article not in before)]:
        old, new = (np.array(tallies.get(article, {}).get(figure, ()), dtype=np.float64) for tallies in (before, now))
        if not np.array_equal(np.round(old, 6), np.round(new, 6)):
            changes.append(Change(article, _alone(figure, old), _alone(figure, new)))
    return tuple(sorted(changes, key=lambda change: (change.now - change.before, change.article)))


def _alone(figure: str, counts: Array) -> float:
    """A figure of one article; 0 where it was not measured."""
    return float(FIGURES[figure].measure(counts)) if counts.size else 0.0
