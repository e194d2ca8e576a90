"""Persons of an article: chains of name mentions with the title and party that the article gives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc

from whomet.entities.affiliation import STRONG, add_evidence, infer_party, known_party, predecessor
from whomet.entities.gazetteer import Party, plain
from whomet.entities.mentions import Mention
from whomet.entities.spotting import HONORIFICS
from whomet.entities.titles import Title, title_after, title_told, titles_before


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


def build_persons(doc: Doc, mentions: list[Mention], aliases: Mapping[str, str]) -> list[Person]:
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
    _read_titles(doc, mentions, persons, aliases)
    return persons


def _nearest(persons: list[Person], mention: Mention) -> Person:
    """The person last mentioned before a mention, else the first one mentioned after it."""

    def distance(person: Person) -> tuple[int, int]:
        before = [mention.start - other.start for other in person.mentions if other.start <= mention.start]
        return (0, min(before)) if before else (1, min(other.start - mention.start for other in person.mentions))

    return min(persons, key=distance)


def _read_titles(doc: Doc, mentions: list[Mention], persons: list[Person], aliases: Mapping[str, str]) -> None:
    named = {index: mention for mention in mentions for index in range(mention.start, mention.end)}
    told = Counter(mention.party.party for mention in mentions if mention.party is not None)
    read: dict[int, list[Title]] = {}
    for mention in sorted((item for item in mentions if item.kind == "person"), key=lambda item: item.start):
        one = (title_after(doc, mention, named), title_told(doc, mention, named))
        titles = [*titles_before(doc, mention, named), *(title for title in one if title is not None)]
        read[mention.start] = titles or _shared_title(doc, mention, named, read)
    for person in persons:
        found: list[tuple[int, int, bool]] = []
        for mention in person.mentions:
            titles = read[mention.start]
            found += [(item.start, item.end, "counterpart" in doc[item.start : item.end].text.lower()) for item in titles]
            add_evidence(doc, mention, titles, named, aliases, person.parties)
        found.sort(key=lambda item: (item[2], -min(item[1] - item[0], 8)))
        person.titles = [(start, end) for start, end, _ in found]
        _add_knowledge(doc, person, told, mentions)


def _shared_title(doc: Doc, mention: Mention, named: Mapping[int, Mention], read: Mapping[int, list[Title]]) -> list[Title]:
    """The plural title in front of an earlier name of the same list: 'senators X and Y'."""
    index = mention.start - 1
    while index > 0 and doc[index].lower_ in ("and", ",", "&"):
        index -= 1
    before = named.get(index)
    if before is None or before.kind != "person" or index == mention.start - 1 or before.start not in read:
        return []
    return [title for title in read[before.start] if title.end <= before.start and doc[title.role].tag_ in ("NNS", "NNPS")]


def _add_knowledge(doc: Doc, person: Person, told: Counter[Party], mentions: list[Mention]) -> None:
    """Add what the title or the world tells of a person's party, weaker than what the article says."""
    titles = [doc[start:end].text for start, end in person.titles]
    known = known_party(" ".join(person.words), titles, told, full=len(person.words) > 1)
    if known is not None and (not person.parties or known in person.parties or len(person.words) > 1):
        person.parties[predecessor(known, told)] += STRONG - 1
    if not person.parties:
        guess = infer_party(doc, person.mentions[0].start, person.titles, mentions)
        if guess is not None:
            person.parties[guess] += 1


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
