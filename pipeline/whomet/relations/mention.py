"""A mention of a meeting, and what relations asks of the entities of a Doc."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from spacy.tokens import Token

from whomet.records import Participant, Place, Span, When
from whomet.relations.lexicon import Frame
from whomet.relations.status import Told


class Group(Protocol):
    """Actors that a phrase only points back to ('they', 'the two leaders')."""

    @property
    def size(self) -> int: ...  # noqa: D102

    @property
    def title(self) -> str | None: ...  # noqa: D102

    @property
    def people(self) -> bool: ...  # noqa: D102


class Actors(Protocol):
    """What relations needs to know of the entities of a Doc (see whomet.entities)."""

    def may_act(self, head: Token) -> bool: ...  # noqa: D102

    def participants(self, head: Token) -> list[Participant]: ...  # noqa: D102

    def premodifiers(self, noun: Token) -> list[Participant]: ...  # noqa: D102

    def group(self, head: Token) -> Group | None: ...  # noqa: D102

    def is_plural(self, head: Token) -> bool: ...  # noqa: D102

    def hosts(self, head: Token) -> list[Participant]: ...  # noqa: D102

    def is_place(self, head: Token) -> bool: ...  # noqa: D102

    def is_person(self, head: Token) -> bool: ...  # noqa: D102

    def country_at(self, head: Token) -> str | None: ...  # noqa: D102

    def name_range(self, head: Token) -> tuple[int, int] | None: ...  # noqa: D102

    def span(self, start: int, end: int) -> Span | None: ...  # noqa: D102

    def tokens(self, span: Span) -> tuple[int, int] | None: ...  # noqa: D102


@dataclass(slots=True)
class Mention:
    """One mention of a meeting in the Doc, before occasions are built."""

    trigger: Token
    frame: Frame
    form: str
    told: Told
    participants: list[Participant]
    hosts: list[Participant] = field(default_factory=list)
    topics: list[Span] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    when: When | None = None
    definite: bool = False
    plural: bool = False
    link: Token | None = None
    opens: bool = True
    """Whether it may stand for a meeting by itself, or only add to one."""

    @property
    def parties(self) -> set[str]:
        """The parties of the participants."""
        return {item.party for item in self.everyone if item.party is not None}

    @property
    def everyone(self) -> list[Participant]:
        """Participants and, of a visit, the governments that host it."""
        return [*self.participants, *self.hosts]

    @property
    def fullness(self) -> int:
        """How much it tells: the better evidence tells more."""
        return len(self.participants) + (self.when is not None) + len(self.places) + (self.frame.strength == "strong")


@dataclass(frozen=True, slots=True)
class Occasion:
    """One meeting of the article with what all its mentions tell.

    trigger: the word that tells of it first. mentions: the best evidence first. cue: what decided the status, None when no
    single word did. score: the reader's chance (0..1) that there is such a meeting; None where the grammar alone has read.
    """

    trigger: Token
    mentions: tuple[Mention, ...]
    form: str
    status: str
    cue: Token | None
    participants: list[Participant]
    topics: list[Span]
    places: list[Place]
    when: When | None
    score: float | None = None


ParticipantKey = tuple[str | None, ...]


def participant_key(item: Participant) -> ParticipantKey:
    """What makes two entries one participant: the entity of a named person, the party of an unnamed one, else the title."""
    if item.entity is not None and item.name is not None:
        return (item.entity,)
    return (None, item.party, item.title if item.party is None else None)


def merge_participants(people: Sequence[Participant]) -> list[Participant]:
    """Each participant once: named persons by identity, unnamed ones by party, fuller entries first kept."""
    named: dict[str, Participant] = {}
    for item in people:
        if item.name is not None:
            named.setdefault(item.entity or item.name, item)
    parties_named = {item.party for item in named.values() if item.party is not None}
    unnamed: dict[tuple[str | None, str | None], Participant] = {}
    for item in people:
        if item.name is not None or (item.party is not None and item.party in parties_named):
            continue
        key = (item.party, None if item.party is not None else item.title)
        old = unnamed.get(key)
        if old is None or (old.title is None and item.title is not None):
            unnamed[key] = item
    return [*named.values(), *unnamed.values()]
