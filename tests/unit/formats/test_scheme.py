"""The annotation scheme: labels, attributes, and what marks and links mean."""

from __future__ import annotations

import re
from typing import Any

import pytest

from whomet.errors import SetupError
from whomet.evaluate.formats.article import Link
from whomet.evaluate.formats.assembly import gold_row
from whomet.evaluate.formats.drafts import Draft, DraftSpan, finish
from whomet.evaluate.formats.offsets import CODE_POINTS
from whomet.evaluate.formats.scheme import read_days, read_label, write_label

TEXT = "Envoy Ada Lund met Bo Berg of Norway in Oslo on Monday. Lund said the talks about fish went well. Berg and Ada Lund will meet."


def meetings(spans: str, *links: str, text: str = TEXT) -> tuple[list[dict[str, Any]], list[str]]:
    """The meetings of spans, one a line, 'ID label=quote' with #N for the Nth occurrence, linked by 'source label target'; and the notes."""
    drafted = []
    for line in spans.strip().splitlines():
        name, _, rest = line.strip().partition(" ")
        label, _, quote = rest.partition(" = ")
        quote, _, number = quote.partition(" #")
        start = [match.start() for match in re.finditer(re.escape(quote), text)][int(number or 1) - 1]
        drafted.append(DraftSpan(name, label, start, start + len(quote), quote))
    drawn = [Link(label, source, target) for source, label, target in (link.split() for link in links)]
    notes: list[str] = []
    _, row = gold_row(finish(Draft("a", text, None, drafted, drawn, "gold, record 1"), notes, unit=CODE_POINTS), notes)
    return row["meetings"], notes


def who(meeting: dict[str, Any]) -> list[tuple[str | None, str | None, str | None]]:
    return [(item["name"], item["title"], item["party"]) for item in meeting["participants"]]


MET = "e1 Meeting:held:meeting = met"


@pytest.mark.parametrize(
    ("written", "label", "attributes"),
    [
        ("Meeting:planned:visit", "Meeting", {"status": "planned", "form": "visit"}),
        ("meeting:Visit:PLANNED", "Meeting", {"status": "planned", "form": "visit"}),
        ("Trigger", "Meeting", {}),
        ("Person:South Korea", "Person", {"party": "South Korea"}),
        ("Person:party=A%3AB%25:name=Ada", "Person", {"party": "A:B%", "name": "Ada"}),
        ("role", "Title", {}),
        ("Time:2014-03-12", "Time", {"start": "2014-03-12", "end": "2014-03-12"}),
        ("When:2014-03-01/2014-03-31", "Time", {"start": "2014-03-01", "end": "2014-03-31"}),
        ("ORG", None, {}),
        ("B-PER:x", None, {}),
    ],
)
def test_read_label(written: str, label: str | None, attributes: dict[str, str]) -> None:
    assert read_label(written) == (label, attributes)


@pytest.mark.parametrize(("label", "attributes"), [
    ("Meeting", {"status": "denied", "form": "call"}),
    ("Person", {"party": "50%: a=b", "name": "Zoë", "title": "x/y"}),
    ("Time", {"start": "2014-03-01", "end": "2014-03-31"}),
    ("Time", {}),
    ("Evidence", {}),
])  # fmt: skip
def test_written_label_reads_the_same(label: str, attributes: dict[str, str]) -> None:
    assert read_label(write_label(label, attributes)) == (label, attributes)


@pytest.mark.parametrize(
    "written", ["Meeting:hold", "Place:Oslo", "Evidence:1", "Meeting:party=Norway", "Meeting:held:planned", "Person:A:party=B"]
)
def test_values_that_a_label_cannot_carry_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"neither a status|carries no value|second value"):
        read_label(written)


@pytest.mark.parametrize(
    ("attributes", "days"),
    [
        ({}, (None, None)),
        ({"start": "2020-02-29"}, ("2020-02-29", "2020-02-29")),
        ({"start": "2020-02-01", "end": " 2020-02-29 "}, ("2020-02-01", "2020-02-29")),
    ],
)
def test_read_days(attributes: dict[str, str], days: tuple[str | None, str | None]) -> None:
    assert read_days(attributes) == days


@pytest.mark.parametrize(
    "attributes", [{"end": "2020-02-29"}, {"start": "2019-02-29"}, {"start": "May"}, {"start": "2020-03-01", "end": "2020-02-01"}]
)
def test_days_that_are_none_are_refused(attributes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"start|isoformat|day"):
        read_days(attributes)


def test_links_mean_what_their_ends_say_in_either_direction() -> None:
    spans = f"{MET}\np Person = Ada Lund\nt Title = Envoy\nn Party = Norway\nq Person = Bo Berg\no Place = Oslo\nm Time = Monday\nf Topic = fish"
    [one], notes = meetings(spans, "e1 a p", "t b p", "q c e1", "q d n", "o e e1", "e1 f m", "e1 g f")
    assert who(one) == [("Ada Lund", "Envoy", None), ("Bo Berg", None, "Norway")]
    assert [one[key][0]["text"] for key in ("places", "topics")] == ["Oslo", "fish"]
    assert one["when"] == {"text": "Monday", "char_start": 48, "char_end": 54, "start": None, "end": None}
    assert one["parties"] == ["Norway"]
    assert notes == []


def test_what_is_not_told_is_null_and_nothing_is_added() -> None:
    [one], _ = meetings(f"{MET}\np Person = Ada Lund", "e1 participant p")
    assert who(one) == [("Ada Lund", None, None)]
    assert (one["topics"], one["places"], one["when"], one["parties"]) == ([], [], None, [])
    assert [quote["text"] for quote in one["evidence"]] == [TEXT.split(" Lund said")[0]]


