"""Names of bodies: what one article's other names for them stand for, their usual names, and offices that are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from spacy.tokens import Doc

from whomet.entities.gazetteer import country_of_place, find_party
from whomet.entities.mentions import Mention, define_acronyms
from whomet.lexicon import load_words

_LEGAL_FORMS: Final = frozenset("co inc ltd plc corp llc llp ag gmbh nv sa spa bhd pty limited".split())
_OFFICES: Final = frozenset(
    "ministry department office cabinet parliament congress senate bureau secretariat affairs house committee legislature "
    "court assembly army navy police treasury dept highness excellency majesty".split()
)
_OWN_HEADS: Final = frozenset("association federation confederation union league society order alliance".split())
"""Words that, in front of 'of', name a body whatever its members are: 'Association of Chiefs of Police' is no police."""
_PARTIES_TOO: Final = frozenset({"congress", "assembly"})
"""Offices that parties are named after, too: 'Trinamool Congress' is one, 'US Congress' is none."""
_BOARD: Final = re.compile(r"(?<=\w)(?: Management| Supervisory| Executive| Governing)? Board(?: of Directors)?$")
_ACROSS_STATES: Final = frozenset("european world international global revolutionary african arab asian pan nordic".split())
"""Words of a name that make it a body of no single state."""
_SMALL: Final = frozenset({"of", "for", "and", "the", "in", "on", "&", "de", "to"})
_IN_BRACKETS: Final = re.compile(r"[ \u00a0]\(([A-Z][A-Za-z]{1,7})\)")
_WORD: Final = re.compile(r"[^\W\d_][\w’'.-]*|&")
LONGEST_NAME: Final = 100
"""Most characters in front of an acronym in brackets in which its name is looked for."""

MOST_ACRONYMS: Final = 20
"""For how many acronyms of an article its text is searched for a name: a hostile page must not cost more."""


def is_office(name: str) -> bool:
    """Whether a name is an office of some government ('the Foreign Ministry'), not a party of its own."""
    owner, mark, owned = name.replace("’s ", "'s ").partition("'s ")
    if mark and owned and is_office(owned) and owner.isupper():
        return True  # "NFD's Office of Fish"
    words = [word.lower() for word in name.replace("-", " ").split()]
    if len(words) == 1 and not name.isupper() and words[0] in generic_words():
        return True
    titular = load_words("role_modifiers.txt") | load_words("role_nouns.txt")
    if words[-2:] == ["central", "bank"] or all(word in titular for word in words):
        return True
    if words[-1] in _PARTIES_TOO and len(words) > 1:
        return all(word in titular or find_party(word.title()) is not None for word in words[:-1])
    if "of" in words[1:] and words[words.index("of", 1) - 1] in _OWN_HEADS:
        return False
    opens = words[0] in ("ministry", "department", "office", "bureau") or words[:2] == ["committee", "on"]
    return opens or words[-1] in _OFFICES or is_state_body(name)


def is_state_body(name: str) -> bool:
    """Whether a name is that of a body that every state has: 'National Security Council', 'Federal Taxation Service'."""
    text = f" {name.replace('-', ' ').lower()} "
    if _ACROSS_STATES & set(text.split()):
        return False
    return any(f" {words} " in text for words in load_words("entity_state_bodies.txt"))


@cache
def generic_words() -> frozenset[str]:
    """Words that name no body by themselves, only one that was named before: 'the Confederation', 'the Board', 'Border'."""
    own = frozenset({"body", "border", "sessions"})
    return load_words("entity_org_words.txt") | load_words("entity_company_words.txt") | own


def usual_name(name: str) -> str:
    """A body's usual name: without its board and the legal form at its end."""
    words = _BOARD.sub("", name).split()
    while len(words) > 1 and words[-1].lower().strip(".,") in _LEGAL_FORMS:
        words.pop()
    return " ".join(words).rstrip(",")


