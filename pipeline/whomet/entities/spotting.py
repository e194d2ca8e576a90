"""Where persons are named: spaCy's PERSON spans cut, joined and split, and persons that it calls something else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Doc

from whomet.entities.gazetteer import country_of_place, find_party, officeholder_names, officeholder_surnames, plain
from whomet.entities.joining import LONGEST_NAME, whole_names
from whomet.entities.naming import is_listed, is_name_token, is_suffix, looks_like_name
from whomet.entities.words import (
    COLLECTIVES,
    HONORIFICS,
    PARTICLES,
    POSSESSIVES,
    is_gap,
    is_office_word,
    is_role,
    leads_to_firm_post,
)
from whomet.lexicon import load_words

_OTHER_LABELS = frozenset({"ORG", "GPE", "LOC", "FAC", "NORP", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW"})
_GLUED = re.compile(r"[a-z]{2}[A-Z]")
"""Two words that a page prints as one."""
_STYLES = frozenset({"excellency", "highness", "holiness", "honorable", "honourable"})
_PLURALS = frozenset({"ministers", "presidents", "leaders", "senators", "officials", "envoys", "diplomats"})


def _trim(doc: Doc, start: int, end: int, taken: frozenset[int]) -> tuple[int, int]:
    """A name without titles, honorifics, countries and possessive marks around it."""
    while start < end and (
        is_role(doc[start])
        or doc[start].lower_ in HONORIFICS
        or (start in taken and not _is_country_as_given_name(doc, start, end, taken))
        or (doc[start].lower_ in load_words("role_modifiers.txt") and end - start > 2)
        or not doc[start].text[0].isalpha()
        or doc[start].lower_ == "the"
    ):
        start += 1
    while end > start and (
        doc[end - 1].lower_ in POSSESSIVES
        or (not doc[end - 1].text[-1].isalnum() and doc[end - 1].text[-1] != ".")
        or (end - start > 1 and _is_swallowed(doc, end - 1))
    ):
        end -= 1
    for index in range(start + 1, end):
        if "\n" in doc[index].text or is_role(doc[index]) or _opens_rest(doc, start, index, end):
            end = index
            while end > start and not any(char.isalnum() for char in doc[end - 1].text):
                end -= 1
            break
    while end - start > 1 and _is_credit(doc, start, end):
        end -= 1
    return start, end


def _opens_rest(doc: Doc, start: int, index: int, end: int) -> bool:
    """Whether a name ends at a token: 'of' and a country follow, or a surname is printed twice, as pages do that hide a card
    behind a name ('Jane Doe Doe JaneMinister', 'Mr Doe Doe Jane').
    """
    text, before = doc[index].text, doc[index - 1].text
    if text.lower() == "of":
        return find_party(doc[index + 1 : end].text) is not None
    if len(text) < 3 or not text[0].isupper() or text != before or index + 1 >= len(doc):
        return False
    follow, given = doc[index + 1].text, doc[max(index - 2, 0)]
    if index - start > 1:
        return follow.startswith(given.text)
    return (given.lower_ in HONORIFICS and doc[index + 1].pos_ == "PROPN") or _GLUED.search(follow) is not None


def _is_swallowed(doc: Doc, index: int) -> bool:
    """Whether the last word of a name is none of it: an honorific or small word of what follows ('Jane Doe Many')."""
    token = doc[index]
    small = token.lower_ in load_words("function_words.txt") and token.lower_ not in PARTICLES
    return token.lower_ in HONORIFICS or (small and token.pos_ != "PROPN" and doc[index - 1].text != "-")


def _is_credit(doc: Doc, start: int, end: int) -> bool:
    """Whether the last word of a name is shouted and the others are not ('Jane Doe REUTERS')."""
    last = doc[end - 1].text
    return (
        len(last) > 2
        and last.isupper()
        and not is_suffix(last)
        and not any(token.text.isupper() and len(token) > 2 for token in doc[start : end - 1])
    )


def _is_country_as_given_name(doc: Doc, start: int, end: int, taken: frozenset[int]) -> bool:
    """Whether a country's name that opens a PERSON span is a given name ('Israel Katz'): one more name follows, no office."""
    rest = doc[start + 1 : end]
    posted = start > 1 and doc[start - 1].lower_ == "to" and is_role(doc[start - 2])
    return (
        bool(len(rest))
        and not posted
        and start + 1 not in taken
        and doc[start].text in load_words("entity_country_given_names.txt")
        and all(is_name_token(token) and not is_office_word(token) for token in rest)
        and not any(token.lower_ in load_words("entity_org_words.txt") for token in rest)
    )


