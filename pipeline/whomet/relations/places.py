"""Where a meeting is held: places and venues under its 'in' and 'at'."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from whomet.grammar import Argument, phrase
from whomet.lexicon import load_words
from whomet.records import Place, Span
from whomet.relations.lexicon import Frame, frames
from whomet.relations.mention import Actors

LONGEST_PLACE = 60
"""Longest place in code points."""


def find_places(frame: Frame, found: Sequence[Argument], topics: Sequence[Span], actors: Actors) -> list[Place]:
    """Where it is held: places under 'in' and 'at', not those inside a topic."""
    places: dict[int, Place] = {}
    for argument in found:
        head = argument.head
        if (argument.role not in frame.places and argument.role not in ("in", "at")) or not _can_hold(argument, actors):
            continue
        start, end = phrase(head, clauses=False)
        for first, last in ((start, min(end, _end_of_name(head, end))), *_behind_comma(head, actors)):
            span = actors.span(first, last)
            if (
                span is None
                or len(span.text) >= LONGEST_PLACE
                or any(topic.char_start <= span.char_start < topic.char_end for topic in topics)
            ):
                continue
            country = actors.country_at(head.doc[last - 1])
            places.setdefault(span.char_start, Place(span.text, span.char_start, span.char_end, country))
    return list(places.values())


def _can_hold(argument: Argument, actors: Actors) -> bool:
    head = argument.head
    if actors.is_place(head) or head.lower_ in load_words("venue_nouns.txt"):
        return True
    return argument.role == "at" and head.pos_ == "PROPN" and head.ent_type_ != "DATE" and (head.lower_, "NOUN") not in frames()


def _behind_comma(head: Token, actors: Actors) -> list[tuple[int, int]]:
    """The larger place behind a place: 'Bonn, Germany'."""
    index = head.i + 1
    if (
        index + 1 < len(head.doc)
        and head.doc[index].text == ","
        and head.doc[index + 1].pos_ == "PROPN"
        and actors.is_place(head)
    ):
        after = head.doc[index + 1]
        name = next((token for token in head.doc[after.i : after.i + 3] if actors.country_at(token) is not None), None)
        closes = name is not None and (name.i + 1 >= len(head.doc) or head.doc[name.i + 1].text in (",", ".", ")", ";"))
        if name is not None and closes and name.dep_ in ("appos", "npadvmod", "conj", "pobj", "nmod"):
            return [(after.i, name.i + 1)]
    return []


def _end_of_name(head: Token, end: int) -> int:
    """Where a place phrase ends: before prepositions and commas that follow its head."""
    doc, index = head.doc, head.i + 1
    while index < end and (doc[index].pos_ == "PROPN" or doc[index].text in ("-", "of", "’s", "'s")):
        index += 1
    return index if doc[index - 1].lower_ not in ("of", "-") else index - 1
