"""The reader as a torch module: the same heads as `whomet.relations.reader.model`, with what training needs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from whomet.records import FORMS, STATUSES
from whomet.relations.reader.material import MENTION_FEATURES, PAIR_FEATURES
from whomet.relations.reader.model import FAR, SENTENCES, SLOTS, distance_classes
from whomet.teach.examples import Example

WIDTH = 96
"""Units of the products between candidate and token, for each slot."""
PAIR_UNITS = 96
FROZEN = 2
"""Lowest layers of the encoder that keep their weights, beside the embeddings."""
DROPOUT = 0.1
ODDS_BEFORE = (-2.0, -5.5, -4.0, -5.0, -2.0)
"""Log odds of a slot before anything is learned: most tokens fill none."""
GRAMMAR_BEFORE = (2.0, 0.5, 2.0, 2.5, 2.5)
"""What the grammar's fills add to the log odds before anything is learned."""
MENTION_BEFORE = (0.5, 0.3, 0.3, -0.1, 0.5, 0.5, 0.3, 0.2, 0.0, -0.3)
PAIR_BEFORE = (2.0, -2.0, 0.3, -0.3, 0.7, 0.3, -0.2)
OUTSIDE = 0.6
"""Weight of candidates outside all evidence: some of them do tell of a meeting."""


