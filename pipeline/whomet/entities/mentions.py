"""Mentions of persons, parties and places in a Doc: spaCy's names, corrected by lexicons and by each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from whomet.entities.gazetteer import PartyName, country_of_place, match_parties
from whomet.entities.headed import body_end, body_start, campaigns, headed_bodies
from whomet.entities.spotting import find_person_spans, firm_names
from whomet.entities.words import COLLECTIVES, HONORIFICS, PARTICLES, POSSESSIVES, is_office_word, is_role
from whomet.lexicon import load_words

_EVENTS = frozenset(
    "summit signing agreements agreement accord treaty festival awards museum musee championship championships".split()
)
"""Words that name an occasion, paper or house: no body that meets anybody."""
_RANKS = frozenset("executive vice deputy managing chief special general senior associate assistant finance counsel".split())
"""Words that open a title behind a body's name ('NFA Executive Director')."""
_FIRM_ROLES = frozenset("ceo executive cfo coo cto director chairman chairwoman chairperson editor-in-chief".split())
"""Roles that firms have: a capitalised word in front of one is a firm's name."""
_NO_ENDS = frozenset({"-", ",", "(", ")", '"', "”", ".", "in", "of", "and", "the", "for", "at", "on"})
"""What no name ends in."""
NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the Doc. kind: person | party | organization | place; `start`/`end` are token indices, end-exclusive."""

    kind: str
    start: int
    end: int
    party: PartyName | None = None


def _surnames(doc: Doc, persons: Iterable[tuple[int, int]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for start, end in persons:
        if end - start > 1:
            for index in (start, end - 1):
                counts[doc[index].text] = counts.get(doc[index].text, 0) + 1
    return counts


def find_mentions(doc: Doc) -> list[Mention]:
    """All name mentions of a Doc, in order, not overlapping: persons first, then parties, then what spaCy calls a name."""
    matched = match_parties(doc)
    bodies = {(body_start(doc, match[0]), match[1]): end for match in matched if (end := body_end(doc, match)) is not None}
    opened = dict(bodies)
    defined = define_acronyms(doc)
    bodies.update({(start, start): end for start, end, _ in defined})
    bodies.update({(start, start): end for start, end in _named_after_states(doc, matched)})
    inside = {index for (start, _), end in bodies.items() for index in range(start, end)}
    within = {index for (start, _), end in opened.items() for index in range(start, end)}
    parties = [
        match
        for match in matched
        if not inside.intersection(range(match[0], match[1])) or (match[2].form in ("alias", "agency") and match[0] not in within)
    ]
    spans = {token.i: (ent.start, len(ent)) for ent in doc.ents for token in ent}
    inside_person = {token.i for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1 for token in ent}
    strong = frozenset(
        index
        for start, end, _ in parties
        for index in range(start, end)
        if index not in inside_person or start == spans.get(start, (start, 1))[0] or end - start > 1
    )
    firms = firm_names(doc)
    persons = find_person_spans(doc, strong, firms)
    names = _surnames(doc, persons)
    whose = {doc[end - 1].text for _, end in persons}
    run = {index for span in campaigns(doc, whose, strong) for index in range(*span)}
    persons = [(start, end) for start, end in persons if end - start > 1 or start not in run]
    covered = {index for start, end in persons for index in range(start, end)}
    races = [span for span in campaigns(doc, whose, covered) if span[0] in run]
    covered.update(run)
    for token in doc:  # a surname that the recogniser missed or took for something else
        if token.i in covered or token.i in strong or token.text not in names:
            continue
        particle = token.i > 0 and token.i - 1 not in covered and doc[token.i - 1].lower_ in PARTICLES
        first, size = spans.get(token.i, (token.i, 1))
        if (token.pos_ == "PROPN" or token.is_sent_start) and (size == 1 or (particle and size == 2 and first == token.i - 1)):
            persons.append((token.i - particle, token.i + 1))
            covered.update(range(token.i - particle, token.i + 1))
    mentions = [Mention("person", start, end) for start, end in persons]
    mentions += [Mention("organization", start, end) for start, end in races]
    for start, end, name in parties:
        if not covered.intersection(range(start, end)):
            mentions.append(Mention("party", start, end, name))
            covered.update(range(start, end))
    for (start, _), end in bodies.items():
        if covered.isdisjoint(range(start, end)):
            mentions += [] if _is_junk(doc, start, end) else [Mention("organization", start, end)]
            covered.update(range(start, end))
    for start, end, kind in _other_names(doc, covered, firms):
        mentions.append(Mention(kind, start, end))
        covered.update(range(start, end))
    for start, end in headed_bodies(doc, covered):
        mentions.append(Mention("organization", start, end))
        covered.update(range(start, end))
    mentions += [Mention("organization", start, end) for start, end in _before_roles(doc, covered)]
    return sorted((mention for mention in mentions if mention.start < mention.end), key=lambda mention: mention.start)


def _named_after_states(doc: Doc, matched: Iterable[tuple[int, int, PartyName]]) -> Iterator[tuple[int, int]]:
    """Bodies with a country at the end of their name: 'Export-Import Bank of Norway', but no ministry or central bank of one."""
    ends = {end for start, end, name in matched if name.party.country is not None and doc[max(start - 1, 0)].lower_ == "of"}
    for ent in doc.ents:
        if ent.label_ == "ORG" and ent.end in ends:
            start, end = _bounds(doc, ent.start, ent.end)
            words = [token.lower_ for token in doc[start:end]]
            central = words[0] in ("bank", "government", "republic") or words[:2] in (["central", "bank"], ["reserve", "bank"])
            if not central and load_words("entity_body_heads.txt").intersection(words):
                yield start, end


def define_acronyms(doc: Doc) -> list[tuple[int, int, str]]:
    """Token ranges of names with the acronym in brackets right behind them: 'Nordic Fisheries Association (NFA)'."""
    found = []
    for token in doc[2:-1]:
        if doc[token.i - 1].text != "(" or doc[token.i + 1].text != ")" or not (token.text.isupper() and 2 <= len(token) <= 7):
            continue
        letters = len(token.text)
        start = token.i - 1
        while letters and start > token.sent.start:
            word = doc[start - 1].text
            if word[0].isupper() and word[0] == token.text[letters - 1]:
                letters -= 1
            elif word not in ("of", "for", "and", "the", "in", "on", "-", "&"):
                break
            start -= 1
        if not letters:
            found.append((start, token.i - 1, token.text))
    return found


def _other_names(doc: Doc, covered: set[int], firms: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """What spaCy calls an organisation or place, less what persons and parties take of it, with its kind."""
    for ent in doc.ents:
        if ent.label_ not in NAME_LABELS:
            continue
        whole = covered.isdisjoint(range(ent.start, ent.end))
        for left, right in [(ent.start, ent.end)] if whole else _rests(ent, covered):
            start, end = _bounds(doc, left, _without_office(doc, *_bounds(doc, left, right)))
            text = doc[start:end].text
            located = ent.label_ in ("GPE", "LOC", "FAC") or (ent.label_ == "NORP" and country_of_place(text) is not None)
            firm = text in firms or text.lower() in load_words("entity_firms.txt")
            if start >= end or not any(char.isupper() for char in text) or (_is_junk(doc, start, end) and not firm):
                continue
            if (located and not firm) or not _is_no_body(doc[start:end]):
                yield start, end, "place" if located and not firm else "organization"


def _without_office(doc: Doc, start: int, end: int) -> int:
    """Where a name ends in front of an office inside it ('NFA Administrator'); its start when the whole span is an office."""
    for index in range(start + 1, end):
        token = doc[index]
        office = is_role(token) and token.text.istitle() and token.lower_ not in COLLECTIVES and token.tag_ in ("NN", "NNP")
        closes = index + 1 == end or doc[index + 1].lower_ in ("of", "for", "to")
        if not office or not closes or token.lower_ == "general" or doc[index - 1].lower_ in ("of", "the", "and"):
            continue
        while (
            index > start and is_office_word(doc[index - 1]) and doc[index - 1].lower_ not in load_words("entity_org_words.txt")
        ):
            index -= 1
        last = doc[max(index - 1, start)]
        body = (last.text.isupper() and len(last) > 1) or last.lower_ in load_words("entity_org_words.txt")
        return index if body and index > start else start
    return end


def _rests(ent: Span, covered: set[int]) -> Iterator[tuple[int, int]]:
    """The runs of a span that are not covered, where an owner stands ('Google' of 'Google's X Y') or the body of an office."""
    index = ent.start
    while index < ent.end:
        if index in covered:
            index += 1
            continue
        begin = index
        while index < ent.end and index not in covered and ent.doc[index].lower_ not in POSSESSIVES:
            index += 1
        inside = index > begin and index < ent.end
        if inside and (ent.doc[index].lower_ in POSSESSIVES or (index in covered and _is_of_office(ent.doc, begin))):
            yield begin, index
        index = max(index, begin + 1) + (index < ent.end and ent.doc[index].lower_ in POSSESSIVES)


def _is_of_office(doc: Doc, start: int) -> bool:
    """Whether a name stands behind an office and 'of': 'Director of the Federal Fish Service'."""
    link = start - 1 - (doc[start - 1].lower_ == "the")
    link = start if doc[start].lower_ == "the" else link
    link -= doc[link].lower_ == "the"
    return link > 0 and doc[link].lower_ == "of" and is_role(doc[link - 1])


def _is_junk(doc: Doc, start: int, end: int) -> bool:
    """Whether a span is no name of a body: words of offices only, numbers, or a plain adjective of place or faith."""
    tokens = doc[start:end]
    if " ".join(tokens.text.lower().split()) in load_words("entity_no_actors.txt"):
        return True
    if all(is_office_word(token) or token.lower_ in HONORIFICS or not token.is_alpha for token in tokens):
        return not all(token.text.isupper() and len(token) > 1 for token in tokens)
    return len(tokens) == 1 and (tokens[0].ent_type_ == "NORP" and tokens[0].tag_ in ("JJ", "NNP") and tokens[0].dep_ == "amod")


def _is_no_body(tokens: Span) -> bool:
    """Whether a name is that of an occasion, a letter, a shouted or a generic word rather than of a body."""
    if len(tokens) == 1 and (sum(char.isalpha() for char in tokens.text) < 2 or _is_shouted(tokens[0])):
        return True
    if len(tokens) > 2 and tokens[1].lower_ == "of" and is_role(tokens[0]) and tokens[0].tag_ not in ("NNS", "NNPS"):
        return True  # 'Bishop of X'
    if len(tokens) == 2 and not tokens.text.isupper() and all(token.lower_ in _generic() for token in tokens):
        return True
    return tokens[0].lower_ in _EVENTS or tokens[-1].lower_ in _EVENTS


@cache
def _generic() -> frozenset[str]:
    """Words of which two make no name of a body ('Supervisory Body', not 'General Motors')."""
    own = frozenset({"body", "border", "sessions", "supervisory", "working", "steering"})
    return (load_words("role_modifiers.txt") | own) - load_words("entity_company_words.txt")


def _is_shouted(token: Token) -> bool:
    """Whether a word in capitals stands in a line all in capitals and is longer than acronyms are, or a small word."""
    if not token.text.isupper() or (2 < len(token) < 5 and token.lower_ not in load_words("function_words.txt")):
        return False
    beside = [
        other for other in token.doc[max(token.sent.start, token.i - 3) : token.i + 4] if other.is_alpha and other.i != token.i
    ]
    return len(beside) > 1 and all(other.text.isupper() for other in beside)


def _bounds(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A name without article, possessive mark, line break and an acronym or remark in brackets."""
    for index in range(start, end):
        if "\n" in doc[index].text or (doc[index].text == "(" and index > start):
            end = index
            break
    while start < end and (
        doc[start].lower_ in POSSESSIVES | {"the", "a", "an"} or not any(char.isalnum() for char in doc[start].text)
    ):
        start += 1
    while end > start and (doc[end - 1].lower_ in POSSESSIVES | HONORIFICS or doc[end - 1].text in _NO_ENDS):
        end -= 1
    before_role = end < len(doc) and (is_role(doc[end]) or doc[end].lower_ in _RANKS)
    while before_role and end - start > 1 and doc[end - 1].lower_ in _RANKS:
        end -= 1
    return start, end


def _is_private(doc: Doc, role: int) -> bool:
    """Whether a role noun is one that firms have, however it is written: 'Chief Executive', 'CEO'."""
    before = doc[role - 1].lower_
    of_general = doc[role].lower_ in ("secretary", "counsel") and before in ("general", "special")
    return doc[role].lower_ in _FIRM_ROLES or (doc[role].lower_ == "officer" and before == "executive") or of_general


def _is_known_body(token: Token) -> bool:
    """Whether a word is a firm of the lexicon or written as acronyms are, in a line that is not shouted."""
    acronym = token.text.isupper() and token.is_alpha and 2 < len(token) < 7 and not _is_shouted(token)
    return acronym or token.lower_ in load_words("entity_firms.txt")


def _before_roles(doc: Doc, covered: set[int]) -> Iterator[tuple[int, int]]:
    """Bodies that the recogniser missed, by what they have: a proper noun right in front of a role ('Nvidia chief executive')."""
    elsewhere = {token.text for token in doc if token.pos_ == "PROPN" and not token.is_sent_start and token.text[0].isupper()}
    for token in doc:
        if not is_role(token) or token.lower_ in HONORIFICS or token.i == 0:
            continue
        end = token.i
        while end > 0 and is_office_word(doc[end - 1]) and (doc[end - 1].text[0].islower() or _is_private(doc, token.i)):
            end -= 1
        start = end
        while (
            start > token.sent.start
            and start - 1 not in covered
            and (doc[start - 1].pos_ == "PROPN" or doc[start - 1].text in elsewhere or _is_known_body(doc[start - 1]))
            and not is_office_word(doc[start - 1])
            and doc[start - 1].ent_type_ in ("", "ORG", "PRODUCT", "CARDINAL", "WORK_OF_ART", "PERSON")
            and doc[start - 1].text[:1].isupper()
            and doc[start - 1].is_alpha
        ):
            start -= 1
        firm = _is_private(doc, token.i)
        if start < end and start - 1 in covered and doc[start].ent_iob_ == "I":
            continue  # 'White House Rural Affairs Director': an office of the body in front
        if start < end and doc[token.i].head.i != start and (token.text[0].islower() or doc[end - 1].text.isupper() or firm):
            covered.update(range(start, end))
            yield start, end
