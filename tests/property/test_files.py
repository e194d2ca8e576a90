"""What is written can be read again, and no bytes of a file crash a reader."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whomet.files import atomic_writer, read_articles, read_jsonl
from whomet.records import Article, Failure

# Lone surrogates are text to Python and to JSON, and not to UTF-8.
TEXT = st.text(st.characters(codec=None), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(st.lists(st.dictionaries(TEXT, VALUES, max_size=4), max_size=5))
def test_written_rows_are_read_again(rows: list[dict[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rows.jsonl")
        with atomic_writer(path) as write:
            for row in rows:
                write(row)
        assert list(read_jsonl(path)) == rows


@given(PLAIN, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_text_of_a_file_is_read_as_it_is(text: str, encoding: str) -> None:
    if encoding == "utf-8" and text.startswith("\ufeff"):
        return  # there it is the mark, and no text
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.txt")
        path.write_bytes(text.encode(encoding))
        [outcome] = read_articles([path])
    if text.strip():
        assert isinstance(outcome, Article)
        assert outcome.text == text
    else:
        assert isinstance(outcome, Failure)


BYTES = st.binary() | st.lists(st.sampled_from([b'{"text": "t"}', b"{", b"\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b'"'])).map(
    b"".join
)


@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".jsonl.gz"])
@given(content=BYTES)
def test_any_bytes_give_articles_or_failures(suffix: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"file{suffix}")
        for data in (content, gzip.compress(content)):
            path.write_bytes(data)
            outcomes = list(read_articles([path]))
            assert outcomes
            assert all(outcome.file == str(path) for outcome in outcomes)
