"""Where the name of a person begins and ends, and which names are one person. Every sentence and every fact is invented."""

from __future__ import annotations

import pytest

from whomet.build import Pipeline
from whomet.entities import ActorTable
from whomet.entities.gazetteer import party_of_officeholder
from whomet.entities.persons import same_person
from whomet.view import TextView


def people(pipeline: Pipeline, text: str) -> list[tuple[str, str | None]]:
    entities = ActorTable(pipeline.nlp(text), TextView(text, [(0, len(text))])).entities()
    return [(item.name, item.party) for item in entities if item.kind == "person"]


WHOLE = [
    # halves that the recogniser takes for two persons
    ("President of Tunisia Abd Karim Mansour Fadi opened a school.", [("Abd Karim Mansour Fadi", "Tunisia")]),
    ("Jordanian Prime Minister Mahmoud Rafi’ al-Karaki resigned.", [("Mahmoud Rafi’ al-Karaki", "Jordan")]),
    # what tells bearers of one name apart belongs to it
    ("President Ferran Oliva, Jr. of Chile spoke.", [("Ferran Oliva, Jr.", "Chile")]),
    ("Jordan's King Hussein III spoke on Monday.", [("Hussein III", "Jordan")]),
    # a country, a small word and a card of the page behind the name are none of it
    ("A portrait of Prime Minister Mikkelsen of Denmark hangs there.", [("Mikkelsen", "Denmark")]),
    (
        "Pavel Sorokin thanked President of Belarus Anton Lukashin Lukashin AntonPresident of Belarus for the gift.",
        [("Pavel Sorokin", None), ("Anton Lukashin", "Belarus")],
    ),
    # two office holders joined by a hyphen
    ("Old Trump-Putin jokes returned.", [("Trump", "United States"), ("Putin", "Russia")]),
    # a style, rank or body is no given name
    ("Chile's army chief Maj Gen Tomas Barra spoke on Thursday.", [("Tomas Barra", "Chile")]),
]


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_whole_names(real_pipeline: Pipeline, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert people(real_pipeline, text) == expected


UNSEEN = [
    # names that the recogniser takes for something else or does not see
    ("President of Kazakhstan Yerlan-Bek Omarov spoke first.", "Yerlan-Bek Omarov", "Kazakhstan"),
    ("He met Algeria's treasurer N Sennacherib in Oslo.", "N Sennacherib", "Algeria"),
    ("His Excellency Morita Fumihiko, Prime Minister of Japan, spoke.", "Morita Fumihiko", "Japan"),
    ("Foreign Ministers Pham Duc Anh of Vietnam and Kari Lund of Norway dined.", "Pham Duc Anh", "Vietnam"),
    ("Fishermen thanked Cmdr. Tendai Chirwa for his help.", "Tendai Chirwa", None),
    ("The panda was named after China's Xi Jinping.", "Xi Jinping", "China"),
]


@pytest.mark.parametrize(("text", "name", "party"), UNSEEN)
def test_names_that_the_recogniser_misses(real_pipeline: Pipeline, text: str, name: str, party: str | None) -> None:
    assert (name, party) in people(real_pipeline, text)


@pytest.mark.parametrize("text", ["The shop sells K-Snacks and A-Berries.", "Mr Lund left."])
def test_what_is_no_whole_name(real_pipeline: Pipeline, text: str) -> None:
    assert {name for name, _ in people(real_pipeline, text)} <= {"Lund"}


FIRMS = [
    # what owns a post that firms have is a firm, not a person or place
    ("Norvik's co-chief executives, Anna Moor and Peter Hale, opened the fair.", ["Norvik", "Norvik"]),
    ("Spotify CEO Linnea Falk spoke first.", ["Spotify"]),
    ("Peter Hale, Xiaomi executive chairman, opened the fair in Oslo.", ["Xiaomi"]),
    ("Krempel's Chief Executive Anna Moor praised the harbour.", ["Krempel"]),
    ("Mr Lund's co-founder Jane Ford spoke.", [None, None]),
]


@pytest.mark.parametrize(("text", "parties"), FIRMS)
def test_firms_of_people(real_pipeline: Pipeline, text: str, parties: list[str | None]) -> None:
    assert [party for _, party in people(real_pipeline, text)] == parties


@pytest.mark.parametrize(
    ("shorter", "fuller", "same"),
    [
        ("joe lund", "joseph r lund jr", True),
        ("joe lund", "joseph berg", False),
        ("lund", "joseph lund jr", True),
        ("joseph lund", "joseph lund jr", False),
        ("bill berg", "william berg", True),
        ("bill berg", "walter berg", False),
    ],
)
def test_forms_of_given_names(shorter: str, fuller: str, same: bool) -> None:
    assert same_person(tuple(shorter.split()), tuple(fuller.split())) is same


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Joseph R. Biden, Jr.", "United States"),
        ("Robert Gates", "United States"),
        ("Bob Gates", "United States"),
        ("Donald Trump Jr.", None),
        ("Gregor Biden", None),
        ("Phil Brown", None),
    ],
)
def test_office_holders_by_other_forms_of_their_names(name: str, party: str | None) -> None:
    known = party_of_officeholder(name.replace(",", ""))
    assert (known.name if known is not None else None) == party
