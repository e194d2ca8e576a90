"""Mentions of persons, parties and places in a Doc: spaCy's names, corrected by lexicons and by each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from whomet.entities.gazetteer import PartyName, match_parties
from whomet.lexicon import load_words

HONORIFICS = frozenset(
    {
        "mr",
        "mr.",
        "mrs",
        "mrs.",
        "ms",
        "ms.",
        "dr",
        "dr.",
        "sir",
        "prof",
        "prof.",
        "gen.",
        "gen",
        "lt.",
        "col.",
        "sen.",
        "rep.",
        "gov.",
    }
)
PARTICLES = frozenset(
    {
        "al",
        "el",
        "bin",
        "ben",
        "ibn",
        "abu",
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "da",
        "di",
        "dos",
        "la",
        "le",
        "ul",
        "bint",
    }
)
NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the Doc. kind: person | party | organization | place; `start`/`end` are token indices, end-exclusive."""

    kind: str
    start: int
    end: int
    party: PartyName | None = None


def role_nouns() -> frozenset[str]:
    """Lower-case nouns that name a role."""
    return load_words("role_nouns.txt")


def is_role(token: Token) -> bool:
    """Whether a token is a role noun ('minister', 'officials'), whatever its case."""
    return token.lower_ in role_nouns()


def _is_name_token(token: Token) -> bool:
    text = token.text
    return (
        (text[:1].isupper() and any(char.islower() for char in text)) or token.lower_ in PARTICLES or text == "-"
    ) and not is_role(token)


def _trim_person(doc: Doc, start: int, end: int, taken: frozenset[int]) -> tuple[int, int]:
    """A person's name without titles, honorifics, countries and possessive marks around it."""
    modifiers = load_words("role_modifiers.txt")
    while start < end and (
        is_role(doc[start])
        or doc[start].lower_ in HONORIFICS
        or start in taken
        or (doc[start].lower_ in modifiers and end - start > 2)
        or not doc[start].text[0].isalpha()
        or doc[start].lower_ == "the"
    ):
        start += 1
    while end > start and (
        doc[end - 1].lower_ in ("'s", "’s", "'", "’") or (not doc[end - 1].text[-1].isalnum() and doc[end - 1].text[-1] != ".")
    ):
        end -= 1
    for index in range(start + 1, end):
        if "\n" in doc[index].text or is_role(doc[index]):
            return start, index
    return start, end


def _persons(doc: Doc, taken: frozenset[int]) -> list[tuple[int, int]]:
    spans = []
    for ent in doc.ents:
        if ent.label_ == "PERSON":
            spans.append(_trim_person(doc, ent.start, ent.end, taken))
    covered = {index for start, end in spans for index in range(start, end)}
    for token in doc[:-1]:  # 'Minister Name Name' where the recogniser saw no person
        follow = doc[token.i + 1]
        titled = token.lower_ in HONORIFICS or (is_role(token) and token.text[0].isupper())
        if titled and follow.i not in covered and follow.i not in taken and _is_name_token(follow) and follow.pos_ == "PROPN":
            end = follow.i + 1
            while (
                end < len(doc)
                and end not in taken
                and end not in covered
                and _is_name_token(doc[end])
                and doc[end].pos_ in ("PROPN", "X", "ADP", "PUNCT")
            ):
                end += 1
            while end > follow.i + 1 and not doc[end - 1].text[0].isupper():
                end -= 1
            known = doc[follow.i].ent_type_
            if (
                known in ("", "PERSON", "ORG", "GPE", "NORP")
                and end - follow.i <= 4
                and (end - follow.i > 1 or token.lower_ in HONORIFICS or known != "ORG")
            ):
                spans.append((follow.i, end))
                covered.update(range(follow.i, end))
    return [(start, end) for start, end in spans if start < end and any(char.isupper() for char in doc[start:end].text)]


def _surnames(doc: Doc, persons: Iterable[tuple[int, int]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for start, end in persons:
        if end - start > 1:
            for index in (start, end - 1):
                counts[doc[index].text] = counts.get(doc[index].text, 0) + 1
    return counts


def find_mentions(doc: Doc) -> list[Mention]:
    """All name mentions of a Doc, in order, not overlapping: persons first, then parties, then what spaCy calls a name."""
    parties = match_parties(doc)
    inside_person = {token.i for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1 for token in ent}
    strong = frozenset(
        index
        for start, end, _ in parties
        for index in range(start, end)
        if index not in inside_person or start == _ent_start(doc, start) or end - start > 1
    )
    persons = sorted(set(_persons(doc, strong)))
    names = _surnames(doc, persons)
    covered = {index for start, end in persons for index in range(start, end)}
    for token in doc:  # a surname that the recogniser missed or took for something else
        if token.i in covered or token.i in strong or token.text not in names:
            continue
        if token.pos_ == "PROPN" or token.is_sent_start:
            inside = next((ent for ent in doc.ents if ent.start <= token.i < ent.end), None)
            if inside is None or len(inside) == 1:
                persons.append((token.i, token.i + 1))
                covered.add(token.i)
    mentions = [Mention("person", start, end) for start, end in persons]
    for start, end, name in parties:
        if not covered.intersection(range(start, end)):
            mentions.append(Mention("party", start, end, name))
            covered.update(range(start, end))
    for ent in doc.ents:
        if ent.label_ in NAME_LABELS:
            rest = [token.i for token in ent if token.i not in covered]
            if rest and len(rest) == len(ent) and any(char.isupper() for char in ent.text):
                kind = "place" if ent.label_ in ("GPE", "LOC", "FAC") else "organization"
                mentions.append(Mention(kind, *_without_article(ent)))
                covered.update(rest)
    return sorted((mention for mention in mentions if mention.start < mention.end), key=lambda mention: mention.start)


def _ent_start(doc: Doc, index: int) -> int:
    return next((ent.start for ent in doc.ents if ent.start <= index < ent.end), index)


def _without_article(ent: Span) -> tuple[int, int]:
    start, end = ent.start, ent.end
    while start < end and ent.doc[start].lower_ in ("the", "a", "an"):
        start += 1
    while end > start and ent.doc[end - 1].lower_ in ("'s", "’s", "'", "’"):
        end -= 1
    return start, end
