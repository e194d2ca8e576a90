"""What the check of gold lets pass and what it refuses."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from whomet.evaluate.guidelines import check_gold, check_record

TEXT = """Oslo, 3 March 2020
Norway's Ada Lund received Swedish minister Pia Berg on Monday to discuss the border railway.
"""
GOLD: dict[str, Any] = {
    "id": "a",
    "doc_date": "2020-03-03",
    "doc_date_quote": "3 March 2020",
    "meetings": [
        {
            "id": "m1",
            "form": "meeting",
            "status": "held",
            "participants": [
                {"name": "Ada Lund", "title": None, "party": "Norway"},
                {"name": "Pia Berg", "title": "minister", "party": "Sweden"},
            ],
            "parties": ["Norway", "Sweden"],
            "topics": ["the border railway"],
            "places": ["Oslo"],
            "when": {"quote": "on Monday", "start": "2020-03-02", "end": "2020-03-02"},
            "evidence": ["Norway's Ada Lund received Swedish minister Pia Berg on Monday"],
        }
    ],
}


def test_gold_by_the_guidelines_passes() -> None:
    assert list(check_record(GOLD, TEXT)) == []
    assert list(check_gold([GOLD], {"a": TEXT})) == []
    assert list(check_gold([GOLD | {"text": TEXT}], {})) == []


def test_unknown_is_null() -> None:
    gold = deepcopy(GOLD) | {"doc_date": None, "doc_date_quote": None}
    gold["meetings"][0] |= {"when": {"quote": "on Monday", "start": None, "end": None}, "topics": [], "places": []}
    assert list(check_record(gold, TEXT)) == []
    gold["meetings"][0]["when"] = None
    assert list(check_record(gold, TEXT)) == []
    assert list(check_record(gold | {"meetings": []}, TEXT)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"id": "m2"}, "'m2' should be 'm1'"),
        ({"form": "summit"}, "form 'summit'"),
        ({"status": "cancelled"}, "status 'cancelled'"),
        ({"participants": []}, "not empty"),
        ({"participants": "Ada Lund"}, "not empty"),
        ({"participants": [{"name": "Ada Lund", "party": "Norway"}]}, "missing: title"),
        ({"participants": [{"name": None, "title": None, "party": None}], "parties": []}, "says nothing"),
        ({"participants": GOLD["meetings"][0]["participants"][:1] * 2, "parties": ["Norway"]}, "stands there twice"),
        ({"participants": [{"name": "Ada Lundh", "title": None, "party": "Norway"}], "parties": ["Norway"]}, "not verbatim"),
        ({"participants": [{"name": "Ada Lund", "title": None, "party": ["Norway"]}], "parties": []}, "must be a name or null"),
        ({"parties": ["Sweden", "Norway"]}, "sorted parties"),
        ({"parties": ["Norway"]}, "['Norway', 'Sweden']"),
        ({"topics": ["the border  railway"]}, "topics is not verbatim"),
        ({"topics": [" the border railway"]}, "white space"),
        ({"topics": "the border railway"}, "list of quotes"),
        ({"places": [None]}, "must be a quote"),
        ({"places": ["Oslo", "Oslo"]}, "'Oslo' twice"),
        ({"evidence": []}, "1 to 4 quotes"),
        ({"evidence": ["Norway", "Ada", "Lund", "Berg", "Oslo"]}, "not 5"),
        ({"when": "on Monday"}, "this is a str"),
        ({"when": {"quote": "on Monday", "start": "2020-03-02"}}, "missing: end"),
        ({"when": {"quote": "on Tuesday", "start": None, "end": None}}, "when is not verbatim"),
        ({"when": {"quote": None, "start": None, "end": None}}, "says nothing is null"),
        ({"when": {"quote": "on Monday", "start": "2020-03-02", "end": None}}, "go together"),
        ({"when": {"quote": "on Monday", "start": "2020-03-02", "end": "2020-03-01"}}, "starts after its end"),
        ({"when": {"quote": "on Monday", "start": "2020-02-30", "end": "2020-03-01"}}, "start '2020-02-30'"),
        ({"when": {"quote": "on Monday", "start": "20200302", "end": "20200302"}}, "YYYY-MM-DD"),
        ({"mood": "good"}, "unknown: mood"),
    ],
)
def test_breach_in_a_meeting_is_told(change: dict[str, Any], told: str) -> None:
    gold = deepcopy(GOLD)
    gold["meetings"][0] |= change
    messages = list(check_record(gold, TEXT))
    assert messages
    assert all(message.startswith("m1: ") for message in messages)
    assert told in " ".join(messages)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"doc_date": "3 March 2020"}, "doc_date '3 March 2020'"),
        ({"doc_date": None}, "without a doc_date"),
        ({"doc_date_quote": "4 March 2020"}, "not verbatim"),
        ({"meetings": None}, "must be a list"),
        ({"meetings": ["m1"]}, "m1: a meeting has the keys"),
    ],
)
def test_breach_in_a_record_is_told(change: dict[str, Any], told: str) -> None:
    [message] = check_record(GOLD | change, TEXT)
    assert told in message


def test_missing_fields_of_a_record_are_told() -> None:
    assert [message.split()[0] for message in check_record({"id": "a"}, TEXT)] == ["doc_date", "doc_date_quote", "meetings"]


def test_evidence_is_not_longer_than_300_code_points() -> None:
    gold = deepcopy(GOLD)
    for length, messages in [(300, 0), (301, 1)]:
        gold["meetings"][0]["evidence"] = ["é" * length]
        assert len(list(check_record(gold, TEXT + "é" * 400))) == messages


def test_collection_is_complete_and_each_article_stands_once() -> None:
    messages = list(check_gold([GOLD, GOLD, {"id": 3}, GOLD | {"id": "c"}], {"a": TEXT, "b": TEXT}))
    assert messages == [
        "a: the article is annotated twice.",
        'record 3: a gold record needs a string "id".',
        "c: there is no text to check the quotes against.",
        "b: the article is not annotated.",
    ]
