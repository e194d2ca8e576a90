"""Entries of lists of people, where a comma or nothing parts title and body: 'Name, Jr., Director, Kelp Institute (KI)'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from spacy.tokens import Doc

from whomet.entities.mentions import Mention
from whomet.entities.titles import is_person
from whomet.entities.words import HONORIFICS, is_gap, is_office_word

_BEHIND_NAMES: Final = frozenset("jr jr. sr sr. ii iii iv qc kc mp j.d. ph.d. ph.d phd m.d. md esq esq. ret ret.".split())
"""What follows a name without being its title: generation, degree, rank."""

_BULLETS: Final = frozenset("- – — • * ·".split())


def end_of_name(doc: Doc, mention: Mention) -> int:
    """The token behind a name and its generation or degree: 'Ola Lund, Jr.', 'Kari Lund (Ret.)'."""
    index = mention.end
    while True:
        while index < len(doc) and is_gap(doc[index]):
            index += 1
        word = index + 1 if index < len(doc) and doc[index].text in (",", "(") else index
        if word >= len(doc) or doc[word].lower_ not in _BEHIND_NAMES:
            return index
        index = word + 1
        index += doc[word - 1].text == "(" and index < len(doc) and doc[index].text == ")"


def end_of_entry(doc: Doc, start: int, right: int, named: Mapping[int, Mention]) -> int:
    """Where the body ends that an entry names behind its title, from `start` to `right`; `right` when it names none.

    'Name, Director, Nordic Kelp Institute', 'Name, President Nordic Kelp Institute (NKI)', 'Name, Director, of the Institute'.
    """
    if right + 1 >= len(doc) or not doc[start].text[0].isupper():
        return right
    apart = doc[right].text == ","
    if is_person(named, right + apart) or (apart and is_person(named, right + 1)):
        return right
    start = right + apart
    linked = apart and doc[start].lower_ == "of"
    start += linked
    start += start < len(doc) and doc[start].lower_ == "the"
    found = named.get(start)
    if found is not None and (found.start != start or found.kind == "place"):
        return right
    end = found.end if found is not None else end_of_unknown(doc, start, named) if apart else start
    if end == start or (not apart and found is not None and found.kind != "organization"):
        return right
    return end if linked or _closes(doc, end, named) else right


def country_of_entry(doc: Doc, mention: Mention, named: Mapping[int, Mention]) -> Mention | None:
    """The country that closes an entry right behind a name: 'Minister of Fish Juan Rojas, Chile' at the end of a line."""
    index = end_of_name(doc, mention)
    found = named.get(index + 1) if doc[index : index + 1].text == "," else None
    if found is None or found.party is None or found.party.party.country is None or found.party.form not in ("name", "alias"):
        return None
    end = found.end
    closed = end >= len(doc) or doc[end].text == ";" or "\n" in doc[end].text
    return found if closed or _opens_line(doc, end) else None


def _closes(doc: Doc, end: int, named: Mapping[int, Mention]) -> bool:
    """Whether an entry ends at a token: with its line, at a semicolon or bullet, in front of the next person.

    An acronym or region in brackets may stand before the end.
    """
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
        end += 3
    while end < len(doc) and is_gap(doc[end]):
        end += 1
    if end >= len(doc) or doc[end].text in (";", ")", ".") or "\n" in doc[end].text:
        return True
    return _opens_line(doc, end) or _opens_entry(doc, end + (doc[end].text in (",", "and")), named)


def _opens_line(doc: Doc, index: int) -> bool:
    """Whether a token is the bullet or number of a list's next entry, whose line break the page has lost: '- ', '6.'."""
    following = doc[index + 1] if index + 1 < len(doc) else None
    bullet = doc[index].text in _BULLETS and following is not None and following.is_space
    return bullet or (doc[index].is_digit and following is not None and following.text == ".")


def _opens_entry(doc: Doc, index: int, named: Mapping[int, Mention]) -> bool:
    """Whether the next entry of a list, a person, begins at a token or behind 'and' and an honorific."""
    index += index < len(doc) and doc[index].lower_ == "and"
    while index < len(doc) and (doc[index].lower_ in HONORIFICS or is_gap(doc[index])):
        index += 1
    return is_person(named, index)


def end_of_unknown(doc: Doc, start: int, named: Mapping[int, Mention]) -> int:
    """Where a run of capitalised words ends that is no name to the recogniser, but stands where a body's name does."""
    end = start
    while (
        end < len(doc)
        and end not in named
        and doc[end].pos_ == "PROPN"
        and doc[end].is_alpha
        and not is_office_word(doc[end])
        and doc[end].ent_type_ in ("", "ORG", "PRODUCT")
        and any(char.isupper() for char in doc[end].text)
    ):
        end += 1
    return end
