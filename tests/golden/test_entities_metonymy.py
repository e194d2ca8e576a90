"""Names of places as actors and as places: a table, and the share that is right on annotated news where it is at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from whomet.build import Pipeline
from whomet.entities.metonymy import acts, is_located

SHARED = Path(__file__).parents[2] / ".." / "shared" / "gold" / "other" / "geowebnews.jsonl"


@pytest.mark.parametrize(
    ("text", "name", "actor"),
    [
        ("Oslo refused the offer.", "Oslo", True),
        ("The offer was refused by Oslo.", "Oslo", True),
        ("Chile has urged Oslo to wait.", "Oslo", True),
        ("Relations with Oslo are good.", "Oslo", True),
        ("Oslo's refusal surprised Chile.", "Oslo", True),
        ("They met in Oslo.", "Oslo", False),
        ("She flew to Oslo.", "Oslo", False),
        ("Oslo lies by the sea.", "Oslo", False),
        ("The border with Norway is long.", "Norway", False),
        ("The storm hit near Oslo and Bergen.", "Bergen", False),
    ],
)
def test_a_place_acts_in_actor_position_only(real_pipeline: Pipeline, text: str, name: str, actor: bool) -> None:
    (root,) = [token for token in real_pipeline.nlp(text) if token.text == name]
    assert acts(root) is actor


def test_located_names_stand_behind_a_preposition_of_place(real_pipeline: Pipeline) -> None:
    doc = real_pipeline.nlp("Talks with Chile were held in Oslo and Bergen.")
    assert [token.text for token in doc if is_located(token)] == ["Oslo", "Bergen"]


@pytest.mark.skipif(not SHARED.exists(), reason="the annotated news is not beside the project")
def test_metonymy_beats_calling_every_name_a_place(real_pipeline: Pipeline) -> None:
    rows = [json.loads(line) for line in SHARED.read_text(encoding="utf-8").split("\n") if line][:40]
    right = literal = total = 0
    for row, doc in zip(rows, real_pipeline.nlp.pipe(row["text"] for row in rows), strict=True):
        for span in row["spans"]:
            found = doc.char_span(span["begin"], span["end"], alignment_mode="expand")
            if span["type"] in ("Literal", "Metonymic") and found is not None:
                metonymic = span["type"] == "Metonymic"
                right += acts(found.root) == metonymic
                literal += not metonymic
                total += 1
    assert total > 100
    assert right / total >= 0.82
    assert right > literal
