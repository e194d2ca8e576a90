"""Whose man or woman a title makes of its bearer: "Lund's adviser", 'spokesman for Lund', 'his foreign minister'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from spacy.tokens import Doc

from whomet.entities.affiliation import KIN
from whomet.entities.mentions import Mention
from whomet.entities.titles import Title
from whomet.entities.words import AIDES, HONORIFICS, POSSESSIVES, is_office_word
from whomet.lexicon import load_words

_ABOVE: Final = frozenset({"boss", "chief", "bosses", "leader", "mentor", "captor", "attorney", "attorneys", "captain"})
"""Roles that 'his' and 'her' bind to somebody without making them one side."""


def owner_of_title(title: Title, doc: Doc, named: Mapping[int, Mention]) -> Mention | None:
    """The person whose man or woman a title makes of its bearer: "Lund's adviser", 'spokesman for Lund'; None without one."""
    if doc[title.role].lower_ in KIN:
        return None
    first = max(title.left - 1, doc[title.role].sent.start + 1)
    mark = next((index for index in range(title.role - 1, first - 1, -1) if doc[index].lower_ in POSSESSIVES), None)
    owner = named.get(mark - 1) if mark is not None else named.get(title.left - 1)
    if owner is None and doc[title.role].lower_ in AIDES:
        owner = named.get(title.role - 1)
    if owner is None:
        owner = _meant_by_pronoun(title, doc, named)
    if owner is None and title.role + 2 < len(doc) and doc[title.role + 1].lower_ in ("to", "for", "of"):
        index = title.role + 2
        while index + 1 < len(doc) and (doc[index].lower_ in HONORIFICS or is_office_word(doc[index])):
            index += 1
        owner = named.get(index)
    return owner if owner is not None and owner.kind == "person" else None


def _meant_by_pronoun(title: Title, doc: Doc, named: Mapping[int, Mention]) -> Mention | None:
    """The person that 'his' or 'her' in front of a role means: the subject named before it; None for a role held elsewhere."""
    role = doc[title.role]
    begin = next((index for index in (title.left, title.left - 1) if index >= 0 and doc[index].lower_ in ("his", "her")), None)
    if begin is None or role.lower_ in _ABOVE or role.lower_ in load_words("entity_private_roles.txt"):
        return None
    sentence = doc[begin].sent
    earlier = doc[sentence.start - 1].sent if sentence.start > 0 else sentence
    for first, last in ((sentence.start, begin), (earlier.start, earlier.end)):
        people = [named[index] for index in range(first, last) if index in named and named[index].kind == "person"]
        subjects = [item for item in people if doc[item.start : item.end].root.dep_ in ("nsubj", "nsubjpass")]
        if people:
            return (subjects or people)[-1 if first == sentence.start else 0]
    return None
