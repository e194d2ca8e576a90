"""The encoder with its heads: windows in, scores out. Weights in models/reader, made by whomet.teach.

The encoder is an ONNX graph with 8-bit weights; it reads one window at a time on one thread, so that what it says of a window
depends on nothing else. The heads are small and read from an array file (no pickle).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from whomet.errors import ModelError
from whomet.models import file_digest, models_folder
from whomet.relations.reader.features import Figures, as_table
from whomet.relations.reader.material import Candidate, Floats, WindowInput, pair_features

SLOTS = ("participant", "topic_start", "topic", "place", "time")
"""What a token may be to a candidate, in the order of the heads' arrays; where a topic starts is only learned beside."""
TREES = ("participant", "time", "place", "topic")
"""Slots that boosted trees score beside the encoder."""
ENCODER, HEADS, VOCABULARY, CARD = "encoder.onnx", "heads.npz", "vocab.txt", "reader.json"
FIRST_FOREST = tuple(f"trees_{slot}" for slot in TREES)
FOREST = (*FIRST_FOREST, *(f"fills_{slot}" for slot in TREES), "occasion")
"""Boosted trees: of what a candidate says, and of what the candidates of one occasion say together (see judge)."""
FILES = (ENCODER, HEADS, VOCABULARY, *(f"{name}.onnx" for name in FOREST))
FAR = 11
"""Classes of distance in tokens on each side of a candidate."""
SENTENCES = 5
"""Distances in sentences are told apart up to this many on each side."""


@dataclass(frozen=True, slots=True)
class WindowScores:
    """Scores of one window (shapes as in WindowInput; H hidden units, R candidates that are likely enough).

    rows: the R candidates. mention: (R,) probability that they tell of a meeting. status (R, 5), form (R, 4): log
    probabilities. part (R, K), time (R, W), topic and place (R, X): log odds. vectors: (R, H).
    """

    rows: tuple[int, ...]
    mention: Floats
    status: Floats
    form: Floats
    part: Floats
    time: Floats
    topic: Floats
    place: Floats
    vectors: Floats


class ReaderModel:
    """The trained reader. folder: where its files are; they are checked by the hashes in its card `reader.json`.

    forest: the names of its trees; while it is trained some are not there yet.
    """

    def __init__(self, folder: Path, forest: Sequence[str] = FOREST) -> None:
        import onnxruntime

        card = _load_card(folder)
        for name in (ENCODER, HEADS, VOCABULARY, *(f"{name}.onnx" for name in forest)):
            if file_digest(folder / name) != card["sha256"].get(name):
                raise ModelError(f"{folder / name} is not the file that {CARD} describes")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3

        def load(name: str) -> Any:
            return onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])

        try:
            self._session = load(ENCODER)
            self._trees = {name: load(f"{name}.onnx") for name in forest}
            with np.load(folder / HEADS, allow_pickle=False) as arrays:
                self.heads: dict[str, Floats] = {name: arrays[name].astype(np.float32) for name in arrays.files}
        except Exception as error:  # onnxruntime's own exceptions share no base but this
            raise ModelError(f"the reader in {folder} cannot be loaded: {error}") from error
        self.thresholds: dict[str, float] = {name: float(value) for name, value in card["thresholds"].items()}

    def score(self, item: WindowInput, least: float = 0.0) -> WindowScores:
        """What the reader says of the candidates of one window that tell of a meeting with more than the chance `least`."""
        feed = {"pieces": np.array([item.window.pieces], np.int64), "first": np.array(item.window.first, np.int64)}
        vectors: Floats = self._session.run(None, feed)[0]
        return score_heads(self.heads, vectors, item, least)

    def score_trees(self, name: str, rows: Sequence[Figures]) -> Floats:
        """(N,) log odds by one of `FOREST`, for rows of figures (see features and judge)."""
        if not rows:
            return np.zeros(0, np.float32)
        odds: Floats = self._trees[name].run(None, {"figures": as_table(rows)})[0][:, 0]
        return odds

    def score_pairs(self, candidates: Sequence[Candidate], vectors: Floats, sentences: Sequence[int]) -> Floats:
        """(N, N) probability that two candidates tell of the same meeting; vectors: (N, H), in order of the candidates."""
        count = len(candidates)
        scores: Floats = np.zeros((count, count), np.float32)
        for left in range(count - 1):
            rows = range(left + 1, count)
            extra = np.array([pair_features(candidates[left], candidates[right], sentences) for right in rows], np.float32)
            first = np.broadcast_to(vectors[left], (len(rows), vectors.shape[1]))
            odds = pair_odds(self.heads, first, vectors[left + 1 :], extra)
            scores[left, left + 1 :] = scores[left + 1 :, left] = sigmoid(odds)
        return scores


@cache
def load_reader() -> ReaderModel:
    """The reader that whomet ships. Raises ModelError when a file of it is missing or another one."""
    return ReaderModel(models_folder() / "reader")


