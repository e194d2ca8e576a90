"""The trained line model: plain numbers in a file, read with numpy, no code in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from whomet.clean.features import Matrix, lexical_items
from whomet.errors import ModelError
from whomet.models import models_folder

CLASSES: Final = ("boilerplate", "body", "comment")
"""What the model tells apart; the finer labels are read off the body and the boilerplate."""
BATCH = 256
COLUMNS_AT_ONCE = 32
ONE_THREAD = 262_144
"""A matrix product of fewer multiplications stays on one thread in OpenBLAS. More threads make one page a little faster,
and a machine whose processors are all busy with pages several times slower."""
FOLDER = "lines"
WEIGHTS = "weights.npz"
WORDS = "words.txt"


@dataclass(frozen=True, slots=True)
class LineModel:
    """A wording model (a score of each class for each known word) under a small network over a line and its context."""

    words: dict[str, int]
    wording: Matrix
    bias: Matrix
    mean: Matrix
    scale: Matrix
    layers: tuple[tuple[Matrix, Matrix], ...]
    transitions: Matrix
    blocks: tuple[Matrix, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        weights = self.layers[0][0] if self.layers else np.zeros((0, 0), np.float32)
        cuts = range(0, weights.shape[1], COLUMNS_AT_ONCE)
        blocks = tuple(np.ascontiguousarray(weights[:, start : start + COLUMNS_AT_ONCE]) for start in cuts)
        object.__setattr__(self, "blocks", blocks)

    def wording_scores(self, folded: Sequence[str]) -> Matrix:
        """The score of each class by the words of each folded line."""
        known = self.words
        found = [[known[item] for item in dict.fromkeys(lexical_items(key)) if item in known] for key in folded]
        scores = np.tile(self.bias, (len(folded), 1))
        filled = [index for index, ids in enumerate(found) if ids]
        if filled:
            flat = np.fromiter((number for index in filled for number in found[index]), dtype=np.int64)
            starts = np.cumsum([0, *(len(found[index]) for index in filled[:-1])])
            scores[filled] += np.add.reduceat(self.wording[flat], starts, axis=0)
        return scores

    def log_probabilities(self, rows: Matrix) -> Matrix:
        """Log probability of each class (columns) for each line, from the rows that `with_context` gives."""
        parts = [self._forward(rows[start : start + BATCH]) for start in range(0, len(rows), BATCH)]
        return np.vstack(parts)

    def _forward(self, rows: Matrix) -> Matrix:
        values = np.clip((rows - self.mean) * self.scale, -6.0, 6.0)
        (_, bias), (weights, last_bias) = self.layers
        hidden = np.maximum(_product(values, self.blocks) + bias, 0.0)
        scores = hidden @ weights + last_bias
        scores -= scores.max(axis=1, keepdims=True)
        logarithms: Matrix = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return logarithms


def _product(rows: Matrix, blocks: tuple[Matrix, ...]) -> Matrix:
    """The matrix product of rows and weights that are cut into blocks of columns, in pieces that stay on one thread."""
    inputs = blocks[0].shape[0]
    step = max(2, ONE_THREAD // (inputs * COLUMNS_AT_ONCE))
    product = np.empty((len(rows), sum(block.shape[1] for block in blocks)), np.float32)
    for start in range(0, len(rows), step):
        piece = rows[start : start + step]
        column = 0
        for block in blocks:
            product[start : start + step, column : column + block.shape[1]] = piece @ block
            column += block.shape[1]
    return product


@cache
def load_line_model() -> LineModel:
    """The line model that comes with whomet, read once per process. Raises ModelError when it is missing or damaged."""
    return read_line_model(models_folder() / FOLDER)


def read_line_model(folder: Path) -> LineModel:
    """The line model of a folder. Raises ModelError when its files are missing or damaged or do not fit each other."""
    try:
        words = (folder / WORDS).read_text(encoding="utf-8").split("\n")[:-1]
        with np.load(folder / WEIGHTS, allow_pickle=False) as stored:
            arrays = {name: stored[name].astype(np.float32) for name in stored.files}
        count = sum(name.startswith("layer_") for name in arrays)
        layers = tuple((arrays[f"layer_{index}"], arrays[f"bias_{index}"]) for index in range(count))
        model = LineModel(
            words={word: index for index, word in enumerate(words)},
            wording=arrays["wording"],
            bias=arrays["wording_bias"],
            mean=arrays["mean"],
            scale=arrays["scale"],
            layers=layers,
            transitions=arrays["transitions"],
        )
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise ModelError(f"line model in {folder} cannot be read: {error}") from error
    if len(words) != len(model.wording):
        raise ModelError(f"line model in {folder}: {len(words)} words, {len(model.wording)} rows of weights")
    return model


def write_line_model(model: LineModel, folder: Path) -> None:
    """Write the model as `words.txt` and `weights.npz` (half precision) into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WORDS).write_text("".join(f"{word}\n" for word in model.words), encoding="utf-8")
    arrays = {"wording": model.wording, "wording_bias": model.bias, "mean": model.mean, "scale": model.scale}
    arrays["transitions"] = model.transitions
    for index, (weights, bias) in enumerate(model.layers):
        arrays[f"layer_{index}"] = weights
        arrays[f"bias_{index}"] = bias
    halves: dict[str, Any] = {name: values.astype(np.float16) for name, values in arrays.items()}
    np.savez_compressed(folder / WEIGHTS, **halves)
