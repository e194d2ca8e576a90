"""Train the line model: `python -m whomet.clean.train PAGES.jsonl.gz -o models/lines`. Needs scikit-learn (a development tool).

Trained on the sets named in `TRAINED_ON` and on pages of our own writing; other sets of the file are measured only. The
outlets of one fold of five are held out: a model of the other four is measured on them, then the model that is written is
trained on all five. The same pages and seed give the same files, if numpy computes on one thread (OPENBLAS_NUM_THREADS=1).
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse  # type: ignore[import-untyped, import-not-found, unused-ignore]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped, import-not-found, unused-ignore]

from whomet.clean.card import write_card
from whomet.clean.decide import section_rows
from whomet.clean.features import Matrix, lexical_items, read_lines
from whomet.clean.measure import measure
from whomet.clean.model import CLASSES, LineModel, write_line_model
from whomet.clean.network import Layers, Schedule, fit_network, merge_networks
from whomet.clean.pages import CHECK_FOLD, FOLDS, LabelledPage, other_shapes, read_labelled, read_own, with_folds, without_head
from whomet.clean.synthetic import Form, read_forms, with_comments
from whomet.errors import SetupError

TRAINED_ON = ("dragnet_data", "article-extraction-benchmark", "pages", "own")
"""Sets whose licence lets a model trained on them be given away."""
PARAGRAPHS_ONLY = "article-extraction-benchmark"
MIN_OUTLETS = 8
"""A word that fewer outlets use is left out of the wording model."""
WORDING_STRENGTH = 0.3
TRANSITION_STRENGTH = 0.15
NETWORKS = 3
SPREAD = 1e-2


@dataclass(frozen=True, slots=True)
class Read:
    """A page as numbers, before its context."""

    page: LabelledPage
    form: Matrix
    folded: list[str]
    kinds: list[str | None]


def read_page(page: LabelledPage) -> Read:
    """The numbers of a page's lines."""
    form, folded, kinds = read_lines(page.lines)
    return Read(page, form, folded, kinds)


def fit_wording(pages: Sequence[Read], words: dict[str, int]) -> tuple[Matrix, Matrix]:
    """A score of each class for each word, and the bias: multinomial logistic regression over the certain lines."""
    rows: list[int] = []
    columns: list[int] = []
    classes: list[int] = []
    weights: list[float] = []
    for read in pages:
        for key, label, count, known in zip(read.folded, read.page.classes, read.page.words, read.page.known, strict=True):
            if known:
                found = {words[item] for item in lexical_items(key) if item in words}
                rows += [len(classes)] * len(found)
                columns += sorted(found)
                classes.append(label)
                weights.append(count**0.5)
    matrix = sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(classes), len(words)))
    fitted = LogisticRegression(C=WORDING_STRENGTH, max_iter=100, tol=1e-3).fit(matrix, classes, sample_weight=weights)
    return fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32)


def vocabulary(pages: Sequence[Read]) -> dict[str, int]:
    """The words that enough outlets use, numbered in order."""
    outlets: dict[str, set[str]] = defaultdict(set)
    for read in pages:
        for item in {item for key in set(read.folded) for item in lexical_items(key)}:
            outlets[item].add(read.page.outlet)
    return {
        item: number for number, item in enumerate(sorted(item for item, seen in outlets.items() if len(seen) >= MIN_OUTLETS))
    }


def transitions(pages: Sequence[LabelledPage]) -> Matrix:
    """How much more often one class follows another than it stands anywhere, as weakened logarithms."""
    counts = np.ones((len(CLASSES), len(CLASSES)))
    for page in pages:
        for before, after in zip(page.classes, page.classes[1:], strict=False):
            counts[before, after] += 1
    ratio = counts / counts.sum(axis=1, keepdims=True) / (counts.sum(axis=0) / counts.sum())
    strength: Matrix = (TRANSITION_STRENGTH * np.log(ratio)).astype(np.float32)
    return strength


