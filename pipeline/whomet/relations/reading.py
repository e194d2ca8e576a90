"""What the grammar reads in one Doc: triggers -> mentions -> occasions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from whomet.records import Timex
from whomet.relations.frames import FrameReader, find_triggers
from whomet.relations.gatherings import is_beside
from whomet.relations.mention import Actors, Mention, Occasion
from whomet.relations.occasions import build_occasions
from whomet.relations.times import Days, TimeFinder
from whomet.view import TextView


@dataclass(frozen=True, slots=True)
class Reading:
    """A Doc with what the grammar makes of it."""

    doc: Doc
    view: TextView
    actors: Actors
    grammar: FrameReader
    times: TimeFinder
    mentions: tuple[Mention, ...]
    occasions: tuple[Occasion, ...]


def read_doc(
    doc: Doc,
    view: TextView,
    *,
    actors: Actors,
    timexes: Sequence[Timex],
    days: Days,
    published: str | None,
    headlines: frozenset[int],
) -> Reading:
    """The reading of a Doc.

    actors: the actor table of the Doc. timexes: time expressions in raw offsets. days: the days of a timex with its
    preposition, in the future reading or not. published: ISO day of publication or None. headlines: token indices at which
    headlines begin.
    """
    grammar = FrameReader(doc, view, actors, headlines)
    times = TimeFinder(doc, view, timexes, days, published)
    mentions: list[Mention] = []
    for trigger, frame in find_triggers(doc):
        mention = grammar.read(trigger, frame)
        if mention is not None and (len(mention.participants) > 1 or not is_beside(trigger)):
            mention.when = times.find(trigger, mention.told.status, mention.topics) if frame.strength != "topic" else None
            mentions.extend(grammar.split(mention))
    order = {"strong": 0, "weak": 1, "topic": 2}
    mentions.sort(key=lambda item: (item.trigger.sent.start, order[item.frame.strength], item.trigger.i))
    return Reading(doc, view, actors, grammar, times, tuple(mentions), tuple(build_occasions(mentions)))
