"""The heads in torch, which are trained, and in NumPy, which read: the same scores. Needs the group `train`."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the dependency group `train` is not installed")
transformers = pytest.importorskip("transformers", reason="the dependency group `train` is not installed")

UNITS, TOKENS = 32, 9


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from whomet.teach.network import Reader

    folder = tmp_path_factory.mktemp("tiny")
    config = transformers.BertConfig(
        vocab_size=30522, hidden_size=UNITS, num_hidden_layers=3, num_attention_heads=2, intermediate_size=64
    )
    torch.manual_seed(1)
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    made = Reader(folder)
    for name, parameter in made.named_parameters():
        if not name.startswith("encoder."):
            torch.nn.init.normal_(parameter, std=0.2)
    return made.eval()


def make_item() -> Any:
    from whomet.relations.reader.material import WindowInput
    from whomet.relations.reader.pieces import Window

    rng = np.random.default_rng(3)
    window = Window(tuple(range(TOKENS)), (101, *range(1000, 1000 + TOKENS), 102), tuple(range(1, TOKENS + 1)), 0, TOKENS)

    def table(*shape: int) -> Any:
        return rng.integers(0, 2, shape).astype(np.float32)

    return WindowInput(
        window=window,
        candidates=(0, 1),
        positions=(2, 6),
        sentences=(0, 0, 0, 0, 1, 1, 1, 2, 2),
        keys=(("a",), ("b",)),
        columns=((0, 4), (8,)),
        times=((0, 1, 3),),
        mention=table(2, 10),
        status=table(2, 5),
        form=table(2, 4),
        part=table(2, 2),
        topic=table(2, TOKENS),
        place=table(2, TOKENS),
        time=table(2, 1),
    )


def test_losses_are_those_of_the_scores_that_numpy_computes(network: Any) -> None:
    from whomet.relations.reader.model import pair_odds, score_heads
    from whomet.teach.examples import Example

    item = make_item()
    ones = np.ones
    example = Example(
        item=item,
        inside=ones(2, np.float32),
        taught=(0, 1),
        status=(3, 0),
        form=(1, 2),
        part=ones((2, 2), np.float32),
        time=ones((2, 1), np.float32),
        topic=ones((2, TOKENS), np.float32),
        topic_start=ones((2, TOKENS), np.float32),
        place=ones((2, TOKENS), np.float32),
        pairs=((0, 1),),
        same=ones(1, np.float32),
        extra=ones((1, 7), np.float32),
    )
    with torch.no_grad():
        vectors = network.vectors(
            torch.tensor([item.window.pieces]), torch.ones(1, TOKENS + 2), torch.tensor([item.window.first])
        )[0]
        losses = {name: float(loss) for name, loss in network.losses(example, vectors).items()}
    heads = network.heads()
    scores = score_heads(heads, vectors.numpy(), item)
    log_of = lambda odds: float(np.log1p(np.exp(-odds)).sum())  # noqa: E731 - minus the log of the chances, summed
    expected = {
        "mention": -float(np.log(scores.mention).sum()),
        "status": -float(scores.status[0, 3] + scores.status[1, 0]),
        "form": -0.3 * float(scores.form[0, 1] + scores.form[1, 2]),
        "topic": 0.1 * 1.5 * log_of(scores.topic),
        "place": 0.25 * 1.5 * log_of(scores.place),
        "part": 0.5 * 1.3 * log_of(scores.part),
        "time": 0.5 * 1.5 * log_of(scores.time),
        "pair": 0.7 * log_of(pair_odds(heads, scores.vectors[:1], scores.vectors[1:], example.extra)),
    }
    assert losses.keys() == {*expected, "start"}
    for name, loss in expected.items():
        assert math.isclose(losses[name], loss, rel_tol=2e-3), name


def test_what_is_not_known_teaches_nothing() -> None:
    from whomet.teach.network import _bce

    loss = _bce(torch.tensor([[2.0, 2.0]]), torch.tensor([[-1.0, 0.0]]))
    assert float(loss[0, 0]) == 0
    assert float(loss[0, 1]) > 1


def test_the_written_encoder_reads_like_the_trained_one(network: Any, tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="the dependency group `train` is not installed")
    import onnxruntime

    from whomet.relations.reader.model import ENCODER, HEADS, score_heads
    from whomet.teach.reader import write_encoder

    with pytest.warns():
        write_encoder(network, tmp_path)
    item = make_item()
    pieces, first = np.array([item.window.pieces], np.int64), np.array(item.window.first, np.int64)
    with torch.no_grad():
        vectors = network.vectors(torch.from_numpy(pieces), torch.ones(1, TOKENS + 2), torch.from_numpy(first)[None])[0]
    (read,) = onnxruntime.InferenceSession(str(tmp_path / ENCODER)).run(None, {"pieces": pieces, "first": first})
    with np.load(tmp_path / HEADS) as arrays:
        heads = {name: arrays[name].astype(np.float32) for name in arrays.files}
    exact, written = score_heads(network.heads(), vectors.numpy(), item), score_heads(heads, read, item)
    assert np.corrcoef(vectors.numpy().ravel(), read.ravel())[0, 1] > 0.9
    assert np.abs(exact.mention - written.mention).max() < 0.2


def test_trees_come_out_of_the_file_as_they_went_in(tmp_path: Path) -> None:
    lightgbm = pytest.importorskip("lightgbm", reason="the dependency group `train` is not installed")
    import onnxruntime

    from whomet.teach.trees import SETTINGS, to_onnx

    rng = np.random.default_rng(5)
    table = rng.integers(-9, 9, (400, 6)).astype(np.float32)
    right = (table[:, 0] + table[:, 3] > 1).astype(np.float32)
    model = lightgbm.train({**SETTINGS, "num_threads": 1}, lightgbm.Dataset(table, right), 20)
    session = onnxruntime.InferenceSession(to_onnx(model.dump_model(), 6))
    (odds,) = session.run(None, {"figures": table})
    assert np.allclose(odds[:, 0], model.predict(table, raw_score=True), atol=1e-4)