def test_same_occasion_joins_triggers_and_their_arguments() -> None:
    spans = f"{MET}\ne2 Meeting = talks\np Person = Ada Lund\nq Person = Bo Berg\nf Topic = fish\np2 Person = Ada Lund #2"
    [one], notes = meetings(
        spans, "e1 participant p", "e2 topic f", "e2 participant q", "e1 Same-Occasion e2", "e2 participant p2"
    )
    assert who(one) == [("Ada Lund", None, None), ("Bo Berg", None, None)]
    assert len(one["participants"][0]["mentions"]) == 2
    assert [quote["text"] for quote in one["topics"]] == ["fish"]
    assert len(one["evidence"]) == 2
    assert notes == []


def test_same_person_joins_mentions_under_the_fullest_name() -> None:
    spans = f"{MET}\np Person:Norway = Lund #2\nq Person = Ada Lund\nt Title = Envoy"
    [one], _ = meetings(spans, "e1 participant p", "p same q", "q title t")
    assert who(one) == [("Ada Lund", "Envoy", "Norway")]
    assert [mention["text"] for mention in one["participants"][0]["mentions"]] == ["Lund", "Ada Lund"]
    [one], notes = meetings(spans, "e1 participant p", "e1 participant q", "p same q", "q title t")
    assert who(one) == [("Ada Lund", "Envoy", "Norway")]
    assert notes == []


def test_two_occasions_stay_two() -> None:
    spans = f"{MET}\ne2 Meeting:planned:meeting = meet #2\np Person = Ada Lund"
    found, _ = meetings(spans, "e1 participant p", "e2 participant p", text=TEXT.replace("will meet", "will not meet, will meet"))
    assert [one["status"] for one in found] == ["held", "planned"]
    assert [one["id"] for one in found] == ["m1", "m2"]


def test_title_inside_of_a_person_is_left_out_of_the_name() -> None:
    [one], _ = meetings(f"{MET}\np Person = Envoy Ada Lund\nt Title = Envoy", "e1 participant p")
    assert who(one) == [("Ada Lund", "Envoy", None)]


def test_attributes_win_over_the_words() -> None:
    [one], _ = meetings(f"{MET}\np Person:party=Norway:name=Ada B. Lund:title=special envoy = Lund", "e1 participant p")
    assert who(one) == [("Ada B. Lund", "special envoy", "Norway")]


def test_party_by_its_words_where_it_has_no_canonical_name() -> None:
    [one], _ = meetings(
        f"{MET}\nn Party = Norway\nt Title = Envoy\nx Party:Sweden = Oslo", "e1 participant n", "e1 participant t", "t party x"
    )
    assert who(one) == [(None, None, "Norway"), (None, "Envoy", "Sweden")]


def test_the_most_precise_time_is_taken() -> None:
    [one], _ = meetings(
        f"{MET}\na Time:2020-01-01/2020-01-31 = Oslo\nb Time:2020-01-06 = Monday\nc Time = fish", "e1 t a", "e1 t b", "e1 t c"
    )
    assert one["when"]["text"] == "Monday"


@pytest.mark.parametrize(
    ("spans", "links", "message"),
    [
        ("e1 Meeting:held = met", (), "gold, record 1: the meeting 'met' at 15-18 has no form"),
        ("e1 Meeting:visit = met", (), "has no status"),
        (f"{MET}\ne2 Meeting:refused = talks", ("e1 same e2",), "more than one status: held, refused"),
        (f"{MET}\nt Time:2020-13-01 = Monday", ("e1 time t",), "Time 'Monday'"),
        (
            f"{MET}\np Person = Ada Lund\nx Party:Norway = Norway\ny Party:Sweden = Oslo",
            ("e1 a p", "p b x", "p c y"),
            "two parties: Norway, Sweden",
        ),
        (f"{MET}\ne2 Meeting:held:meeting = Bo Berg\nv Evidence = met Bo Berg", (), "one Evidence span holds two meetings"),
    ],
)
def test_contradictions_are_refused(spans: str, links: tuple[str, ...], message: str) -> None:
    with pytest.raises(SetupError, match=re.escape(message)):
        meetings(spans, *links)


def test_what_means_nothing_is_noted() -> None:
    spans = f"{MET}\np Person = Ada Lund\no Place = Oslo\nx Ship = fish\nl Person = Bo Berg\ne2 Meeting:planned:call = talks"
    found, notes = meetings(spans, "e1 participant p", "p lives o", "e1 by x", "e1 before e2")
    assert len(found) == 2
    parts = (
        "Ship 'fish' has a label that is not",
        "link 'by'",
        "link 'lives'",
        "link 'before'",
        "Person 'Bo Berg' is linked to no",
        "Place 'Oslo' is linked to no",
    )
    assert len(notes) == len(parts)
    assert all(sum(part in note for note in notes) == 1 for part in parts), notes


def test_without_links_what_lies_in_the_evidence_belongs_to_its_meeting() -> None:
    spans = f"""v Evidence = {TEXT[:55]}
    {MET}
    t Title = Envoy
    p Person = Ada Lund
    q Person = Bo Berg
    n Party = Norway
    m Time:2020-01-06 = Monday
    f Topic = fish"""
    [one], notes = meetings(spans)
    assert who(one) == [("Ada Lund", "Envoy", None), ("Bo Berg", None, None), (None, None, "Norway")]
    assert one["when"]["start"] == "2020-01-06"
    assert notes == ["gold, record 1: Topic 'fish' is linked to no meeting and was not used"]
