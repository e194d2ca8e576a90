"""Topics: the shortest span that names each thing discussed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from spacy.tokens import Token

from whomet.grammar import Argument, conjuncts, phrase
from whomet.lexicon import load_words
from whomet.records import Span
from whomet.relations.lexicon import Frame


class Quotes(Protocol):
    """Turns token ranges into verbatim quotes."""

    def span(self, start: int, end: int) -> Span | None: ...  # noqa: D102


LONGEST = 220
"""Longest topic in code points."""


def find_topics(trigger: Token, frame: Frame, found: Sequence[Argument], quotes: Quotes) -> list[Span]:
    """The topics that the arguments of a trigger name, lists split, in text order."""
    heads: list[Token] = []
    for argument in found:
        if argument.role not in frame.topics or argument.role == "purpose":
            continue
        if argument.loose and argument.role == "patient":
            continue
        if argument.role == "patient" and argument.head.pos_ == "PRON":
            continue
        heads.append(argument.head)
    if "purpose" in frame.topics:
        for argument in found:
            if argument.role == "purpose":
                heads.extend(_purpose_objects(argument.head))
    if not heads and frame.pos == "NOUN":
        heads.extend(_named_in_front(trigger, found))
    topics: list[Span] = []
    for head in heads:
        if head.ent_type_ in ("DATE", "TIME") or head.lower_ in load_words("no_topics.txt") or head.pos_ in ("PRON", "DET"):
            continue
        start, end = _trim(head, *phrase(head))
        span = quotes.span(start, end)
        if (
            span is not None
            and span.text
            and len(span.text) <= LONGEST
            and all(other.char_start != span.char_start for other in topics)
        ):
            topics.append(span)
    return sorted(topics, key=lambda span: span.char_start)


def _purpose_objects(verb: Token) -> list[Token]:
    """Objects of a purpose clause: 'to improve strained relations'; none of verbs of going, saying or meeting."""
    if verb.lemma_.lower() in load_words("purpose_stop_verbs.txt"):
        return []
    return [head for child in verb.children if child.dep_ == "dobj" for head in conjuncts(child)]


def _named_in_front(noun: Token, found: Sequence[Argument]) -> list[Token]:
    """The common noun in front of a meeting noun that says what it is about: 'merger talks', 'trade negotiations'."""
    plain = load_words("plain_modifiers.txt")
    return [
        argument.head
        for argument in found
        if argument.role == "compound"
        and argument.head.i == noun.i - 1
        and argument.head.pos_ == "NOUN"
        and argument.head.lower_ not in plain
        and not argument.head.ent_type_
        and argument.head.nbor(-1).text != "-"
    ]


def _trim(head: Token, start: int, end: int) -> tuple[int, int]:
    doc = head.doc
    while start < end and ((doc[start].is_punct and doc[start].text not in "\"“'‘") or doc[start].is_space):
        start += 1
    while end > start and ((doc[end - 1].is_punct and doc[end - 1].text not in "\"”'’)") or doc[end - 1].is_space):
        end -= 1
    return start, end
