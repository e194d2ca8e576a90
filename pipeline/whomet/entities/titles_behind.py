"""Titles and parties behind a name: 'X, head of the bureau at the ministry,', 'X is the foreign minister of Y', 'X of Y'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from spacy.tokens import Doc

from whomet.entities.entries import end_of_entry, end_of_name, end_of_unknown
from whomet.entities.gazetteer import country_of_place
from whomet.entities.mentions import Mention
from whomet.entities.titles import LINKS, MARKS, SMALL, SUFFIXES, WINDOW, Title, is_person, left_edge
from whomet.entities.words import AIDES, COLLECTIVES, HONORIFICS, POSSESSIVES, is_gap, is_office_word, is_role
from whomet.lexicon import load_words

_ADVERBS: Final = frozenset({"now", "then", "currently", "also", "formerly", "once", "previously"})
_LONGEST_RANK: Final = 6
"""Most tokens from a rank to the role it belongs to: 'Chief Data and Equitable Delivery Officer'."""
_STANDINGS: Final = frozenset("ruling governing outlawed banned opposing left-leaning leading".split())
"""What a party or government is said to be in front of its name, verbs to a parser."""


def title_after(doc: Doc, mention: Mention, named: Mapping[int, Mention]) -> Title | None:
    """The title in apposition behind a name ('X, the foreign minister of Y,' or 'X (minister)'); None when there is none."""
    index = end_of_name(doc, mention)
    limit = min(doc[mention.start].sent.end, index + 1 + 2 * WINDOW)
    if index + 1 >= limit or doc[index].text not in (",", "(", "–", "—", "-"):
        return None
    while index + 2 < limit and is_gap(doc[index + 1]):
        index += 1
    if doc[index + 1].like_num and index + 2 < limit and doc[index + 2].text == ",":
        index += 2
    role = _first_role(doc, index + 1, limit, named)
    if role is None or doc[role].lower_ in COLLECTIVES:
        return None
    right = _right_edge(doc, role, limit, named)
    if right < limit and is_person(named, right) and doc[right - 1].text not in (",", ")") and not _serves(doc, role, right):
        return None  # ', President X': the next person's title
    if right + 1 < limit and doc[right].text == "," and is_person(named, right + 1) and _is_next_ones(doc, mention, index, right):
        return None
    start = role
    while start > index + 1 and not (
        doc[start - 1].lower_ in SMALL | _ADVERBS
        or doc[start - 1].text in MARKS
        or (start - 1 in named and named[start - 1].party)
    ):
        start -= 1
    return Title(start, right, index + 1, end_of_entry(doc, index + 1, right, named), role)


def _serves(doc: Doc, role: int, right: int) -> bool:
    """Whether a title ends in that of the person it serves: 'X, an adviser to President Y'."""
    index = right - 1
    while index > role and (is_office_word(doc[index]) or doc[index].lower_ in HONORIFICS):
        index -= 1
    return index > role and doc[index].lower_ in ("to", "for", "of")


def _is_next_ones(doc: Doc, mention: Mention, comma: int, right: int) -> bool:
    """Whether a phrase between two names in a list of pairs is the title of the second: "X's boss, A, Y boss, B, and"."""
    paired = mention.start > 1 and doc[mention.start - 1].text == "," and is_role(doc[mention.start - 2])
    return paired and doc[comma].text == "," and doc[comma + 1].text[0].isupper() and is_role(doc[right - 1])


def _first_role(doc: Doc, start: int, limit: int, named: Mapping[int, Mention]) -> int | None:
    """The role noun that heads the noun phrase at `start`; None when something else stands there."""
    for index in range(start, min(limit, start + WINDOW)):
        token = doc[index]
        if is_role(token):
            following = doc[index + 1] if index + 1 < limit else None
            if following is not None and is_role(following) and not is_person(named, index + 1):
                continue
            if _is_rank_of_role(doc, index, limit, named):
                continue
            if following is not None and following.text in POSSESSIVES:
                continue
            return index
        owner = (
            is_person(named, index) and doc[named[index].end].lower_ in POSSESSIVES | AIDES
            if index in named and named[index].end < limit
            else False
        )
        fits = (
            token.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM")
            or token.lower_ in SMALL - {",", "and"}
            or token.lower_ in _ADVERBS
            or token.text in MARKS
            or is_office_word(token)
        )
        if (is_person(named, index) and not owner) or not (fits or owner) or token.text == "—":
            return None
    return None


def _is_rank_of_role(doc: Doc, index: int, limit: int, named: Mapping[int, Mention]) -> bool:
    """Whether a role noun is only the rank of the one behind it: 'Chief Program Officer', 'Executive Vice President'."""
    if doc[index].lower_ not in load_words("role_modifiers.txt"):
        return False
    end = index + 1
    while (
        end < min(limit, index + _LONGEST_RANK)
        and not is_person(named, end)
        and doc[end].pos_ in ("PROPN", "NOUN", "ADJ", "CCONJ")
    ):
        if is_role(doc[end]):
            return True
        end += 1
    return False


def _right_edge(doc: Doc, role: int, limit: int, named: Mapping[int, Mention]) -> int:
    """Where a title ends behind its role noun: with the phrases that 'of', 'for', 'at', 'to' and 'in' add."""
    index = role + 1
    while index < limit:
        token = doc[index]
        if doc[index : index + 3].text == "-in-" and index + 3 < limit and is_role(doc[index + 3]):
            index += 4  # 'commander-in-chief'
            continue
        if token.lower_ in SUFFIXES or (token.text == "-" and index + 1 < limit and doc[index + 1].lower_ in SUFFIXES):
            index += 1
            continue
        inside = (
            token.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM")
            or token.text in MARKS
            or token.lower_ in SMALL - {",", "and"}
            or token.lower_ in _STANDINGS
            or (index in named and named[index].kind == "organization")
        )
        if token.lower_ in LINKS:
            inside = (
                index + 1 < limit
                and doc[index + 1].pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON")
                and not (doc[index + 1].ent_type_ in ("DATE", "TIME") or doc[index + 1].pos_ == "VERB")
            )
        elif token.lower_ == "and":
            inside = (
                index + 1 < limit
                and (doc[index + 1].text[0].isupper() or is_office_word(doc[index + 1]))
                and not (is_person(named, index + 1) or doc[index + 1].lower_ == "the")
            )
        elif (index == role + 1 and not (token.text in MARKS or token.lower_ in SUFFIXES)) or is_person(named, index):
            break
        if not inside or token.ent_type_ in ("DATE", "TIME"):
            break
        index += 1
    while index > role + 1 and (doc[index - 1].lower_ in LINKS | SMALL or doc[index - 1].text in MARKS):
        index -= 1
    return index


def title_told(doc: Doc, mention: Mention, named: Mapping[int, Mention]) -> Title | None:
    """The title that a clause gives: 'X is the foreign minister of Y', 'X, who was president'; None when none does."""
    root = doc[mention.start : mention.end].root
    verbs = [root.head] if root.dep_ == "nsubj" else []
    verbs += [child for child in root.children if child.dep_ == "relcl"]
    apposed = (child for child in root.children if child.dep_ == "appos" and child.i > mention.end)
    verbs += [child for noun in apposed for child in noun.children if child.dep_ == "relcl" and child.lemma_ == "serve"]
    for verb in verbs:
        served = [child for child in verb.children if child.dep_ == "prep" and child.lower_ == "as"]
        serves = bool(served) and verb.lemma_ in ("serve", "act") and verb.tag_ not in ("VBD", "VBN")
        if not serves and verb.lemma_ not in ("be", "become", "remain"):
            continue
        if any(child.dep_ == "neg" for child in verb.children):
            continue
        for child in [*verb.children, *(grand for link in served for grand in link.children)]:
            if child.dep_ in ("attr", "pobj") and is_role(child) and child.i > mention.end and child.tag_ in ("NN", "NNP"):
                start, left = left_edge(doc, child.i, verb.i + 1, named)
                right = _right_edge(doc, child.i, root.sent.end, named)
                return Title(start, right, left, right, child.i)
    return None


def _body_taken_for_else(doc: Doc, index: int, named: Mapping[int, Mention], *, paren: bool) -> Mention | None:
    """The body at a token where recognisers see a place, a person or only part of it; None where the names read are right.

    Its head noun ends it or stands right behind ('Kelp People's Front', 'Lund Traditional' + 'Authority'), its acronym follows in
    brackets, or it fills brackets of its own ('(Air Norway KLM)').
    """
    found = named.get(index)
    if found is None or found.start != index or found.end >= len(doc):
        return None
    if paren:
        close = next((end for end in range(index, min(index + _LONGEST_RANK, len(doc))) if doc[end].text == ")"), index)
        inside = [doc[item] for item in range(index, close)]
        whole = all(token.pos_ == "PROPN" and token.is_alpha and not is_role(token) for token in inside) and close != found.end
        part = any(item in named and named[item].kind == "organization" for item in range(index, close))
        return Mention("organization", index, close) if whole and part else None
    if found.kind not in ("place", "person") or country_of_place(doc[found.start : found.end].text) is not None:
        return None
    heads = load_words("entity_body_heads.txt") | COLLECTIVES
    following = doc[found.end]
    if following.text[0].isupper() and following.lower_ in heads and found.end not in named:
        return Mention("organization", found.start, found.end + 1)
    symbol = doc[found.end + 1].text if found.end + 2 < len(doc) and following.text == "(" else ""
    short = len(symbol) > 2 and symbol.isupper() and doc[found.end + 2].text == ")"
    headed = found.end > found.start + 1 and doc[found.end - 1].lower_ in load_words("entity_body_heads.txt")
    return Mention("organization", found.start, found.end) if found.kind == "place" and (short or headed) else None


def party_after(doc: Doc, mention: Mention, named: Mapping[int, Mention]) -> Mention | None:
    """The party in 'Prime Minister X of Y' or 'X of Y'; None when no party follows so."""
    index = mention.end
    while index < len(doc) and is_gap(doc[index]):
        index += 1
    apart = index + 1 < len(doc) and doc[index].text == "," and doc[index + 1].lower_ == "of"
    index += apart
    if index < len(doc) and doc[index].lower_ in ("of", "from", "("):
        paren = doc[index].text == "("
        index += 1
        while index < len(doc) and doc[index].lower_ in _STANDINGS | {"the", "neighboring", "neighbouring", "opposition"}:
            index += 1
        found = named.get(index)
        body = _body_taken_for_else(doc, index, named, paren=paren)
        if body is not None:
            return body
        if found is not None and found.kind in ("party", "organization"):
            closed = found.end < len(doc) and doc[found.end].text == ")"
            ends = found.end < len(doc) and doc[found.end].text in (",", ";", ".")
            return found if (closed or not paren) and (ends or not apart) else None
        if apart:
            return None
        end = end_of_unknown(doc, index, named)
        known = end > index and len(doc[index:end].text) > 2
        if known and (not paren or (end < len(doc) and doc[end].text == ")")) and (paren or not doc[end - 1].ent_type_):
            return Mention("organization", index, end)
    return None
