"""Countries and well-known organisations by any of their names; the override lexicon for parties."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from whomet.entities.short_names import GENERATIONS, other_forms
from whomet.entities.words import is_office_word, is_role
from whomet.errors import LexiconError
from whomet.lexicon import load_rows, load_words, split_cell

LONG = 8
"""Letters that a surname needs to be known by its sound alone."""
_SPELLINGS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"ph", "f"),
        (r"ou|oo", "u"),
        (r"ee|ie", "i"),
        (r"w", "v"),
        (r"q|ck", "k"),
        (r"y", "i"),
        (r"(.)\1", r"\1"),
    )
)
_FAMILY_NAME_FIRST = frozenset({"China", "South Korea", "North Korea", "Vietnam", "Taiwan", "Cambodia", "Hong Kong", "Macau"})
"""Whose people news names by the family name first."""
_KNOWN_BY_FIRST = frozenset(
    {"Sri Lanka", "Indonesia", "Malaysia", "Thailand", "Ethiopia", "Eritrea", "Bangladesh", "Myanmar", "Laos", "Bhutan"}
)
"""Whose people news calls by the first word of their names: 'Mahathir', 'Prabowo'."""
_MEMBERS = frozenset({"People", "Peoples", "Workers", "Farmers"})
"""Whose party one is said to be in its name: "People's Democratic Party"."""
_HONOURED = frozenset({"hero", "heroes", "marshal", "marshals"})
"""Honours that are named after a state, which their bearer need not speak for: 'Hero of the Soviet Union'."""
LONGEST = 6
"""Longest name in tokens."""


@dataclass(frozen=True, slots=True)
class Party:
    """A government or organisation that can be a party. `country` is ISO 3166-1 alpha-2, None for organisations."""

    name: str
    country: str | None
    qid: str | None


@dataclass(frozen=True, slots=True)
class PartyName:
    """One way to name a party. form: name | demonym | alias | seat (a capital: the party only as an actor) | agency
    (an institution of a government, part of a title: 'Kremlin spokesman')."""

    party: Party
    form: str


@cache
def party_names() -> dict[str, PartyName]:
    """Every known name, as printed, tokens joined by one space."""
    names: dict[str, PartyName] = {}
    for row in load_rows("organizations.tsv"):
        party = Party(row["name"], None, row["qid"] or None)
        for name in (row["name"], *split_cell(row["aliases"])):
            names[name] = PartyName(party, "alias")
    for row in load_rows("countries.tsv"):
        party = Party(row["name"], row["code"], row["qid"])
        for form, cell in (
            ("seat", row["seats"]),
            ("demonym", row["demonyms"]),
            ("alias", row["aliases"]),
            ("agency", row["agencies"]),
            ("name", row["name"]),
        ):
            for name in split_cell(cell):
                names.setdefault(name.removeprefix("the "), PartyName(party, form))
    return names


def find_party(name: str) -> PartyName | None:
    """What party a name stands for; None when it is none that the lexicons know."""
    return party_names().get(name.replace("’", "'").removeprefix("the ").removeprefix("The "))


def former_states(named: Iterable[PartyName]) -> dict[Party, Party]:
    """State of today -> the one of its time, where an article names that one more often ('Soviet', then 'Moscow').

    'German' is said of both states, so that only 'Germany' counts as today's.
    """
    told = Counter((name.party.name, name.form) for name in named)
    found: dict[Party, Party] = {}
    for today, before, forms in (("Russia", "Soviet Union", ("name", "demonym")), ("Germany", "West Germany", ("name",))):
        one, other = find_party(today), find_party(before)
        then = told[before, "name"] + told[before, "demonym"]
        if one is not None and other is not None and then > sum(told[today, form] for form in forms):
            found[one.party] = other.party
    return found


@cache
def _places() -> dict[str, Party]:
    found: dict[str, Party] = {}
    for row in load_rows("entity_places.tsv"):
        known = find_party(row["country"])
        if known is None:
            raise LexiconError(f"entity_places.tsv: unknown country {row['country']!r}")
        found.update(dict.fromkeys(split_cell(row["names"]), known.party))
    return found


def country_of_place(name: str) -> Party | None:
    """The country that a region or a city that is no capital lies in; None when the lexicon does not know the place."""
    return _places().get(name) or (_places().get(name.title()) if name.isupper() else None)


@cache
def _place_qids() -> dict[str, str]:
    return {name: row["qid"] for row in load_rows("entity_place_qids.tsv") for name in split_cell(row["names"])}


def qid_of_place(name: str) -> str | None:
    """The Wikidata id of a capital or large city; None when the lexicon does not know it."""
    return _place_qids().get(name) or (_place_qids().get(name.title()) if name.isupper() else None)


def plain(text: str) -> str:
    """A name without diacritics, hyphens, full stops and case, words joined by one space."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(ascii_text.replace("-", "").replace(".", " ").lower().split())


