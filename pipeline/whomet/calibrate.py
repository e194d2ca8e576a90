"""Fit the confidence of the grammar's meetings on annotated articles: `python -m whomet.calibrate GOLD.jsonl [--out FOLDER]`.

A meeting counts as right when it is paired with a gold meeting and has its status. Outlets are split by a hash of their
name: two fifths are held out to check, and the weights that are written are fitted on all. Needs the dependency group `train`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from whomet.annotated import is_check, load_annotated, read_annotated
from whomet.build import Pipeline, build_pipeline
from whomet.config import Config
from whomet.evaluate import scored_meeting
from whomet.evaluate.alignment import align
from whomet.evaluate.calibration import calibration_error, reliability
from whomet.records import to_json
from whomet.relations.confidence import features
from whomet.relations.meetings import find_occasions, record_meetings

FOLDER = Path("models/confidence")


@dataclass(frozen=True, slots=True)
class Judged:
    """One meeting that was found in an annotated article."""

    outlet: str
    features: dict[str, float]
    right: bool


def judge(rows: Sequence[Mapping[str, Any]], pipeline: Pipeline) -> list[Judged]:
    """The meetings that the grammar reads in annotated articles, each with whether it is right."""
    judged: list[Judged] = []
    for row, published, reading in read_annotated(rows, pipeline):
        if reading is None:
            continue
        found = record_meetings(find_occasions(reading), reading, article=row["id"], published=published)
        scored = tuple(scored_meeting(to_json(meeting)) for meeting in found)
        pairs = align(tuple(scored_meeting(item) for item in row["meetings"]), scored).pairs
        right = {id(pair.predicted) for pair in pairs if pair.gold.status == pair.predicted.status}
        judged += [
            Judged(row.get("outlet") or "", features(meeting), id(item) in right)
            for meeting, item in zip(found, scored, strict=True)
        ]
    return judged


def fit(rows: Sequence[dict[str, float]], right: Sequence[bool]) -> dict[str, float]:
    """Weights of a logistic model, by feature; strong regularisation, no randomness."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectors = DictVectorizer(sparse=False)
    model = LogisticRegression(C=0.5, fit_intercept=False, max_iter=1000).fit(vectors.fit_transform(rows), right)
    return {name: round(float(weight), 3) for name, weight in zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)}


@click.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=FOLDER, show_default=True)
def main(gold: tuple[Path, ...], out: Path) -> None:
    """Fit the weights on GOLD (JSONL with id, text, published, outlet, meetings), print the check, write OUT/weights.json."""
    judged = judge(load_annotated(gold), build_pipeline(Config(reader="rules")))
    tune = [item for item in judged if not is_check(item.outlet)]
    check = [item for item in judged if is_check(item.outlet)]
    fitted = fit([item.features for item in tune], [item.right for item in tune])
    bins = reliability((_probability(fitted, item.features), item.right) for item in check)
    click.echo(
        f"fitted on {len(tune)} meetings, checked on {len(check)} of other outlets: "
        f"calibration error {calibration_error(bins):.3f}"
    )
    for item in bins:
        click.echo(f"  confidence {item.confidence:.2f}: {item.right:.2f} right of {item.meetings}")
    weights = fit([item.features for item in judged], [item.right for item in judged])
    out.mkdir(parents=True, exist_ok=True)
    (out / "weights.json").write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def _probability(weights: dict[str, float], row: dict[str, float]) -> float:
    from math import exp

    return 1 / (1 + exp(-sum(weights.get(name, 0.0) * value for name, value in row.items())))


if __name__ == "__main__":
    main()
