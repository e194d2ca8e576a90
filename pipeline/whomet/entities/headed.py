"""Bodies by the noun at the head of their name: a country or capital inside it is no government, a run of capitals is a body."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from spacy.tokens import Doc, Token

from whomet.entities.gazetteer import PartyName
from whomet.entities.words import POSSESSIVES, is_office_word, is_role
from whomet.lexicon import load_words

LONGEST: Final = 7
"""Most tokens of a body's name in front of its head noun, small words included."""
_SMALL: Final = frozenset({"of", "and", "for", "&", "-"})


def body_end(doc: Doc, match: tuple[int, int, PartyName]) -> int | None:
    """Where the name of a body ends that a country, capital or nation opens; None when it opens none.

    'China Daily', 'Norway Association of Greater Lima', 'Chilean Copper Producers Federation', but no council of state.
    """
    _, end, name = match
    if name.party.country is None or name.form == "agency" or (end < len(doc) and doc[end].lower_ == "central"):
        return None
    of_states = load_words("entity_state_body_words.txt")
    media = load_words("entity_body_ends.txt") if name.form in ("name", "seat") else frozenset()
    for index in range(end, min(end + 6, len(doc))):
        token = doc[index]
        if token.text in ("'", "’") and index > end and doc[index - 1].lower_.endswith("s"):
            continue  # 'Irish Fishers' Association'
        members = index + 1 < len(doc) and doc[index + 1].text in ("'", "’")
        office = is_role(token) and not (_is_head(token) or members)
        if not token.text[0].isupper() or token.pos_ not in ("PROPN", "ADJ", "NOUN") or office:
            return None
        if token.lower_ in of_states:
            return None
        if (token.lower_ in media and index < end + 3) or _is_head(token):
            return _with_tail(doc, index + 1)
    return None


def body_start(doc: Doc, start: int) -> int:
    """Where the name of a body begins that has a nation in it: what the recogniser sees in front of that belongs to it."""
    index = start
    if start > 0 and doc[start - 1].ent_type_ == "NORP" and _is_capital(doc[start - 1]):
        return start - 1
    while index > 0 and doc[index].ent_type_ == "ORG" and doc[index].ent_iob_ == "I" and _is_capital(doc[index - 1]):
        index -= 1
    return index if doc[index].ent_iob_ == "B" or (index > 0 and doc[index - 1].lower_ == "the") else start


def _is_head(token: Token) -> bool:
    return token.text[0].isupper() and token.lower_ in load_words("entity_body_heads.txt")


def _with_tail(doc: Doc, end: int) -> int:
    """The end of a name with what 'of' or 'for' adds in capitals: 'Association of Greater Lima'; a country stays outside."""
    index = end
    while index + 1 < len(doc) and doc[index].lower_ in ("of", "for") and _is_capital(doc[index + 1]):
        if doc[index + 1].ent_type_ == "GPE" and doc[index + 1].ent_iob_ == "B":
            break
        index += 1
        while index < len(doc) and _is_capital(doc[index]):
            index += 1
        end = index
    return end


def _is_capital(token: Token) -> bool:
    return token.is_alpha and token.text[0].isupper() and token.pos_ in ("PROPN", "ADJ", "NOUN") and not token.is_sent_start


def headed_bodies(doc: Doc, covered: Collection[int]) -> Iterator[tuple[int, int]]:
    """Bodies that the recogniser missed: a run of capitalised words that ends in a noun of bodies ('Law and Fish Party')."""
    of_states = load_words("entity_state_body_words.txt")
    for token in doc:
        if token.i in covered or not _is_head(token) or token.pos_ not in ("PROPN", "NOUN"):
            continue
        following = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if following is not None and _is_capital(following) and not is_role(following):
            continue
        start = token.i
        while start > token.sent.start and token.i - start < LONGEST and start - 1 not in covered:
            before = doc[start - 1]
            named = before.text[0].isupper() and before.pos_ in ("PROPN", "ADJ", "NOUN") and not is_role(before)
            linked = before.lower_ in _SMALL and before.i - 1 not in covered and doc[before.i - 1].pos_ == "PROPN"
            if not (named or linked):
                break
            start -= 1
        while start < token.i and (doc[start].lower_ in _SMALL or doc[start].is_punct):
            start += 1
        words = [doc[index] for index in range(start, token.i)]
        if any(not is_office_word(word) and word.is_alpha for word in words) and not any(w.lower_ in of_states for w in words):
            yield start, _with_tail(doc, token.i + 1)


def campaigns(doc: Doc, surnames: Collection[str], covered: Collection[int]) -> Iterator[tuple[int, int]]:
    """The campaigns that bear a person's name: 'the Lund campaign', 'Lund campaign manager'."""
    for token in doc[1:]:
        before = doc[token.i - 1]
        if token.lower_ != "campaign" or token.pos_ not in ("NOUN", "PROPN") or before.text not in surnames:
            continue
        if before.i not in covered and doc[max(before.i - 1, 0)].lower_ not in POSSESSIVES:
            yield before.i, token.i + 1