def _load_card(folder: Path) -> Mapping[str, Any]:
    try:
        card: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
        return {"sha256": dict(card["sha256"]), "thresholds": dict(card["thresholds"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder / CARD} cannot be read: {error}") from error


def sigmoid(odds: Floats) -> Floats:
    """Probabilities of log odds."""
    return (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)


def distance_classes(distances: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Classes 0..2 `FAR` + 1 of distances in tokens: one by one up to three, then by powers."""
    size = np.abs(distances)
    far = 4 + (np.log2(np.maximum(size, 1) / 4) * 1.5).astype(np.int64)
    side = np.minimum(np.where(size < 4, size, far), FAR)
    classes: np.ndarray[Any, Any] = np.where(distances < 0, FAR - side, FAR + 1 + side)
    return classes


def score_heads(heads: Mapping[str, Floats], vectors: Floats, item: WindowInput, least: float = 0.0) -> WindowScores:
    """The scores of a window from its token vectors (X, H): products of candidate and token, and what the grammar says.

    least: candidates with no more than this chance of telling of a meeting are not looked at.
    """
    at = np.array(item.positions)
    own = vectors[at]
    mention = (own @ heads["mention.weight"].T + heads["mention.bias"] + item.mention @ heads["mention_f.weight"].T)[:, 0]
    chances = sigmoid(mention)
    rows = np.flatnonzero(chances > least)
    at, own = at[rows], own[rows]
    odds = _slot_odds(heads, own, vectors, at, np.array(item.sentences))
    weights = heads["grammar"]
    part = np.zeros((len(at), len(item.keys)), np.float32)
    for number, columns in enumerate(item.columns):
        part[:, number] = np.logaddexp.reduce(odds[:, list(columns), 0], axis=1)
    time = np.zeros((len(at), len(item.times)), np.float32)
    for number, (_, start, end) in enumerate(item.times):
        time[:, number] = odds[:, start:end, 4].mean(axis=1)
    status = own @ heads["status.weight"].T + heads["status.bias"] + item.status[rows] @ heads["status_f.weight"].T
    form = own @ heads["form.weight"].T + heads["form.bias"] + item.form[rows] @ heads["form_f.weight"].T
    return WindowScores(
        tuple(rows.tolist()),
        chances[rows],
        _log_shares(status),
        _log_shares(form),
        part + weights[0] * item.part[rows],
        time + weights[4] * item.time[rows],
        odds[..., 2] + weights[2] * item.topic[rows],
        odds[..., 3] + weights[3] * item.place[rows],
        own,
    )


def _slot_odds(
    heads: Mapping[str, Floats], own: Floats, vectors: Floats, at: np.ndarray[Any, Any], sentences: np.ndarray[Any, Any]
) -> Floats:
    """(R, X, 5) log odds of each token for each candidate, by slot. own: (R, H) vectors of candidates at `at`."""
    slots = len(SLOTS)
    if not len(own):
        return np.zeros((0, len(vectors), slots), np.float32)
    asked = (own @ heads["query.weight"].T + heads["query.bias"]).reshape(len(own), slots, -1)
    given = (vectors @ heads["key.weight"].T + heads["key.bias"]).reshape(len(vectors), slots, -1)
    odds: Floats = np.einsum("tkd,xkd->txk", asked, given, optimize=True) / np.sqrt(np.float32(asked.shape[-1]))
    odds += (vectors @ heads["key_bias.weight"].T + heads["key_bias.bias"])[None]
    odds += (own @ heads["query_bias.weight"].T + heads["query_bias.bias"])[:, None]
    odds += heads["distance.weight"][distance_classes(np.arange(len(vectors))[None] - at[:, None])]
    steps = np.clip(sentences[None] - sentences[at][:, None], -SENTENCES, SENTENCES) + SENTENCES
    odds += heads["sentences.weight"][steps]
    return odds


def _log_shares(odds: Floats) -> Floats:
    shares: Floats = odds - np.logaddexp.reduce(odds, axis=1, keepdims=True)
    return shares


def pair_odds(heads: Mapping[str, Floats], first: Floats, second: Floats, extra: Floats) -> Floats:
    """(N,) log odds that candidates tell of the same meeting. first, second: (N, H) vectors; extra: (N, 7) pair features."""
    hidden = np.concatenate([first, second, first * second], axis=1) @ heads["pair.0.weight"].T + heads["pair.0.bias"]
    odds: Floats = _gelu(hidden) @ heads["pair.2.weight"].T + heads["pair.2.bias"] + extra @ heads["pair_f.weight"].T
    return odds[:, 0]


def _gelu(values: Floats) -> Floats:
    """The Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016)."""
    inner = np.float32(np.sqrt(2 / np.pi)) * (values + np.float32(0.044715) * values**3)
    outer: Floats = (0.5 * values * (1 + np.tanh(inner))).astype(np.float32)
    return outer
