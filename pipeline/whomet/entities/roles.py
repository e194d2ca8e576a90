"""Role phrases: the title they print, the parties that modify them, how many people they name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from whomet.entities.gazetteer import Party
from whomet.entities.mentions import Mention
from whomet.entities.names import Names
from whomet.grammar import conjuncts
from whomet.lexicon import load_words

PARTY_NOUNS: Final = frozenset(
    "government governments country countries nation nations state states side sides party parties neighbour neighbours "
    "neighbor neighbors power powers republic kingdom administration bloc union capital capitals regime army military forces "
    "company companies firm firms bank banks club alliance group movement faction factions ally allies embassy parliament".split()
)
NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6}


def role_title(names: Names, head: Token) -> tuple[int, int] | None:
    """Token range of the title that a role phrase prints, without parties and articles: 'senior foreign ministry officials'."""
    start = head.i
    modifiers = load_words("role_modifiers.txt")
    while start > head.sent.start:
        token = names.doc[start - 1]
        fits = (
            token.lower_ in modifiers
            or token.text == "-"
            or (token.pos_ in ("ADJ", "NOUN") and token.dep_ in ("amod", "compound", "nmod"))
        )
        joined = token.lower_ == "and" and start - 2 >= head.sent.start and names.doc[start - 2].lower_ in modifiers
        if start - 1 in names.named or not (fits or joined):
            break
        start -= 1
    while start < head.i and names.doc[start].text in ("-", "and"):
        start += 1
    return (start, head.i + 1)


def number_of(head: Token) -> int | None:
    """How many the phrase says they are ('the two leaders', 'both sides'); None when it does not."""
    for child in head.children:
        if child.dep_ in ("nummod", "det", "predet", "preconj", "amod") and child.lower_ in NUMBERS:
            return NUMBERS[child.lower_]
    return None


def parties_in(names: Names, head: Token) -> list[tuple[Party, Mention]]:
    """The parties that modify a role: 'foreign ministers of A, B and C', 'Japanese officials', "Ford's chief"."""
    found: list[tuple[Party, Mention]] = []
    for child in head.children:
        if child.dep_ in ("poss", "compound", "amod", "nmod"):
            for token in conjuncts(child):
                found.extend(names.party_at(token))
                for grand in token.children:
                    if grand.dep_ in ("poss", "compound", "amod", "nmod"):
                        found.extend(names.party_at(grand))
        elif child.dep_ == "prep" and child.lower_ in ("of", "from", "for", "at", "in"):
            for pobj in child.children:
                if pobj.dep_ == "pobj":
                    found.extend(_parties_of_object(names, pobj))
    for grand in _before(names, head):
        found.extend(names.party_at(grand))
    unique: dict[str, tuple[Party, Mention]] = {}
    for party, mention in found:
        unique.setdefault(party.name, (party, mention))
    return list(unique.values())


def _before(names: Names, head: Token) -> Iterator[Token]:
    """Name tokens straight in front of a role, where parsers attach them elsewhere: 'US and Chinese officials'."""
    index = head.i - 1
    modifiers = load_words("role_modifiers.txt")
    while index >= head.sent.start:
        token = names.doc[index]
        if index in names.named:
            yield token
        elif not (
            token.lower_ in modifiers or token.text in ("-", "and", ",", "'s", "’s", "top", "&") or token.pos_ == "ADJ"
        ) or (token.text in ("and", ",") and index - 1 not in names.named):
            return
        index -= 1


def _parties_of_object(names: Names, pobj: Token) -> list[tuple[Party, Mention]]:
    found: list[tuple[Party, Mention]] = []
    for token in conjuncts(pobj):
        direct = names.party_at(token)
        found.extend(direct)
        if not direct:
            for child in token.children:
                if child.dep_ in ("poss", "compound", "amod", "nmod", "appos"):
                    found.extend(names.party_at(child))
    return found


def group_owner(names: Names, head: Token) -> Token | None:
    """The owner in 'their foreign ministers', 'leaders of the two countries', 'officials from both sides'; None without."""
    for child in head.children:
        if child.dep_ == "poss" and child.lower_ == "their":
            return child
        if child.dep_ == "prep" and child.lower_ in ("of", "from"):
            for pobj in child.children:
                if (
                    pobj.dep_ == "pobj"
                    and pobj.lower_ in PARTY_NOUNS
                    and (number_of(pobj) or pobj.tag_ == "NNS")
                    and not parties_in(names, pobj)
                ):
                    return pobj
    return None


def title_words(names: Names, head: Token) -> set[str]:
    """The words of a role phrase that must agree with a person's title: {'foreign', 'minister'}."""
    start, end = role_title(names, head) or (head.i, head.i + 1)
    return {
        names.doc[index].lower_
        for index in range(start, end)
        if names.doc[index].lower_ not in ("former", "new", "current", "visiting", "top", "senior")
    }
