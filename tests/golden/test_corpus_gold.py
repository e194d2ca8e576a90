"""The annotated pages of corpus/: form, quotes, and that they show what corpus/README.md promises."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from whomet.evaluate.guidelines import check_gold, check_record
from whomet.files import read_articles
from whomet.records import Article

CORPUS = Path(__file__).parents[2] / "corpus"
RECORD_KEYS = ["id", "file", "outlet", "published", "doc_date", "doc_date_quote", "meetings", "notes"]


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    lines = (CORPUS / "gold" / "gold.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


@pytest.fixture(scope="module")
def texts(gold: list[dict[str, Any]]) -> dict[str, str]:
    """The raw text of every page that a record names, read as whomet reads it."""
    [*pages] = read_articles([CORPUS / record["file"] for record in gold])
    assert all(isinstance(page, Article) for page in pages)
    return {page.id: page.text for page in pages if isinstance(page, Article)}


@pytest.fixture(scope="module")
def meetings(gold: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [meeting for record in gold for meeting in record["meetings"]]


def test_gold_keeps_to_the_guidelines(gold: list[dict[str, Any]], texts: dict[str, str]) -> None:
    assert list(check_gold(gold, texts)) == []


def test_a_slip_in_the_gold_would_be_seen(gold: list[dict[str, Any]], texts: dict[str, str]) -> None:
    for record in gold:
        if record["meetings"]:
            spoiled = json.loads(json.dumps(record))
            spoiled["meetings"][0]["evidence"][0] += " indeed"
            assert len(list(check_record(spoiled, texts[record["id"]]))) == 1


def test_records_name_their_page(gold: list[dict[str, Any]]) -> None:
    assert all(list(record) == RECORD_KEYS for record in gold)
    assert [Path(record["file"]).stem for record in gold] == [record["id"] for record in gold]
    assert all(record["outlet"] and isinstance(record["notes"], str) for record in gold)


def test_meetings_stand_in_order_of_first_mention(gold: list[dict[str, Any]], texts: dict[str, str]) -> None:
    for record in gold:
        firsts = [min(texts[record["id"]].index(quote) for quote in meeting["evidence"]) for meeting in record["meetings"]]
        assert firsts == sorted(firsts), record["id"]


def test_every_page_is_annotated_and_there_are_forty(gold: list[dict[str, Any]]) -> None:
    pages = [*(CORPUS / "sample").glob("*.txt"), *(CORPUS / "gold" / "pages").glob("*.txt")]
    assert sorted(record["file"] for record in gold) == sorted(page.relative_to(CORPUS).as_posix() for page in pages)
    assert [record["id"][:2] for record in gold] == [f"{number:02}" for number in range(1, 41)]


def test_readme_says_what_each_page_is_there_for(gold: list[dict[str, Any]]) -> None:
    rows = [line for line in (CORPUS / "README.md").read_text(encoding="utf-8").split("\n") if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows if row.split("`")[1][:2].isdigit()] == [record["id"] for record in gold]


def test_readme_shows_a_record_of_the_gold(gold: list[dict[str, Any]]) -> None:
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    shown = json.loads(readme.partition("```json\n")[2].partition("```")[0])
    [record] = [record for record in gold if record["id"] == shown["id"]]
    [cut] = shown["meetings"]
    [meeting] = [meeting for meeting in record["meetings"] if meeting["id"] == cut["id"]]
    assert {key: value for key, value in shown.items() if key not in ("notes", "meetings")}.items() <= record.items()
    assert {**cut, "evidence": meeting["evidence"]} == meeting
    assert meeting["evidence"][0].startswith(cut["evidence"][0].removesuffix("[...]").rstrip())


def test_pages_differ(texts: dict[str, str]) -> None:
    """No story was written from another: no long line of one page stands in a second."""
    lines = Counter(line for text in texts.values() for line in {line.strip() for line in text.split("\n")} if len(line) > 60)
    assert [line for line, pages in lines.items() if pages > 1] == []


def test_all_statuses_and_forms_are_there(gold: list[dict[str, Any]], meetings: list[dict[str, Any]]) -> None:
    status = Counter(meeting["status"] for meeting in meetings)
    form = Counter(meeting["form"] for meeting in meetings)
    assert status["refused"] >= 12
    assert status["denied"] >= 12
    assert min(status["planned"], status["proposed"]) >= 25
    assert min(form["call"], form["visit"], form["conference"]) >= 12
    assert {(meeting["form"], meeting["status"]) for meeting in meetings} >= {
        *((form, status) for form in ("meeting", "call") for status in ("held", "planned", "proposed", "refused", "denied")),
        *((form, status) for form in ("visit", "conference") for status in ("held", "planned", "proposed", "refused")),
    }
    assert sum(not record["meetings"] for record in gold) >= 4


def test_hard_dates_are_there(gold: list[dict[str, Any]]) -> None:
    undated = [record for record in gold if record["doc_date"] is None]
    assert len(undated) >= 3
    assert all(when["start"] is None for record in undated for meeting in record["meetings"] if (when := meeting["when"]))
    assert sum(record["published"] is None and record["doc_date"] is not None for record in gold) >= 12  # only the page tells
    assert any(record["published"] and record["doc_date_quote"] is None for record in gold)  # only the input tells
    quotes = {meeting["when"]["quote"].split()[0].lower() for record in gold for meeting in record["meetings"] if meeting["when"]}
    assert quotes >= {"today", "tomorrow", "last", "next", "since", "on", "in"}


def test_the_same_people_meet_more_than_once(gold: list[dict[str, Any]]) -> None:
    """Pages where whoever tells meetings apart by their people alone loses one."""
    repeated = 0
    for record in gold:
        pairs = Counter(
            frozenset(name for participant in meeting["participants"] if (name := participant["name"]))
            for meeting in record["meetings"]
        )
        repeated += any(count > 1 and len(people) > 1 for people, count in pairs.items())
    assert repeated >= 8
