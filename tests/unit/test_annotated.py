"""Annotated articles as training reads them."""

from __future__ import annotations

import json
from pathlib import Path

from whomet.annotated import load_annotated


def test_a_row_ends_at_a_line_feed_only(tmp_path: Path) -> None:
    """JSON may carry other line separators as they are: pages have them."""
    rows = [{"id": "one", "text": "First\u2028second\x85third\x0bfourth"}, {"id": "two", "text": "Fifth"}]
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\r\n" for row in rows), encoding="utf-8", newline="")
    assert load_annotated([path, path]) == [*rows, *rows]
