"""The words that titles and names are made of: roles, honorifics, particles, marks."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Doc, Token

from whomet.lexicon import load_words

HONORIFICS: Final = frozenset(
    "mr mr. mrs mrs. ms ms. dr dr. sir prof prof. gen. gen lt. lt col. col sen. rep. gov. hon hon. honourable honorable rt rt. "
    "reverend rev. capt. maj. maj cmdr. cmdr brig. brig adm. amb. mme".split()
)
PARTICLES: Final = frozenset(
    "al el ad ul ur bin ben ibn bint abu van von der den ter de del della da di dos das du la le".split()
)
FIRM_POSTS: Final = frozenset(
    "ceo ceos cfo coo cto executive executives founder founders co-founder shareholder shareholders".split()
)
"""Posts that firms have: what owns one is a firm or body."""
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


def leads_to_firm_post(doc: Doc, index: int) -> bool:
    """Whether a post that firms have stands at a token, or behind a possessive mark and words of offices ('chief executive')."""
    index += index < len(doc) and doc[index].lower_ in POSSESSIVES
    for token in doc[index : index + 5]:
        if token.lower_ in FIRM_POSTS:
            return True
        if token.text not in ("-", "co") and not is_office_word(token):
            return False
    return False