@cache
def _listed_officeholders() -> tuple[tuple[str, Party], ...]:
    """The known office holders by plain full name, those whose surname tells of them."""
    found: list[tuple[str, Party]] = []
    for row in load_rows("officeholders.tsv"):
        known = find_party(row["party"])
        if known is None:
            raise LexiconError(f"officeholders.tsv: unknown party {row['party']!r}")
        found += [(plain(name), known.party) for name in split_cell(row["names"])]
    return tuple(found)


@cache
def _surnames() -> dict[str, frozenset[Party]]:
    found: dict[str, set[Party]] = {}
    for name, party in _listed_officeholders():
        words = name.split()
        first = words[:1] if party.name in _FAMILY_NAME_FIRST | _KNOWN_BY_FIRST else []
        for surname in {*first, words[-1]}:
            found.setdefault(surname, set()).add(party)
    return {surname: frozenset(parties) for surname, parties in found.items()}


def parties_of_surname(name: str) -> frozenset[Party]:
    """The parties of all known office holders of a surname; empty when none bears it."""
    return _surnames().get(plain(name), frozenset())


@cache
def _officeholders() -> dict[str, Party]:
    """Known people by plain full name, and by surname where all who bear it speak for one party."""
    others: dict[str, Party] = {}
    for row in load_rows("officeholders_full.tsv"):
        known = find_party(row["party"])
        party = known.party if known is not None else Party(row["party"], None, None)
        others.update((plain(name), party) for name in split_cell(row["names"]))
    alone = {name: next(iter(parties)) for name, parties in _surnames().items() if len(parties) == 1}
    return {**alone, **others, **dict(_listed_officeholders())}


def party_of_officeholder(name: str) -> Party | None:
    """Whom a well-known office holder speaks for, by full name or unmistakable surname; None when the lexicon does not know."""
    exact = _officeholders().get(plain(name))
    if exact is not None:
        return exact
    words = [word for word in sound(name).split() if len(word) > 1]
    known = _by_sound().get(" ".join(words)) or (_by_sound().get(f"{words[0]} {words[-1]}") if len(words) > 2 else None)
    return known or _by_other_form(plain(name).split())


def _by_other_form(words: list[str]) -> Party | None:
    """The party of an office holder by another form of the given name: 'Joseph R. Lund, Jr.' where 'Joe Lund' is known.

    Only for a surname that no other party's office holders bear; 'Joe Lund Jr.' is not the known 'Joe Lund'.
    """
    named = [word for word in words if word not in GENERATIONS]
    forms = [f"{form} {named[-1]}" for form in sorted(other_forms(named[0]))] if len(named) > 1 else []
    parties = {_officeholders()[form] for form in forms if form in _officeholders()}
    return next(iter(parties)) if len(parties) == 1 and parties_of_surname(named[-1]) <= parties else None


def sound(name: str) -> str:
    """A name's words with the spellings made one that transliterations choose between ('Dissanayake', 'Disanayake')."""
    text = plain(name)
    for spelling, letter in _SPELLINGS:
        text = spelling.sub(letter, text)
    return text


@cache
def _by_sound() -> dict[str, Party]:
    """The known office holders by sound, by all their names, by first and last one, and by a long last one; one party each."""
    found: dict[str, set[Party]] = {}
    for name, party in _officeholders().items():
        words = sound(name).split()
        keys = {" ".join(words)} if len(words) > 1 or len(words[0]) >= LONG else set()
        if len(words) > 2 and words[-2] not in ("bin", "ibn", "bint"):
            keys.add(f"{words[0]} {words[-1]}")
        for key in keys:
            found.setdefault(key, set()).add(party)
    return {key: next(iter(parties)) for key, parties in found.items() if len(parties) == 1}


@cache
def officeholder_names() -> frozenset[str]:
    """Plain full names of the known office holders."""
    return frozenset(name for name in _officeholders() if " " in name)


@cache
def officeholder_surnames() -> frozenset[str]:
    """Plain last names that only one party's office holders bear and that are no ordinary words: 'merkel'."""
    common = load_words("entity_word_surnames.txt")
    last = {name.split(" ")[-1] for name in officeholder_names()}
    return frozenset(name for name in last & _officeholders().keys() if len(name) > 4 and name not in common)


@cache
def _title_parties() -> tuple[tuple[str, tuple[Party, ...]], ...]:
    found: dict[str, list[Party]] = {}
    for row in load_rows("title_parties.tsv"):
        known = find_party(row["party"])
        if known is None:
            raise LexiconError(f"title_parties.tsv: unknown party {row['party']!r}")
        for title in split_cell(row["titles"]):
            found.setdefault(title, []).append(known.party)
    return tuple(sorted(((title, tuple(parties)) for title, parties in found.items()), key=lambda item: -len(item[0])))


