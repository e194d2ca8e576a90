"""Fitting the small network of the line model: Adam, dropout, a cosine schedule, a fixed seed; numpy only."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from whomet.clean.features import Matrix

Layers = tuple[tuple[Matrix, Matrix], ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """How a network is fitted; `decay` is the weight decay relative to the learning rate, `smooth` the label smoothing."""

    hidden: int = 64
    epochs: int = 10
    batch: int = 512
    rate: float = 2e-3
    dropout: float = 0.35
    decay: float = 3e-3
    smooth: float = 0.02


def fit_network(
    rows: Matrix, classes: npt.NDArray[np.int64], weights: Matrix, count: int, seed: int, schedule: Schedule
) -> Layers:
    """Weights and biases of a network with one hidden layer, from standardised rows. The same seed gives the same network."""
    chance = np.random.default_rng(seed)
    sizes = (rows.shape[1], schedule.hidden, count)
    parameters = [(chance.standard_normal((a, b)) * np.sqrt(2.0 / a)).astype(np.float32) for a, b in pairwise(sizes)]
    parameters[1] *= np.float32(0.1)
    parameters += [np.zeros(size, np.float32) for size in sizes[1:]]
    moments = [(np.zeros_like(part), np.zeros_like(part)) for part in parameters]
    targets = np.full((len(rows), count), schedule.smooth / count, np.float32)
    targets[np.arange(len(rows)), classes] += np.float32(1.0 - schedule.smooth)
    weights = (weights / weights.mean()).astype(np.float32)
    steps = schedule.epochs * -(-len(rows) // schedule.batch)
    step = 0
    for _ in range(schedule.epochs):
        order = chance.permutation(len(rows))
        for start in range(0, len(rows), schedule.batch):
            chosen = order[start : start + schedule.batch]
            gradients = _gradients(parameters, rows[chosen], targets[chosen], weights[chosen], chance, schedule.dropout)
            step += 1
            rate = schedule.rate * min(1.0, step / 200) * max(0.02, 0.5 * (1 + np.cos(np.pi * step / steps)))
            _adam(parameters, moments, gradients, rate, step, schedule.decay)
    first, second, first_bias, second_bias = parameters
    return (first, first_bias), (second, second_bias)


def _gradients(
    parameters: list[Matrix], rows: Matrix, targets: Matrix, weights: Matrix, chance: np.random.Generator, dropout: float
) -> list[Matrix]:
    first, second, first_bias, second_bias = parameters
    inner = rows @ first + first_bias
    gate = ((inner > 0) & (chance.random(inner.shape, dtype=np.float32) > dropout)).astype(np.float32) / np.float32(1.0 - dropout)
    hidden = inner * gate
    scores = hidden @ second + second_bias
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    error = (scores / scores.sum(axis=1, keepdims=True) - targets) * weights[:, None] / np.float32(len(rows))
    inner_error = (error @ second.T) * gate
    return [rows.T @ inner_error, hidden.T @ error, inner_error.sum(axis=0), error.sum(axis=0)]


def _adam(
    parameters: list[Matrix], moments: list[tuple[Matrix, Matrix]], gradients: list[Matrix], rate: float, step: int, decay: float
) -> None:
    for number, (parameter, (mean, square), gradient) in enumerate(zip(parameters, moments, gradients, strict=True)):
        mean *= np.float32(0.9)
        mean += np.float32(0.1) * gradient
        square *= np.float32(0.999)
        square += np.float32(0.001) * gradient * gradient
        change = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        if number < 2:
            change = change + decay * parameter
        parameter -= (rate * change).astype(np.float32)


def merge_networks(networks: list[Layers]) -> Layers:
    """One network whose scores are the mean of the scores of several."""
    first: Matrix = np.hstack([layers[0][0] for layers in networks])
    first_bias: Matrix = np.concatenate([layers[0][1] for layers in networks])
    second: Matrix = (np.vstack([layers[1][0] for layers in networks]) / len(networks)).astype(np.float32)
    second_bias: Matrix = np.mean(np.stack([layers[1][1] for layers in networks]), axis=0).astype(np.float32)
    return (first, first_bias), (second, second_bias)
