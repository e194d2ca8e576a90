"""The names of one Doc: mentions, the people and parties behind them, and their quotes in the raw text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from whomet.entities.affiliation import party_of
from whomet.entities.bodies import other_names
from whomet.entities.gazetteer import Party, PartyName, country_of_place, former_states, qid_of_place
from whomet.entities.knowledge import NOTHING, KnowledgeBase
from whomet.entities.mentions import Mention, find_mentions
from whomet.entities.metonymy import acts, is_located
from whomet.entities.persons import Person, build_persons, title_text
from whomet.entities.words import is_role
from whomet.records import Entity, Participant, Span
from whomet.view import TextView

CONFIDENCE: Final = {"known": 0.97, "told": 0.93, "world": 0.96, "inferred": 0.65, "none": 0.5, "party": 0.8}
"""How often a participant's party is right on annotated articles, by what it was read from."""
UNNAMED: Final = 0.8
"""Factor for a person who is meant by a title or pronoun only."""


def slug(text: str) -> str:
    """A readable id part: ASCII letters and digits, joined by hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-") or "x"


class Names:
    """All names of a Doc. `named` maps a token index to its mention, `person_at` a mention's start to its person, `titled` the
    index of a role noun in somebody's title to that person.
    """

    def __init__(self, doc: Doc, view: TextView, kb: KnowledgeBase = NOTHING) -> None:
        self.doc, self.view, self.kb = doc, view, kb
        found = find_mentions(doc)
        self.aliases = other_names(doc, found, view.raw)
        former = former_states(mention.party for mention in found if mention.party is not None)
        self.mentions = [self._as_defined(mention, former) for mention in found]
        self.named = {index: mention for mention in self.mentions for index in range(mention.start, mention.end)}
        self.persons = build_persons(doc, self.mentions, self.aliases)
        self.titled = {
            index: person
            for person in self.persons
            for start, end in person.titles
            if end - start < 12
            for index in range(start, end)
            if is_role(doc[index])
        }
        self.person_at = {mention.start: person for person in self.persons for mention in person.mentions}

    def _as_defined(self, mention: Mention, former: Mapping[Party, Party]) -> Mention:
        """A mention as the article itself defines it: its 'ICC' may be another one than the world's, its Kremlin Soviet."""
        if mention.party is None:
            return mention
        if self.doc[mention.start : mention.end].text in self.aliases:
            return Mention("organization", mention.start, mention.end)
        state = former.get(mention.party.party) if mention.party.form in ("seat", "alias", "agency") else None
        return mention if state is None else replace(mention, party=PartyName(state, mention.party.form))

    def party(self, mention: Mention) -> Party | None:
        """The party of a name, an acronym replaced by the name it stands for in this article."""
        return party_of(self.doc, mention, self.aliases)

    def span(self, start: int, end: int) -> Span | None:
        """A token range as a verbatim quote of the raw text; None when it crosses pieces of the view."""
        if start >= end:
            return None
        last = self.doc[end - 1]
        raw = self.view.to_raw(self.doc[start].idx, last.idx + len(last))
        return None if raw is None else Span(self.view.raw[raw[0] : raw[1]], *raw)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """A token range as a tuple of one quote; empty when it crosses pieces."""
        found = self.span(start, end)
        return () if found is None else (found,)

    def title(self, person: Person) -> str | None:
        """The fullest title that the article prints for a person."""
        for start, end in person.titles:
            span = self.span(*title_text(self.doc, start, end))
            if span is not None and "\n" not in span.text:
                return span.text
        return None

    def person_participant(self, person: Person, mention: Mention | None) -> Participant:
        """A person as a participant, with the quote of the mention that took part."""
        party = person.party
        known = self.kb.find(person.name, party)
        if known is not None and known.party is not None:
            party = known.party
        spans = self.spans(mention.start, mention.end) if mention is not None else ()
        return Participant(
            name=person.name,
            title=self.title(person),
            party=party.name if party is not None else None,
            country=party.country if party is not None else None,
            entity=known.id if known is not None else "person:" + slug(person.name),
            mentions=spans,
            confidence=self._sureness(person, known is not None) * (1.0 if mention is not None else UNNAMED),
        )

    def _sureness(self, person: Person, known: bool) -> float:
        """How likely a person's party is right, in 0..1."""
        if known or person.chance is None:
            return CONFIDENCE["known" if known else person.evidence]
        return round(person.chance, 2)

    def person_named(self, index: int) -> Participant | None:
        """The person whose name stands at a token, with that mention; None without one."""
        mention = self.named.get(index)
        person = self.person_at.get(mention.start) if mention is not None and mention.kind == "person" else None
        return self.person_participant(person, mention) if person is not None else None

    def party_participant(self, party: Party, mention: Mention | None, title: str | None = None) -> Participant:
        """A party as such, or an unnamed holder of a title who represents it."""
        kind = "government" if party.country is not None else "organization"
        known = self.kb.find(party.name)
        spans = self.spans(mention.start, mention.end) if mention is not None else ()
        entity = known.id if known is not None else f"{kind}:{slug(party.name)}"
        return Participant(None, title, party.name, party.country, entity, spans, CONFIDENCE["party"])

    def party_at(self, token: Token) -> list[tuple[Party, Mention]]:
        """The party named at a token, with its mention; empty when none is."""
        mention = self.named.get(token.i)
        if mention is None or mention.kind not in ("party", "organization"):
            return []
        party = self.party(mention)
        return [(party, mention)] if party is not None else []

    def entities(self) -> tuple[Entity, ...]:
        """Every person, party, organisation and place of the Doc with its mentions, in order of first mention."""
        grouped: dict[str, tuple[Entity, list[Span]]] = {}
        for mention in self.mentions:
            entity = self._entity(mention)
            span = self.span(mention.start, mention.end)
            if entity is not None and span is not None:
                grouped.setdefault(entity.id, (entity, []))[1].append(span)
        return tuple(replace(entity, mentions=tuple(spans)) for entity, spans in grouped.values())

    def _entity(self, mention: Mention) -> Entity | None:
        text = " ".join(self.doc[mention.start : mention.end].text.split())
        if mention.kind == "person":
            if mention.start not in self.person_at:
                return None
            person = self.person_at[mention.start]
            participant = self.person_participant(person, mention)
            known = self.kb.find(person.name, person.party)
            return Entity(
                participant.entity or "",
                "person",
                participant.name or text,
                participant.title,
                participant.party,
                participant.country,
                known.qid if known is not None else None,
            )
        if mention.party is not None:
            party = mention.party.party
            root = self.doc[mention.start : mention.end].root
            if mention.party.form == "seat" and not acts(root):
                return Entity("place:" + slug(text), "place", text, None, None, party.country, qid_of_place(text))
            if mention.party.form == "name" and party.country is not None and is_located(root):
                return Entity("place:" + slug(party.name), "place", party.name, None, None, party.country, party.qid)
            kind = "government" if party.country is not None else "organization"
            return Entity(f"{kind}:{slug(party.name)}", kind, party.name, None, None, party.country, party.qid)
        known = self.kb.find(text) if mention.kind == "organization" else None
        if known is not None:
            return Entity(known.id, "organization", text, None, None, None, known.qid)
        if mention.kind != "place":
            return Entity(f"{mention.kind}:{slug(text)}", mention.kind, text)
        lies_in = country_of_place(text)
        country = lies_in.country if lies_in is not None else None
        return Entity(f"place:{slug(text)}", "place", text, country=country, qid=qid_of_place(text))


def merge_entities(groups: Iterable[tuple[Entity, ...]]) -> tuple[Entity, ...]:
    """Entities of several readings of one article as one list, mentions in text order, each once."""
    merged: dict[str, tuple[Entity, dict[tuple[int, int], Span]]] = {}
    for entities in groups:
        for entity in entities:
            spans = merged.setdefault(entity.id, (entity, {}))[1]
            spans.update({(span.char_start, span.char_end): span for span in entity.mentions})
    return tuple(replace(entity, mentions=tuple(spans[key] for key in sorted(spans))) for entity, spans in merged.values())
