"""Titles around a name: 'South Korean President X', 'X, head of the bureau at the ministry,', 'President of Y X'."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from whomet.entities.mentions import Mention, is_role
from whomet.lexicon import load_words

WINDOW = 14
"""How far from a name a title is looked for, in tokens."""
_LINKS = frozenset({"of", "for", "to", "at", "in", "on"})
_INSIDE = frozenset({"-", "'s", "’s", "'", "’", "&", "/", "–"})
_FILL = frozenset({"the", "and", "his", "her", "their", "its", "a", "an", ","})


@dataclass(frozen=True, slots=True)
class Title:
    """Token range of a title as printed and of everything read beside it (where its party stands)."""

    start: int
    end: int
    left: int
    right: int


def _is_part(token: Token, named: dict[int, Mention]) -> bool:
    """Whether a token may stand inside a title."""
    if is_role(token) or token.lower_ in load_words("role_modifiers.txt") or token.text in _INSIDE:
        return True
    mention = named.get(token.i)
    if mention is not None:
        return mention.kind != "person"
    return token.pos_ in ("ADJ", "NOUN", "PROPN", "NUM") and not token.is_punct


def title_before(doc: Doc, mention: Mention, named: dict[int, Mention]) -> Title | None:
    """The title in front of a name; None when there is none."""
    sentence_start = doc[mention.start].sent.start
    left = mention.start
    if left > sentence_start + 1 and doc[left - 1].text == "," and doc[left - 2].lower_ == "counterpart":
        left -= 1
    modifiers = load_words("role_modifiers.txt")
    while left > sentence_start and mention.start - left < WINDOW:
        token = doc[left - 1]
        if "\n" in token.text:
            break
        if _is_part(token, named) or token.lower_ in ("the", "of", "for"):
            left -= 1
            continue
        joins = token.lower_ in ("and", ",") and left - 2 >= sentence_start and left < mention.start
        if joins and doc[left - 2].lower_ in modifiers and doc[left].lower_ in modifiers:
            left -= 2
            continue
        break
    roles = [index for index in range(left, mention.start) if is_role(doc[index]) and index not in _person_tokens(named)]
    if not roles:
        return None
    role = roles[-1]
    between = [doc[index].lower_ for index in range(role + 1, mention.start) if doc[index].text != ","]
    if between and between[0] not in ("of", "for", "-") and not set(between) <= {"elect", "-", "designate", "general"}:
        return None
    start = role
    while start > left and doc[start - 1].lower_ not in _FILL | _LINKS and doc[start - 1].text not in ("'s", "’s", "'", "’"):
        start -= 1
    while start < role and (start in named or (doc[start].text == "-" and start - 1 in named)):
        start += 1
    return Title(start, mention.start, left, mention.start)


def _person_tokens(named: dict[int, Mention]) -> frozenset[int]:
    return frozenset(index for index, mention in named.items() if mention.kind == "person")


def title_after(doc: Doc, mention: Mention, named: dict[int, Mention]) -> Title | None:
    """The title in apposition behind a name ('X, the foreign minister of Y,' or 'X (minister)'); None when there is none."""
    index = mention.end
    if index + 1 >= len(doc) or doc[index].text not in (",", "(", "–", "—", "-"):
        return None
    limit = min(doc[mention.start].sent.end, index + 1 + 2 * WINDOW)
    right = index + 1
    role = None
    while right < limit:
        token = doc[right]
        if _ends_title(token) and not (token.lower_ == "and" and role is not None and _joins(doc, right)):
            break
        if token.text == "," and role is not None:
            break
        if token.text == ",":
            return None
        if role is None and token.pos_ in ("VERB", "AUX"):
            return None
        if role is None and right in named and named[right].kind == "person":
            return None
        if is_role(token) and (role is None or (doc[right - 1].lower_ not in _LINKS and role == right - 1)):
            role = right
        right += 1
    if role is None or role - index > 8:
        return None
    start = index + 1
    while start < role and (doc[start].lower_ in _FILL or start in named or doc[start].text in _INSIDE):
        start += 1
    return Title(start, right, index + 1, right)


def _ends_title(token: Token) -> bool:
    """Whether a title in apposition cannot go on past this token."""
    finite = token.pos_ in ("VERB", "AUX") and token.tag_ not in ("VBN", "VBG", "VBD")
    return finite or token.lower_ in ("who", "which", "whose", "said", "told", "and") or token.text in (";", ".", ")", "—", "(")


def _joins(doc: Doc, index: int) -> bool:
    """Whether 'and' at `index` stays inside a title: 'bureau of Asian and Oceanian affairs'."""
    return index + 1 < len(doc) and (
        doc[index + 1].text[0].isupper() or doc[index + 1].lower_ in load_words("role_modifiers.txt")
    )


def party_after(doc: Doc, mention: Mention, named: dict[int, Mention]) -> Mention | None:
    """The party in 'Prime Minister X of Y' or 'X of Y'; None when no party follows so."""
    index = mention.end
    if index < len(doc) and doc[index].lower_ in ("of", "from"):
        index += 1
        while index < len(doc) and doc[index].lower_ in ("the", "neighboring", "neighbouring"):
            index += 1
        found = named.get(index)
        if found is not None and found.kind in ("party", "organization"):
            return found
    return None
