"""Titles that are held in a state: by its head, or by anybody who speaks for some government."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from spacy.tokens import Doc

from whomet.entities.bodies import is_state_body
from whomet.entities.words import is_role
from whomet.lexicon import load_words

_STATE_WORDS: Final = frozenset(
    "senate parliament parliamentary cabinet ministry solicitor navy federal republic armed forces election electoral customs "
    "homeland prefecture constitutional plenipotentiary".split()
)
_HEADS: Final = frozenset("president chancellor king queen emir sultan monarch taoiseach".split())
_DEPUTIES: Final = frozenset("bank vice deputy former ex spokesman spokeswoman adviser advisor aide".split())


def heads_state(doc: Doc, titles: Iterable[tuple[int, int]]) -> bool:
    """Whether one of the titles is that of a head of state or government: 'President', 'prime minister', no deputy."""
    words = [{token.lower_ for token in doc[start:end]} for start, end in titles]
    return any(held & _HEADS or {"prime", "minister"} <= held for held in words if not held & _DEPUTIES)


@cache
def _state_roles() -> frozenset[str]:
    return load_words("entity_state_roles.txt") | _STATE_WORDS


def is_state_role(doc: Doc, titles: Iterable[tuple[int, int]]) -> bool:
    """Whether one of the titles is held in a state ('prime minister', 'central bank director'): for some government."""
    titles, roles = list(titles), _state_roles()
    if any(is_state_body(doc[start:end].text) for start, end in titles):
        return True
    return any(
        (doc[index].lower_ in roles and not (doc[index].lower_ == "general" and index + 1 < end and is_role(doc[index + 1])))
        or (doc[index].lower_ == "central" and doc[index + 1].lower_ in ("bank", "banker"))
        for start, end in titles
        for index in range(start, end)
    )
