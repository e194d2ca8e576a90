"""What is known of the world without the article: office holders, honours, royals, bodies of states. Every meeting is invented."""

from __future__ import annotations

import pytest

from whomet.build import Pipeline
from whomet.entities import ActorTable
from whomet.view import TextView

PEOPLE = [
    # known by full name only; a given name that an office holder of another country bears is no office holder's name
    ("Larry Kudlow met Ola Nord on Friday.", "Larry Kudlow", "United States"),
    ("Giuseppe Conte met Ola Nord on Friday.", "Giuseppe Conte", "Italy"),
    ("Hakainde Hichilema met Ola Nord on Friday.", "Hakainde Hichilema", "Zambia"),
    # who leads a firm stands for the firm, not for its country
    ("Satya Nadella met Ola Nord on Friday.", "Satya Nadella", "Microsoft"),
    ("Igor Sechin met Ola Nord on Friday.", "Igor Sechin", "Rosneft"),
    ("Minister Keir spoke on Friday.", "Keir", None),
    # an honour that bears a state's name; what the article says of the state of its time
    (
        "Vladimir Putin met Ola Nord, Hero of the Soviet Union, and Marshal of the Soviet Union Ivan Sokol.",
        "Vladimir Putin",
        "Russia",
    ),
    (
        "West German President Richard von Weizsaecker spoke. The German leader met Germans.",
        "Richard von Weizsaecker",
        "West Germany",
    ),
    # a royal title in front of one name: nobody else's given name or surname
    ("Princess Cristina met Ola Nord on Friday.", "Cristina", None),
    ("Patriarch Kirill met Ola Nord on Friday.", "Kirill", "Russian Orthodox Church"),
    ("King Ismail met Ola Nord on Friday.", "Ismail", None),
]


REGIONS = [
    # bodies and lawmakers of a region, its adjective in front of an office
    ("Kari Lund, director of the Kansas Department of Parks and Lakes, met Ola Nord.", "Kari Lund", "United States"),
    ("Manitoba Department of Fisheries director Kari Lund met Ola Nord.", "Kari Lund", "Canada"),
    ("Oregon House Minority Floor Leader Kari Lund met Ola Nord.", "Kari Lund", "United States"),
    ("Nevada Assemblymember Kari Lund met Ola Nord.", "Kari Lund", "United States"),
    ("Bavarian interior minister Kari Lund met Ola Nord.", "Kari Lund", "Germany"),
    # but no firm that is named after one
    ("Oregon Kelp Company director Kari Lund met Ola Nord.", "Kari Lund", "Oregon Kelp Company"),
]


BODIES = [
    # agencies and chambers that only one state has, official long names
    ("OSTP Director Kari Lund met Ola Nord.", "Kari Lund", "United States"),
    ("Kari Lund, director of the National Oceanic and Atmospheric Administration, met Ola Nord.", "Kari Lund", "United States"),
    ("Kari Lund, Deputy Speaker of the Council of the Federation, met Ola Nord.", "Kari Lund", "Russia"),
    ("Prime Minister Kari Lund of the Commonwealth of The Bahamas met Ola Nord.", "Kari Lund", "Bahamas"),
    ("New York Fed president Kari Lund met Ola Nord.", "Kari Lund", "Federal Reserve Bank of New York"),
    # states that few recognise
    ("Abkhazian Foreign Minister Kari Lund met Ola Nord.", "Kari Lund", "Abkhazia"),
    ("Transnistrian leader Kari Lund met Ola Nord.", "Kari Lund", "Transnistria"),
    # a well-known party that the article gives wins over the country where its bearer once held office
    ("Moshe Yaalon, the Likud leader, met Ola Nord.", "Moshe Yaalon", "Likud"),
    ("Sonia Gandhi, president of the Indian National Congress, met Ola Nord.", "Sonia Gandhi", "Indian National Congress"),
]


@pytest.mark.parametrize(("text", "name", "party"), PEOPLE + REGIONS + BODIES)
def test_whom_the_world_says_a_person_speaks_for(real_pipeline: Pipeline, text: str, name: str, party: str | None) -> None:
    entities = ActorTable(real_pipeline.nlp(text), TextView(text, [(0, len(text))])).entities()
    assert [item.party for item in entities if item.kind == "person" and item.name == name] == [party]
