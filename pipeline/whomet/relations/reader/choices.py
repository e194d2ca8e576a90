"""What may fill the slots of a meeting besides actors: time expressions, places and topics, each with its span."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from whomet.lexicon import load_words
from whomet.records import Span
from whomet.relations.mention import Actors, Mention
from whomet.relations.topics import is_no_topic, topic_range

LONGEST_TOPIC, LONGEST_PLACE = 160, 80
"""Longest topic and place, in code points."""
BEFORE, BEHIND = 1, 3
"""How many sentences in front of and behind a candidate its topics may stand."""
TOPIC_ROLES = frozenset({"pobj", "dobj", "pcomp", "conj", "nsubjpass", "attr", "nsubj"})
NO_TOPIC_NAMES = frozenset({"DATE", "TIME", "PERSON", "CARDINAL", "ORDINAL"})


@dataclass(frozen=True, slots=True)
class Choice:
    """A place or topic that a meeting may have: its head token, its token range and its quote."""

    head: int
    start: int
    end: int
    span: Span


def find_places(doc: Doc, actors: Actors) -> list[Choice]:
    """Place names, venues, and names under 'in' and 'at', in text order."""
    venues = load_words("venue_nouns.txt")
    found = []
    for token in doc:
        named = token.dep_ == "pobj" and token.head.lower_ in ("at", "in") and token.pos_ == "PROPN" and token.ent_type_ != "DATE"
        if token.dep_ == "amod" or not (named or token.lower_ in venues or actors.is_place(token)):
            continue
        start, end = actors.name_range(token) or (token.i, token.i + 1)
        span = actors.span(start, end)
        if doc[start:end].root.i == token.i and span is not None and 0 < len(span.text) <= LONGEST_PLACE:
            found.append(Choice(token.i, start, end, span))
    return found


def find_topics(
    doc: Doc, actors: Actors, candidates: Sequence[Token], mentions: Sequence[Mention], sentences: Sequence[int]
) -> list[Choice]:
    """Phrases near a candidate that may be what is discussed, and every topic that the grammar reads, in text order."""
    spans = {
        (choice.span.char_start, choice.span.char_end): choice
        for choice in (*_read_topics(mentions, actors, doc), *_phrases(doc, actors, candidates, sentences))
    }
    return sorted(spans.values(), key=lambda choice: (choice.start, choice.end))


def _read_topics(mentions: Sequence[Mention], actors: Actors, doc: Doc) -> Iterator[Choice]:
    for mention in mentions:
        for topic in mention.topics:
            tokens = actors.tokens(topic)
            if tokens is not None:
                yield Choice(doc[tokens[0] : tokens[1]].root.i, *tokens, topic)


def _phrases(doc: Doc, actors: Actors, candidates: Sequence[Token], sentences: Sequence[int]) -> Iterator[Choice]:
    near = {sentences[token.i] + step for token in candidates for step in range(-BEFORE, BEHIND + 1)}
    triggers = {token.i for token in candidates}
    for token in doc:
        if sentences[token.i] not in near:
            continue
        if token.dep_ == "compound" and token.pos_ == "NOUN" and token.head.i in triggers and token.i == token.head.i - 1:
            tokens = token.i, token.i + 1
        elif token.dep_ in TOPIC_ROLES and _can_be_topic(token):
            tokens = topic_range(token)
        else:
            continue
        span = actors.span(*tokens)
        if span is not None and 2 < len(span.text) <= LONGEST_TOPIC:
            yield Choice(token.i, *tokens, span)


def _can_be_topic(token: Token) -> bool:
    return (
        token.pos_ in ("NOUN", "PROPN", "VERB", "NUM", "ADJ") and token.ent_type_ not in NO_TOPIC_NAMES and not is_no_topic(token)
    )


def nearest(candidates: Collection[int], index: int) -> int:
    """The candidate nearest to a token."""
    return min(candidates, key=lambda candidate: (abs(candidate - index), candidate))
