"""Boosted trees that score what may fill a slot; trained with LightGBM, written as ONNX."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from whomet.evaluate.likeness import is_same_place, is_same_topic
from whomet.relations.reader.features import Figures, as_table
from whomet.relations.reader.material import Material
from whomet.relations.reader.model import TREES
from whomet.relations.reader.slots import near_slots, slot_figures
from whomet.teach.labels import Labels

SETTINGS = {
    "objective": "binary",
    "num_leaves": 15,
    "learning_rate": 0.05,
    "min_data_in_leaf": 15,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 3.0,
    "max_bin": 63,
    "seed": 1,
    "deterministic": True,
    "verbose": -1,
}
ROUNDS = {"participant": 300, "time": 150, "place": 150, "topic": 300}


@dataclass(frozen=True, slots=True)
class Rows:
    """Figures of one slot and whether each is right."""

    figures: list[Figures] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)


def add_rows(rows: Mapping[str, Rows], material: Material, labels: Labels, meetings: Sequence[Mapping[str, Any]]) -> None:
    """Add what the candidates of one annotated Doc teach; what is not known for sure is left out."""
    for item, number in zip(material.candidates, labels.told, strict=True):
        if number is None or number < 0:
            continue
        near, gold, meeting = near_slots(item, material), labels.slots[number], meetings[number]
        figures = slot_figures(item, material, near)
        right: dict[str, list[bool | None]] = {
            "participant": [None if key in gold.doubtful else key in gold.actors for key in near.actors],
            "time": [place in gold.times for place in near.times],
            "place": [_is_any(material.places[place].span.text, meeting["places"], is_same_place) for place in near.places],
            "topic": [_is_any(material.topics[place].span.text, meeting["topics"], is_same_topic) for place in near.topics],
        }
        for slot, found in rows.items():
            for row, known in zip(figures[slot], right[slot], strict=True):
                if known is not None:
                    found.figures.append(row)
                    found.right.append(known)


def _is_any(text: str, wanted: Iterable[str], is_same: Any) -> bool:
    return any(is_same(quote, text) for quote in wanted)


def train_trees(rows: Mapping[str, Rows], out: Path) -> None:
    """Fit the first trees of every slot and write them to OUT/trees_SLOT.onnx."""
    for slot in TREES:
        write_trees(fit_trees(as_table(rows[slot].figures), rows[slot].right, ROUNDS[slot], SETTINGS), out / f"trees_{slot}.onnx")


def fit_trees(table: Any, right: Any, rounds: int, settings: Mapping[str, Any]) -> Any:
    """A LightGBM booster for figures (N, F) and whether each row is right (N,)."""
    import lightgbm

    data = lightgbm.Dataset(table, np.array(right, np.float32))
    return lightgbm.train({**settings, "num_threads": 1}, data, rounds)


def write_trees(booster: Any, path: Path) -> None:
    """Write a booster as ONNX."""
    path.write_bytes(to_onnx(booster.dump_model(), booster.num_feature()))


def to_onnx(model: Mapping[str, Any], width: int) -> bytes:
    """The ONNX form of a LightGBM dump: figures (N, width) in, log odds (N, 1) out."""
    from onnx import TensorProto, checker, helper

    columns: dict[str, list[Any]] = {
        name: []
        for name in (
            "nodes_treeids nodes_nodeids nodes_featureids nodes_values nodes_modes nodes_truenodeids nodes_falsenodeids "
            "target_treeids target_nodeids target_ids target_weights"
        ).split()
    }
    for number, tree in enumerate(model["tree_info"]):
        _add_tree(columns, number, tree["tree_structure"])
    settings: dict[str, Any] = {"domain": "ai.onnx.ml", "n_targets": 1, "post_transform": "NONE", **columns}
    node = helper.make_node("TreeEnsembleRegressor", ["figures"], ["odds"], **settings)
    graph = helper.make_graph(
        [node],
        "trees",
        [helper.make_tensor_value_info("figures", TensorProto.FLOAT, [None, width])],
        [helper.make_tensor_value_info("odds", TensorProto.FLOAT, [None, 1])],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)])
    made.ir_version = 8
    checker.check_model(made)
    return bytes(made.SerializeToString())


def _add_tree(columns: dict[str, list[Any]], tree: int, root: Mapping[str, Any]) -> None:
    """Append the nodes of one tree, numbered in the order in which they are met."""
    waiting = [root]
    number = 0
    while number < len(waiting):
        node = waiting[number]
        inner = "split_feature" in node
        columns["nodes_treeids"].append(tree)
        columns["nodes_nodeids"].append(number)
        columns["nodes_featureids"].append(int(node["split_feature"]) if inner else 0)
        columns["nodes_values"].append(_float_below(node["threshold"]) if inner else 0.0)
        columns["nodes_modes"].append("BRANCH_LEQ" if inner else "LEAF")
        columns["nodes_truenodeids"].append(len(waiting) if inner else 0)
        columns["nodes_falsenodeids"].append(len(waiting) + 1 if inner else 0)
        if inner:
            waiting += [node["left_child"], node["right_child"]]
        else:
            columns["target_treeids"].append(tree)
            columns["target_nodeids"].append(number)
            columns["target_ids"].append(0)
            columns["target_weights"].append(float(node["leaf_value"]))
        number += 1


def _float_below(threshold: float) -> float:
    """The greatest 32-bit number that is not above a threshold, so that comparisons come out as with 64 bits."""
    value = np.float32(threshold)
    return float(np.nextafter(value, np.float32(-np.inf)) if float(value) > threshold else value)