def fit_model(pages: Sequence[LabelledPage], forms: Sequence[Form], seed: int, schedule: Schedule) -> LineModel:
    """A line model of the pages.

    The wording scores that the network learns from come from models that did not see the outlet, and never from made pages.
    """
    reads = [read_page(page) for page in pages]
    made = list(with_comments(pages, forms, seed))
    words = vocabulary(reads)
    width = len(CLASSES)
    nothing = np.zeros(0, np.float32)
    none = LineModel(words, np.zeros((len(words), width), np.float32), np.zeros(width, np.float32), nothing, nothing, (), nothing)
    parts: list[Matrix] = []
    classes: list[int] = []
    weights: list[float] = []
    for fold in range(FOLDS):
        others = [read for read in reads if read.page.fold != fold]
        mine = [shape for page in pages if page.fold == fold for shape in (page, *other_shapes(page, seed))]
        mine += [page for page in made if page.fold == fold]
        if not mine:
            continue
        wording, bias = fit_wording(others, words)
        judge = replace(none, wording=wording, bias=bias)
        for page in mine:
            rows, known = _rows(judge, read_page(page))
            parts.append(rows)
            classes += [label for label, sure in zip(page.classes, known, strict=True) if sure]
            weights += [count**0.5 + count / 20 for count, sure in zip(page.words, known, strict=True) if sure]
    wording, bias = fit_wording(reads, words)
    rows = np.vstack(parts)
    del parts
    mean, scale = rows.mean(axis=0), 1.0 / (rows.std(axis=0) + SPREAD)
    rows -= mean
    rows *= scale
    np.clip(rows, -6.0, 6.0, out=rows)
    layers = _networks(rows, np.array(classes), np.array(weights, np.float32), seed, schedule)
    return LineModel(words, wording, bias, mean, scale, layers, transitions(pages))


def _rows(judge: LineModel, read: Read) -> tuple[Matrix, tuple[bool, ...]]:
    sections = section_rows(read.form, read.folded, read.kinds, read.page.blanks, judge.wording_scores(read.folded))
    return np.vstack(list(sections))[np.array(read.page.known, bool)], read.page.known


def _networks(rows: Matrix, classes: npt.NDArray[np.int64], weights: Matrix, seed: int, schedule: Schedule) -> Layers:
    return merge_networks(
        [fit_network(rows, classes, weights, len(CLASSES), seed + number, schedule) for number in range(NETWORKS)]
    )


def load_pages(path: Path, own: Path) -> tuple[list[LabelledPage], list[LabelledPage]]:
    """The pages to train on, in folds, and the pages to measure only."""
    pages = with_folds([*read_labelled(path), *(read_own(own) if own.is_file() else ())])
    pages = [without_head(page) if page.set.startswith(PARAGRAPHS_ONLY) else page for page in pages if page.lines]
    learned = [page for page in pages if page.set.startswith(TRAINED_ON)]
    return learned, [page for page in pages if not page.set.startswith(TRAINED_ON)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, measure on held-out outlets, write weights, words and card. Exit code 2 when the pages cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m whomet.clean.train", description="Train the line model.")
    parser.add_argument("pages", type=Path, help="labelled pages, .jsonl or .jsonl.gz")
    parser.add_argument("-o", "--out", type=Path, default=Path("models/lines"), help="folder of the model (default: %(default)s)")
    parser.add_argument("--held-out", type=Path, help="folder for the model that did not see the check outlets")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    try:
        learned, measured = load_pages(options.pages, options.out / "own_pages.txt")
        forms = read_forms(options.out / "comment_forms.txt")
    except SetupError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    tune = [page for page in learned if page.fold != CHECK_FOLD]
    check = [page for page in learned if page.fold == CHECK_FOLD]
    held_out = fit_model(tune, forms, options.seed, Schedule())
    if options.held_out is not None:
        write_line_model(held_out, options.held_out)
    figures = [
        (part, name, label, measure(held_out, chosen, label))
        for part, pages in (("tune", tune), ("check", check), ("measured only", measured))
        for name in sorted({page.set for page in pages})
        for label in ("body", "comment")
        if (chosen := [page for page in pages if page.set == name])
    ]
    for part, name, label, figure in figures:
        print(f"{part:14s} {name:36s} {label:8s} F1 {figure.f1:5.1f}  page mean {figure.page_mean:5.1f}  pages {figure.pages}")
    model = fit_model(learned, forms, options.seed, Schedule())
    write_line_model(model, options.out)
    write_card(options.out, model, learned, figures, seed=options.seed, networks=NETWORKS, outlets=MIN_OUTLETS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
