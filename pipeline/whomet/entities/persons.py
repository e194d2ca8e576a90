"""Persons of an article: chains of name mentions with the title and party that the article gives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Doc

from whomet.entities.affiliation import known_party, predecessor
from whomet.entities.beside import Beside
from whomet.entities.choice import Figures, Offers, choose
from whomet.entities.evidence import STRONG, add_evidence
from whomet.entities.gazetteer import Party, find_party, parties_of_title, party_of_officeholder, plain
from whomet.entities.inference import Told
from whomet.entities.mentions import Mention
from whomet.entities.naming import given_names
from whomet.entities.owners import owner_of_title
from whomet.entities.posts import heads_state, is_state_role
from whomet.entities.short_names import GENERATIONS, other_forms
from whomet.entities.titles import Title, titles_before
from whomet.entities.titles_behind import title_after, title_told
from whomet.entities.words import HONORIFICS

_LEGISLATORS: Final = frozenset({"Sen.", "Rep.", "Gov.", "Sens.", "Reps.", "Democrat", "Republican"})
"""Short titles in front of a name that only American news uses."""


_ROYAL: Final = frozenset("king queen prince princess emperor empress pope duke duchess lord lady sultan emir patriarch".split())
"""Titles that are part of how a person is known: 'Prince William'."""
_BY_SURNAME: Final = ("lord", "lady")
"""Titles among these that stand in front of a surname."""


@dataclass(slots=True)
class Person:
    """One person of the article. `name` is the fullest form; `titles` are token ranges, best first."""

    words: tuple[str, ...]
    name: str
    mentions: list[Mention] = field(default_factory=list)
    titles: list[tuple[int, int]] = field(default_factory=list)
    parties: Counter[Party] = field(default_factory=Counter)
    evidence: str = "none"
    """What the party was read from: told (by the article), world (title or office holder known), inferred (from a word that
    points to a party), chosen (among the article's countries), none."""
    offered: Mapping[Party, Figures] = field(default_factory=dict)
    """The countries that were to choose from, with what speaks for each; empty where the party is told or no office is."""
    chance: float | None = None
    """How likely a chosen party is; None for others."""
    gender: str | None = None
    """f or m where an honorific or the given name tells; None when nothing does."""

    @property
    def party(self) -> Party | None:
        """The party that most of the evidence speaks for; None without any."""
        return self.parties.most_common(1)[0][0] if self.parties else None


def name_words(doc: Doc, mention: Mention) -> tuple[str, ...]:
    """The comparable words of a name: lower case, hyphens, honorifics, commas and quotation marks gone."""
    text = "".join(token.text_with_ws for token in doc[mention.start : mention.end]).replace("’", "'")
    words = (word.strip(",'\"") for word in plain(text).split())
    return tuple(word for word in words if word and word not in HONORIFICS)


def same_person(shorter: tuple[str, ...], fuller: tuple[str, ...]) -> bool:
    """Whether one name may be a shorter form of another: the surname (first or last), or all its words in order.

    A given name may stand in another form ('Joe' for 'Joseph'); 'Jr.' tells a person from another one of the very same name.
    """
    left, right = (tuple(word for word in words if word not in GENERATIONS) for words in (shorter, fuller))
    if not left or len(left) > len(right):
        return False
    if len(left) == 1:
        return left[0] in (right[0], right[-1]) or (len(right) > 2 and left[0] in right[1:])
    if left == right:
        return shorter == fuller
    if left[-1] != right[-1] and left[0] != right[0]:
        return set(left) == set(right)
    forms = other_forms(left[0]) if left[-1] == right[-1] else frozenset()
    return all(_is_word_of(word, right) for word in left[1:]) and (_is_word_of(left[0], right) or right[0] in forms)


def _is_word_of(word: str, name: tuple[str, ...]) -> bool:
    """Whether a word, or for an initial a word that begins with it, is one of a name."""
    return word in name or (len(word) == 1 and any(other.startswith(word) for other in name))


def build_persons(doc: Doc, mentions: list[Mention], aliases: Mapping[str, str]) -> list[Person]:
    """The persons behind all person mentions; full names first, then shorter forms to the nearest fitting one before them."""
    own = [mention for mention in mentions if mention.kind == "person"]
    persons: list[Person] = []
    bearers: dict[str, dict[int, Person]] = {}
    for mention in sorted(own, key=lambda item: -len(name_words(doc, item))):
        words = name_words(doc, mention)
        if not words:
            continue
        near = {number: person for word in words for number, person in bearers.get(word, {}).items()}
        fitting = [near[number] for number in sorted(near) if same_person(words, near[number].words)]
        gender = gender_told(doc, mention)
        fitting = [person for person in fitting if gender is None or person.gender in (None, gender)]
        if fitting:
            person = _nearest(fitting, mention) if len(fitting) > 1 else fitting[0]
            person.mentions.append(mention)
            person.gender = person.gender or gender
        else:
            name = " ".join(doc[mention.start : mention.end].text.split())
            persons.append(Person(words, name, [mention], gender=gender or gender_of_name(name)))
            for word in words:
                bearers.setdefault(word, {})[len(persons)] = persons[-1]
    for person in persons:
        person.mentions.sort(key=lambda item: item.start)
    _read_titles(doc, mentions, persons, aliases)
    return persons


def gender_told(doc: Doc, mention: Mention) -> str | None:
    """f or m by the honorific in front of a name; None without one."""
    before = doc[mention.start - 1].lower_.rstrip(".") if mention.start > 0 else ""
    return {"mr": "m", "sir": "m", "lord": "m", "mrs": "f", "ms": "f", "mme": "f", "dame": "f", "baroness": "f"}.get(before)


def gender_of_name(name: str) -> str | None:
    """f or m by the given name of a full name; None for single names and names of both."""
    words = name.split()
    gender = given_names().get(words[0]) if len(words) > 1 else None
    return gender if gender in ("f", "m") else None


def _nearest(persons: list[Person], mention: Mention) -> Person:
    """The person last mentioned before a mention, else the first one mentioned after it."""

    def distance(person: Person) -> tuple[int, int]:
        before = [mention.start - other.start for other in person.mentions if other.start <= mention.start]
        return (0, min(before)) if before else (1, min(other.start - mention.start for other in person.mentions))

    return min(persons, key=distance)


def _read_titles(doc: Doc, mentions: list[Mention], persons: list[Person], aliases: Mapping[str, str]) -> None:
    named = {index: mention for mention in mentions for index in range(mention.start, mention.end)}
    told = Told(doc, mentions, aliases)
    read: dict[int, list[Title]] = {}
    for mention in sorted((item for item in mentions if item.kind == "person"), key=lambda item: item.start):
        one = (title_after(doc, mention, named), title_told(doc, mention, named))
        titles = [*titles_before(doc, mention, named), *(title for title in one if title is not None)]
        read[mention.start] = titles or _shared_title(doc, mention, named, read)
    beside = Beside(doc, named, aliases, read)
    for person in persons:
        found: list[tuple[int, int, bool]] = []
        for mention in person.mentions:
            titles = read[mention.start]
            found += [(item.start, item.end, "counterpart" in doc[item.start : item.end].text.lower()) for item in titles]
            add_evidence(doc, mention, titles, named, aliases, person.parties)
        found.sort(key=lambda item: (item[2], -min(item[1] - item[0], 8)))
        person.titles = [(start, end) for start, end, _ in found]
    sides = [frozenset[Party]().union(*map(beside.across, person.mentions)) for person in persons]
    for person, across in zip(persons, sides, strict=True):
        single = [item for item in person.mentions if item.end - item.start == 1]
        bare = (
            doc[item.start].text
            for item in single
            if is_state_role(doc, [(title.start, title.end) for title in read[item.start]])
        )
        _add_knowledge(doc, person, told, next(bare, None), across)
    parties = [(mention.start, person.party) for person in persons for mention in person.mentions]
    led = {person.party for person in persons if person.party is not None and heads_state(doc, person.titles)}
    offers = Offers(doc, mentions, aliases, [(start, party) for start, party in parties if party is not None], led)
    for person, across in zip(persons, sides, strict=True):
        if not person.parties:
            _infer(person, told, offers, read, beside, across)
    bearers = {mention.start: person for person in persons for mention in person.mentions}
    for person in persons:
        if person.evidence in ("none", "inferred", "chosen"):
            owners = [owner_of_title(title, doc, named) for mention in person.mentions for title in read[mention.start]]
            found_party = next((bearers[owner.start].party for owner in owners if owner is not None), None)
            if found_party is not None:
                person.parties, person.evidence, person.chance = Counter({found_party: STRONG}), "told", None


def _shared_title(doc: Doc, mention: Mention, named: Mapping[int, Mention], read: Mapping[int, list[Title]]) -> list[Title]:
    """The plural title in front of an earlier name of the same list: 'senators X and Y'."""
    index = mention.start - 1
    while index > 0 and doc[index].lower_ in ("and", ",", "&"):
        index -= 1
    before = named.get(index)
    if before is None or before.kind != "person" or index == mention.start - 1 or before.start not in read:
        return []
    return [title for title in read[before.start] if title.end <= before.start and doc[title.role].tag_ in ("NNS", "NNPS")]


def _add_knowledge(doc: Doc, person: Person, told: Told, surname: str | None, across: frozenset[Party]) -> None:
    """Add what the title or the world tells of a person's party, weaker than what the article says.

    `surname`: the one word that a title introduces the person with somewhere ('President Lund'); None without such a place.
    `across`: the countries of the other side, which a title that several governments have does not mean.
    """
    titles = [doc[start:end].text for start, end in person.titles]
    name = " ".join(person.words)
    royal = next((doc[start:end].text for start, end in person.titles if doc[end - 1].lower_ in _ROYAL), None)
    known = known_party(f"{royal.split()[-1]} {name}", [], told.count, full=True) if royal is not None else None
    if royal is not None and len(person.words) == 1 and not royal.lower().endswith(_BY_SURNAME):
        name, surname = "", None  # 'Princess Diana' is not known by others of her name
    if surname is not None and party_of_officeholder(name) is None:
        known = known or party_of_officeholder(surname)
    known = known or known_party(name, titles, told.count, full=len(person.words) > 1, across=across)
    person.evidence = "told" if person.parties else "none"
    if known is not None and (not person.parties or known in person.parties or len(person.words) > 1):
        wins = known.country is not None and _outweighs(person, known)
        person.parties[predecessor(known, told.count, person.parties)] += 3 * STRONG if wins else STRONG - 1
        person.evidence = "told" if person.evidence == "told" else "world"
    before = {doc[max(item.start - 1, 0)].text for item in person.mentions}
    legislator = parties_of_title("senator")[:1]
    if not person.parties and (before & _LEGISLATORS or ("Representative" in before and told.count[legislator[0]])):
        person.parties.update(legislator)
        person.evidence = "world"


def _outweighs(person: Person, known: Party) -> bool:
    """Whether a known office beats what the article says: bodies of which the world knows nothing, or one stray country.

    What stands beside the name of a well-known head of one country is not that country's, unless it is said more than once.
    """
    if all(party.country is None and find_party(party.name) is None for party in person.parties):
        return True
    stray = all(party.country is not None or find_party(party.name) is None for party in person.parties)
    once = stray and sum(person.parties.values()) <= STRONG
    return once and len(person.words) > 1 and party_of_officeholder(person.name) == known


def _infer(
    person: Person, told: Told, offers: Offers, read: Mapping[int, list[Title]], beside: Beside, across: frozenset[Party]
) -> None:
    """Add the party that the article's other names suggest for a title that names none."""
    titles = [title for mention in person.mentions for title in read[mention.start]]
    pointed = next((party for party in map(told.pointed_at, titles) if party is not None), None)
    pointed = pointed or next((party for party in map(beside.shared, person.mentions) if party is not None), None)
    if pointed is not None:
        person.parties[pointed] += 1
        person.evidence = "inferred"
        return
    person.offered = offers.figures(person.mentions, titles, across)
    chosen = choose(person.offered)
    if chosen is not None:
        person.parties[chosen[0]] += 1
        person.evidence, person.chance = "chosen", chosen[1]


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
