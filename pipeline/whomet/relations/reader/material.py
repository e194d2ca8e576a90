"""What the reader chooses from: candidates for triggers, actors, time expressions, with what the grammar reads of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from whomet.records import FORMS, STATUSES, Participant, Timex
from whomet.relations.frames import FrameReader
from whomet.relations.lexicon import trigger_forms
from whomet.relations.mention import Actors, Mention, ParticipantKey, participant_key
from whomet.relations.reader.choices import Choice, find_places, find_topics
from whomet.relations.reader.pieces import Window, split_windows
from whomet.relations.reading import Reading
from whomet.relations.status import Told, compute_status
from whomet.view import TextView

Floats = NDArray[np.float32]
MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "flat"})
MOST_STEPS = 4
"""How far up an actor's phrase is followed to see whether it only modifies another actor."""
MENTION_FEATURES = 10
PAIR_FEATURES = 7


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may trigger a mention of a meeting, with the mentions that the grammar reads at it (often none).

    told: its status by the grammar. occasions: numbers of the grammar's occasions it belongs to; opens: it is the first of one.
    """

    token: Token
    mentions: tuple[Mention, ...]
    told: Told
    occasions: frozenset[int]
    opens: bool

    @property
    def keys(self) -> frozenset[ParticipantKey]:
        """Whom the grammar takes for participants."""
        return frozenset(participant_key(item) for mention in self.mentions for item in mention.everyone)


@dataclass(frozen=True)
class Material:
    """Everything in one Doc that the reader scores.

    actors: who may take part, each with the tokens that stand for it; hosts: those of them that only name a place. timexes:
    (timex, first token, end token), days: what each denotes. mentions: what the grammar reads. sentences: the number
    of each token's sentence. headlines: tokens at which headlines begin. homes: the participants of each of the grammar's
    occasions; read_actors: how often the grammar takes an actor for a participant; read_topics: where its topics begin in the
    raw text. published: ISO day of publication or None.
    """

    doc: Doc
    table: Actors
    candidates: tuple[Candidate, ...]
    actors: Mapping[ParticipantKey, Sequence[tuple[int, Participant]]]
    hosts: frozenset[int]
    timexes: Sequence[tuple[Timex, int, int]]
    days: Sequence[tuple[str | None, str | None]]
    mentions: Sequence[Mention]
    sentences: Sequence[int]
    headlines: frozenset[int]
    homes: Sequence[frozenset[ParticipantKey]]
    read_actors: Mapping[ParticipantKey, int]
    read_topics: frozenset[int]
    published: str | None
    triggers: tuple[int, ...]
    trigger_set: frozenset[int]
    heads: tuple[int, ...]
    head_set: frozenset[int]

    @cached_property
    def actors_in(self) -> Mapping[int, Set[ParticipantKey]]:
        """The actors of each sentence that names any."""
        found: dict[int, set[ParticipantKey]] = {}
        for key, places in self.actors.items():
            for index, _ in places:
                found.setdefault(self.sentences[index], set()).add(key)
        return found

    @cached_property
    def places(self) -> Sequence[Choice]:
        """What may be the place of a meeting."""
        return find_places(self.doc, self.table)

    @cached_property
    def topics(self) -> Sequence[Choice]:
        """What may be a topic; found only when a candidate is worth it."""
        return find_topics(self.doc, self.table, [item.token for item in self.candidates], self.mentions, self.sentences)


def gather(reading: Reading) -> Material:
    """The material of a Doc that the grammar has read."""
    doc, grammar = reading.doc, reading.grammar
    sentences = [number for number, sentence in enumerate(doc.sents) for _ in sentence]
    read: dict[int, list[Mention]] = {}
    for mention in reading.mentions:
        read.setdefault(mention.trigger.i, []).append(mention)
    homes: dict[int, set[int]] = {}
    openers = set()
    for number, occasion in enumerate(reading.occasions):
        openers.add(occasion.trigger.i)
        for mention in occasion.mentions:
            homes.setdefault(mention.trigger.i, set()).add(number)
    forms = trigger_forms()
    candidates = tuple(
        Candidate(
            token,
            tuple(read.get(token.i, ())),
            read[token.i][0].told
            if token.i in read
            else compute_status(token, headline=token.sent.start in grammar.headline_starts),
            frozenset(homes.get(token.i, ())),
            token.i in openers,
        )
        for token in doc
        if token.lower_ in forms and not token.is_space
    )
    actors, hosts = _actors(doc, grammar)
    triggers = tuple(item.token.i for item in candidates)
    heads = tuple(sorted({index for places in actors.values() for index, _ in places}))
    people = [person for mention in reading.mentions for person in mention.everyone]
    denoted = [reading.times.days(timex, None) for timex, _, _ in reading.times.spans]
    return Material(
        doc=doc,
        table=reading.actors,
        candidates=candidates,
        actors=actors,
        hosts=hosts,
        timexes=reading.times.spans,
        days=[(days.start, days.end) for days in denoted],
        mentions=reading.mentions,
        sentences=sentences,
        headlines=grammar.headline_starts,
        homes=[frozenset(participant_key(person) for person in occasion.participants) for occasion in reading.occasions],
        read_actors=Counter(participant_key(person) for person in people),
        read_topics=frozenset(topic.char_start for mention in reading.mentions for topic in mention.topics),
        published=reading.times.published,
        triggers=triggers,
        trigger_set=frozenset(triggers),
        heads=heads,
        head_set=frozenset(heads),
    )


def _actors(doc: Doc, grammar: FrameReader) -> tuple[dict[ParticipantKey, list[tuple[int, Participant]]], frozenset[int]]:
    """Who may take part, by the heads of their phrases; governments also by the places they may host at (told apart)."""
    table: Actors = grammar.actors
    found: dict[int, list[Participant]] = {}
    hosts = set()
    for token in doc:
        if not table.may_act(token):
            continue
        people = grammar.people(token)
        if not people and table.is_place(token):
            people = table.hosts(token)
            hosts.add(token.i)
        if people:
            found[token.i] = people
    actors: dict[ParticipantKey, list[tuple[int, Participant]]] = {}
    for index, people in found.items():
        if not _is_modifier(doc[index], found):
            for item in people:
                actors.setdefault(participant_key(item), []).append((index, item))
    return actors, frozenset(hosts)


def _is_modifier(token: Token, found: Mapping[int, object]) -> bool:
    """Whether an actor only modifies another one: 'Chilean' in 'the Chilean premier'."""
    for _ in range(MOST_STEPS):
        if token.dep_ not in MODIFIERS or token.head.i == token.i:
            return False
        token = token.head
        if token.i in found:
            return True
    return False


@dataclass(frozen=True, slots=True)
class WindowInput:
    """One window ready for the encoder: T candidates, X tokens, K actors, W time expressions.

    positions: (T,) tokens of the candidates. keys and columns: per actor its key and its tokens. times: (number, first, end)
    token range of each time expression. All positions count tokens of the window. The rest is what the grammar says:
    mention (T, 10), status (T, 5), form (T, 4), part (T, K), topic (T, X), place (T, X), time (T, W).
    """

    window: Window
    candidates: tuple[int, ...]
    positions: tuple[int, ...]
    sentences: tuple[int, ...]
    keys: tuple[ParticipantKey, ...]
    columns: tuple[tuple[int, ...], ...]
    times: tuple[tuple[int, int, int], ...]
    mention: Floats
    status: Floats
    form: Floats
    part: Floats
    topic: Floats
    place: Floats
    time: Floats


def window_inputs(material: Material, view: TextView) -> list[WindowInput]:
    """The windows of a Doc in which candidates are scored, in order."""
    raw = raw_starts(material.doc, view)
    windows = split_windows(material.doc, {item.token.i for item in material.candidates})
    inputs = [window_input(material, window, raw) for window in windows]
    return [item for item in inputs if item is not None]


def raw_starts(doc: Doc, view: TextView) -> list[int]:
    """Where in the raw text each token begins; -1 for what stands between pieces of the view."""
    found = (view.to_raw(token.idx, token.idx + len(token)) for token in doc)
    return [raw[0] if raw is not None else -1 for raw in found]


def window_input(material: Material, window: Window, raw: Sequence[int]) -> WindowInput | None:
    """The input of a window; None when no candidate is scored in it. raw: where in the raw text each token begins, -1 nowhere."""
    place_of = {index: number for number, index in enumerate(window.tokens)}
    own = [
        number
        for number, item in enumerate(material.candidates)
        if window.start <= item.token.i < window.end and item.token.i in place_of
    ]
    if not own:
        return None
    columns = {key: tuple(place_of[index] for index, _ in places if index in place_of) for key, places in material.actors.items()}
    columns = {key: places for key, places in columns.items() if places}
    times = tuple(
        (number, place_of[start], place_of[end - 1] + 1)
        for number, (_, start, end) in enumerate(material.timexes)
        if start in place_of and end - 1 in place_of
    )
    chosen = [material.candidates[number] for number in own]
    starts = np.array([raw[index] for index in window.tokens])
    spans = [[span for mention in item.mentions for span in mention.topics] for item in chosen]
    places = [[place for mention in item.mentions for place in mention.places] for item in chosen]
    return WindowInput(
        window,
        tuple(own),
        tuple(place_of[item.token.i] for item in chosen),
        tuple(material.sentences[index] for index in window.tokens),
        tuple(columns),
        tuple(columns.values()),
        times,
        np.array([_mention_features(item, material) for item in chosen], np.float32),
        np.array([[float(item.told.status == status) for status in STATUSES] for item in chosen], np.float32),
        np.array([[float(_form(item) == form) for form in FORMS] for item in chosen], np.float32),
        np.array([[float(key in item.keys) for key in columns] for item in chosen], np.float32).reshape(len(own), len(columns)),
        np.array([_covered(starts, [(span.char_start, span.char_end) for span in row]) for row in spans], np.float32),
        np.array([_covered(starts, [(span.char_start, span.char_end) for span in row]) for row in places], np.float32),
        np.array([[_dates(item, material.timexes[number][0]) for number, _, _ in times] for item in chosen], np.float32).reshape(
            len(own), len(times)
        ),
    )


def _mention_features(item: Candidate, material: Material) -> list[float]:
    first = item.mentions[0] if item.mentions else None
    sides = {person.party or person.entity for mention in item.mentions for person in mention.everyone}
    flags = (
        first is not None,
        first is not None and first.frame.strength == "strong",
        first is not None and first.opens,
        first is not None and first.definite,
        len(sides) > 1,
        bool(item.occasions),
        item.opens,
        item.token.sent.start in material.headlines,
        item.token.pos_ == "VERB",
        item.token.tag_ == "NNS",
    )
    return [float(flag) for flag in flags]


def _form(item: Candidate) -> str | None:
    return item.mentions[0].form if item.mentions else None


def _covered(starts: NDArray[np.int64], spans: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    covered = np.zeros(len(starts), bool)
    for start, end in spans:
        covered |= (starts >= start) & (starts < end)
    return covered


def _dates(item: Candidate, timex: Timex) -> float:
    return float(any(mention.when is not None and mention.when.char_start == timex.char_start for mention in item.mentions))


def pair_features(one: Candidate, other: Candidate, sentences: Sequence[int]) -> list[float]:
    """What the grammar says of two candidates as mentions of one meeting: `PAIR_FEATURES` figures."""
    same = bool(one.occasions & other.occasions)
    both = bool(one.occasions) and bool(other.occasions)
    return [
        float(same),
        float(both and not same),
        float(sentences[one.token.i] == sentences[other.token.i]),
        min(abs(one.token.i - other.token.i), 200) / 100,
        len(one.keys & other.keys) / max(1, min(len(one.keys), len(other.keys))),
        float(one.told.status == other.told.status),
        1.0,
    ]
