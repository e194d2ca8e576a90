"""The words that titles and names are made of: roles, honorifics, particles, marks."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from whomet.lexicon import load_words

HONORIFICS: Final = frozenset(
    "mr mr. mrs mrs. ms ms. dr dr. sir prof prof. gen. gen lt. col. sen. rep. gov. hon hon. rev. capt. maj. adm. amb. mme "
    "rt rt. honourable honorable".split()
)
PARTICLES: Final = frozenset(
    "al el ad ul ur bin ben ibn bint abu van von der den ter de del della da di dos das du la le".split()
)
POSSESSIVES: Final = frozenset({"'s", "’s", "'", "’"})
AIDES: Final = frozenset("aide aides adviser advisor advisers advisors spokesman spokeswoman spokesperson confidant".split())
"""Roles that serve the person whose name stands right in front: 'a Lund aide'."""
COLLECTIVES: Final = frozenset(
    "staff opposition government cabinet mission missions delegation delegations team teams group groups party union unions army "
    "council community administration ministry ministries authority authorities bloc troika house state congress parliament "
    "board boards".split()
)
"""Role nouns that name a body of people rather than one of them."""


def role_nouns() -> frozenset[str]:
    """Lower-case nouns that name a role."""
    return load_words("role_nouns.txt")


def is_role(token: Token) -> bool:
    """Whether a token is a role noun ('minister', 'officials'), whatever its case."""
    return token.lower_ in role_nouns()


def is_gap(token: Token) -> bool:
    """Whether a token is white space inside a line, as pages put it around links: no part of a name, no end of one."""
    return token.is_space and "\n" not in token.text


def is_office_word(token: Token) -> bool:
    """Whether a token belongs to titles rather than names: a role noun or a word that stands beside one."""
    return is_role(token) or token.lower_ in load_words("role_modifiers.txt")
