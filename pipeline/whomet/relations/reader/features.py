"""What trees are told of a candidate and what may fill its slots: distances, grammar, and what the grammar's mentions say.

Every function gives one dictionary of figures, always with the same names in the same order; -1 or 0 stand for what is not there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from spacy.tokens import Token

from whomet.grammar import Argument, arguments, is_report, preposition_over, steps_between, support_verb
from whomet.lexicon import load_words
from whomet.records import FORMS, STATUSES, Participant
from whomet.relations.lexicon import any_frame
from whomet.relations.mention import ParticipantKey, participant_key
from whomet.relations.reader.choices import Choice, nearest
from whomet.relations.reader.material import Candidate, Floats, Material

Figures = Mapping[str, float]
ROLES = (
    "agent patient with between among of by poss compound controller to in at on about purpose for from over during after "
    "before against involving as into"
).split()
LABELS = (
    "nsubj nsubjpass dobj pobj conj appos poss compound attr ROOT npadvmod nmod amod relcl ccomp advcl xcomp acl prep agent "
    "dative oprd"
).split()
PREPOSITIONS = (
    "with between of by in at to from for on among against as after before during since until about over like including near "
    "toward into"
).split()
TAGS = "NN NNS NNP VB VBD VBG VBN VBP VBZ JJ NNPS".split()
GRAIN = "time day weekend week month season quarter half year duration decade century".split()
OTHER, ABSENT = 40, 300


def as_table(rows: Sequence[Figures]) -> Floats:
    """(N, F) figures of rows that have the same names in the same order."""
    return np.array([list(row.values()) for row in rows], np.float32)


def code(names: Sequence[str], name: str | None) -> float:
    """A number for a name: its place counted from 1, 0 for none, `OTHER` for one not in the list."""
    return 0.0 if not name else float(names.index(name) + 1) if name in names else float(OTHER)


@cache
def topic_verbs() -> tuple[str, ...]:
    """The verbs that trees tell apart, in alphabetical order."""
    return tuple(sorted(load_words("topic_verbs.txt")))


def _label(token: Token) -> float:
    return code(LABELS, token.dep_)


@dataclass(frozen=True, slots=True)
class Around:
    """A candidate with what several figures ask of it."""

    item: Candidate
    keys: frozenset[ParticipantKey]
    people: tuple[Participant, ...]
    found: tuple[Argument, ...]
    sentence: int
    own: Figures


def look_around(item: Candidate, material: Material) -> Around:
    """A candidate with the people and arguments that the grammar gives it, and the figures that all its slots share."""
    token, first = item.token, item.mentions[0] if item.mentions else None
    people = tuple(person for mention in item.mentions for person in mention.everyone)
    carrier = support_verb(token) if token.pos_ not in ("VERB", "AUX") else token
    sentence = material.sentences[token.i]
    own = {
        "trigger form": float(FORMS.index(any_frame(token).form)),
        "trigger verb": float(token.pos_ == "VERB"),
        "read people": float(len({participant_key(person) for person in people})),
        "status": float(STATUSES.index(item.told.status)),
        "read status": float(STATUSES.index(first.told.status)) if first is not None else -1.0,
        "read form": float(FORMS.index(first.form)) if first is not None else -1.0,
        "headline": float(token.sent.start in material.headlines),
        "carrier tag": code(TAGS, carrier.tag_) if carrier is not None else -1.0,
        "read topics": float(len(first.topics)) if first is not None else 0.0,
        "strong": float(first is not None and first.frame.strength == "strong"),
    }
    return Around(item, item.keys, people, tuple(arguments(token)), sentence, own)


def _between(start: int, end: int, indices: Sequence[int]) -> float:
    low, high = min(start, end), max(start, end)
    return float(sum(low < index < high for index in indices))


def actor_figures(around: Around, key: ParticipantKey, material: Material) -> Figures:
    """Whether an actor takes part in what a candidate tells of."""
    trigger, places = around.item.token.i, material.actors[key]
    person = places[0][1]
    indices = [index for index, _ in places]
    index = min(indices, key=lambda place: (material.sentences[place] != around.sentence, abs(place - trigger)))
    head = material.doc[index]
    top = head
    while top.dep_ in ("conj", "appos") and top.head.i != top.i:
        top = top.head
    here = [place for place in indices if material.sentences[place] == around.sentence]
    role = next((item for item in around.found if item.head.i == index or item.head.i in here), None)
    steps = [material.sentences[place] - around.sentence for place in indices]
    first = min(indices)
    homes = [material.homes[number] for number in around.item.occasions]
    return {
        **around.own,
        "read": float(key in around.keys),
        "role": code(ROLES, role.role) if role is not None else 0.0,
        "loose": float(role is not None and role.loose),
        "sentences": float(material.sentences[index] - around.sentence),
        "tokens": float(index - trigger),
        "distance": float(abs(index - trigger)),
        "steps": float(steps_between(head, around.item.token)),
        "preposition": code(PREPOSITIONS, preposition_over(head)),
        "top label": _label(top),
        "label": _label(head),
        "here": float(len(here)),
        "sentence before": float(steps.count(-1)),
        "sentence behind": float(steps.count(1)),
        "mentions": float(len(indices)),
        "first": float(first - trigger),
        "first sentence": float(material.sentences[first]),
        "read elsewhere": float(material.read_actors[key]),
        "named": float(person.name is not None),
        "titled": float(person.title is not None),
        "party": float(person.party is not None),
        "country": float(person.country is not None),
        "speaker": float(top.dep_ == "nsubj" and is_report(top.head)),
        "actors between": _between(index, trigger, material.heads),
        "pronoun": float(head.pos_ == "PRON"),
        "side read": float(
            any(person.party and person.party == other.party and participant_key(other) != key for other in around.people)
        ),
        "last before": float(min((trigger - place for place in indices if place < trigger), default=ABSENT)),
        "next behind": float(min((place - trigger for place in indices if place > trigger), default=ABSENT)),
        "sure": person.confidence,
        "in headline": float(material.doc[first].sent.start in material.headlines),
        "actors": float(len(material.actors)),
        "in occasion": float(sum(key in home for home in homes)),
        "occasion size": float(sum(len(home) for home in homes)),
        "sides": float(len({other.party for other in around.people if other.party})),
        "hosting": float(index in material.hosts),
        "share hosting": sum(place in material.hosts for place in indices) / len(indices),
    }


def time_figures(around: Around, number: int, material: Material) -> Figures:
    """Whether a time expression dates what a candidate tells of."""
    days = material.days[number]
    timex, start, end = material.timexes[number]
    trigger, root = around.item.token.i, material.doc[start:end].root
    reads = [mention.when for mention in around.item.mentions if mention.when is not None]
    candidates = material.triggers
    return {
        **around.own,
        "read": float(any(when.char_start == timex.char_start for when in reads)),
        "another read": float(bool(reads)),
        "tokens": float(start - trigger),
        "distance": float(abs(start - trigger)),
        "sentences": float(material.sentences[start] - around.sentence),
        "steps": float(steps_between(root, around.item.token)),
        "preposition": code(PREPOSITIONS, root.head.lower_ if root.head.dep_ == "prep" else None),
        "grain": code(GRAIN, timex.granularity),
        "type": float(("DATE", "TIME", "DURATION", "SET").index(timex.type)),
        "direction": {"past": 1.0, "future": 2.0}.get(timex.direction or "", 0.0),
        "from publication": _days_apart(material.published, days[0]),
        "length": _days_apart(*days),
        "rivals": float(sum(material.sentences[place] == around.sentence for _, place, _ in material.timexes)),
        "triggers between": _between(start, trigger, candidates),
        "nearest": float(nearest(candidates, start) == trigger),
        "same words": float(sum(other.text.lower() == timex.text.lower() for other, _, _ in material.timexes)),
        "sentence": float(material.sentences[start]),
        "head label": _label(root.head),
        "under verb": float(root.head.pos_ == "VERB"),
        "timexes": float(len(material.timexes)),
        "in headline": float(material.doc[start].sent.start in material.headlines),
    }


def _days_apart(one: str | None, other: str | None) -> float:
    if one is None or other is None:
        return -9999.0
    return float((date.fromisoformat(other[:10]) - date.fromisoformat(one[:10])).days)


def place_figures(around: Around, choice: Choice, material: Material) -> Figures:
    """Whether a place is where the meeting is held."""
    actors = material.table
    trigger, head = around.item.token.i, material.doc[choice.head]
    read = [place for mention in around.item.mentions for place in mention.places]
    role = next((item for item in around.found if item.head.i == choice.head), None)
    country = actors.country_at(head)
    countries = {person.country for person in around.people if person.country}
    same = [other for other in material.places if other.span.text.lower() == choice.span.text.lower()]
    return {
        **around.own,
        "read": float(any(choice.span.char_start <= place.char_start < choice.span.char_end for place in read)),
        "another read": float(bool(read)),
        "role": code(ROLES, role.role) if role is not None else 0.0,
        "loose": float(role is not None and role.loose),
        "tokens": float(choice.head - trigger),
        "distance": float(abs(choice.head - trigger)),
        "sentences": float(material.sentences[choice.head] - around.sentence),
        "steps": float(steps_between(head, around.item.token)),
        "preposition": code(PREPOSITIONS, preposition_over(head)),
        "country": float(country is not None),
        "of a side": float(country in countries) if country is not None else -1.0,
        "place name": float(actors.is_place(head)),
        "name": float(head.pos_ == "PROPN"),
        "label": _label(head),
        "triggers between": _between(choice.head, trigger, material.triggers),
        "nearest": float(nearest(material.triggers, choice.head) == trigger),
        "sentence": float(material.sentences[choice.head]),
        "same words": float(len(same)),
        "first of them": float(all(other.head >= choice.head for other in same)),
        "opens sentence": float(choice.head < head.sent.start + 3),
        "actor": float(choice.head in material.head_set),
        "somewhere in": float(any(preposition_over(material.doc[other.head]) in ("in", "at") for other in same)),
        "length": float(len(choice.span.text)),
    }


def topic_figures(around: Around, choice: Choice, material: Material) -> Figures:
    """Whether a phrase is what the meeting is about."""
    actors = material.table
    trigger, head, doc = around.item.token.i, material.doc[choice.head], material.doc
    top = head
    while top.dep_ == "conj" and top.head.i != top.i:
        top = top.head
    governor = top.head.head if top.dep_ in ("pobj", "pcomp") else top.head
    verb = governor
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    subjects = [child.i for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    role = next((item.role for item in around.found if item.head.i == choice.head), None)
    read = any(topic.char_start == choice.span.char_start for mention in around.item.mentions for topic in mention.topics)
    verbs = topic_verbs()
    return {
        **around.own,
        "read": float(read),
        "read elsewhere": float(choice.span.char_start in material.read_topics),
        "role": code(ROLES, role),
        "preposition": code(PREPOSITIONS, top.head.lower_ if top.dep_ in ("pobj", "pcomp") else None),
        "label": _label(head),
        "top label": _label(top),
        "governor": code(verbs, governor.lemma_.lower()),
        "verb": code(verbs, verb.lemma_.lower()),
        "governor tag": code(TAGS, governor.tag_),
        "under a trigger": float(governor.i in material.trigger_set),
        "under this trigger": float(governor.i == trigger),
        "in a list": float(top.i != head.i),
        "steps": float(steps_between(head, around.item.token)),
        "tokens": float(choice.head - trigger),
        "distance": float(abs(choice.head - trigger)),
        "sentences": float(material.sentences[choice.head] - around.sentence),
        "words": float(choice.end - choice.start),
        "length": float(len(choice.span.text)),
        "name": float(head.pos_ == "PROPN"),
        "plural": float(head.tag_ == "NNS"),
        "actor": float(choice.head in material.head_set),
        "has name": float(any(doc[index].ent_type_ for index in range(choice.start, choice.end))),
        "actor subject": float(any(index in material.head_set for index in subjects)),
        "trigger subject": float(any(index in material.trigger_set for index in subjects)),
        "base verb": float(verb.tag_ == "VB"),
        "infinitive": float(any(child.lower_ == "to" for child in verb.children)),
        "negated": float(any(child.dep_ == "neg" for child in verb.children)),
        "triggers between": _between(choice.head, trigger, material.triggers),
        "nearest": float(nearest(material.triggers, choice.head) == trigger),
        "place": float(actors.is_place(head)),
        "agenda": float(governor.lower_ in load_words("agenda_nouns.txt")),
        "the": float(doc[choice.start].lower_ == "the"),
        "a": float(doc[choice.start].lower_ in ("a", "an")),
        "possessive": float(doc[choice.start].tag_ == "PRP$"),
        "sentence": float(material.sentences[choice.head]),
    }
