"""Fit the confidence of meetings on annotated articles: `python -m whomet.calibrate GOLD.jsonl [--out models/confidence]`.

A meeting counts as right when it is paired with a gold meeting and has its status. Outlets are split by a hash of their
name: two fifths are held out to check, and the weights that are written are fitted on all. Needs the dependency group `train`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from whomet.build import build_pipeline
from whomet.config import Config
from whomet.evaluate import scored_meeting
from whomet.evaluate.alignment import align
from whomet.evaluate.calibration import calibration_error, reliability
from whomet.files import read_articles
from whomet.records import Article, Meeting, to_json
from whomet.relations.confidence import features
from whomet.run import run

FOLDER = Path("models/confidence")


def is_check(outlet: str) -> bool:
    """Whether an outlet is held out."""
    return int(hashlib.md5(outlet.encode(), usedforsecurity=False).hexdigest(), 16) % 5 < 2


def judge(article: Article, gold: Sequence[Any]) -> list[tuple[Meeting, bool]]:
    """The meetings of an article, each with whether it is right."""
    wanted = tuple(scored_meeting(item) for item in gold)
    found = tuple(scored_meeting(to_json(item)) for item in article.meetings)
    right = {id(pair.predicted) for pair in align(wanted, found).pairs if pair.gold.status == pair.predicted.status}
    return [(meeting, id(scored) in right) for meeting, scored in zip(article.meetings, found, strict=True)]


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
    annotated = {row["id"]: row for path in gold for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    judged: list[tuple[str, dict[str, float], bool]] = []
    config = Config()
    for outcome in run(read_articles(gold), config, pipeline=build_pipeline(config)):
        if isinstance(outcome, Article):
            row = annotated[outcome.id]
            judged += [(row["outlet"], features(meeting), right) for meeting, right in judge(outcome, row["meetings"])]
    tune = [item for item in judged if not is_check(item[0])]
    check = [item for item in judged if is_check(item[0])]
    weights = fit([row for _, row, _ in tune], [right for _, _, right in tune])
    bins = reliability((_probability(weights, row), right) for _, row, right in check)
    error = calibration_error(bins)
    click.echo(f"fitted on {len(tune)} meetings, checked on {len(check)} of other outlets: calibration error {error:.3f}")
    for item in bins:
        click.echo(f"  confidence {item.confidence:.2f}: {item.right:.2f} right of {item.meetings}")
    weights = fit([row for _, row, _ in judged], [right for _, _, right in judged])
    out.mkdir(parents=True, exist_ok=True)
    (out / "weights.json").write_text(json.dumps({"weights": weights}, indent=1) + "\n", encoding="utf-8")


def _probability(weights: dict[str, float], row: dict[str, float]) -> float:
    from math import exp

    return 1 / (1 + exp(-sum(weights.get(name, 0.0) * value for name, value in row.items())))


if __name__ == "__main__":
    main()
