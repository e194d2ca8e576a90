"""Where persons are named: spaCy's PERSON spans cut, joined and split, and persons that it calls something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from spacy.tokens import Doc, Token

from whomet.entities.gazetteer import country_of_place, find_party, officeholder_names, officeholder_surnames, plain
from whomet.entities.words import COLLECTIVES, HONORIFICS, PARTICLES, POSSESSIVES, is_gap, is_office_word, is_role
from whomet.lexicon import load_rows, load_words

LONGEST_NAME: Final = 6
"""Most tokens of a person's name that are joined by evidence other than spaCy's own span."""
_OTHER_LABELS = frozenset({"ORG", "GPE", "LOC", "FAC", "NORP", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW"})
_PLURALS = frozenset({"ministers", "presidents", "leaders", "senators", "officials", "envoys", "diplomats"})


@cache
def given_names() -> dict[str, str]:
    """Given names with the gender of their bearers: f, m, or x for both."""
    return {row["name"]: row["gender"] for row in load_rows("entity_given_names.tsv")}


def _is_name_token(token: Token) -> bool:
    text = token.text
    capital = text[:1].isupper() and (any(char.islower() for char in text) or (len(text) == 2 and text[1] == "."))
    return (capital or token.lower_ in PARTICLES) and not is_role(token)


@cache
def _plain_given_names() -> frozenset[str]:
    return frozenset(plain(name) for name in given_names())


def _is_listed(token: Token) -> bool:
    return token.text[:1].isupper() and plain(token.text) in _plain_given_names()


def _looks_like_name(doc: Doc, start: int, end: int) -> bool:
    """Whether a token range of another label reads as a person: a listed given name, then no word of bodies or places."""
    tokens = [token for token in doc[start:end] if token.text != "-"]
    if not 2 <= len(tokens) <= 5 or not all(_is_name_token(token) for token in tokens):
        return False
    org_words = load_words("entity_org_words.txt")
    if any(token.lower_ in org_words or is_office_word(token) for token in tokens):
        return False
    if start > 0 and doc[start - 1].lower_ == "the":
        return False
    return _is_listed(tokens[0]) or (len(tokens[0].text) == 2 and tokens[0].text[1] == ".")


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
        doc[end - 1].lower_ in POSSESSIVES or (not doc[end - 1].text[-1].isalnum() and doc[end - 1].text[-1] != ".")
    ):
        end -= 1
    for index in range(start + 1, end):
        if "\n" in doc[index].text or is_role(doc[index]):
            end = index
            while end > start and not any(char.isalnum() for char in doc[end - 1].text):
                end -= 1
            break
    while end - start > 1 and _is_credit(doc, start, end):
        end -= 1
    return start, end


def _is_credit(doc: Doc, start: int, end: int) -> bool:
    """Whether the last word of a name is shouted and the others are not ('Jane Doe REUTERS')."""
    last = doc[end - 1].text
    return len(last) > 2 and last.isupper() and not any(token.text.isupper() and len(token) > 2 for token in doc[start : end - 1])


def _is_country_as_given_name(doc: Doc, start: int, end: int, taken: frozenset[int]) -> bool:
    """Whether a country's name that opens a PERSON span is a given name ('Israel Katz'): one more name follows, no office."""
    rest = doc[start + 1 : end]
    posted = start > 1 and doc[start - 1].lower_ == "to" and is_role(doc[start - 2])
    return (
        bool(len(rest))
        and not posted
        and start + 1 not in taken
        and doc[start].text in load_words("entity_country_given_names.txt")
        and all(_is_name_token(token) and not is_office_word(token) for token in rest)
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


def _is_doubtful(doc: Doc, index: int, others: Counter[str]) -> bool:
    """Whether a single word called a person is elsewhere called something else more often, or never is a person."""
    text = doc[index].text
    if text.lower() in load_words("entity_no_actors.txt"):
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


def _from_persons(doc: Doc, taken: frozenset[int]) -> Iterator[tuple[int, int]]:
    others = _label_votes(doc)
    for ent in doc.ents:
        if ent.label_ == "PERSON" and not any(token.lower_ in load_words("entity_company_words.txt") for token in ent):
            for left, right in _pieces(doc, ent.start, ent.end):
                start, end = _trim(doc, left, right, taken)
                if not (end - start == 1 and _is_doubtful(doc, start, others)):
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
            behind_office = start > left and end - start == 2 and all(_is_name_token(token) for token in doc[start:end])
            behind_office = behind_office and doc[end - 1].lower_ not in load_words("entity_org_words.txt")
            if _looks_like_name(doc, start, end) or (behind_office and _follows_role(doc, start)):
                yield start, end
            elif (begin := _name_behind_body(doc, left, end, taken)) is not None:
                yield begin, end


def _name_behind_body(doc: Doc, left: int, end: int, taken: frozenset[int]) -> int | None:
    """Where the name begins that closes the span of a body behind a role: 'Director of the Federal Fish Service Ola Nord'."""
    first = left - (left > 0 and doc[left - 1].lower_ == "the")
    behind_role = first > 1 and doc[first - 1].lower_ in ("of", "for", "to") and is_role(doc[first - 2])
    if not behind_role and not any(is_role(token) and token.lower_ not in COLLECTIVES for token in doc[left : end - 2]):
        return None
    bodies = load_words("entity_org_words.txt")
    for start in (end - 3, end - 2):
        name = doc[start:end]
        if start <= left or any(token.i in taken or not _is_name_token(token) for token in name):
            continue
        if any(token.lower_ in bodies or token.lower_ in PARTICLES or is_office_word(token) for token in name):
            continue
        closed = doc[start - 1].lower_ in bodies or (start - 1 in taken and find_party(doc[start - 1].text) is not None)
        if _is_listed(doc[start]) or closed:
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
        titled = token.lower_ in HONORIFICS or (is_role(token) and token.text[0].isupper() and token.lower_ not in _PLURALS)
        if (
            not titled
            or follow.i in covered
            or follow.i in taken
            or not _is_name_token(follow)
            or follow.pos_ != "PROPN"
            or follow.lower_ in HONORIFICS
            or is_office_word(follow)
        ):
            continue
        end = _run(doc, follow.i, taken, covered)
        known = follow.ent_type_
        fits = known in ("", "PERSON", "ORG", "GPE", "NORP") and end - follow.i <= LONGEST_NAME - 2
        body = known == "ORG" and doc[end - 1].lower_ in load_words("entity_org_words.txt") and not _is_listed(follow)
        body = body or country_of_place(doc[token.i : end].text) is not None  # 'Prince Edward Island'
        if fits and not body and (end - follow.i > 1 or token.lower_ in HONORIFICS or known != "ORG"):
            yield follow.i, end


def _run(doc: Doc, start: int, taken: frozenset[int], covered: set[int]) -> int:
    """End of the run of name tokens that begins at `start`."""
    end = start + 1
    while (
        end < len(doc)
        and end not in taken
        and end not in covered
        and (_is_name_token(doc[end]) or (doc[end].text == "-" and end + 1 < len(doc) and _is_name_token(doc[end + 1])))
        and doc[end].pos_ in ("PROPN", "X", "ADP", "PUNCT", "SYM")
        and not doc[end].is_sent_start
    ):
        end += 1
    while end > start + 1 and not doc[end - 1].text[0].isupper():
        end -= 1
    return end


def _unlabelled(doc: Doc, covered: set[int], taken: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Runs of proper nouns that no span covers and that begin with a listed given name."""
    position = 0
    while position < len(doc):
        token = doc[position]
        position += 1
        if token.i in covered or token.i in taken or token.ent_type_ or token.pos_ != "PROPN" or not _is_listed(token):
            continue
        end = _run(doc, token.i, taken, covered)
        if _looks_like_name(doc, token.i, end):
            yield token.i, end
            position = end


def _extend(doc: Doc, start: int, end: int, taken: frozenset[int], covered: set[int]) -> tuple[int, int]:
    """A name with the parts that the recogniser cut off: after a particle, hyphen or initial, or a given name in front."""

    def free(index: int) -> bool:
        return (
            0 <= index < len(doc)
            and index not in taken
            and index not in covered
            and _is_name_token(doc[index])
            and not is_office_word(doc[index])
        )

    while end < len(doc) and end - start < LONGEST_NAME:
        joins = doc[end].text == "-" and free(end + 1) and not doc[end].whitespace_ and not doc[end - 1].whitespace_
        if joins:
            end += 2
        elif free(end) and (_joins_particle(doc, end, free) or _is_name_part(doc[end])):
            end += 1
        elif end - start == 1 and free(end) and _is_hyphened_given(doc, end):
            end += 3
        else:
            break
    while end - start > 1 and doc[end - 1].lower_ in PARTICLES:
        end -= 1
    before = start - 1
    initial = len(doc[start].text) == 2 and doc[start].text[1] == "."
    given = free(before) and doc[before].text[0].isupper() and doc[before].pos_ == "PROPN"
    if given and (_is_listed(doc[before]) or initial) and not doc[start].is_sent_start:
        start = before
    return start, end


def _joins_particle(doc: Doc, index: int, free: Callable[[int], bool]) -> bool:
    """Whether a particle holds a token to the name in front of it: 'von der' + 'Leyen'."""
    return doc[index - 1].lower_ in PARTICLES or (doc[index].lower_ in PARTICLES and free(index + 1))


def _is_hyphened_given(doc: Doc, index: int) -> bool:
    """Whether a two-part given name stands behind a surname, as Korean and Chinese names are written: 'Min-jae'."""
    following = doc[index + 1 : index + 3]
    spaced = doc[index].whitespace_ or len(following) < 2 or following[0].whitespace_
    return not spaced and following[0].text == "-" and following[1].is_alpha and following[1].is_lower and len(doc[index]) < 7


def _is_name_part(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.dep_ in ("flat", "compound", "appos") and not token.ent_type_


def find_person_spans(doc: Doc, taken: frozenset[int]) -> list[tuple[int, int]]:
    """Token ranges of all names of persons, in order, not overlapping. `taken`: tokens of names of parties."""
    spans: list[tuple[int, int]] = []
    covered: set[int] = set()

    def add(found: Iterator[tuple[int, int]]) -> None:
        for start, end in found:
            if start < end and covered.isdisjoint(range(start, end)) and any(char.isupper() for char in doc[start:end].text):
                spans.append((start, end))
                covered.update(range(start, end))

    add(_from_persons(doc, taken))
    add(_from_other_labels(doc, taken))
    add(_titled(doc, covered, taken))
    add(_unlabelled(doc, covered, taken))
    grown: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        covered.difference_update(range(start, end))
        begin, stop = _extend(doc, start, end, taken, covered)
        covered.update(range(begin, stop))
        if grown and begin - grown[-1][1] == 1 and _is_given_over_gap(doc, *grown[-1]):
            begin = grown.pop()[0]
        grown.append((begin, stop))
    return _split_known(doc, grown)


def _is_given_over_gap(doc: Doc, start: int, end: int) -> bool:
    """Whether a span is a given name with white space of the page behind it: its surname stands beyond."""
    return end - start == 1 and is_gap(doc[end]) and _is_listed(doc[start])


def _split_known(doc: Doc, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in which known full names stand beside other words, cut there: 'Jane Doe John Roe' with John Roe known."""
    words = {span: tuple(plain(token.text) for token in doc[span[0] : span[1]]) for span in spans}
    pairs = [names for names in words.values() if len(names) == 2 and names[0] not in PARTICLES]
    known = {" ".join(names) for names in pairs}
    surnames = {names[-1]: names for names in pairs}
    found: list[tuple[int, int]] = []
    for (start, end), names in words.items():
        size = end - start
        if size == 2 and names[0] in surnames and names[1] in surnames and surnames[names[0]] != surnames[names[1]] != names:
            found += [(start, start + 1), (start + 1, end)]
            continue
        if size == 2 and names[0] in surnames and find_party(doc[end - 1].text) is not None:
            found.append((start, start + 1))
            continue
        cut = next((part for part in _known_parts(names, known)), None) if size > 2 else None
        if cut is None:
            found.append((start, end))
            continue
        begin, stop = start + cut[0], start + cut[1]
        found += [
            piece
            for piece in ((start, begin), (begin, stop), (stop, end))
            if piece == (begin, stop) or (piece[1] - piece[0] > 1 and _looks_like_name(doc, *piece))
        ]
    return found


def _known_parts(names: tuple[str, ...], known: set[str]) -> Iterator[tuple[int, int]]:
    """Where a known full name opens or closes a longer run of words."""
    officeholders = officeholder_names()
    for length in range(len(names), 1, -1):
        for begin in (0, len(names) - length):
            part = " ".join(word for word in names[begin : begin + length] if word)
            if part in officeholders or (part in known and length < len(names)):
                if length == len(names):
                    return
                yield begin, begin + length
