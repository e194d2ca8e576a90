"""Persons of an article: chains of name mentions with the title and party that the article gives them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Doc

from whomet.entities.gazetteer import Party, find_party, party_of_officeholder, party_of_title, plain
from whomet.entities.mentions import HONORIFICS, Mention, is_role
from whomet.entities.titles import party_after, title_after, title_before
from whomet.lexicon import load_words


@dataclass(slots=True)
class Person:
    """One person of the article. `name` is the fullest form; `titles` are token ranges, best first."""

    words: tuple[str, ...]
    name: str
    mentions: list[Mention] = field(default_factory=list)
    titles: list[tuple[int, int]] = field(default_factory=list)
    parties: Counter[Party] = field(default_factory=Counter)

    @property
    def party(self) -> Party | None:
        """The party that most of the evidence speaks for; None without any."""
        return self.parties.most_common(1)[0][0] if self.parties else None


def name_words(doc: Doc, mention: Mention) -> tuple[str, ...]:
    """The comparable words of a name: lower case, hyphens and honorifics gone."""
    words = plain("".join(token.text_with_ws for token in doc[mention.start : mention.end]).replace("’", "'")).split()
    return tuple(word for word in words if word not in HONORIFICS and word.strip("'"))


def same_person(shorter: tuple[str, ...], fuller: tuple[str, ...]) -> bool:
    """Whether one name may be a shorter form of another: the surname (first or last), or all its words in order."""
    if not shorter or len(shorter) > len(fuller):
        return False
    if len(shorter) == 1:
        return shorter[0] in (fuller[0], fuller[-1]) or (len(fuller) > 2 and shorter[0] in fuller[1:])
    if shorter[-1] != fuller[-1] and shorter[0] != fuller[0]:
        return set(shorter) == set(fuller)
    return all(word in fuller or any(other.startswith(word) for other in fuller if len(word) == 1) for word in shorter)


def build_persons(doc: Doc, mentions: list[Mention]) -> list[Person]:
    """The persons behind all person mentions; full names first, then shorter forms to the nearest fitting one before them."""
    own = [mention for mention in mentions if mention.kind == "person"]
    persons: list[Person] = []
    for mention in sorted(own, key=lambda item: -len(name_words(doc, item))):
        words = name_words(doc, mention)
        if not words:
            continue
        fitting = [person for person in persons if same_person(words, person.words)]
        if fitting:
            _nearest(fitting, mention).mentions.append(mention)
        else:
            persons.append(Person(words, doc[mention.start : mention.end].text.replace("\n", " "), [mention]))
    for person in persons:
        person.mentions.sort(key=lambda item: item.start)
    _read_titles(doc, mentions, persons)
    return persons


def _nearest(persons: list[Person], mention: Mention) -> Person:
    """The person last mentioned before a mention, else the first one mentioned after it."""

    def distance(person: Person) -> tuple[int, int]:
        before = [mention.start - other.start for other in person.mentions if other.start <= mention.start]
        return (0, min(before)) if before else (1, min(other.start - mention.start for other in person.mentions))

    return min(persons, key=distance)


def _read_titles(doc: Doc, mentions: list[Mention], persons: list[Person]) -> None:
    named = {index: mention for mention in mentions for index in range(mention.start, mention.end)}
    for person in persons:
        found: list[tuple[int, int, bool]] = []
        for mention in person.mentions:
            for title in (title_before(doc, mention, named), title_after(doc, mention, named)):
                if title is None:
                    continue
                found.append((title.start, title.end, "counterpart" in doc[title.start : title.end].text.lower()))
                party = _party_in(doc, named, title.left, title.right)
                if party is not None:
                    person.parties[party] += 2
            after = party_after(doc, mention, named)
            if after is not None:
                named_party = party_of(doc, after)
                if named_party is not None:
                    person.parties[named_party] += 2
            owner = _possessor(doc, named, mention)
            if owner is not None:
                person.parties[owner] += 1
        found.sort(key=lambda item: (item[2], -min(item[1] - item[0], 8)))
        person.titles = [(start, end) for start, end, _ in found]
        if not person.parties:
            known = _known_party(doc, person)
            if known is not None:
                person.parties[known] += 1


def _known_party(doc: Doc, person: Person) -> Party | None:
    """Whom a person speaks for when the article does not say: by a telling title, else as a well-known office holder."""
    for start, end in person.titles:
        told = party_of_title(doc[start:end].text)
        if told is not None:
            return told
    if len(person.words) > 1 or person.titles:
        return party_of_officeholder(" ".join(person.words))
    return None


def _possessor(doc: Doc, named: dict[int, Mention], mention: Mention) -> Party | None:
    """The country in 'Germany's Merkel' or 'Russian Putin', right before the name."""
    index = mention.start - 1
    if index >= 0 and doc[index].lower_ in ("'s", "’s", "'", "’"):
        index -= 1
    before = named.get(index)
    if before is None or before.kind != "party" or before.party is None or doc[index].sent.start != doc[mention.start].sent.start:
        return None
    return before.party.party


def _party_in(doc: Doc, named: dict[int, Mention], left: int, right: int) -> Party | None:
    """The party named inside a title; an organisation only when no country stands there."""
    inside = {id(named[index]): named[index] for index in range(left, right) if index in named}
    parties = [mention.party.party for mention in inside.values() if mention.party is not None]
    if parties:
        return parties[0]
    for mention in inside.values():
        if mention.kind == "organization":
            return party_of(doc, mention)
    return None


def party_of(doc: Doc, mention: Mention) -> Party | None:
    """The party that a name mention stands for; None for persons, places and offices inside a government."""
    if mention.party is not None:
        return mention.party.party
    text = doc[mention.start : mention.end].text
    if mention.kind != "organization" or is_office(text):
        return None
    known = find_party(text)
    return known.party if known is not None else Party(" ".join(text.split()), None, None)


def is_office(name: str) -> bool:
    """Whether a name is an office of some government ('the Foreign Ministry'), not a party of its own."""
    words = {word.lower() for word in name.replace("-", " ").split()}
    if all(word in load_words("role_modifiers.txt") for word in words):
        return True
    offices = {
        "ministry",
        "department",
        "office",
        "cabinet",
        "parliament",
        "congress",
        "senate",
        "bureau",
        "secretariat",
        "affairs",
    }
    return bool(words & offices)


def title_text(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Token range of a title without punctuation or small words at its ends."""
    small = {"the", "a", "an", "and", "of", "for", "his", "her", "their", "its"}
    while start < end and (
        doc[start].lower_ in small or doc[start].is_punct or doc[start].is_space or doc[start].lower_ in ("'s", "’s")
    ):
        start += 1
    while end > start and (
        doc[end - 1].lower_ in small or doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].lower_ in ("'s", "’s")
    ):
        end -= 1
    return start, end


def has_role(doc: Doc, start: int, end: int) -> bool:
    """Whether a token range holds a role noun."""
    return any(is_role(doc[index]) for index in range(start, end))