def _pieces(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span cut at possessive marks, quotation marks, line breaks and conjunctions inside it."""
    begin = start
    for index in range(start, end):
        text = doc[index].text
        if text.lower() in POSSESSIVES or "\n" in text or text in ('"', "“", "”", ",", "/", "&") or text.lower() in ("and", "vs"):
            if begin < index:
                yield begin, index
            begin = index + 1
    if begin < end:
        yield begin, end


def firm_names(doc: Doc) -> frozenset[str]:
    """Words that name a firm since they own a post that firms have ("Acme's chief executive", 'Acme CEO'), no known surnames."""
    owners = {token.text for token in doc[:-1] if token.text[0].isupper() and leads_to_firm_post(doc, token.i + 1)}
    longer = [ent for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1]
    people = {ent[-1].text for ent in longer} | {ent[0].text for ent in longer if is_listed(ent[0])}
    return frozenset(text for text in owners - people if plain(text) not in officeholder_surnames() and find_party(text) is None)


def _is_doubtful(doc: Doc, index: int, others: Counter[str]) -> bool:
    """Whether a single word called a person is elsewhere called something else more often, or never is a person."""
    text = doc[index].text
    if text.lower() in load_words("entity_no_actors.txt") or text.lower() in load_words("entity_firms.txt"):
        return True
    if plain(text) in officeholder_surnames():
        return False
    return others[text] < 0 and (index == 0 or doc[index - 1].lower_ not in HONORIFICS)


def _label_votes(doc: Doc) -> Counter[str]:
    """For each single-word name: how often spaCy calls it a person, alone or as part of a longer name, less how often not."""
    votes: Counter[str] = Counter()
    for ent in doc.ents:
        if ent.label_ == "PERSON":
            votes.update(token.text for token in ent)
        elif len(ent) == 1 and ent.label_ in ("ORG", "GPE", "LOC", "FAC", "PRODUCT"):
            votes[ent.text] -= 1
    leads = load_words("entity_private_roles.txt") | {"chief", "chairman", "director", "counterpart"}
    whole = {token.text for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1 for token in ent}
    for token in doc[:-1]:  # 'Acme chief executive'
        if doc[token.i + 1].lower_ in leads and token.text not in whole:
            votes[token.text] -= 2
    return votes


def _from_persons(doc: Doc, taken: frozenset[int], firms: frozenset[str]) -> Iterator[tuple[int, int]]:
    others = _label_votes(doc)
    for ent in doc.ents:
        if (
            ent.label_ == "PERSON"
            and ent[0].text not in firms
            and not any(token.lower_ in load_words("entity_company_words.txt") for token in ent)
        ):
            for left, right in _pieces(doc, ent.start, ent.end):
                start, end = _trim(doc, left, right, taken)
                firm = start < end and doc[start].text in firms
                if not firm and not (end - start == 1 and _is_doubtful(doc, start, others)):
                    yield start, end


def _from_other_labels(doc: Doc, taken: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Persons inside spans of other labels, behind offices and owners: 'Google's X Y', 'State X Y'."""
    for ent in doc.ents:
        if ent.label_ not in _OTHER_LABELS or country_of_place(ent.text) is not None:
            continue
        if len(ent) == 1 and ent.start not in taken and plain(ent.text) in officeholder_surnames():
            yield ent.start, ent.end
            continue
        for left, right in _pieces(doc, ent.start, ent.end):
            start, end = _trim(doc, left, right, taken)
            while start < end and is_office_word(doc[start]):
                start += 1
            if start in taken or end - 1 in taken:
                continue
            behind_office = start > left and _is_pair(doc, start, end)
            behind_office = behind_office and doc[end - 1].lower_ not in load_words("entity_org_words.txt")
            behind_office = behind_office and not (end < len(doc) and is_role(doc[end]))  # 'State Rural Affairs Director'
            if looks_like_name(doc, start, end) or (behind_office and _follows_role(doc, start)):
                yield start, end
            elif (begin := _name_behind_body(doc, left, end, taken)) is not None:
                yield begin, end


def _is_pair(doc: Doc, start: int, end: int) -> bool:
    """Whether a range is two words as names are, hyphened ones counted once."""
    words = [index for index in range(start, end) if doc[index].text != "-" and doc[max(index - 1, start)].text != "-"]
    return len(words) == 2 and all(is_name_token(doc[index]) for index in words)


def _name_behind_body(doc: Doc, left: int, end: int, taken: frozenset[int]) -> int | None:
    """Where the name begins that closes the span of a body behind a role: 'Director of the Federal Fish Service Ola Nord'."""
    if doc[left].ent_iob_ == "I" and doc[left - 1].lower_ in ("and", ","):  # 'at the Ministry for Fish, Kelp and Trade Ola Nord'
        while doc[left].ent_iob_ == "I":
            left -= 1
    first = left - (left > 0 and doc[left - 1].lower_ == "the")
    behind_role = first > 1 and doc[first - 1].lower_ in ("of", "for", "to", "in", "at") and is_role(doc[first - 2])
    behind_role = behind_role or (
        left > 2 and doc[left - 1].lower_ in POSSESSIVES and left - 2 in taken and doc[left - 3].lower_ == "of"
    )
    if not behind_role and not any(is_role(token) and token.lower_ not in COLLECTIVES for token in doc[left : end - 2]):
        return None
    bodies = load_words("entity_org_words.txt")
    for start in (end - 3, end - 2):
        name = doc[start:end]
        if start <= left or any(token.i in taken or not is_name_token(token) for token in name):
            continue
        if any(token.lower_ in bodies or token.lower_ in PARTICLES or is_office_word(token) for token in name):
            continue
        closed = doc[start - 1].lower_ in bodies or (start - 1 in taken and find_party(doc[start - 1].text) is not None)
        if is_listed(doc[start]) or closed:
            return start
    return None


def _follows_role(doc: Doc, start: int) -> bool:
    """Whether a name stands behind 'Minister of ...' in its sentence, with nothing but names and links between."""
    index = start - 1
    while index >= doc[start].sent.start and start - index < 16:
        token = doc[index]
        if is_role(token) and token.text[0].isupper():
            return True
        if not (token.pos_ in ("PROPN", "NOUN", "ADJ", "CCONJ", "DET", "ADP") or token.text in (",", "&")):
            return False
        index -= 1
    return False


def _titled(doc: Doc, covered: set[int], taken: frozenset[int]) -> Iterator[tuple[int, int]]:
    """'Minister Name Name' and 'Mr Name' where the recogniser saw no person."""
    for token in doc[:-1]:
        follow = doc[token.i + 1 + (is_gap(doc[token.i + 1]) and token.i + 2 < len(doc))]
        if token.lower_ in HONORIFICS and follow.text == "." and follow.i + 1 < len(doc):
            follow = doc[follow.i + 1]
        styled = token.lower_ in HONORIFICS or token.lower_ in _STYLES
        titled = styled or (is_role(token) and token.text[0].isupper())
        if (
            not titled
            or follow.i in covered
            or follow.i in taken
            or not is_name_token(follow)
            or follow.pos_ != "PROPN"
            or follow.lower_ in HONORIFICS
            or is_office_word(follow)
        ):
            continue
        end = _run(doc, follow.i, taken, covered)
        known = follow.ent_type_
        fits = known in ("", "PERSON", "ORG", "GPE", "NORP") and end - follow.i <= LONGEST_NAME - 2
        body = known == "ORG" and doc[end - 1].lower_ in load_words("entity_org_words.txt") and not is_listed(follow)
        body = body or country_of_place(doc[token.i : end].text) is not None  # 'Prince Edward Island'
        single = token.lower_ not in _PLURALS and (styled or known != "ORG")
        if fits and not body and (end - follow.i > 1 or single):
            yield follow.i, end


def _run(doc: Doc, start: int, taken: frozenset[int], covered: set[int]) -> int:
    """End of the run of name tokens that begins at `start`."""
    end = start + 1
    while (
        end < len(doc)
        and end not in taken
        and end not in covered
        and (is_name_token(doc[end]) or (doc[end].text == "-" and end + 1 < len(doc) and is_name_token(doc[end + 1])))
        and doc[end].pos_ in ("PROPN", "X", "ADP", "PUNCT", "SYM")
        and not doc[end].is_sent_start
        and not _opens_rest(doc, start, end, end + 1)
    ):
        end += 1
    while end > start + 1 and not doc[end - 1].text[0].isupper():
        end -= 1
    return end


def _unlabelled(doc: Doc, covered: set[int], taken: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Runs of proper nouns that no span covers: with a listed given name in front, a known surname at the end, of an office
    holder, or behind the country or body of a title ('President of Chile Pablo Rojas').
    """
    surnames = {ent[-1].text for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1}
    position = 0
    while position < len(doc):
        token = doc[position]
        position += 1
        if token.i in covered or token.i in taken or token.pos_ != "PROPN" or not is_name_token(token):
            continue
        end = _run(doc, token.i, taken, covered)
        known = end - token.i > 1 and " ".join(plain(other.text) for other in doc[token.i : end]) in officeholder_names()
        alone = token.ent_iob_ == "B" and token.i + 1 < end and not doc[token.i + 1].ent_type_
        free = (not token.ent_type_ or alone) and find_party(doc[token.i : end].text) is None
        if known or (free and (_has_known_surname(doc, token.i, end, surnames, taken) or _is_unseen(doc, token.i, end))):
            yield token.i, end
            position = end


def _is_unseen(doc: Doc, start: int, end: int) -> bool:
    """Whether a run reads as a person, and its first word is no name of a party to the lexicons."""
    party = find_party(doc[start].text) if doc[start].ent_type_ else None
    return is_listed(doc[start]) and party is None and looks_like_name(doc, start, end)


def _has_known_surname(doc: Doc, start: int, end: int, surnames: set[str], taken: frozenset[int]) -> bool:
    """Whether a run is two words, the last one a surname of the text, or stands behind the country or body of a title."""
    if (
        doc[start].ent_type_
        or not _is_pair(doc, start, end)
        or _has_body_word(doc, start, end)
        or doc[start].lower_ in HONORIFICS
    ):
        return False
    if doc[end - 1].text in surnames and not doc[start].is_sent_start and doc[max(start - 1, 0)].pos_ != "PROPN":
        return doc[start].text.istitle()
    index = start
    while index > 0 and index - 1 in taken:
        index -= 1
    index -= index > 0 and doc[index - 1].lower_ == "the"
    return 1 < index < start and doc[index - 1].lower_ in ("of", "to", "for", "with") and _follows_role(doc, index - 1)


def _has_body_word(doc: Doc, start: int, end: int) -> bool:
    """Whether a range holds a word of bodies or offices."""
    return any(token.lower_ in load_words("entity_org_words.txt") or is_office_word(token) for token in doc[start:end])


def find_person_spans(doc: Doc, taken: frozenset[int], firms: frozenset[str]) -> list[tuple[int, int]]:
    """Token ranges of all names of persons, in order, not overlapping. `taken`: tokens of parties' names, `firms`: firm names."""
    spans: list[tuple[int, int]] = []
    covered: set[int] = set()

    def add(found: Iterator[tuple[int, int]]) -> None:
        for start, end in found:
            if start < end and covered.isdisjoint(range(start, end)) and any(char.isupper() for char in doc[start:end].text):
                spans.append((start, end))
                covered.update(range(start, end))

    add(_from_persons(doc, taken, firms))
    add(_from_other_labels(doc, taken))
    add(_titled(doc, covered, taken))
    add(_unlabelled(doc, covered, taken))
    return whole_names(doc, sorted(spans), taken, covered)
