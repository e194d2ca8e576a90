import pytest
import spacy
from spacy.tokens import Doc

from whomet.entities.gazetteer import find_party, match_parties, parties_of_title, party_of_officeholder
from whomet.entities.names import slug
from whomet.entities.persons import same_person

NLP = spacy.blank("en")


def parties(text: str) -> list[tuple[str, str, str]]:
    doc = NLP(text)
    return [(doc[start:end].text, name.party.name, name.form) for start, end, name in match_parties(doc)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("South Korea said", [("South Korea", "South Korea", "name")]),
        ("S. Korea, Japan", [("S. Korea", "South Korea", "alias"), ("Japan", "Japan", "name")]),
        ("the U.S. and the UK", [("U.S.", "United States", "alias"), ("UK", "United Kingdom", "alias")]),
        ("the Netherlands", [("Netherlands", "Netherlands", "alias")]),
        ("Dutch and Swiss officials", [("Dutch", "Netherlands", "demonym"), ("Swiss", "Switzerland", "demonym")]),
        ("West german, East Germany", [("West german", "West Germany", "demonym"), ("East Germany", "East Germany", "name")]),
        ("the Kremlin said", [("Kremlin", "Russia", "agency")]),
        ("Seoul wants", [("Seoul", "South Korea", "seat")]),
        (
            "North Korean and South Korean",
            [("North Korean", "North Korea", "demonym"), ("South Korean", "South Korea", "demonym")],
        ),
        ("the European Union", [("European Union", "European Union", "alias")]),
        ("let us go", []),
        ("a china cup and a turkey", []),
    ],
)
def test_parties_by_any_name(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert parties(text) == expected


def test_upper_case_names_are_found() -> None:
    assert [name for _, name, _ in parties("JAPAN TALKS")] == ["Japan"]


def test_new_york_is_no_party() -> None:
    assert find_party("New York") is None


@pytest.mark.parametrize(
    ("title", "parties"),
    [
        ("Secretary of State", {"United States"}),
        ("Defence Secretary", {"United Kingdom", "India", "Sri Lanka"}),
        ("Taoiseach", {"Ireland"}),
        ("President", set()),
    ],
)
def test_telling_titles(title: str, parties: set[str]) -> None:
    assert {found.name for found in parties_of_title(title)} == parties


def test_the_likeliest_holder_of_a_title_comes_first() -> None:
    assert parties_of_title("Defense Secretary")[0].name == "United States"
    assert parties_of_title("Foreign Secretary")[0].name == "United Kingdom"


def test_officeholder_by_full_name_without_marks() -> None:
    found = party_of_officeholder("Recep Tayyip Erdogan")
    assert found is not None
    assert found.name == "Turkey"
    assert party_of_officeholder("Kari Lund") is None


@pytest.mark.parametrize(
    ("shorter", "fuller", "same"),
    [
        (("lund",), ("kari", "lund"), True),
        (("park",), ("park", "geunhye"), True),
        (("kari",), ("kari", "lund"), True),
        (("k", "lund"), ("kari", "lund"), True),
        (("wang", "ying"), ("wang", "yi"), False),
        (("kari", "berg"), ("kari", "lund"), False),
        ((), ("kari", "lund"), False),
    ],
)
def test_shorter_forms_of_a_name(shorter: tuple[str, ...], fuller: tuple[str, ...], same: bool) -> None:
    assert same_person(shorter, fuller) is same


def test_slug_is_ascii() -> None:
    assert slug("Mélanie  O'Brien-Łukasz") == "melanie-o-brien-ukasz"
    assert slug("金") == "x"


def test_match_of_an_empty_doc() -> None:
    assert match_parties(Doc(NLP.vocab)) == []
