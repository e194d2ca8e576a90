"""Names of persons made whole: parts that the recogniser cut off are added, halves joined, names side by side split."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from spacy.tokens import Doc, Token

from whomet.entities.gazetteer import find_party, officeholder_names, officeholder_surnames, plain
from whomet.entities.naming import is_listed, is_name_token, is_suffix, looks_like_name
from whomet.entities.words import HONORIFICS, PARTICLES, is_gap, is_office_word
from whomet.lexicon import load_words

LONGEST_NAME: Final = 6
"""Most tokens of a person's name that are joined by evidence other than spaCy's own span."""
_STYLES: Final = frozenset(
    "bishop archbishop cardinal father sister brother pastor rabbi imam metropolitan mullah "
    "master prophet emperor holiness excellency highness majesty dear feedback".split()
)
"""Words in front of a name that say what its bearer is, and are names themselves."""
_QUOTES: Final = frozenset({'"', "“", "”", "‘", "’", "'"})


def whole_names(doc: Doc, spans: list[tuple[int, int]], taken: frozenset[int], covered: set[int]) -> list[tuple[int, int]]:
    """Token ranges of whole names from those of the found ones, in order. `taken`: tokens of parties, `covered`: of the spans."""
    grown: list[tuple[int, int]] = []
    for start, end in spans:
        covered.difference_update(range(start, end))
        begin, stop = _extend(doc, start, end, taken, covered)
        covered.update(range(begin, stop))
        if grown and _is_one_name(doc, grown[-1], (begin, stop)):
            begin = grown.pop()[0]
        grown.append((begin, stop))
    return [(start, _with_suffix(doc, end)) for start, end in _split_known(doc, grown)]


def _is_one_name(doc: Doc, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether two spans are halves of one name: between them stands nothing but a blank or the end of a nickname or particle."""
    (start, end), (begin, stop) = left, right
    between = [token for token in doc[end:begin] if not is_gap(token)]
    if stop - start > LONGEST_NAME or any(token.is_sent_start for token in doc[start + 1 : stop]):
        return False
    if any(is_office_word(token) or token.lower_ in _no_first_halves() for token in doc[start:end]):
        return False
    if not between:
        return doc[begin].text not in (doc[start].text, doc[end - 1].text)
    apostrophe = len(between) == 1 and between[0].text in _QUOTES
    return apostrophe and not doc[end - 1].whitespace_ and doc[begin].lower_ in PARTICLES


@cache
def _no_first_halves() -> frozenset[str]:
    """Words of bodies, styles and dates that stand in front of a name and are no half of it: 'Forest Service', 'Bishop'."""
    dates, small = load_words("calendar_names.txt"), load_words("function_words.txt") - PARTICLES
    return load_words("entity_org_words.txt") | HONORIFICS | _STYLES | {name.lower() for name in dates} | small


def _with_suffix(doc: Doc, end: int) -> int:
    """The end of a name with the suffix behind it: 'Jr.', ', Sr.', 'III'."""
    index = end + (end < len(doc) and doc[end].text == ",")
    if index >= len(doc) or not is_suffix(doc[index].text):
        return end
    stop = index + 1 < len(doc) and doc[index + 1].text == "." and not doc[index].whitespace_ and not doc[index].text.isupper()
    return index + 1 + stop


def _extend(doc: Doc, start: int, end: int, taken: frozenset[int], covered: set[int]) -> tuple[int, int]:
    """A name with the parts that the recogniser cut off: after a particle, hyphen or initial, or a given name in front."""

    def free(index: int) -> bool:
        return (
            0 <= index < len(doc)
            and index not in taken
            and index not in covered
            and is_name_token(doc[index])
            and not is_office_word(doc[index])
        )

    while end < len(doc) and end - start < LONGEST_NAME:
        joins = doc[end].text == "-" and free(end + 1) and not doc[end].whitespace_ and not doc[end - 1].whitespace_
        if joins:
            end += 2
        elif free(end) and doc[end].text != doc[end - 1].text and (_joins_particle(doc, end, free) or _is_name_part(doc[end])):
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
    told = end - start == 1 and doc[before].dep_ == "compound" and doc[before].head.i == start and not doc[before].ent_type_
    told = told and doc[before].lower_ not in _no_first_halves() and not doc[before].is_sent_start and doc[before].text.istitle()
    if given and (is_listed(doc[before]) or initial or told) and not doc[start].is_sent_start:
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
        if size == 3 and doc[start + 1].text == "-" and {names[0], names[2]} <= officeholder_surnames():  # 'Putin-Trump talks'
            found += [(start, start + 1), (start + 2, end)]
            continue
        if size == 2 and names[0] in surnames and find_party(doc[end - 1].text) is not None:
            found.append((start, start + 1))
            continue
        cut = next((part for part in _known_parts(names, known)), None) if size > 2 else None
        if cut is None:
            found.append((start, end))
            continue
        begin, stop = start + cut[0], start + cut[1]
        if begin == start + 1 and is_listed(doc[start]):  # 'Anna Lund Berg', elsewhere 'Lund Berg'
            found.append((start, end))
            continue
        found += [
            piece
            for piece in ((start, begin), (begin, stop), (stop, end))
            if piece == (begin, stop) or (piece[1] - piece[0] > 1 and looks_like_name(doc, *piece))
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
