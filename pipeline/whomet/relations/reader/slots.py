"""Which actors, time expressions, places and topics are near enough to a candidate to be asked for, and their figures."""

from __future__ import annotations

from dataclasses import dataclass

from whomet.relations.mention import ParticipantKey
from whomet.relations.reader.choices import BEFORE, BEHIND
from whomet.relations.reader.features import (
    Figures,
    actor_figures,
    look_around,
    place_figures,
    time_figures,
    topic_figures,
)
from whomet.relations.reader.material import Candidate, Material

ACTORS, TIMES = 3, 2
"""How many sentences away actors, and times and places, may stand."""


@dataclass(frozen=True, slots=True)
class Slots:
    """What may fill the slots of one candidate: keys of actors, numbers of the other choices of the material."""

    actors: tuple[ParticipantKey, ...]
    times: tuple[int, ...]
    places: tuple[int, ...]
    topics: tuple[int, ...]


def near_slots(item: Candidate, material: Material) -> Slots:
    """What stands near a candidate, and whom the grammar takes for a participant wherever it stands."""
    sentences = material.sentences
    here = sentences[item.token.i]
    near = item.keys.union(*(material.actors_in.get(number, ()) for number in range(here - ACTORS, here + ACTORS + 1)))
    return Slots(
        tuple(key for key in material.actors if key in near),
        tuple(number for number, (_, start, _) in enumerate(material.timexes) if abs(sentences[start] - here) <= TIMES),
        tuple(number for number, choice in enumerate(material.places) if abs(sentences[choice.head] - here) <= TIMES),
        tuple(number for number, choice in enumerate(material.topics) if -BEFORE <= sentences[choice.head] - here <= BEHIND),
    )


def slot_figures(item: Candidate, material: Material, slots: Slots) -> dict[str, list[Figures]]:
    """The figures of everything in `slots`, by slot, in its order."""
    around = look_around(item, material)
    return {
        "participant": [actor_figures(around, key, material) for key in slots.actors],
        "time": [time_figures(around, number, material) for number in slots.times],
        "place": [place_figures(around, material.places[number], material) for number in slots.places],
        "topic": [topic_figures(around, material.topics[number], material) for number in slots.topics],
    }
