"""Parties that titles before and behind a name tell, by class of wording. Every sentence and every person is invented."""

from __future__ import annotations

import pytest

from whomet.build import Pipeline
from whomet.entities import ActorTable
from whomet.view import TextView

LIST = (
    "The people at the table were:\n\n"
    "- Dr. Ingrid Solheim, President, Fjord College (SC)\n"
    "- Captain Peter Dahl, Executive Director, Association of Chiefs of Police (ACP)\n"
    "- Tora Vik, Ph.D., Senior Advisor, Nordic Kelp Institute\n\n"
    "They met on Friday."
)
ENTRIES = [
    # entries of a list: an acronym or region in brackets, a degree behind the name, an association of officials
    (LIST, "Ingrid Solheim", "Fjord College"),
    (LIST, "Peter Dahl", "Association of Chiefs of Police"),
    (LIST, "Tora Vik", "Nordic Kelp Institute"),
    # the next person's title in a list of pairs is not this one's
    ("Deputy Minister for Fish, Mrs. Kari Lund, the country's president, Fjord College, Mr. Juan Rojas came.", "Kari Lund", None),
    # a body that looks like a place
    ("The chiefs were Ola Nord of Fastex (FXX) and Kari Lund of the Kelp People's Front.", "Kari Lund", "Kelp People's Front"),
]
SERVING = [
    ("Kari Lund, adviser to the Chilean prime minister, spoke.", "Kari Lund", "Chile"),
    ("Chilean President Juan Rojas spoke. Kari Lund, an adviser to Minister Rojas, left.", "Kari Lund", "Chile"),
    ("Chilean President Juan Marsh spoke. Kari Lund, a Marsh aide, left.", "Kari Lund", "Chile"),
    ("Chilean President Juan Marsh spoke. Kari Lund, a Marsh critic, left.", "Kari Lund", None),
]
OPPOSED = [
    # negotiators of an opposition do not speak for the government; its leader in parliament holds an office of the country
    ("Ola Nord, chief negotiator for the Chilean opposition, spoke.", "Ola Nord", "Chilean opposition"),
    ("The Chilean opposition met. Lead opposition negotiator Ola Nord spoke.", "Ola Nord", "Chilean opposition"),
    ("Ola Nord, a negotiator for Chile's opposition Kelp Council, spoke.", "Ola Nord", "Kelp Council"),
    ("Chilean opposition leader Ola Nord spoke.", "Ola Nord", "Chile"),
]
TITLES = [
    # an office that a candidate holds counts more than the candidacy (a known office holder; the words are invented)
    ("The vice-president and Democratic candidate Kamala Harris spoke.", "Kamala Harris", "United States"),
    ("Democratic candidate Kamala Harris spoke.", "Kamala Harris", "Democratic Party"),
    # honorifics of several words; a title that ends in a body's collective noun
    ("Chile's Minister of Fish, Dr the Rt. Hon. Juan Rojas, spoke.", "Juan Rojas", "Chile"),
    ("The head of the Fjord Authority, Maj. Gen. Ola Nord, spoke.", "Ola Nord", "Fjord Authority"),
    # a rank is not the whole role; membership elsewhere counts less than an office
    ("Tora Vik, Chief Program Officer at Kelpworks, spoke.", "Tora Vik", "Kelpworks"),
    ("Kelpworks chief executive Tora Vik spoke. Tora Vik, a member of the Nordic Fish Institute, left.", "Tora Vik", "Kelpworks"),
    ("California Assemblymember Tora Vik spoke.", "Tora Vik", "United States"),
    # a party or union behind a role counts before the country behind it
    ("Tora Vik, leader of the Fjord Party group in the Chilean parliament, spoke.", "Tora Vik", "Fjord Party"),
]
NATIONAL = [
    # a nation in the name of a body makes nobody its country's
    ("Gunnar Lund, president of the Federation of Chilean Companies, spoke.", "Gunnar Lund", "Federation of Chilean Companies"),
    ("Tora Vik, head of the Chilean fish traders association, spoke.", "Tora Vik", "Chilean fish traders association"),
    ("Tora Vik, head of the Chilean navy, spoke.", "Tora Vik", "Chile"),
    # departments of a state's region, styles of address, legislators with party and district
    ("Montana Department of Fish director Tora Vik spoke.", "Tora Vik", "United States"),
    ("Her Royal Highness the Queen and Prime Minister of Norway, Tora Vik, spoke.", "Tora Vik", "Norway"),
    ("Tora Vik (D-NY) spoke.", "Tora Vik", "United States"),
    ("Mark Fielding (KS-03) spoke.", "Mark Fielding", "United States"),
    ("Chairman Mark Fielding, R-Texas, spoke in Taiwan.", "Mark Fielding", "United States"),
    # an office told of the noun in apposition
    ("Tora Vik, a close Marsh ally who serves as Chile's coordinator for fish, spoke.", "Tora Vik", "Chile"),
]
NEIGHBOURS = [
    # the body behind the second of a pair is that of both; two titled people of a country's list are not joined so
    ("Tora Vik, President, and Ola Nord, Director of the Nordic Kelp Institute, spoke.", "Tora Vik", "Nordic Kelp Institute"),
    ("He met Tora Vik and Ola Nord from the Nordic Kelp Institute.", "Tora Vik", "Nordic Kelp Institute"),
    # country, region or body behind the name
    ("They came:\n\n- Special Envoy for Water Juan Rojas, Chile\n- Kari Lund, Norway\n", "Juan Rojas", "Chile"),
    ("Mark Fielding of Connecticut spoke.", "Mark Fielding", "United States"),
    ("They met Kenya's Deputy Envoy to Chile, Tora Vik These people left.", "Tora Vik", "Kenya"),
]


@pytest.mark.parametrize(("text", "name", "party"), ENTRIES + SERVING + OPPOSED + TITLES + NATIONAL + NEIGHBOURS)
def test_party_told_by_a_title(real_pipeline: Pipeline, text: str, name: str, party: str | None) -> None:
    entities = ActorTable(real_pipeline.nlp(text), TextView(text, [(0, len(text))])).entities()
    assert [item.party for item in entities if item.kind == "person" and item.name == name] == [party]
