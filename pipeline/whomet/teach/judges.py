"""The second trees: what an article's groups of candidates amount to, learned on articles unknown to the first scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from whomet.annotated import AnnotatedReading
from whomet.evaluate import scored_meeting
from whomet.evaluate.alignment import align
from whomet.evaluate.likeness import is_same_participant, is_same_place, is_same_topic
from whomet.evaluate.meetings import ScoredMeeting
from whomet.files import dump_line
from whomet.records import Meeting, to_json
from whomet.relations import ReaderModel, Reading
from whomet.relations.meetings import record_meetings
from whomet.relations.mention import Occasion
from whomet.relations.reader.decode import date_of, decide, read_scene
from whomet.relations.reader.features import Figures, as_table
from whomet.relations.reader.groups import Key
from whomet.relations.reader.judge import Judged, Scene, fill_figures, group_figures, occasion_figures
from whomet.relations.reader.material import gather, window_inputs
from whomet.relations.reader.model import TREES, sigmoid
from whomet.teach.labels import as_scored
from whomet.teach.trees import SETTINGS, fit_trees

FOLDS = 5
FIRST = {"occasion": 0.0, "participant": 0.45, "topic": 0.4, "place": 0.45, "time": 0.45}
"""Thresholds by which the first scores alone make occasions, which are then compared with the annotated ones."""
ROUNDS = {**dict.fromkeys(TREES, 120), "occasion": 80}
JUDGE = {**SETTINGS, "learning_rate": 0.04, "min_data_in_leaf": 30, "feature_fraction": 0.5, "lambda_l2": 5.0}


@dataclass(frozen=True, slots=True)
class Held:
    """One held-out article, read, with its groups of candidates. fold: articles of one outlet are in one fold."""

    row: Mapping[str, Any]
    published: str | None
    fold: int
    reading: Reading | None
    scene: Scene | None

    @property
    def gold(self) -> tuple[ScoredMeeting, ...]:
        """The annotated meetings."""
        return tuple(scored_meeting(meeting) for meeting in self.row["meetings"])

    def meetings(self, occasions: Iterable[Occasion]) -> tuple[Meeting, ...]:
        """The records of some occasions."""
        if self.reading is None:
            return ()
        return record_meetings(list(occasions), self.reading, article=self.row["id"], published=self.published)

    def found(self, occasions: Iterable[Occasion]) -> tuple[ScoredMeeting, ...]:
        """The meetings of some occasions, as they are scored."""
        return tuple(scored_meeting(to_json(meeting)) for meeting in self.meetings(occasions))

    def decide(self, judged: Sequence[Judged], thresholds: Mapping[str, float]) -> list[Occasion]:
        """The occasions of judged groups."""
        if self.reading is None or self.scene is None:
            return []
        return decide(judged, self.scene.material, self.reading.times, thresholds)


@dataclass(frozen=True, slots=True)
class Row:
    """What one group, or one fill of it, teaches. article, group: where it stands; key: None for the group itself."""

    article: int
    group: int
    key: Key
    figures: Figures
    right: bool


def read_held(articles: Sequence[AnnotatedReading], model: ReaderModel) -> list[Held]:
    """Annotated articles with the groups of candidates that a reader finds in them."""
    folds = split_folds([row.get("outlet") or row["id"] for row, _, _ in articles])
    held = []
    for (row, published, reading), fold in zip(articles, folds, strict=True):
        scene = None
        if reading is not None and reading.mentions:
            material = gather(reading)
            scene = read_scene(model, material, window_inputs(material, reading.view))
        held.append(Held(row, published, fold, reading, scene))
    return held


def split_folds(outlets: Sequence[str]) -> list[int]:
    """A fold for each article, those of one outlet together, folds of about equal size."""
    sizes = [0] * FOLDS
    chosen: dict[str, int] = {}
    for outlet, count in sorted(Counter(outlets).items(), key=lambda item: (-item[1], item[0])):
        chosen[outlet] = sizes.index(min(sizes))
        sizes[chosen[outlet]] += count
    return [chosen[outlet] for outlet in outlets]


def _first_occasions(item: Held) -> list[Occasion | None]:
    """What each group amounts to by the first scores alone."""
    if item.scene is None:
        return []
    judged = [Judged(group, 1.0, chances) for group, chances in zip(item.scene.groups, item.scene.chances, strict=True)]
    return [next(iter(item.decide([one], FIRST)), None) for one in judged]


def make_rows(held: Sequence[Held]) -> dict[str, list[Row]]:
    """The rows of every slot, and of "occasion" (whose figures lack the fills' chances, which are not known yet)."""
    rows: dict[str, list[Row]] = {name: [] for name in (*TREES, "occasion")}
    for article, item in enumerate(held):
        occasions = _first_occasions(item)
        alone = [item.found([occasion])[:1] if occasion is not None else () for occasion in occasions]
        pairs = {id(pair.predicted): pair.gold for pair in align(item.gold, tuple(one for found in alone for one in found)).pairs}
        gold = item.gold
        for number, (occasion, found) in enumerate(zip(occasions, alone, strict=True)):
            meant = pairs.get(id(found[0])) if found else None
            meeting = item.row["meetings"][gold.index(meant)] if meant is not None else None
            assert item.scene is not None
            shared = group_figures(item.scene, number)
            right = meeting is not None and occasion is not None and found[0].status == meeting["status"]
            rows["occasion"].append(Row(article, number, None, shared, right))
            for slot in TREES:
                for key, figures in fill_figures(item.scene, number, slot, shared).items():
                    told = meeting is not None and occasion is not None and _is_right(item, slot, key, meeting, occasion.status)
                    rows[slot].append(Row(article, number, key, figures, told))
    return rows


def _is_right(item: Held, slot: str, key: Key, meeting: Mapping[str, Any], status: str) -> bool:
    """Whether a fill is one of the annotated meeting's."""
    assert item.scene is not None
    assert item.reading is not None
    material = item.scene.material
    if slot == "participant":
        person = as_scored(material.actors[key][0][1])
        return any(is_same_participant(as_scored(entry), person) for entry in meeting["participants"])
    if slot == "place":
        return any(is_same_place(quote, material.places[key].span.text) for quote in meeting["places"])
    if slot == "topic":
        return any(is_same_topic(quote, material.topics[key].span.text) for quote in meeting["topics"])
    if meeting["when"] is None or meeting["when"]["start"] is None:
        return False
    when = date_of(key, material, item.reading.times, status)
    return (when.start, when.end) == (meeting["when"]["start"], meeting["when"]["end"])


def cross_fit(held: Sequence[Held]) -> tuple[list[list[Judged]], dict[str, Any]]:
    """The groups of each article judged by trees fitted on the other folds, and the trees fitted on all, by name."""
    rows = make_rows(held)
    final: dict[str, Any] = {}
    fills: dict[tuple[int, int], dict[str, dict[Key, float]]] = {
        (row.article, row.group): {slot: {} for slot in TREES} for row in rows["occasion"]
    }
    for slot in TREES:
        final[f"fills_{slot}"], chances = _fit_folds(rows[slot], [row.figures for row in rows[slot]], held, ROUNDS[slot])
        for row, chance in zip(rows[slot], chances, strict=True):
            fills[row.article, row.group][slot][row.key] = chance
    figures = [occasion_figures(row.figures, fills[row.article, row.group]) for row in rows["occasion"]]
    final["occasion"], chances = _fit_folds(rows["occasion"], figures, held, ROUNDS["occasion"])
    judged: list[list[Judged]] = [[] for _ in held]
    for row, chance in zip(rows["occasion"], chances, strict=True):
        scene = held[row.article].scene
        assert scene is not None
        judged[row.article].append(Judged(scene.groups[row.group], chance, fills[row.article, row.group]))
    return judged, final


def _fit_folds(rows: Sequence[Row], figures: Sequence[Figures], held: Sequence[Held], rounds: int) -> tuple[Any, list[float]]:
    """Trees fitted on all rows, and the chance of each row by trees fitted on the other folds."""
    table, right = as_table(figures), np.array([row.right for row in rows])
    folds = np.array([held[row.article].fold for row in rows])
    odds = np.zeros(len(rows), np.float32)
    for fold in set(folds.tolist()):
        apart = folds == fold
        odds[apart] = fit_trees(table[~apart], right[~apart], rounds, JUDGE).predict(table[apart], raw_score=True)
    return fit_trees(table, right, rounds, JUDGE), sigmoid(odds).tolist()


def write_predictions(
    held: Sequence[Held], judged: Sequence[Sequence[Judged]], thresholds: Mapping[str, float], path: Path
) -> None:
    """Write the meetings of judged articles as JSONL, as meetings.jsonl has them."""
    with path.open("wb") as file:
        for item, groups in zip(held, judged, strict=True):
            for meeting in item.meetings(item.decide(groups, thresholds)):
                file.write(dump_line(to_json(meeting)))
