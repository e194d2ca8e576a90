"""The nouns and their JSON form."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from whomet.records import Article, Failure, Meeting, Participant, Place, Span, When, quote, to_json


def test_meeting_json_has_the_documented_keys_in_order() -> None:
    span = Span("talks", 10, 15)
    meeting = Meeting(
        id="x#m1",
        article="x",
        form="call",
        status="planned",
        participants=(Participant("Ana Lima", None, "Brazil", mentions=(span,)),),
        parties=("Brazil",),
        topics=(),
        places=(Place("Oslo", 20, 24, "NO"),),
        when=When("in May", 30, 36, None, None),
        status_cue=None,
        trigger=span,
        evidence=(span,),
        confidence=0.5,
    )
    record = to_json(meeting)
    assert list(record) == [
        "id",
        "article",
        "form",
        "status",
        "participants",
        "parties",
        "topics",
        "places",
        "when",
        "status_cue",
        "trigger",
        "evidence",
        "confidence",
    ]
    assert record["participants"][0]["mentions"] == [{"text": "talks", "char_start": 10, "char_end": 15}]
    assert record["participants"][0]["title"] is None
    assert record["places"] == [{"text": "Oslo", "char_start": 20, "char_end": 24, "country": "NO"}]
    assert record["status_cue"] is None


@pytest.mark.parametrize(
    ("char_start", "char_end", "expected"),
    [
        (0, 10, Span("met", 2, 5)),
        (2, 5, Span("met", 2, 5)),
        (5, 8, Span("", 8, 8)),
    ],
)
def test_quote_leaves_out_white_space_at_both_ends(char_start: int, char_end: int, expected: Span) -> None:
    assert quote(" \tmet\n\r ", char_start, min(char_end, 8)) == expected


@pytest.mark.parametrize("record", [Article("x", "t"), Failure("x", "read", "ArticleError", "empty")])
def test_records_are_frozen(record: Article | Failure) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(record, fields(record)[0].name, "other")
