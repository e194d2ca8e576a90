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
]


@pytest.mark.parametrize(("text", "name", "party"), ENTRIES + SERVING)
def test_party_told_by_a_title(real_pipeline: Pipeline, text: str, name: str, party: str | None) -> None:
    entities = ActorTable(real_pipeline.nlp(text), TextView(text, [(0, len(text))])).entities()
    assert [item.party for item in entities if item.kind == "person" and item.name == name] == [party]
