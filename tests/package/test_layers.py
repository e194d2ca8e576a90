"""Imports point left only, whatever the function they stand in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "pipeline" / "whomet"
LAYERS = [
    ["records", "errors"],
    ["failures"],
    ["config", "lexicon", "view", "files", "models"],
    ["grammar", "sentences"],
    ["clean", "entities", "dates", "relations", "graph", "evaluate"],
    ["build", "run"],
    ["annotated"],
    ["engines", "calibrate", "scoring"],
    ["teach"],
    ["__init__"],
    ["cli"],
]
LAYER = {name: number for number, names in enumerate(LAYERS) for name in names}
MAY_NOT_KNOW = {"graph": {"spacy"}, "evaluate": {"spacy"}, "records": {"spacy", "click", "dateparser"}}


def find_imports(source: str) -> Iterator[str]:
    """Every module that a file imports, as written, at any depth."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." if node.level else node.module or ""
            if node.module == "whomet":
                yield from (f"whomet.{alias.name}" for alias in node.names)


def home(path: Path) -> str:
    """The member of a layer that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def upward(member: str, source: str) -> list[str]:
    """The imports of a file of `member` that point to its own layer or above, or are relative."""
    wrong = []
    for module in find_imports(source):
        if module == "." or module.split(".")[0] == "pipeline":
            wrong.append(module)
            continue
        root, _, rest = module.partition(".")
        target = rest.split(".")[0]
        if root == "whomet" and target in LAYER and target != member and LAYER[target] >= LAYER[member]:
            wrong.append(module)
    return wrong


FILES = sorted(PACKAGE.rglob("*.py"))


def test_every_module_has_a_layer() -> None:
    assert {home(path) for path in FILES} <= set(LAYER)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_left(path: Path) -> None:
    assert upward(home(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_modules_stay_strangers_to_what_they_may_not_know(path: Path) -> None:
    known = {module.split(".")[0] for module in find_imports(path.read_text(encoding="utf-8"))}
    assert known & MAY_NOT_KNOW.get(home(path), set()) == set()


@pytest.mark.parametrize(
    ("member", "source"),
    [
        ("files", "from whomet.clean.html import html_to_text"),
        ("files", "def read():\n    import whomet.run"),
        ("dates", "from whomet import relations"),
        ("graph", "from whomet.evaluate import evaluate"),
        ("view", "from . import records"),
        ("run", "import pipeline.whomet"),
    ],
)
def test_planted_import_is_caught(member: str, source: str) -> None:
    assert len(upward(member, source)) == 1
