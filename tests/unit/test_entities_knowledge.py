"""The user's knowledge base: reading it, its errors, and whom a name means."""

from __future__ import annotations

from pathlib import Path

import pytest

from whomet.entities import load_kb
from whomet.entities.gazetteer import Party
from whomet.entities.knowledge import KnowledgeBase, Known
from whomet.errors import ConfigError

NORWAY = Party("Norway", "NO", "Q20")
CHILE = Party("Chile", "CL", "Q298")


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "kb.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


def test_names_are_found_whatever_their_marks_and_case(tmp_path: Path) -> None:
    kb = load_kb(write(tmp_path, '{"id": "p1", "names": ["Kari Lund", "Anne-Kari Lund"], "party": "Norway", "qid": "Q1"}\n\n'))
    assert kb.find("KARI LUND") == Known("p1", ("Kari Lund", "Anne-Kari Lund"), NORWAY, "Q1")
    assert kb.find("Annekari Lund") == kb.find("Kari Lund")
    assert kb.find("Kari Berg") is None


def test_a_party_may_be_named_in_any_way_or_be_unknown(tmp_path: Path) -> None:
    kb = load_kb(
        write(tmp_path, '{"id": "a", "names": ["A B"], "party": "UK"}\n{"id": "c", "names": ["C D"], "party": "Acme"}\n')
    )
    assert kb.find("A B") == Known("a", ("A B",), Party("United Kingdom", "GB", "Q145"))
    assert kb.find("C D") == Known("c", ("C D",), Party("Acme", None, None))


def test_of_two_people_of_one_name_the_party_decides() -> None:
    one, other = Known("one", ("Kari Lund",), NORWAY), Known("other", ("Kari Lund",), CHILE)
    kb = KnowledgeBase([one, other])
    assert kb.find("Kari Lund", CHILE) == other
    assert kb.find("Kari Lund") is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 1"),
        ("[]", "not an object"),
        ('{"id": "a"}', "names"),
        ('{"id": "a", "names": []}', "names"),
        ('{"id": "a", "names": ["-"]}', "names"),
        ('{"names": ["A B"]}', "id"),
        ('{"id": "a", "names": ["A B"], "party": 3}', "party"),
        ('{"id": "a", "names": ["A B"], "title": "x"}', "unknown key 'title'"),
        ('{"id": "a", "names": ["A B"]}\n{"id": "a", "names": ["C D"]}', "line 2: id 'a' stands twice"),
    ],
)
def test_a_bad_line_is_an_error_that_says_where(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        load_kb(write(tmp_path, line))


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_kb(tmp_path / "none.jsonl")
