"""A mention of a meeting, and what relations asks of the entities of a Doc."""

from __future__ import annotations

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

    def participants(self, head: Token) -> list[Participant]: ...  # noqa: D102

    def premodifiers(self, noun: Token) -> list[Participant]: ...  # noqa: D102

    def group(self, head: Token) -> Group | None: ...  # noqa: D102

    def is_plural(self, head: Token) -> bool: ...  # noqa: D102

    def hosts(self, head: Token) -> list[Participant]: ...  # noqa: D102

    def is_place(self, head: Token) -> bool: ...  # noqa: D102

    def is_person(self, head: Token) -> bool: ...  # noqa: D102

    def country_at(self, head: Token) -> str | None: ...  # noqa: D102

    def span(self, start: int, end: int) -> Span | None: ...  # noqa: D102


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
