"""Noun phrases -> participants: who a phrase in actor position stands for, and whom they represent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from whomet.entities.gazetteer import Party
from whomet.entities.mentions import Mention, find_mentions, is_role
from whomet.entities.persons import Person, build_persons, party_of, title_text
from whomet.grammar import conjuncts, governors, phrase
from whomet.lexicon import load_words
from whomet.records import Entity, Participant, Span
from whomet.view import TextView

PARTY_NOUNS = frozenset(
    "government governments country countries nation nations state states side sides party parties neighbour neighbours "
    "neighbor neighbors power powers republic kingdom administration bloc union capital capitals regime army military forces "
    "company companies firm firms bank banks group movement faction factions ally allies embassy parliament".split()
)
COMPANY_NOUNS = frozenset("companies firms banks groups clubs unions exchanges".split())
GROUP_PRONOUNS = frozenset({"they", "them", "both", "each", "two"})
PERSON_PRONOUNS = frozenset({"he", "she", "him", "her", "his"})
NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6}
REACH = 12
"""How many actor mentions back an anaphoric phrase may look."""


def slug(text: str) -> str:
    """A readable id part: ASCII letters and digits, joined by hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-") or "x"


@dataclass(frozen=True, slots=True)
class Group:
    """Actors that a phrase only points back to: how many, the title it gives them, and whether they are people."""

    size: int
    title: str | None
    people: bool


