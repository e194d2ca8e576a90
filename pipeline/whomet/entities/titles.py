"""Titles in front of a name: 'South Korean President X', 'President of Y X', "Norway's ambassador to Chile, X,"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc

from whomet.entities.mentions import Mention
from whomet.entities.words import COLLECTIVES, HONORIFICS, POSSESSIVES, is_gap, is_office_word, is_role

WINDOW = 14
"""How far from a name a title is looked for, in tokens."""
SHORT: Final = 6
"""Most words of a field of work in small letters behind 'minister for'."""
LINKS: Final = frozenset({"of", "for", "to", "at", "in", "on", "with"})
MARKS: Final = frozenset({"-", "'s", "’s", "'", "’", "&", "/", "–"})
SMALL: Final = frozenset({"the", "and", "his", "her", "their", "its", "a", "an", ",", "our", "my"})
SUFFIXES: Final = frozenset({"elect", "designate", "general", "designated", "emeritus", "emerita"})
_RANKS: Final = frozenset("general colonel admiral brigadier marshal lieutenant captain major commodore professor".split())
"""Titles that tell nothing of whom their bearer speaks for, so that what stands in front of them counts, too."""
_BEFORE: Final = frozenset({"former", "ex", "current", "new", "incoming", "outgoing"})


@dataclass(frozen=True, slots=True)
class Title:
    """Token range of a title as printed, of everything read beside it (where its party stands), and its role noun."""

    start: int
    end: int
    left: int
    right: int
    role: int


def titles_before(doc: Doc, mention: Mention, named: Mapping[int, Mention]) -> list[Title]:
    """The titles in front of a name, nearest first: two for 'Secretary of State and former company chief X'."""
    found: list[Title] = []
    end = mention.start
    while len(found) < 3:
        title = _title_ending_at(doc, end, named)
        if title is None:
            break
        found.append(title)
        left = min(title.start, title.left)
        if left - 2 > doc[mention.start].sent.start and doc[left - 1].text == "," and doc[title.role].lower_ in _RANKS:
            end = left  # "Norway's army chief, General X"
            continue
        if left - 1 <= doc[mention.start].sent.start or doc[left - 1].lower_ != "and" or is_person(named, left - 2):
            break
        if _changes_case(doc, title.start, left - 2):
            break
        end = left - 1
    return found


def _title_ending_at(doc: Doc, stop: int, named: Mapping[int, Mention]) -> Title | None:
    """The title that ends right in front of token `stop`; None when there is none."""
    first = doc[stop].sent.start
    last = _before_honorifics(doc, stop, first)
    first = min(first, doc[last].sent.start if last >= 0 else first)
    if last >= first and doc[last].text == "," and not _reversed_apposition(doc, last, first, named):
        return _long_apposition(doc, stop, last, first, named)
    if last >= first and doc[last].text == ",":
        last -= 1
    if last < first or is_person(named, last):
        return None
    role = _role_at(doc, last, first)
    if role is not None and role - 4 >= first and doc[role - 3 : role].text == "-in-" and is_role(doc[role - 4]):
        role -= 4  # 'editor-in-chief'
    end = last + 1
    if role is None:
        role = _role_behind_links(doc, last, first, named)
        if role is None:
            return None
        linked = named.get(role + 2 + (doc[role + 2].lower_ == "the"))
        if linked is not None and linked.party is not None and linked.party.party.country and doc[role + 1].lower_ == "of":
            end = role + 1
    role = _outer_role(doc, role, first, named)
    start, left = left_edge(doc, role, first, named)
    if left > first - 1 and left > 0 and doc[left - 1].text == "First" and doc[left].text[0].isupper() and start == left:
        start = left = left - 1  # 'First Vice Minister'
    elif left > first and doc[left - 1].ent_type_ == "ORDINAL" and doc[left - 1].head.i >= left - 1:
        return None  # 'she is the third Norwegian leader Chile has hosted'
    return Title(start, end, left, stop, role)


def _before_honorifics(doc: Doc, stop: int, first: int) -> int:
    """The token in front of the honorifics of a name: 'Dr', 'Maj. Gen.', 'the Rt. Hon.', which may be cut into sentences."""
    last = stop - 1
    while last > 0:
        token = doc[last]
        dot = token.text == "." and bool({doc[last - 1].lower_, f"{doc[last - 1].lower_}."} & HONORIFICS)
        dotted = doc[last + 1].text == "." and f"{token.lower_}." in HONORIFICS
        article = token.lower_ == "the" and doc[last + 1].lower_ in HONORIFICS and doc[last + 1].lower_.startswith(("rt", "hon"))
        if not (token.lower_ in HONORIFICS or dot or dotted or article or (is_gap(token) and last > first)):
            break
        last -= 1
    return last


def _role_at(doc: Doc, last: int, first: int) -> int | None:
    """The role noun that ends at `last`, suffixes like '-elect' left out."""
    if is_role(doc[last]):
        return last
    if doc[last].lower_ in SUFFIXES and last - 1 >= first:
        back = last - 2 if doc[last - 1].text == "-" else last - 1
        if back >= first and is_role(doc[back]):
            return back
    return None


def _outer_role(doc: Doc, role: int, first: int, named: Mapping[int, Mention]) -> int:
    """The head of a title whose last noun names a body: 'chief' in 'chief of staff'."""
    head = role - 1
    while head > first and is_office_word(doc[head]):
        head -= 1
    if head - 2 >= first and doc[head - 1 : head + 1].text.lower() == "to the" and is_role(doc[head - 2]):
        return head - 2  # 'senior adviser to the prime minister'
    if doc[role].lower_ not in COLLECTIVES:
        return role
    index = role - 1
    while index > first and (doc[index].lower_ == "the" or is_office_word(doc[index]) or _is_body(named, index)):
        index -= 1
    if index > first and doc[index].lower_ == "of" and is_role(doc[index - 1]):
        return index - 1
    return role


def _reversed_apposition(doc: Doc, comma: int, first: int, named: Mapping[int, Mention]) -> bool:
    """Whether the comma joins a title to the name behind it ('his foreign minister, X') rather than two members of a list."""
    if comma <= first or not is_role(doc[comma - 1]):
        return False
    if _is_owned(doc, comma - 1, first, named):
        return True
    if doc[comma - 1].tag_ in ("NNS", "NNPS"):
        return _is_pair_apposed(doc, comma, first, named)
    start = comma - 1
    while start > first and not is_person(named, start - 1):
        token = doc[start - 1]
        if token.lower_ in SMALL - {",", "and"} or token.text in MARKS or is_office_word(token) or start - 1 in named:
            start -= 1
            continue
        break
    if start > first and doc[start - 1].text in (",", "(", "–", "—") and start - 1 > first and is_person(named, start - 2):
        return False
    return doc[comma - 1].lower_ == "counterpart" or start < comma - 1


def _is_pair_apposed(doc: Doc, comma: int, first: int, named: Mapping[int, Mention]) -> bool:
    """Whether two names behind a comma are those of a plural role with article and body: 'the Kelp Front heads, X and Y,'."""
    one = named.get(comma + 1)
    other = named.get(one.end + 1) if one is not None and one.end + 1 < len(doc) and doc[one.end].lower_ == "and" else None
    if other is None or not (is_person(named, comma + 1) and is_person(named, other.start)):
        return False
    _, left = left_edge(doc, comma - 1, first, named)
    apart = left - 1 > first and doc[left - 1].text == ","
    owned = any(index in named and not is_person(named, index) for index in range(left, comma - 1))
    return (
        owned
        and not apart
        and (doc[left].lower_ == "the" or any(doc[index].lower_ in POSSESSIVES for index in range(left, comma)))
    )


def _is_owned(doc: Doc, role: int, first: int, named: Mapping[int, Mention]) -> bool:
    """Whether a role has an owner in front of it: "the company's finance chief,", 'its top policy adviser,'."""
    index = role - 1
    while index > first and role - index < WINDOW // 2 and doc[index].pos_ in ("NOUN", "ADJ", "PROPN") and index not in named:
        index -= 1
    return doc[index].lower_ in POSSESSIVES | {"its", "his", "her", "their"} and not is_person(named, index + 1)


def _long_apposition(doc: Doc, stop: int, comma: int, first: int, named: Mapping[int, Mention]) -> Title | None:
    """The title in "Norway's ambassador to Chile, X Y," or 'The head of the fisheries agency, X Y, said'; None without one.

    A definite noun phrase with a single role, then a comma and a full name that closes the apposition. A phrase behind a
    preposition that opens the sentence ('After talks with the head of the agency, X Y said') is no title of the subject.
    """
    mention = named.get(stop)
    role = _role_in_phrase(doc, comma, first, named)
    if role is None or mention is None or mention.end - mention.start < 2 or mention.end >= len(doc):
        return None
    start, left = left_edge(doc, role, first, named)
    left -= left > first and doc[left - 1].lower_ in SMALL - {",", "and"}
    definite = any(
        index in named or doc[index].lower_ in POSSESSIVES or doc[index].lower_ in SMALL - {",", "and", "a", "an"}
        for index in range(left, role)
    )
    following = doc[mention.end]
    proper = doc[role].text[0].isupper() and doc[start].text[0].isupper() and following.text == ","
    closed = following.text in (",", ".", ";", ":", ")", "—", "–") or following.is_space or following.lower_ == "who"
    closed = closed or (following.text[0].isupper() and following.pos_ not in ("VERB", "AUX"))  # the next line of a page
    opens = left <= first or doc[left - 1].lower_ in ("and", "that", "but", "while", '"', "“")
    if not (definite or proper) or not (closed or (opens and following.pos_ in ("VERB", "AUX"))):
        return None
    return Title(start, comma, left, comma, role)


def _role_in_phrase(doc: Doc, comma: int, first: int, named: Mapping[int, Mention]) -> int | None:
    """The singular role noun of a phrase that ends at a comma: the outermost one with a preposition behind it."""
    found: int | None = None
    index = comma - 1
    while index >= first and comma - index < WINDOW:
        token = doc[index]
        inside = token.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "CCONJ", "PART") or token.lower_ in LINKS
        if is_person(named, index) or not (inside or token.text in MARKS or index in named):
            break
        if is_role(token) and index + 1 < comma and doc[index + 1].lower_ in LINKS:
            if token.tag_ in ("NNS", "NNPS") or token.lower_ in COLLECTIVES:
                break
            found = index
        elif found is not None and token.lower_ in LINKS - {"of"}:
            break
        index -= 1
    return found


def _role_behind_links(doc: Doc, last: int, first: int, named: Mapping[int, Mention]) -> int | None:
    """The role noun of 'Minister of Foreign Affairs X' or 'President of Y X': nothing but names and links up to it."""
    if doc[last].lower_ in SMALL or doc[last].text in MARKS - {"’", "'"}:
        return None
    if not (doc[last].text[0].isalpha() or _closes_acronym(doc, last, first)):
        return None
    small = doc[last].text[0].islower() and last not in named
    index = last
    found: int | None = None
    while index > first and last - index < WINDOW:
        token = doc[index]
        if _closes_acronym(doc, index, first):
            index -= 3
            continue
        verb = token.pos_ in ("VERB", "AUX", "PRON") and not is_office_word(token)
        if is_person(named, index) or "\n" in token.text or verb or token.ent_type_ == "DATE":
            break
        if small and (token.text in (",", "the") or last - index > SHORT):
            break
        if token.lower_ in ("of", "for", "to", "in", "on"):
            if (
                is_role(doc[index - 1])
                and doc[index - 1].lower_ not in COLLECTIVES
                and doc[index - 1].tag_ not in ("NNS", "NNPS")
            ):
                found = index - 1
                break
        elif not (
            token.pos_ in ("PROPN", "NOUN", "ADJ", "CCONJ", "DET") or token.text in MARKS or token.text == "," or index in named
        ):
            break
        index -= 1
    return found


def left_edge(doc: Doc, role: int, first: int, named: Mapping[int, Mention]) -> tuple[int, int]:
    """Where a title begins in front of its role noun, and where what is read beside it begins (its party)."""
    start = left = role
    open_title = True
    while left > first and role - left < WINDOW:
        index = left - 1
        token = doc[index]
        mention = named.get(index)
        if is_gap(token) or _closes_acronym(doc, index, first):
            left = index if is_gap(token) else index - 2
            continue
        number = mention is None and token.ent_type_ in ("DATE", "TIME", "ORDINAL", "CARDINAL")
        if "\n" in token.text or is_person(named, index) or number:
            break
        if mention is not None:
            left = mention.start if mention.start >= first else index
            agency = mention.party is not None and mention.party.form == "agency"
            if (mention.party is not None and not agency) or mention.kind == "place":
                open_title = False
            elif open_title:
                start = left
            continue
        if token.lower_ == "the" or token.text in POSSESSIVES:
            left, open_title = index, False
            continue
        joined = (
            token.lower_ in ("and", ",", "&") and index > first and is_office_word(doc[left]) and is_office_word(doc[index - 1])
        )
        joined = joined and doc[left].lower_ not in _BEFORE and not (is_role(doc[left]) and not is_role(doc[index - 1]))
        joined = joined and not _changes_case(doc, left, index - 1)
        hyphen = token.text in ("-", "–") and not (token.whitespace_ and index > first and doc[index - 1].whitespace_)
        premodifier = token.pos_ in ("ADJ", "NOUN", "PROPN") and token.dep_ in ("amod", "compound", "nmod", "nn")
        if not (is_office_word(token) or joined or hyphen or premodifier):
            break
        left = index
        if open_title and not (joined and is_role(doc[index - 1])):
            start = left
        elif joined:
            open_title = False
    while start < role and (doc[start].text in MARKS or doc[start].lower_ in SMALL):
        start += 1
    return start, left


def _closes_acronym(doc: Doc, index: int, first: int) -> bool:
    """Whether a bracket closes a body's other name inside a title: 'Kelp Front (KF) leader'."""
    return doc[index].text == ")" and index - 2 > first and doc[index - 2].text == "(" and doc[index - 1].text[:1].isupper()


def _changes_case(doc: Doc, start: int, role: int) -> bool:
    """Whether two roles joined by 'and' are those of two people: 'the top diplomat and Prime Minister X'."""
    return doc[start].text[0].isupper() and is_role(doc[role]) and doc[role].text[0].islower()


def _is_body(named: Mapping[int, Mention], index: int) -> bool:
    """Whether a token is part of a body's name."""
    mention = named.get(index)
    return mention is not None and mention.kind == "organization"


def is_person(named: Mapping[int, Mention], index: int) -> bool:
    """Whether a token is part of a person's name."""
    mention = named.get(index)
    return mention is not None and mention.kind == "person"
