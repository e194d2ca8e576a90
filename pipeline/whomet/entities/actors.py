"""Noun phrases -> participants: who a phrase in actor position stands for, and whom they represent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.tokens import Doc, Token

from whomet.entities.affiliation import KIN
from whomet.entities.gazetteer import Party, country_of_place, find_party
from whomet.entities.knowledge import NOTHING, KnowledgeBase
from whomet.entities.mentions import Mention
from whomet.entities.names import Names
from whomet.entities.persons import Person
from whomet.entities.roles import PARTY_NOUNS, group_owner, number_of, parties_in, role_title, title_words
from whomet.entities.words import is_role, role_nouns
from whomet.grammar import conjuncts, governors, phrase
from whomet.records import Entity, Participant, Span
from whomet.view import TextView

COMPANY_NOUNS = frozenset("companies firms banks groups clubs unions exchanges".split())
GROUP_PRONOUNS = frozenset({"they", "them", "both", "each", "two"})
BODY_NOUNS: Final = {"bloc": True, "alliance": True, "company": False, "firm": False, "bank": False, "club": False}
"""Nouns that point back to a body named before, and whether that is one of states."""
SETS: Final = {"pair": 2, "duo": 2, "trio": 3}
"""Nouns that count the people they point back to."""
PERSON_PRONOUNS = frozenset({"he", "she", "him", "her", "his"})
REACH = 12
"""How many actor mentions back an anaphoric phrase may look."""


@dataclass(frozen=True, slots=True)
class Group:
    """Actors that a phrase only points back to: how many, the title it gives them, and whether they are people."""

    size: int
    title: str | None
    people: bool


class ActorTable:
    """The actors of one Doc. `participants(head)` reads a phrase; `entities()` lists everything found."""

    def __init__(self, doc: Doc, view: TextView, kb: KnowledgeBase = NOTHING) -> None:
        self.doc, self.view = doc, view
        self.names = Names(doc, view, kb)

    def span(self, start: int, end: int) -> Span | None:
        """A token range as a verbatim quote of the raw text; None when it crosses pieces of the view."""
        return self.names.span(start, end)

    def tokens(self, span: Span) -> tuple[int, int] | None:
        """The token range of a quote of the raw text; None when the Doc does not hold it."""
        found = self.view.from_raw(span.char_start, span.char_end)
        tokens = self.doc.char_span(*found, alignment_mode="expand") if found is not None else None
        return (tokens.start, tokens.end) if tokens is not None else None

    def name_range(self, head: Token) -> tuple[int, int] | None:
        """The token range of the name that a token is part of; None for other words."""
        mention = self.names.named.get(head.i)
        return (mention.start, mention.end) if mention is not None else None

    def entities(self) -> tuple[Entity, ...]:
        """Every person, party, organisation and place of the Doc with its mentions, in order of first mention."""
        return self.names.entities()

    def may_act(self, head: Token) -> bool:
        """Whether a word can stand for actors at all, so that it is worth asking `participants`: a name, pronoun or role."""
        return head.i in self.names.named or head.lower_ in _acting_words()

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
        own = self.names.named.get(head.i)
        for index in range(head.left_edge.i, head.i):
            mention = self.names.named.get(index)
            if mention is None or mention is own or index != mention.start or mention.kind not in ("person", "party"):
                continue
            root = self.doc[mention.start : mention.end].root
            between = [root, *governors(root)]
            path = between[: next((i for i, step in enumerate(between) if step.i == head.i), 0)]
            joined = mention.end < len(self.doc) and self.doc[mention.end].lower_ in ("and", ",", "&")
            if (
                joined
                and path
                and all(step.dep_ in ("compound", "nmod", "amod", "appos", "dep", "conj") for step in path)
                and path[-1].dep_ != "conj"
            ):
                found.extend(self._read(root))
        return found

    def _read(self, head: Token) -> list[Participant]:
        mention = self.names.named.get(head.i)
        if mention is not None and mention.kind == "person":
            person_named = self.names.person_named(head.i)
            return [person_named] if person_named is not None else []
        if mention is not None and mention.kind != "place" and head.i > mention.start:
            return self._party_participants(mention, head)
        if head.lower_ in PERSON_PRONOUNS:
            person = self._last_person(head)
            return [self.names.person_participant(person, None)] if person is not None else []
        if _counts_actors(head):
            return self._group(head, SETS.get(head.lower_, 2), None)
        if is_role(head) or (head.lower_ in PARTY_NOUNS and mention is None):
            return self._role_participants(head)
        if mention is not None and mention.kind in ("party", "organization"):
            return self._party_participants(mention, head)
        return []

    def group(self, head: Token) -> Group | None:
        """What a phrase that points back to actors stands for ('they', 'the three countries'); None for other phrases."""
        if _counts_actors(head):
            return Group(SETS.get(head.lower_, 2), None, True)
        if not (is_role(head) or head.lower_ in PARTY_NOUNS) or parties_in(self.names, head):
            return None
        owner = group_owner(self.names, head)
        number = number_of(head) if owner is None else (number_of(owner) or 2)
        if number is None or (owner is None and not self.is_plural(head)):
            return None
        title_range = role_title(self.names, head) if is_role(head) and owner is not None else None
        title = self.span(*title_range) if title_range is not None else None
        return Group(number, title.text if title is not None else None, is_role(head) and owner is None)

    def is_plural(self, head: Token) -> bool:
        """Whether a phrase names several actors by itself, so that it can meet reciprocally: 'officials', 'the leaders'."""
        return head.tag_ in ("NNS", "NNPS") or head.lower_ in GROUP_PRONOUNS or head.lower_ in SETS

    def hosts(self, head: Token) -> list[Participant]:
        """The governments that a place in host position stands for ('visited Seoul' -> South Korea); empty for other places."""
        mention = self.names.named.get(head.i)
        if mention is None and head.lower_ in ("country", "countries", "nations") and (group := self.group(head)) is not None:
            return self._group(head, group.size, None)
        if mention is None or mention.party is None or mention.party.party.country is None or mention.party.form == "demonym":
            return []
        return [self.names.party_participant(mention.party.party, mention)]

    def country_at(self, head: Token) -> str | None:
        """ISO code of the country that a place name names or is the capital of."""
        mention = self.names.named.get(head.i)
        if mention is None:
            return None
        if mention.party is not None:
            return mention.party.party.country
        lies_in = country_of_place(self.doc[mention.start : mention.end].text) if mention.kind == "place" else None
        return lies_in.country if lies_in is not None else None

    def is_person(self, head: Token) -> bool:
        """Whether a phrase is headed by a person's name."""
        mention = self.names.named.get(head.i)
        return mention is not None and mention.kind == "person"

    def is_place(self, head: Token) -> bool:
        """Whether a phrase names a place: a country, capital or other place name."""
        mention = self.names.named.get(head.i)
        return mention is not None and (
            mention.kind == "place" or (mention.party is not None and mention.party.form != "demonym")
        )

    def premodifiers(self, noun: Token) -> list[Participant]:
        """Actors named in front of a noun: 'Japan-South Korea summit', 'Trump-Xi talks', 'US-brokered' is none."""
        found: list[Participant] = []
        index = noun.i - 1
        joined = 0
        while index >= noun.sent.start and noun.i - index <= 12:
            token = self.doc[index]
            mention = self.names.named.get(index)
            if mention is not None and mention.kind != "place":
                if (person := self.names.person_named(index)) is not None:
                    found.insert(0, person)
                elif mention.party is not None:
                    found.insert(0, self.names.party_participant(mention.party.party, mention))
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

    def _party_participants(self, mention: Mention, head: Token) -> list[Participant]:
        party = self.names.party(mention)
        if party is None:
            return []
        attached = [child for child in head.children if child.dep_ == "appos" and child.i > head.i]
        listed = [
            self.names.named[child.i]
            for child in attached
            if child.i in self.names.named and self.names.named[child.i].party is not None
        ]
        extra = [self.names.party_participant(other.party.party, other) for other in listed if other.party is not None]
        return [self.names.party_participant(party, mention), *extra]

    def _role_participants(self, head: Token) -> list[Participant]:
        if head.lower_ in ("administration", "government", "team", "camp", "presidency"):
            led = self._led_by_person(head)
            if led is not None:
                return led
        if head.lower_ in PARTY_NOUNS and not is_role(head) and (body := self._named_body(head)) is not None:
            return body
        person = self._attached_person(head)
        if person is not None:
            return person
        if head.i in self.names.titled and not self.is_plural(head):
            return [self.names.person_participant(self.names.titled[head.i], None)]
        parties = parties_in(self.names, head)
        title_range = role_title(self.names, head)
        title = self.span(*title_range) if is_role(head) and title_range is not None else None
        text = title.text if title is not None else None
        if parties:
            holder = self._person_by_title(head, parties[0][0]) if len(parties) == 1 and not self.is_plural(head) else None
            if holder is not None:
                return [self.names.person_participant(holder, None)]
            return [self.names.party_participant(party, mention, text) for party, mention in parties]
        owner = self._owner(head)
        if owner is not None and text is not None:
            return [self.names.party_participant(owner, None, text)]
        plural = self.is_plural(head)
        group = self.group(head)
        if group is not None:
            return self._group(head, group.size, group.title)
        if not plural and is_role(head):
            known = self._person_by_title(head, None)
            if known is not None:
                return [self.names.person_participant(known, None)]
        if not plural and head.lower_ in BODY_NOUNS and (named_before := self._body_before(head)) is not None:
            return named_before
        if head.lower_ in PARTY_NOUNS and not is_role(head):
            title = (
                self.span(*title_range)
                if plural and title_range is not None and head.lower_ in ("companies", "firms", "banks")
                else None
            )
            return [Participant(None, title.text, None, None, None, (title,), 0.3)] if title is not None else []
        if not is_role(head) or any(child.lower_ in ("no", "any") for child in head.children):
            return []
        return [Participant(None, text, None, None, None, (title,) if title is not None else (), 0.4)] if text else []

    def _owner(self, head: Token) -> Party | None:
        """The party of the person whose people a role phrase names: 'his negotiating team', "Lund's advisers"; None for kin."""
        if head.lower_ in KIN:
            return None
        for child in head.children:
            if child.dep_ != "poss":
                continue
            mention = self.names.named.get(child.i)
            person = self.names.person_at.get(mention.start) if mention is not None else None
            if child.lower_ in ("his", "her"):
                person = self._last_person(child)
            if person is not None:
                return person.party
        return None

    def _named_body(self, head: Token) -> list[Participant] | None:
        """The organisation that an apposition names: 'the telephone company X', 'the rebel group Y'; None without one."""
        for child in head.children:
            mention = self.names.named.get(child.i)
            if child.dep_ == "appos" and mention is not None and mention.kind in ("party", "organization"):
                party = self.names.party(mention)
                if party is not None and party.country is None:
                    return [self.names.party_participant(party, mention)]
        return None

    def _body_before(self, head: Token) -> list[Participant] | None:
        """The body that 'the bloc', 'the alliance' or 'the company' means; None without a fitting one.

        A bloc or alliance is the last one named before that the word lists know; a company is the one that they do not know
        and that was named most.
        """
        if not any(child.lower_ in ("the", "this") for child in head.children) or parties_in(self.names, head):
            return None
        of_states = BODY_NOUNS[head.lower_]
        before = [item for item in self.names.mentions if item.end <= head.i and item.kind in ("party", "organization")]
        named = [self.names.party(item) for item in before[-REACH:]]
        fits = [item for item in named if item is not None and item.country is None]
        fits = [item for item in fits if (find_party(item.name) is not None) == of_states]
        if not fits:
            return None
        meant = fits[-1] if of_states else max(reversed(fits), key=fits.count)
        return [self.names.party_participant(meant, None)]

    def _led_by_person(self, head: Token) -> list[Participant] | None:
        """The party behind a leader's name: 'the Trump administration', "Merkel's government"."""
        for child in head.children:
            mention = self.names.named.get(child.i)
            if mention is not None and mention.kind == "person" and mention.start in self.names.person_at:
                party = self.names.person_at[mention.start].party
                return [self.names.party_participant(party, mention)] if party is not None else []
        return None

    def _attached_person(self, head: Token) -> list[Participant] | None:
        """The person in 'the president, X', 'President of Y X' or 'delegation led by X'."""
        for child in head.children:
            if child.dep_ in ("appos", "compound", "nmod", "flat") and self.names.person_named(child.i) is not None:
                people = [self.names.person_named(token.i) for token in conjuncts(child)]
                return [person for person in people if person is not None]
            if child.dep_ == "acl" and child.lower_ in ("led", "headed", "chaired"):
                for grand in child.subtree:
                    if (leader := self.names.person_named(grand.i)) is not None:
                        return [leader]
        _, end = phrase(head, clauses=False)
        end += end < len(self.doc) and self.doc[end].text == "," and "counterpart" in head.lower_
        after = self.names.named.get(end)
        if after is None or after.start != end or self.is_plural(head):
            return None
        follower = self.names.person_named(end)
        return [follower] if follower is not None else None

    def _group(self, head: Token, number: int, title: str | None) -> list[Participant]:
        """The `number` actors last mentioned before `head`: persons for people, parties for countries and titled groups."""
        wants_parties = title is not None or head.lower_ in PARTY_NOUNS
        found: dict[str, Participant] = {}
        persons: dict[str, Participant] = {}
        before = [mention for mention in self.names.mentions if mention.end <= head.i][-REACH:]
        for mention in reversed(before):
            if mention.kind == "person" and mention.start in self.names.person_at:
                participant = self.names.person_participant(self.names.person_at[mention.start], mention)
                if participant.party is None or all(other.party != participant.party for other in persons.values()):
                    persons.setdefault(participant.entity or "", participant)
            party = self.names.party(mention)
            if party is not None and (party.country is None) == (head.lower_ in COMPANY_NOUNS):
                participant = self.names.party_participant(party, mention, title)
                found.setdefault(participant.party or "", participant)
        if not wants_parties and len(persons) >= number:
            return list(persons.values())[:number][::-1]
        return list(found.values())[:number][::-1] if len(found) >= number else []

    def _last_person(self, pronoun: Token) -> Person | None:
        """The person a singular pronoun most likely means: the last subject person before it, else the last person."""
        subjects: list[Person] = []
        others: list[Person] = []
        for mention in self.names.mentions:
            if mention.start >= pronoun.i:
                break
            person = self.names.person_at.get(mention.start) if mention.kind == "person" else None
            gender = "f" if pronoun.lower_ in ("she", "her") else "m"
            if person is not None and pronoun.i - mention.start < 80 and person.gender in (None, gender):
                root = self.doc[mention.start : mention.end].root
                target = subjects if root.dep_ in ("nsubj", "nsubjpass") else others
                target.append(person)
        return subjects[-1] if subjects else others[-1] if others else None

    def _person_by_title(self, head: Token, party: Party | None) -> Person | None:
        """The person last mentioned who bears this title, of that party when one is given: 'the president' -> President X."""
        definite = (
            any(child.lower_ in ("the", "his", "her", "their") or child.dep_ == "poss" for child in head.children)
            or head.text[0].isupper()
        )
        if not definite or head.lower_ in ("counterpart", "member", "official", "representative", "delegation"):
            return None
        best: tuple[int, Person] | None = None
        wanted = title_words(self.names, head)
        for person in self.names.persons:
            if party is not None and person.party is not None and person.party != party:
                continue
            held = {self.doc[index].lower_ for start, end in person.titles for index in range(start, end)}
            starts = [mention.start for mention in person.mentions if party is not None or mention.start < head.i]
            if wanted <= held and starts and (best is None or starts[-1] > best[0]):
                best = (starts[-1], person)
        return best[1] if best is not None else None


@cache
def _acting_words() -> frozenset[str]:
    """Words that are no names and that actors stand behind; 'it' only where it speaks."""
    return PERSON_PRONOUNS | GROUP_PRONOUNS | SETS.keys() | PARTY_NOUNS | role_nouns() | {"it"}


def _counts_actors(head: Token) -> bool:
    """Whether a phrase is a pronoun or noun that stands for several actors named before: 'they', 'both', 'the trio'."""
    return (head.lower_ in GROUP_PRONOUNS and head.pos_ in ("PRON", "DET", "NUM")) or head.lower_ in SETS
