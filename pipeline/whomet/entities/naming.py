"""The words that names of persons are made of: given names, capitals and particles, what stands behind a name."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc, Token

from whomet.entities.gazetteer import plain
from whomet.entities.words import COLLECTIVES, HONORIFICS, PARTICLES, is_office_word, is_role
from whomet.lexicon import load_rows, load_words

_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}$")
_LINKS = frozenset({"at", "of", "for", "from", "in"})
_SUFFIX = re.compile(r"(?:[JS]r\.?|[IVX]{2,5})$")


@cache
def given_names() -> dict[str, str]:
    """Given names with the gender of their bearers: f, m, or x for both."""
    return {row["name"]: row["gender"] for row in load_rows("entity_given_names.tsv")}


def is_name_token(token: Token) -> bool:
    """Whether a token is written as the words of a name are: a capital and small letters, an initial, a particle; no role."""
    text = token.text
    capital = text[:1].isupper() and (any(char.islower() for char in text) or _INITIALS.match(text) is not None)
    return (capital or token.lower_ in PARTICLES) and not is_role(token)


@cache
def _plain_given_names() -> frozenset[str]:
    return frozenset(plain(name) for name in given_names())


def is_listed(token: Token) -> bool:
    """Whether a token is a known given name with a capital."""
    return token.text[:1].isupper() and plain(token.text) in _plain_given_names()


def looks_like_name(doc: Doc, start: int, end: int) -> bool:
    """Whether a token range of another label reads as a person: a listed given name, then no word of bodies or places."""
    tokens = [token for token in doc[start:end] if token.text != "-"]
    bare = len(tokens[0]) == 1 and tokens[0].text.isupper() and tokens[0].text not in ("A", "I") if tokens else False
    if not 2 <= len(tokens) <= 5 or not all(is_name_token(token) for token in tokens[bare:]):
        return False
    org_words = load_words("entity_org_words.txt")
    if any(token.lower_ in org_words or is_office_word(token) for token in tokens):
        return False
    if start > 0 and doc[start - 1].lower_ == "the":
        return False
    initials = _INITIALS.match(tokens[0].text) is not None and (len(tokens[0]) == 2 or len(tokens) == 2)
    return (is_listed(tokens[0]) and not bare) or initials or told_as_person(doc, start, end)


def told_as_person(doc: Doc, start: int, end: int) -> bool:
    """Whether what stands around a name tells of a person: a post in front of it or behind a comma, 'who', a list of people."""
    if start > 0 and _is_post(doc[start - 1]):
        return True
    if (
        end + 1 < len(doc)
        and doc[end].text == ","
        and doc[end + 1].lower_ == "who"
        and doc[max(start - 1, 0)].lower_ not in _LINKS
    ):
        return True
    if start > 1 and doc[start - 1].lower_ in (",", "and") and doc[start - 2].ent_type_ == "PERSON":
        index = start - 2
        while index > 0 and doc[index].ent_type_ == "PERSON" and doc[index].ent_iob_ == "I":
            index -= 1
        return start - 2 > index > 0 and _is_post(doc[index - 1])
    return False


def _is_post(token: Token) -> bool:
    role = is_role(token) and token.pos_ in ("NOUN", "PROPN") and token.lower_ not in COLLECTIVES
    return role or token.lower_ in HONORIFICS


def is_suffix(text: str) -> bool:
    """Whether a word tells bearers of one name apart: 'Jr.', 'III'."""
    return _SUFFIX.match(text) is not None