class ActorTable:
    """The actors of one Doc. `participants(head)` reads a phrase; `entities()` lists everything found."""

    def __init__(self, doc: Doc, view: TextView) -> None:
        self.doc, self.view = doc, view
        self.mentions = find_mentions(doc)
        self.named = {index: mention for mention in self.mentions for index in range(mention.start, mention.end)}
        self.persons = build_persons(doc, self.mentions)
        self.aliases = _acronyms(doc, self.mentions)
        self.titled = {
            index: person for person in self.persons for start, end in person.titles if end - start < 12 for index in range(start, end) if is_role(doc[index])
        }
        self.person_at = {mention.start: person for person in self.persons for mention in person.mentions}

    # -- reading phrases -------------------------------------------------------------------------------------------

    def participants(self, head: Token) -> list[Participant]:
        """The participants that a phrase in actor position stands for; empty when it stands for no actor.

        `head` is the head token of one conjunct. Anaphoric phrases ('the two leaders', 'they') are resolved to the actors
        last mentioned before.
        """
        found = self._read(head)
        return [*self._conjoined(head), *found] if found else []

    def _conjoined(self, head: Token) -> list[Participant]:
        """Actors that parsers hang under the last of a list ('President X and President Y' with X as a modifier of Y)."""
        found: list[Participant] = []
        own = self.named.get(head.i)
        for index in range(head.left_edge.i, head.i):
            mention = self.named.get(index)
            if mention is None or mention is own or index != mention.start or mention.kind not in ("person", "party"):
                continue
            root = self.doc[mention.start : mention.end].root
            between = [root, *governors(root)]
            path = between[: next((i for i, step in enumerate(between) if step.i == head.i), 0)]
            joined = mention.end < len(self.doc) and self.doc[mention.end].lower_ in ("and", ",", "&")
            if joined and path and all(step.dep_ in ("compound", "nmod", "amod", "appos", "dep", "conj") for step in path) and path[-1].dep_ != "conj":
                found.extend(self._read(root))
        return found

    def _read(self, head: Token) -> list[Participant]:
        mention = self._mention_of(head)
        if mention is not None and mention.kind == "person":
            return [self._person_participant(self.person_at[mention.start], mention)] if mention.start in self.person_at else []
        if head.lower_ in PERSON_PRONOUNS:
            person = self._last_person(head)
            return [self._person_participant(person, None)] if person is not None else []
        if head.lower_ in GROUP_PRONOUNS and head.pos_ in ("PRON", "DET", "NUM"):
            return self._group(head, 2, None)
        if is_role(head) or (head.lower_ in PARTY_NOUNS and mention is None):
            return self._role_participants(head)
        if mention is not None and mention.kind in ("party", "organization"):
            return self._party_participants(mention, head)
        return []

    def group(self, head: Token) -> Group | None:
        """What a phrase that points back to actors stands for ('they', 'the three countries'); None for other phrases."""
        if head.lower_ in GROUP_PRONOUNS and head.pos_ in ("PRON", "DET", "NUM"):
            return Group(2, None, True)
        if not (is_role(head) or head.lower_ in PARTY_NOUNS) or self._parties_in(head):
            return None
        owner = self._group_owner(head)
        number = self._number(head) if owner is None else (self._number(owner) or 2)
        if number is None or (owner is None and not self.is_plural(head)):
            return None
        title_range = self._role_title(head) if is_role(head) and owner is not None else None
        title = self.span(*title_range) if title_range is not None else None
        return Group(number, title.text if title is not None else None, is_role(head) and owner is None)

    def is_plural(self, head: Token) -> bool:
        """Whether a phrase names several actors by itself, so that it can meet reciprocally: 'officials', 'the leaders'."""
        return head.tag_ in ("NNS", "NNPS") or head.lower_ in GROUP_PRONOUNS

    def hosts(self, head: Token) -> list[Participant]:
        """The governments that a place in host position stands for ('visited Seoul' -> South Korea); empty for other places."""
        mention = self._mention_of(head)
        if mention is None and head.lower_ in ("country", "countries", "nations") and (group := self.group(head)) is not None:
            return self._group(head, group.size, None)
        if mention is None or mention.party is None or mention.party.party.country is None or mention.party.form == "demonym":
            return []
        return [self._party_participant(mention.party.party, mention)]

    def country_at(self, head: Token) -> str | None:
        """ISO code of the country that a place name names or is the capital of."""
        mention = self._mention_of(head)
        return mention.party.party.country if mention is not None and mention.party is not None else None

    def is_place(self, head: Token) -> bool:
        """Whether a phrase names a place: a country, capital or other place name."""
        mention = self._mention_of(head)
        return mention is not None and (mention.kind == "place" or (mention.party is not None and mention.party.form != "demonym"))

    def premodifiers(self, noun: Token) -> list[Participant]:
        """Actors named in front of a noun: 'Japan-South Korea summit', 'Trump-Xi talks', 'US-brokered' is none."""
        found: list[Participant] = []
        index = noun.i - 1
        joined = 0
        while index >= noun.sent.start and noun.i - index <= 12:
            token = self.doc[index]
            mention = self.named.get(index)
            if mention is not None and mention.kind != "place":
                if mention.kind == "person":
                    found.insert(0, self._person_participant(self.person_at[mention.start], mention))
                elif mention.party is not None:
                    found.insert(0, self._party_participant(mention.party.party, mention))
                index = mention.start - 1
                continue
            if token.text in ("-", "–", "/", "and", ",", "'s", "’s"):
                joined += token.text in ("-", "–", "/", "and", ",")
                index -= 1
                continue
            if token.pos_ in ("ADJ", "NOUN", "NUM", "PROPN") and not found:
                index -= 1
                continue
            break
        return found if len(found) > 1 and joined else []

    # -- single kinds ----------------------------------------------------------------------------------------------

    def _party(self, mention: Mention) -> Party | None:
        """The party of a name, an acronym replaced by the name it stands for in this article."""
        party = party_of(self.doc, mention)
        return Party(self.aliases[party.name], None, None) if party is not None and party.name in self.aliases else party

    def _mention_of(self, head: Token) -> Mention | None:
        return self.named.get(head.i)

    def span(self, start: int, end: int) -> Span | None:
        """A token range as a verbatim quote of the raw text; None when it crosses pieces of the view."""
        if start >= end:
            return None
        last = self.doc[end - 1]
        raw = self.view.to_raw(self.doc[start].idx, last.idx + len(last))
        return None if raw is None else Span(self.view.raw[raw[0] : raw[1]], *raw)

    def _spans(self, start: int, end: int) -> tuple[Span, ...]:
        found = self.span(start, end)
        return () if found is None else (found,)

    def _title(self, person: Person) -> str | None:
        for start, end in person.titles:
            span = self.span(*title_text(self.doc, start, end))
            if span is not None and "\n" not in span.text:
                return span.text
        return None

    def _person_participant(self, person: Person, mention: Mention | None) -> Participant:
        party = person.party
        spans = self._spans(mention.start, mention.end) if mention is not None else ()
        return Participant(
            name=person.name,
            title=self._title(person),
            party=party.name if party is not None else None,
            country=party.country if party is not None else None,
            entity="person:" + slug(person.name),
            mentions=spans,
            confidence=0.9 if party is not None else 0.7,
        )

    def _party_participant(self, party: Party, mention: Mention | None, title: str | None = None) -> Participant:
        kind = "government" if party.country is not None else "organization"
        spans = self._spans(mention.start, mention.end) if mention is not None else ()
        return Participant(None, title, party.name, party.country, f"{kind}:{slug(party.name)}", spans, 0.8)

    def _party_participants(self, mention: Mention, head: Token) -> list[Participant]:
        party = self._party(mention)
        if party is None:
            return []
        attached = [child for child in head.children if child.dep_ == "appos" and child.i > head.i]
        listed = [self.named[child.i] for child in attached if child.i in self.named and self.named[child.i].party is not None]
        extra = [self._party_participant(other.party.party, other) for other in listed if other.party is not None]
        return [self._party_participant(party, mention), *extra]

    def _role_participants(self, head: Token) -> list[Participant]:
        if head.lower_ in ("administration", "government", "team", "camp", "presidency"):
            led = self._led_by_person(head)
            if led is not None:
                return led
        person = self._attached_person(head)
        if person is not None:
            return person
        if head.i in self.titled and not self.is_plural(head):
            return [self._person_participant(self.titled[head.i], None)]
        parties = self._parties_in(head)
        title_range = self._role_title(head)
        title = self.span(*title_range) if is_role(head) and title_range is not None else None
        text = title.text if title is not None else None
        if parties:
            holder = self._person_by_title(head, parties[0][0]) if len(parties) == 1 and not self.is_plural(head) else None
            if holder is not None:
                return [self._person_participant(holder, None)]
            return [self._party_participant(party, mention, text) for party, mention in parties]
        plural = self.is_plural(head)
        group = self.group(head)
        if group is not None:
            return self._group(head, group.size, group.title)
        if not plural and is_role(head):
            known = self._person_by_title(head, None)
            if known is not None:
                return [self._person_participant(known, None)]
        if head.lower_ in PARTY_NOUNS and not is_role(head):
            title = self.span(*title_range) if plural and title_range is not None and head.lower_ in ("companies", "firms", "banks") else None
            return [Participant(None, title.text, None, None, None, (title,), 0.3)] if title is not None else []
        if not is_role(head) or any(child.lower_ in ("no", "any") for child in head.children):
            return []
        return [Participant(None, text, None, None, None, (title,) if title is not None else (), 0.4)] if text else []

    def _led_by_person(self, head: Token) -> list[Participant] | None:
        """The party behind a leader's name: 'the Trump administration', "Merkel's government"."""
        for child in head.children:
            mention = self.named.get(child.i)
            if mention is not None and mention.kind == "person" and mention.start in self.person_at:
                party = self.person_at[mention.start].party
                return [self._party_participant(party, mention)] if party is not None else []
        return None

    def _attached_person(self, head: Token) -> list[Participant] | None:
        """The person in 'the president, X', 'President of Y X' or 'delegation led by X'."""
        for child in head.children:
            mention = self.named.get(child.i)
            if mention is not None and mention.kind == "person" and child.dep_ in ("appos", "compound", "nmod", "flat") and mention.start in self.person_at:
                people = [self.named.get(token.i) for token in conjuncts(child)]
                return [self._person_participant(self.person_at[item.start], item) for item in people if item is not None and item.start in self.person_at]
            if child.dep_ == "acl" and child.lower_ in ("led", "headed", "chaired"):
                for grand in child.subtree:
                    found = self.named.get(grand.i)
                    if found is not None and found.kind == "person" and found.start in self.person_at:
                        return [self._person_participant(self.person_at[found.start], found)]
        _, end = phrase(head, clauses=False)
        end += end < len(self.doc) and self.doc[end].text == "," and "counterpart" in head.lower_
        after = self.named.get(end)
        if after is not None and after.kind == "person" and after.start == end and after.start in self.person_at and not self.is_plural(head):
            return [self._person_participant(self.person_at[after.start], after)]
        return None

    def _parties_in(self, head: Token) -> list[tuple[Party, Mention]]:
        """The parties that modify a role: 'foreign ministers of A, B and C', 'Japanese officials', "Ford's chief"."""
        found: list[tuple[Party, Mention]] = []
        for child in head.children:
            if child.dep_ in ("poss", "compound", "amod", "nmod"):
                for token in conjuncts(child):
                    found.extend(self._party_at(token))
                    for grand in token.children:
                        if grand.dep_ in ("poss", "compound", "amod", "nmod"):
                            found.extend(self._party_at(grand))
            elif child.dep_ == "prep" and child.lower_ in ("of", "from", "for", "at", "in"):
                for pobj in child.children:
                    if pobj.dep_ == "pobj":
                        found.extend(self._parties_of_object(pobj))
        for grand in self._before(head):
            found.extend(self._party_at(grand))
        unique: dict[str, tuple[Party, Mention]] = {}
        for party, mention in found:
            unique.setdefault(party.name, (party, mention))
        return list(unique.values())

    def _before(self, head: Token) -> Iterator[Token]:
        """Name tokens straight in front of a role, where parsers attach them elsewhere: 'US and Chinese officials'."""
        index = head.i - 1
        modifiers = load_words("role_modifiers.txt")
        while index >= head.sent.start:
            token = self.doc[index]
            if index in self.named:
                yield token
            elif not (token.lower_ in modifiers or token.text in ("-", "and", ",", "'s", "’s", "top", "&") or token.pos_ == "ADJ"):
                return
            elif token.text in ("and", ",") and index - 1 not in self.named:
                return
            index -= 1

    def _parties_of_object(self, pobj: Token) -> list[tuple[Party, Mention]]:
        found: list[tuple[Party, Mention]] = []
        for token in conjuncts(pobj):
            direct = self._party_at(token)
            found.extend(direct)
            if not direct:
                for child in token.children:
                    if child.dep_ in ("poss", "compound", "amod", "nmod", "appos"):
                        found.extend(self._party_at(child))
        return found

    def _party_at(self, token: Token) -> list[tuple[Party, Mention]]:
        mention = self.named.get(token.i)
        if mention is None or mention.kind not in ("party", "organization"):
            return []
        party = self._party(mention)
        return [(party, mention)] if party is not None else []

    def _role_title(self, head: Token) -> tuple[int, int] | None:
        start = head.i
        modifiers = load_words("role_modifiers.txt")
        while start > head.sent.start:
            token = self.doc[start - 1]
            fits = token.lower_ in modifiers or token.text == "-" or token.pos_ in ("ADJ", "NOUN") and token.dep_ in ("amod", "compound", "nmod")
            joined = token.lower_ == "and" and start - 2 >= head.sent.start and self.doc[start - 2].lower_ in modifiers
            if start - 1 in self.named or not (fits or joined):
                break
            start -= 1
        while start < head.i and self.doc[start].text in ("-", "and"):
            start += 1
        return (start, head.i + 1)

    # -- anaphora --------------------------------------------------------------------------------------------------

    def _number(self, head: Token) -> int | None:
        """How many the phrase says they are ('the two leaders', 'both sides'); None when it does not."""
        for child in head.children:
            if child.dep_ in ("nummod", "det", "predet", "preconj", "amod") and child.lower_ in NUMBERS:
                return NUMBERS[child.lower_]
        return None

    def _group_owner(self, head: Token) -> Token | None:
        """The owner in 'their foreign ministers', 'leaders of the two countries', 'officials from both sides'; None without."""
        for child in head.children:
            if child.dep_ == "poss" and child.lower_ == "their":
                return child
            if child.dep_ == "prep" and child.lower_ in ("of", "from"):
                for pobj in child.children:
                    if pobj.dep_ == "pobj" and pobj.lower_ in PARTY_NOUNS and (self._number(pobj) or pobj.tag_ == "NNS") and not self._parties_in(pobj):
                        return pobj
        return None

    def _group(self, head: Token, number: int, title: str | None) -> list[Participant]:
        """The `number` actors last mentioned before `head`: persons for people, parties for countries and titled groups."""
        wants_parties = title is not None or head.lower_ in PARTY_NOUNS
        found: dict[str, Participant] = {}
        persons: dict[str, Participant] = {}
        before = [mention for mention in self.mentions if mention.end <= head.i][-REACH:]
        for mention in reversed(before):
            if mention.kind == "person" and mention.start in self.person_at:
                participant = self._person_participant(self.person_at[mention.start], mention)
                if participant.party is None or all(other.party != participant.party for other in persons.values()):
                    persons.setdefault(participant.entity or "", participant)
            party = self._party(mention)
            if party is not None and (party.country is None) == (head.lower_ in COMPANY_NOUNS):
                participant = self._party_participant(party, mention, title)
                found.setdefault(participant.party or "", participant)
        if not wants_parties and len(persons) >= number:
            return list(persons.values())[:number][::-1]
        return list(found.values())[:number][::-1] if len(found) >= number else []

    def _last_person(self, pronoun: Token) -> Person | None:
        """The person a singular pronoun most likely means: the last subject person before it, else the last person."""
        subjects: list[Person] = []
        others: list[Person] = []
        for mention in self.mentions:
            if mention.start >= pronoun.i:
                break
            if mention.kind == "person" and mention.start in self.person_at and pronoun.i - mention.start < 80:
                root = self.doc[mention.start : mention.end].root
                target = subjects if root.dep_ in ("nsubj", "nsubjpass") else others
                target.append(self.person_at[mention.start])
        return subjects[-1] if subjects else others[-1] if others else None

    def _person_by_title(self, head: Token, party: Party | None) -> Person | None:
        """The person last mentioned whose title has this role noun, of that party when one is given: 'the president' -> President X."""
        definite = any(child.lower_ in ("the", "his", "her", "their") or child.dep_ == "poss" for child in head.children) or head.text[0].isupper()
        if not definite or head.lower_ in ("counterpart", "member", "official", "representative", "delegation"):
            return None
        best: tuple[int, Person] | None = None
        wanted = self._title_words(head)
        for person in self.persons:
            if party is not None and person.party is not None and person.party != party:
                continue
            held = {self.doc[index].lower_ for start, end in person.titles for index in range(start, end)}
            starts = [mention.start for mention in person.mentions if party is not None or mention.start < head.i]
            if wanted <= held and starts and (best is None or starts[-1] > best[0]):
                best = (starts[-1], person)
        return best[1] if best is not None else None

    def _title_words(self, head: Token) -> set[str]:
        """The words of a role phrase that must agree with a person's title: {'foreign', 'minister'}."""
        start, end = self._role_title(head) or (head.i, head.i + 1)
        return {self.doc[index].lower_ for index in range(start, end) if self.doc[index].lower_ not in ("former", "new", "current", "visiting", "top", "senior")}

    # -- all of it -------------------------------------------------------------------------------------------------

    def entities(self) -> tuple[Entity, ...]:
        """Every person, party, organisation and place of the Doc with its mentions, in order of first mention."""
        grouped: dict[str, tuple[Entity, list[Span]]] = {}
        for mention in self.mentions:
            entity = self._entity(mention)
            span = self.span(mention.start, mention.end)
            if entity is not None and span is not None:
                grouped.setdefault(entity.id, (entity, []))[1].append(span)
        return tuple(
            Entity(entity.id, entity.kind, entity.name, entity.title, entity.party, entity.country, entity.qid, tuple(spans))
            for entity, spans in grouped.values()
        )

    def _entity(self, mention: Mention) -> Entity | None:
        text = " ".join(self.doc[mention.start : mention.end].text.split())
        if mention.kind == "person":
            if mention.start not in self.person_at:
                return None
            participant = self._person_participant(self.person_at[mention.start], mention)
            return Entity(participant.entity or "", "person", participant.name or text, participant.title, participant.party, participant.country)
        if mention.party is not None:
            party = mention.party.party
            if mention.party.form == "seat":
                return Entity("place:" + slug(text), "place", text, None, None, party.country)
            kind = "government" if party.country is not None else "organization"
            return Entity(f"{kind}:{slug(party.name)}", kind, party.name, None, None, party.country, party.qid)
        return Entity(f"{mention.kind}:{slug(text)}", mention.kind, text)


def _acronyms(doc: Doc, mentions: Iterable[Mention]) -> dict[str, str]:
    """Acronym -> full name, for organisations that the article names in both ways ('LSE' beside 'London Stock Exchange')."""
    names = {" ".join(doc[item.start : item.end].text.split()) for item in mentions if item.kind == "organization"}
    short = {name for name in names if name.isupper() and name.isalpha() and 2 <= len(name) <= 6}
    aliases: dict[str, str] = {}
    for name in sorted(names - short):
        initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", name) if word[0].isupper())
        if initials in short:
            aliases[initials] = name
    return aliases


def merge_entities(groups: Iterable[tuple[Entity, ...]]) -> tuple[Entity, ...]:
    """Entities of several readings of one article as one list, mentions in text order, each once."""
    merged: dict[str, tuple[Entity, dict[tuple[int, int], Span]]] = {}
    for entities in groups:
        for entity in entities:
            spans = merged.setdefault(entity.id, (entity, {}))[1]
            spans.update({(span.char_start, span.char_end): span for span in entity.mentions})
    return tuple(
        Entity(entity.id, entity.kind, entity.name, entity.title, entity.party, entity.country, entity.qid, tuple(spans[key] for key in sorted(spans)))
        for entity, spans in merged.values()
    )