def other_names(doc: Doc, mentions: Iterable[Mention], raw: str) -> dict[str, str]:
    """Other name -> full name, for organisations that the article names in both ways: 'LSE' beside 'London Stock Exchange'.

    An acronym in brackets behind a name stands for it wherever that is said in the raw text; elsewhere the capitals must
    agree. The first words of one longer name stand for it, too ('Dome' for 'Dome Petroleum').
    """
    own = sorted((item for item in mentions if item.kind == "organization"), key=lambda item: item.start)
    names = {" ".join(doc[item.start : item.end].text.split()): item.start for item in reversed(own)}
    short = {name for name in names if _is_acronym(name)}
    aliases: dict[str, str] = {}
    for name, acronym in _told_in_brackets(raw):
        aliases.update(_defined(name, acronym))
    for name in sorted(names.keys() - short):
        initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper())
        if initials in short:
            aliases[initials] = name
        if name.endswith((" party", " group", " movement", " union")) and name.rsplit(" ", 1)[0].istitle():
            aliases[name] = name.rsplit(" ", 1)[0]
    for start, end, acronym in define_acronyms(doc):
        name = " ".join(doc[start:end].text.split())
        aliases.update(_defined(name, acronym))
    for item in own:
        if item.end + 2 < len(doc) and doc[item.end].text == "(" and doc[item.end + 2].text == ")":
            acronym = doc[item.end + 1].text
            name = " ".join(doc[item.start : item.end].text.split()).removesuffix("'s").removesuffix("’s")
            if acronym != name and _is_acronym(acronym):
                aliases.update(_defined(name, acronym))
    unknown = [name for name in names if name in short and name not in aliases and find_party(name) is None]
    for acronym in [name for name in unknown if name.isupper() and len(name) > 2][:MOST_ACRONYMS]:
        aliases.update(_told_elsewhere(raw, acronym))
    return {**_short_forms(names), **aliases}


def _defined(name: str, acronym: str) -> dict[str, str]:
    """What 'name (acronym)' tells: the name behind the acronym, or the known body that is spelt otherwise here."""
    known = find_party(acronym)
    if known is None:
        return {acronym: name}
    if find_party(name) is not None:
        return {}
    words, usual = set(name.lower().split()), set(known.party.name.lower().split())
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    same = len(words & usual) * 2 >= min(len(words), len(usual)) or (known.party.name == acronym == initials)
    return {name: known.party.name} if same else {acronym: name}


def _told_in_brackets(raw: str) -> Iterator[tuple[str, str]]:
    """(name, acronym) of every 'Nordic Fisheries Association (NFA)' in a raw text, where letters and capitals agree."""
    for match in _IN_BRACKETS.finditer(raw):
        acronym = match[1]
        if not _is_acronym(acronym):
            continue
        before = raw[max(0, match.start() - LONGEST_NAME) : match.start()].split("\n")[-1]
        letters = [char for char in acronym if char.isupper()]
        words = list(_WORD.finditer(before))
        while words and letters:
            word = words.pop()
            if word[0][0] == letters[-1]:
                letters.pop()
            elif word[0].lower() not in _SMALL:
                break
            if not letters:
                yield " ".join(before[word.start() :].split()), acronym


def _told_elsewhere(raw: str, acronym: str) -> dict[str, str]:
    """The acronym with the first run of capitalised words in a raw text that has its letters; empty without one."""
    link = r"[ \u00a0](?:(?:" + "|".join(sorted(_SMALL)) + r")[ \u00a0])*"
    found = re.search(r"\b" + link.join(rf"{letter}[^\W\d_][\w’'-]*" for letter in acronym) + r"\b(?![ \u00a0][A-Z])", raw)
    return {acronym: " ".join(found[0].split())} if found is not None else {}


def _short_forms(names: Mapping[str, int]) -> dict[str, str]:
    """The first words of a name -> that name, where the article introduces it in full and no other name begins so.

    A word like 'Confederation' stands for the one name introduced that has it. `names`: every organisation's name with the place
    where it is first mentioned.
    """
    full: dict[str, int] = {}
    for name, start in names.items():
        full[usual_name(name)] = min(start, full.get(usual_name(name), start))
    found: dict[str, str] = {}
    longer: dict[str, list[str]] = {}
    headed: dict[str, list[str]] = {}
    for name, start in full.items():
        for word in {word for word in name.split() if word.lower() in generic_words()} & full.keys() - {name}:
            if start < full[word]:
                headed.setdefault(word, []).append(name)
    found.update({word: names_of[0] for word, names_of in headed.items() if len(names_of) == 1})
    for name in sorted(full, key=len):
        words = name.split()
        for size in range(1, min(len(words), 5)):
            longer.setdefault(" ".join(words[:size]), []).append(name)
    for name in sorted(full.keys() & longer.keys()):
        longest = longer[name][-1]
        plain_word = " " not in name and (len(name) < 4 or not name[0].isupper() or is_office(name))
        one = all(longest.startswith(other) for other in longer[name]) and full[longest] < full[name]
        if one and not plain_word and not (find_party(name) or find_party(longest) or country_of_place(name)):
            found[name] = longest
    return found


def _is_acronym(name: str) -> bool:
    return 2 <= len(name) <= 7 and name.isalpha() and sum(char.isupper() for char in name) >= max(2, len(name) - 2)
