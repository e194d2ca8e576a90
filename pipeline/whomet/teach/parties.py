"""Fit the choice among an article's countries on annotated articles: `python -m whomet.teach.parties GOLD.jsonl [--out FOLDER]`.

Learned from are the annotated people to whom `whomet.entities.choice` offers the article's countries, since nothing beside their
names says whom they speak for. Outlets are split by a hash of their name: two fifths are held out to check, and the weights
that are written are fitted on all. The fit has no randomness. Needs the dependency group `train`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np

from whomet.annotated import is_check, load_annotated, read_annotated
from whomet.build import Pipeline, build_pipeline
from whomet.config import Config
from whomet.entities.choice import LEAST, Figures, weigh
from whomet.entities.names import Names
from whomet.evaluate.calibration import calibration_error, reliability
from whomet.evaluate.likeness import is_same_name, party_key

FOLDER = Path("models/parties")
L2 = 3.0
"""Strength of the penalty on large weights."""


@dataclass(frozen=True, slots=True)
class Example:
    """A person with the parties offered, by their key, and the annotated one; `party` is None where none of them is it."""

    outlet: str
    offered: Mapping[str, Figures]
    party: str | None


def find_examples(rows: Sequence[Mapping[str, Any]], pipeline: Pipeline) -> list[Example]:
    """The annotated people of articles to whom parties are offered."""
    found: list[Example] = []
    for row, _, reading in read_annotated(rows, pipeline):
        if reading is None:
            continue
        persons = Names(reading.doc, reading.view).persons
        annotated = {one["name"]: one for meeting in row["meetings"] for one in meeting["participants"] if one["name"]}
        for name, one in annotated.items():
            fitting = [person for person in persons if is_same_name(name, person.name)]
            person = max(fitting, key=lambda item: len(item.name), default=None)
            if person is None or not person.offered:
                continue
            offered = {party_key(party.name): figures for party, figures in person.offered.items()}
            key = party_key(one["party"]) if one["party"] else None
            found.append(Example(row.get("outlet") or "", offered, key if key in offered else None))
    return found


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Weights of the figures: those under which the annotated choices are likeliest, large ones penalised."""
    from scipy.optimize import minimize

    names = sorted({name for example in examples for row in example.offered.values() for name in row})
    tables = [
        (np.array([[row.get(name, 0.0) for name in names] for row in example.offered.values()]), list(example.offered), example)
        for example in examples
    ]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = L2 / 2 * float(weights @ weights), L2 * weights
        for table, keys, example in tables:
            scores = np.append(table @ weights, 0.0)
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            right = keys.index(example.party) if example.party is not None else len(keys)
            total -= float(np.log(shares[right]))
            shares[right] -= 1.0
            slope = slope + table.T @ shares[:-1]
        return total, slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {name: round(float(weight), 3) for name, weight in zip(names, found, strict=True)}


def check(weights: Mapping[str, float], examples: Sequence[Example]) -> list[tuple[float, bool]]:
    """The chance of the likeliest party of each person, and whether it is the annotated one."""
    chances = [(weigh(weights, example.offered), example.party) for example in examples]
    likeliest = [(max(found, key=lambda key: found[key]), found, party) for found, party in chances]
    return [(found[key], key == party) for key, found, party in likeliest]


@click.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=FOLDER, show_default=True)
def main(gold: tuple[Path, ...], out: Path) -> None:
    """Fit the weights on GOLD (JSONL with id, text, published, outlet, meetings), print the check, write OUT/weights.json."""
    examples = find_examples(load_annotated(gold), build_pipeline(Config(reader="rules")))
    tune = [item for item in examples if not is_check(item.outlet)]
    held_out = [item for item in examples if is_check(item.outlet)]
    said = check(fit(tune), held_out)
    told = [right for chance, right in said if chance >= LEAST]
    bins = reliability(said)
    click.echo(
        f"fitted on {len(tune)} people, checked on {len(held_out)} of other outlets: a party told to {len(told)}, "
        f"right for {sum(told)}; calibration error {calibration_error(bins):.3f}"
    )
    for item in bins:
        click.echo(f"  chance {item.confidence:.2f}: {item.right:.2f} right of {item.meetings}")
    out.mkdir(parents=True, exist_ok=True)
    (out / "weights.json").write_text(json.dumps(fit(examples), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
