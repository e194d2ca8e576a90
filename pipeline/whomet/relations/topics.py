"""Topics: the shortest span that names each thing discussed."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from whomet.grammar import Argument, conjuncts, phrase
from whomet.lexicon import load_words
from whomet.records import Span
from whomet.relations.lexicon import Frame, frames
from whomet.relations.mention import Actors
from whomet.relations.status import is_negated

LONGEST = 220
"""Longest topic in code points."""


def find_topics(trigger: Token, frame: Frame, found: Sequence[Argument], actors: Actors) -> list[Span]:
    """The topics that the arguments of a trigger name, lists split, in text order."""
    heads: list[Token] = []
    if frame.pos == "VERB" and frame.strength != "strong" and is_negated(trigger):
        return []
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
        if is_no_topic(head) or actors.is_person(head):
            continue
        start, end = topic_range(head)
        span = actors.span(start, end)
        if (
            span is not None
            and span.text
            and len(span.text) <= LONGEST
            and all(other.char_start != span.char_start for other in topics)
        ):
            topics.append(span)
    return sorted(topics, key=lambda span: span.char_start)


def is_no_topic(head: Token) -> bool:
    """Days, pronouns, 'this move', the meeting itself: what no meeting is about."""
    if (
        (len(head) < 3 and not head.is_upper)
        or head.ent_type_ in ("DATE", "TIME", "PERSON")
        or head.pos_ in ("PRON", "DET")
        or head.lower_ in load_words("no_topics.txt")
    ):
        return True
    pointing = any(child.dep_ == "det" and child.lower_ in ("this", "that", "these", "those") for child in head.children)
    return pointing or (head.pos_ in ("NOUN", "PROPN") and (head.lower_, "NOUN") in frames() and not head.text.endswith("s"))


def topic_range(head: Token) -> tuple[int, int]:
    """Token range of the shortest phrase that names what is discussed, without punctuation at its ends."""
    return _trim(head, *_shortest(head))


def _shortest(head: Token) -> tuple[int, int]:
    """The phrase of a topic without relative clauses, asides in commas, and the people it is discussed with."""
    start, end = phrase(head)
    for child in head.rights:
        aside = child.i > 0 and child.nbor(-1).text in (",", "–", "—", "(") and child.dep_ not in ("amod", "conj")
        company = child.dep_ == "prep" and child.lower_ in ("with", "during", "at", "after", "before", "without")
        relative = child.dep_ == "relcl" and not any(grand.lower_ == "to" for grand in child.lefts)
        if relative or aside or company:
            end = min(end, child.left_edge.i)
    return start, max(end, head.i + 1)


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
        and (argument.head.i == 0 or argument.head.nbor(-1).text != "-")
    ]


def _trim(head: Token, start: int, end: int) -> tuple[int, int]:
    doc = head.doc
    while start < end and ((doc[start].is_punct and doc[start].text not in "\"“'‘") or doc[start].is_space):
        start += 1
    while end > start and ((doc[end - 1].is_punct and doc[end - 1].text not in "\"”'’)") or doc[end - 1].is_space):
        end -= 1
    return start, end
