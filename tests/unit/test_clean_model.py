"""The line model: its file, its arithmetic, its training pages; a small one is trained on our own pages."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from whomet.clean.decide import best_path, classify, section_ends
from whomet.clean.features import COLUMN, COLUMNS, page_features, read_lines
from whomet.clean.model import CLASSES, LineModel, _product, load_line_model, read_line_model, write_line_model
from whomet.clean.network import Schedule, fit_network, merge_networks
from whomet.clean.pages import LabelledPage, other_shapes, read_labelled, read_own, with_folds, without_head
from whomet.clean.synthetic import read_forms, with_comments
from whomet.errors import ModelError, SetupError

OWN = Path(__file__).parents[2] / "models" / "lines" / "own_pages.txt"
FORMS = OWN.with_name("comment_forms.txt")
LINES = [
    "Home",
    "Ministers meet in Port Alba",
    "Ada Holm met Jon Berg on Tuesday, a spokesman said.",
    "5 Comments",
    "First!",
    "2 ( +3 / -1 )",
]


def page(lines: list[str], classes: list[int], name: str = "p", outlet: str = "o") -> LabelledPage:
    counts = tuple(len(line.split()) for line in lines)
    return LabelledPage(name, "own", outlet, tuple(lines), (0,) * len(lines), tuple(classes), counts, (True,) * len(lines))


def test_every_column_is_filled_with_a_small_number() -> None:
    form, folded, _ = read_lines([*LINES, "x" * 10_000, "\ud800", "\u200b", "1", "©"])
    rows = page_features(form, folded, [0] * (len(folded) + 1))
    assert rows.shape == (len(folded), len(COLUMNS))
    assert np.isfinite(rows).all()
    assert np.abs(rows).max() < 20
    assert rows[2, COLUMN["prose"]] == 1
    assert rows[5, COLUMN["kind_vote"]] == 1


def total(path: Sequence[int], scores: list[list[float]], steps: list[list[float]], before: int | None) -> float:
    """The score of one path of classes."""
    into = [steps[a][b] for a, b in zip((before, *path), path, strict=False) if a is not None]
    return sum(into) + sum(row[to] for row, to in zip(scores, path, strict=True))


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("before", [None, 0, 1, 2])
def test_the_best_path_is_the_best_of_all_paths(seed: int, before: int | None) -> None:
    chance = np.random.default_rng(seed)
    scores, steps = chance.normal(size=(5, 3)).tolist(), chance.normal(size=(3, 3)).tolist()
    best = max(total(path, scores, steps, before) for path in product(range(3), repeat=5))
    assert total(best_path(scores, steps, before), scores, steps, before) == pytest.approx(best)


def test_the_product_in_pieces_is_the_product() -> None:
    chance = np.random.default_rng(1)
    rows, weights = chance.normal(size=(70, 50)).astype(np.float32), chance.normal(size=(50, 40)).astype(np.float32)
    assert np.allclose(_product(rows, (weights[:, :32].copy(), weights[:, 32:].copy())), rows @ weights, atol=1e-4)


def test_a_section_ends_before_each_opener_that_follows_a_story() -> None:
    form, _, kinds = read_lines(["5 Comments", "Home", LINES[2], "5 Comments", "Login to comment", "First!", "Reply", "Comments"])
    assert section_ends(form, kinds) == [3, 8]


def test_the_model_comes_with_the_package_and_tells_three_classes() -> None:
    classes, folded, kinds = classify(LINES * 2, [0] * 12, load_line_model())
    assert len(classes) == len(folded) == len(kinds) == 12
    assert set(classes) <= set(CLASSES)


def test_a_written_model_is_read_back(tmp_path: Path) -> None:
    model = load_line_model()
    write_line_model(model, tmp_path)
    again = read_line_model(tmp_path)
    assert again.words == model.words
    assert (again.layers[0][0] == model.layers[0][0]).all()
    first = (tmp_path / "weights.npz").read_bytes()
    write_line_model(again, tmp_path)
    assert (tmp_path / "weights.npz").read_bytes() == first


@pytest.mark.parametrize("damage", ["no weights", "no words", "empty weights", "other words", "text"])
def test_a_damaged_model_is_a_model_error(tmp_path: Path, damage: str) -> None:
    write_line_model(load_line_model(), tmp_path)
    weights, words = tmp_path / "weights.npz", tmp_path / "words.txt"
    {
        "no weights": weights.unlink,
        "no words": words.unlink,
        "empty weights": lambda: weights.write_bytes(b""),
        "other words": lambda: words.write_text("one\n", encoding="utf-8"),
        "text": lambda: weights.write_text("weights", encoding="utf-8"),
    }[damage]()
    with pytest.raises(ModelError, match="line model"):
        read_line_model(tmp_path)


def test_a_network_learns_and_the_same_seed_gives_the_same_network() -> None:
    chance = np.random.default_rng(1)
    rows = chance.normal(size=(600, 4)).astype(np.float32)
    classes = ((rows[:, 0] > 0) ^ (rows[:, 1] > 0)).astype(np.int64)
    ones = np.ones(len(rows), np.float32)
    schedule = Schedule(hidden=32, epochs=100, batch=50, rate=1e-2, dropout=0.0)
    layers = [fit_network(rows, classes, ones, 3, seed, schedule) for seed in (1, 1, 2)]
    assert (layers[0][0][0] == layers[1][0][0]).all()
    nothing = np.zeros((0, 3), np.float32)
    merged = merge_networks([layers[0], layers[2]])
    model = LineModel({}, nothing, nothing, np.zeros(4, np.float32), np.ones(4, np.float32), merged, np.zeros((3, 3), np.float32))
    assert (model.log_probabilities(rows).argmax(axis=1) == classes).mean() > 0.9


def test_labelled_pages_are_read_from_json_lines(tmp_path: Path) -> None:
    rows = [
        {"t": " Holm met Berg. ", "label": "body", "fine": "body"},
        {"t": "", "label": "blank"},
        {"t": "x", "label": "comment", "fine": "c?"},
    ]
    path = tmp_path / "pages.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "a", "set": "s", "outlet": None, "lines": rows}) + "\n")
    (read,) = read_labelled(path)
    assert (read.lines, read.blanks, read.classes, read.words) == (("Holm met Berg.", "x"), (0, 1), (1, 2), (3, 1))
    assert (read.known, read.outlet) == ((True, False), "a")


@pytest.mark.parametrize("content", ["{", "[]", '{"id": 1}', '{"id": "a", "set": "s", "lines": [{"t": "x"}]}'])
def test_broken_labelled_pages_are_a_setup_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SetupError, match="labelled pages"):
        list(read_labelled(path))


def test_own_pages_are_all_labelled(tmp_path: Path) -> None:
    pages = list(read_own(OWN))
    assert {label for one in pages for label in one.classes} == {0, 1, 2}
    path = tmp_path / "own.txt"
    path.write_text("## a\nx not labelled\n", encoding="utf-8")
    with pytest.raises(SetupError, match="not labelled"):
        list(read_own(path))


def test_pages_of_one_outlet_are_in_one_fold() -> None:
    menu = [f"this menu entry is number {word}" for word in ("one", "two", "three", "four")]
    pages = with_folds(
        [page([*menu, "a"], [0] * 5, name, name) for name in ("p", "q")]
        + [page(["b"], [0], "r", "o"), page(["c"], [0], "s", "o")]
    )
    assert pages[0].outlet == pages[1].outlet
    assert pages[2].fold == pages[3].fold


def test_lines_above_a_story_of_paragraphs_count_as_unknown() -> None:
    lines = ["Menu", "Headline of it", "Text one.", "Share", "A caption of six or seven words.", "Text two.", "End"]
    known = without_head(page(lines, [0, 0, 1, 0, 0, 1, 0])).known
    assert known == (False, False, True, True, False, True, True)


def test_other_shapes_keep_the_words_of_the_story() -> None:
    lines = ["Home", "Menu", "Ministers meet", *(f"Sentence number {number} of the story is here." for number in range(9)), "End"]
    original = page(lines, [0, 0] + [1] * 10 + [0])
    for seed in range(20):
        around, flat, other = other_shapes(original, seed)
        for shape in (around, flat):
            assert sum(count for count, label in zip(shape.words, shape.classes, strict=True) if label == 1) == sum(
                original.words[2:-1]
            )
        assert set(other.classes) == {1}
        for shape in (around, flat, other):
            assert len(shape.lines) == len(shape.blanks) == len(shape.classes) == len(shape.words) == len(shape.known)


def test_pages_are_given_comment_sections_of_every_form() -> None:
    forms = read_forms(FORMS)
    assert len(forms) > 20
    remark = page(["What a waste of time this was."], [2], "r", "r")
    story = page(["Home", "Ministers met on Tuesday in Port Alba."], [0, 1], "s", "s")
    for form in forms:
        for made in with_comments([story, remark], [form], 1):
            assert made.classes[made.lines.index(story.lines[1])] == 1
            assert not any("{" in line for line in made.lines)
            assert {label for line, label in zip(made.lines, made.classes, strict=True) if remark.lines[0] in line} <= {2}
            assert len(made.lines) == len(made.blanks) == len(made.classes) == len(made.words) == len(made.known)


@pytest.mark.parametrize("text", ["\n## a\nc x\n--\nc y\n", "\n## a\nx\n--\nc y\n--\n"])
def test_a_broken_form_is_a_setup_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "forms.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SetupError, match="forms"):
        read_forms(path)


def test_a_model_trained_on_our_own_pages_knows_them_and_is_the_same_each_time() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn, a development tool, is not installed")
    from whomet.clean.measure import measure
    from whomet.clean.train import fit_model

    pages = with_folds(list(read_own(OWN)))
    schedule = Schedule(hidden=8, epochs=30, batch=64, dropout=0.1)
    one, two = (fit_model(pages, read_forms(FORMS), 1, schedule) for _ in range(2))
    assert (one.layers[0][0] == two.layers[0][0]).all()
    assert measure(one, pages, "body").f1 > 85
    assert measure(one, pages, "comment").f1 > 85