def parties_of_title(title: str) -> tuple[Party, ...]:
    """The parties that a title alone may tell, likeliest first ('Taoiseach' -> Ireland); empty when any may have it."""
    text = f" {title.lower()} "
    return next((parties for words, parties in _title_parties() if f" {words} " in text), ())


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.split(" ")[0].removesuffix("'s") for name in party_names())


def _is_part_of_name(doc: Doc, position: int, text: str) -> bool:
    """Whether a party's name only closes a longer one: 'Mexico' in 'New Mexico', a party's in 'Fishers' Democratic Party'."""
    if position == 0:
        return False
    before = doc[position - 1]
    if position > 2 and doc[position - 3].lower_ in _HONOURED and doc[position - 2].lower_ == "of":
        return True
    if country_of_place(f"{before.text} {text}") is not None:
        return True
    if _closes_body(doc, position, text):
        return True
    if not text.endswith((" Party", " Democrats")):
        return False
    if before.text in ("'s", "’s", "'", "’"):
        return position > 1 and doc[position - 2].text in _MEMBERS
    named = before.text[0].isupper() and before.is_alpha and before.pos_ in ("PROPN", "ADJ", "NOUN") and not before.is_sent_start
    return named and find_party(before.text) is None


def _closes_body(doc: Doc, position: int, text: str) -> bool:
    """Whether a country's name is the last word of a body's: 'Energy UK', 'Sport Norway'."""
    before, name, end = doc[position - 1], find_party(text), position + len(text.split())
    if doc[position].ent_type_ != "ORG" or doc[position].ent_iob_ != "I" or (end < len(doc) and doc[end].ent_iob_ == "I"):
        return False
    if name is None or name.form not in ("name", "alias") or not text[0].isupper() or find_party(before.text) is not None:
        return False
    return before.text[0].isupper() and before.is_alpha and before.pos_ in ("PROPN", "NOUN") and not is_office_word(before)


@cache
def _first_words_of_places() -> frozenset[str]:
    return frozenset(name.split(" ")[0] for name in _places())


@cache
def _region_bodies() -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(words.split()) for words in load_words("entity_region_bodies.txt")), key=len, reverse=True))


def _match_region_body(doc: Doc, words: list[str], position: int) -> tuple[int, PartyName] | None:
    """Where a body of a region or city that opens at a word ends, and its country: 'Michigan Supreme Court'; else None."""
    lengths = range(min(4, len(words) - position), 0, -1)
    places = ((size, country_of_place(" ".join(words[position : position + size]))) for size in lengths)
    size, country = next((found for found in places if found[1] is not None), (0, None))
    if country is None:
        return None
    first = position + size
    for body in _region_bodies():
        behind = words[first : first + len(body)]
        if tuple(word.lower() for word in behind) == body and behind[0][0].isupper() and behind[-1][0].isupper():
            return _end_of_field(doc, first + len(body)), PartyName(country, "agency")
    of_office = first < len(doc) and doc[first - 1].ent_type_ == "NORP" and is_office_word(doc[first])
    return (first, PartyName(country, "demonym")) if of_office else None  # 'Bavarian interior minister'


def _end_of_field(doc: Doc, end: int) -> int:
    """The end of a body's name with the field behind its 'of': 'Department of Parks and Lakes'."""
    index = end
    while index + 1 < len(doc) and doc[index].lower_ in ("of", "and", "&") and doc[index + 1].text[0].isupper():
        index += 1
        while index < len(doc) and doc[index].text[0].isupper() and not is_role(doc[index]):
            index += 1
        if doc[index - 1].lower_ not in ("of", "and", "&"):
            end = index
    return end


def match_parties(doc: Doc) -> list[tuple[int, int, PartyName]]:
    """(token start, token end, name) of every party name in a Doc, longest match first, left to right, not overlapping."""
    names, firsts, regions = party_names(), _first_words(), _first_words_of_places()
    words = [token.text.replace("’", "'") for token in doc]
    found: list[tuple[int, int, PartyName]] = []
    position = 0
    while position < len(words):
        body = _match_region_body(doc, words, position) if words[position] in regions else None
        if body is not None:
            found.append((position, *body))
            position = body[0]
            continue
        if words[position] in firsts or words[position].title() in firsts:
            for length in range(min(LONGEST, len(words) - position), 0, -1):
                text = " ".join(words[position : position + length]).replace(" 's ", "'s ")
                entry = names.get(text)
                if entry is None and ((text.isupper() and len(text) > 3) or (length > 1 and text[0].isupper())):
                    entry = names.get(text.title())
                if entry is None and "-" in text:
                    entry = names.get(text.replace(" - ", "-"))
                if entry is not None and _is_part_of_name(doc, position, text):
                    break
                if entry is not None:
                    found.append((position, position + length, entry))
                    position += length - 1
                    break
        position += 1
    return found
