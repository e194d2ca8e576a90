"""Word lists: what is read, what is refused, and that every shipped list says where it is from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from whomet import lexicon
from whomet.errors import LexiconError

Write = Callable[[str, str | bytes], Path]
SHIPPED = sorted((files("whomet") / "lexicons" / lexicon.LANGUAGE).iterdir(), key=lambda entry: entry.name)


@pytest.fixture
def folder(write: Write, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = write("lists/keep.txt", "# source: here\nword\n").parent
    monkeypatch.setattr(lexicon, "_folder", lambda: path)
    for load in (lexicon.load_words, lexicon.load_rows):
        load.cache_clear()
    yield path
    for load in (lexicon.load_words, lexicon.load_rows):
        load.cache_clear()


def test_words_are_the_lines_that_are_no_comment(folder: Path) -> None:
    (folder / "verbs.txt").write_text("# source: here\n\nhold talks\n  meet \n# meet twice\n")
    assert lexicon.load_words("verbs.txt") == {"hold talks", "meet"}


def test_rows_are_dicts_by_column_with_missing_cells_empty(folder: Path) -> None:
    (folder / "verbs.tsv").write_text("# source: here\nverb\tform\tslots\nphone\tcall\twith|to\nmeet\n")
    assert lexicon.load_rows("verbs.tsv") == (
        {"verb": "phone", "form": "call", "slots": "with|to"},
        {"verb": "meet", "form": "", "slots": ""},
    )


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("none.txt", None, "cannot be read"),
        ("empty.txt", "# source: here\n\n", "is empty"),
        ("header.tsv", "verb\tform\n", "no rows"),
        ("wide.tsv", "verb\nmeet\tmeeting\n", "more cells than columns"),
    ],
)
def test_list_that_is_missing_empty_or_malformed_is_a_lexicon_error(
    folder: Path, name: str, content: str | None, reason: str
) -> None:
    if content is not None:
        (folder / name).write_text(content)
    load = lexicon.load_rows if name.endswith(".tsv") else lexicon.load_words
    with pytest.raises(LexiconError, match=reason):
        load(name)


@pytest.mark.parametrize(("cell", "items"), [("a|b c | d", ("a", "b c", "d")), ("", ()), ("|a|", ("a",))])
def test_cell_is_split_at_bars(cell: str, items: tuple[str, ...]) -> None:
    assert lexicon.split_cell(cell) == items


def test_hash_changes_with_the_content(folder: Path) -> None:
    before = lexicon.lexicon_hashes()
    assert list(before) == ["en/keep.txt"]
    (folder / "keep.txt").write_text("# source: here\nother\n")
    assert lexicon.lexicon_hashes() != before


def test_lists_are_shipped() -> None:
    assert SHIPPED


@pytest.mark.parametrize("entry", SHIPPED, ids=lambda entry: str(entry.name))
def test_shipped_list_begins_with_its_source_and_licence(entry: Path) -> None:
    lines = entry.read_text(encoding="utf-8").split("\n")
    head = " ".join(lines[: next(number for number, line in enumerate(lines) if not line.startswith("#"))]).lower()
    assert "source" in head
    assert "licence" in head


@pytest.mark.parametrize("entry", SHIPPED, ids=lambda entry: str(entry.name))
def test_shipped_list_can_be_loaded_and_repeats_no_line(entry: Path) -> None:
    load = lexicon.load_rows if entry.name.endswith(".tsv") else lexicon.load_words
    assert load(entry.name)
    lines = [line.strip() for line in entry.read_text(encoding="utf-8").split("\n") if line.strip() and not line.startswith("#")]
    assert sorted(lines) == sorted(set(lines))