class Reader(nn.Module):
    """The encoder and its heads. encoder: folder of the weights to start from."""

    def __init__(self, encoder: Path) -> None:
        super().__init__()
        # No dropout of attention: on a CPU its random numbers would take longer than all the rest of a step.
        options = {"add_pooling_layer": False, "attn_implementation": "sdpa", "attention_probs_dropout_prob": 0.0}
        self.encoder = BertModel.from_pretrained(str(encoder), **options)
        units, slots = self.encoder.config.hidden_size, len(SLOTS)
        self.dropout = nn.Dropout(DROPOUT)
        self.mention, self.mention_f = nn.Linear(units, 1), nn.Linear(MENTION_FEATURES, 1, bias=False)
        self.status, self.status_f = nn.Linear(units, len(STATUSES)), nn.Linear(len(STATUSES), len(STATUSES), bias=False)
        self.form, self.form_f = nn.Linear(units, len(FORMS)), nn.Linear(len(FORMS), len(FORMS), bias=False)
        self.query, self.key = nn.Linear(units, slots * WIDTH), nn.Linear(units, slots * WIDTH)
        self.query_bias, self.key_bias = nn.Linear(units, slots), nn.Linear(units, slots)
        self.distance, self.sentences = nn.Embedding(2 * FAR + 2, slots), nn.Embedding(2 * SENTENCES + 1, slots)
        self.pair = nn.Sequential(nn.Linear(3 * units, PAIR_UNITS), nn.GELU(approximate="tanh"), nn.Linear(PAIR_UNITS, 1))
        self.pair_f = nn.Linear(PAIR_FEATURES, 1, bias=False)
        self.grammar = nn.Parameter(torch.tensor(GRAMMAR_BEFORE))
        self._begin()

    def _begin(self) -> None:
        """Start from what the grammar says, so that training only has to correct it."""
        with torch.no_grad():
            nn.init.zeros_(self.distance.weight)
            nn.init.zeros_(self.sentences.weight)
            self.query_bias.bias.copy_(torch.tensor(ODDS_BEFORE))
            self.mention_f.weight.copy_(torch.tensor([MENTION_BEFORE]))
            self.pair_f.weight.copy_(torch.tensor([PAIR_BEFORE]))
            self.status_f.weight.copy_(torch.eye(len(STATUSES)) * 2)
            self.form_f.weight.copy_(torch.eye(len(FORMS)) * 2)
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:FROZEN]):
            for parameter in part.parameters():
                parameter.requires_grad = False

    def vectors(self, pieces: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """(B, X, H) vectors of the tokens whose first pieces stand at `first` (B, X); pieces and mask: (B, L)."""
        hidden = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        return self.dropout(torch.gather(hidden, 1, first.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])))

    def losses(self, example: Example, vectors: Tensor) -> dict[str, Tensor]:
        """Losses of one window by what is learned, each a sum. vectors: (X, H)."""
        item = example.item
        own = vectors[list(item.positions)]
        mention = (self.mention(own) + self.mention_f(_tensor(item.mention)))[:, 0]
        inside = _tensor(example.inside)
        found = {"mention": _bce(mention, inside, weight=torch.where(inside > 0, 1.0, OUTSIDE)).sum()}
        rows = list(example.taught)
        if not rows:
            return found
        status = (self.status(own) + self.status_f(_tensor(item.status)))[rows]
        form = (self.form(own) + self.form_f(_tensor(item.form)))[rows]
        found["status"] = functional.cross_entropy(status, torch.tensor(example.status), reduction="sum")
        found["form"] = 0.3 * functional.cross_entropy(form, torch.tensor(example.form), reduction="sum")
        odds = self._slots(own[rows], vectors, np.array(item.positions)[rows], np.array(item.sentences))
        topic, place = _tensor(item.topic)[rows], _tensor(item.place)[rows]
        found["start"] = 0.3 * _bce(odds[..., 1] + self.grammar[1] * topic, _tensor(example.topic_start), 1.5).sum()
        found["topic"] = 0.1 * _bce(odds[..., 2] + self.grammar[2] * topic, _tensor(example.topic), 1.5).sum()
        found["place"] = 0.25 * _bce(odds[..., 3] + self.grammar[3] * place, _tensor(example.place), 1.5).sum()
        if item.columns:
            part = torch.stack([torch.logsumexp(odds[:, list(columns), 0], 1) for columns in item.columns], 1)
            part = part + self.grammar[0] * _tensor(item.part)[rows]
            found["part"] = 0.5 * _bce(part, _tensor(example.part), 1.3).sum()
        if item.times:
            time = torch.stack([odds[:, start:end, 4].mean(1) for _, start, end in item.times], 1)
            found["time"] = 0.5 * _bce(time + self.grammar[4] * _tensor(item.time)[rows], _tensor(example.time), 1.5).sum()
        if example.pairs:
            left, right = (own[list(side)] for side in zip(*example.pairs, strict=True))
            pair = self.pair(torch.cat([left, right, left * right], -1)) + self.pair_f(_tensor(example.extra))
            scale = 0.7 * min(1.0, 2 * len(rows) / len(example.pairs))
            same = _tensor(example.same)
            found["pair"] = scale * functional.binary_cross_entropy_with_logits(pair[:, 0], same, reduction="sum")
        return found

    def _slots(self, own: Tensor, vectors: Tensor, at: Any, sentences: Any) -> Tensor:
        """(T, X, 5) log odds of each token for each candidate, by slot."""
        asked = self.query(own).view(len(own), len(SLOTS), WIDTH)
        given = self.key(vectors).view(len(vectors), len(SLOTS), WIDTH)
        odds = torch.einsum("tkd,xkd->txk", asked, given) / WIDTH**0.5
        steps = np.clip(sentences[None] - sentences[at][:, None], -SENTENCES, SENTENCES) + SENTENCES
        classes = distance_classes(np.arange(len(vectors))[None] - at[:, None])
        odds = odds + self.key_bias(vectors)[None] + self.query_bias(own)[:, None]
        return odds + self.distance(torch.from_numpy(classes)) + self.sentences(torch.from_numpy(steps))

    def heads(self) -> dict[str, Any]:
        """The arrays of all heads, by the names that `score_heads` reads."""
        return {
            name: value.detach().float().numpy() for name, value in self.state_dict().items() if not name.startswith("encoder.")
        }


def collate(examples: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces, mask (B, L) and first pieces (B, X) of windows, padded."""
    windows = [example.item.window for example in examples]
    pieces = torch.zeros(len(windows), max(len(window.pieces) for window in windows), dtype=torch.long)
    mask = torch.zeros_like(pieces)
    first = torch.zeros(len(windows), max(len(window.first) for window in windows), dtype=torch.long)
    for row, window in enumerate(windows):
        pieces[row, : len(window.pieces)] = torch.tensor(window.pieces)
        mask[row, : len(window.pieces)] = 1
        first[row, : len(window.first)] = torch.tensor(window.first)
    return pieces, mask, first


def _tensor(array: Any) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(array))


def _bce(odds: Tensor, wanted: Tensor, positive: float = 1.0, weight: Tensor | None = None) -> Tensor:
    """Cross entropy of each entry, 0 where it is not known (-1); `positive` is the weight of right ones."""
    loss = functional.binary_cross_entropy_with_logits(
        odds, wanted.clamp(min=0), reduction="none", pos_weight=torch.tensor(positive)
    )
    loss = loss * (wanted >= 0)
    return loss if weight is None else loss * weight
