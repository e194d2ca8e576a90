"""What one mention of a person tells of his party: its titles, what stands behind the name, owners, deeds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from spacy.tokens import Doc

from whomet.entities.affiliation import CLERGY, party_in_title, party_of
from whomet.entities.entries import country_of_entry, end_of_unknown
from whomet.entities.gazetteer import Party, country_of_place, parties_of_title
from whomet.entities.mentions import Mention
from whomet.entities.partisans import party_of_opposition, party_of_partisan
from whomet.entities.titles import Title
from whomet.entities.titles_behind import party_after
from whomet.entities.words import POSSESSIVES, is_gap, is_office_word
from whomet.lexicon import load_words

STRONG: Final = 4
"""Weight of a party that stands in a title."""
_WHERE: Final = frozenset({"to", "in", "at", "near", "on", "for", "with", "into"})
"""Prepositions that part a party from the name behind it: 'after talks with Norway Kari Lund left'."""
_OFFICES: Final = frozenset({"president", "vice-president", "premier", "governor"})
_IN_CONGRESS: Final = re.compile(r"(?:, |\()(?:[RDI](?:-|\., )[A-Z]|[A-Z]{2}-\d)")
"""How American news tells party and state or district of a legislator: ', R-Texas,', '(D-NY)', '(R., Texas)', '(KS-03)'."""
_LEADING: Final = frozenset("lead head run found chair own represent captain coach manage advise join".split())


def add_evidence(
    doc: Doc,
    mention: Mention,
    titles: list[Title],
    named: Mapping[int, Mention],
    aliases: Mapping[str, str],
    parties: Counter[Party],
) -> None:
    """Count what one mention tells of a person's party: STRONG for a title or 'of Y', less for 'former' and an owner in front."""
    for title in titles:
        partisan = party_of_opposition(doc, title, named) or party_of_partisan(doc, title, named)
        if partisan is not None:
            parties[partisan] += STRONG // 2 if _holds_office_too(doc, title, mention) else STRONG + 2
            continue
        told = party_in_title(doc, title, named, aliases)
        if told is not None:
            former = any(doc[index].lower_ in ("former", "ex") for index in range(max(title.left - 1, 0), title.role))
            left = former and told.country is None and doc[title.role].lower_ in load_words("entity_private_roles.txt")
            weak = STRONG // 2 if doc[title.role].lower_ == "member" and told.country is None else STRONG
            if not left:
                parties[told] += 1 if former else weak
    congress = _IN_CONGRESS.match(doc[mention.end : mention.end + 6].text) is not None
    if congress:
        parties.update(dict.fromkeys(parties_of_title("senator")[:1], STRONG))
    after = None if congress else party_after(doc, mention, named) or country_of_entry(doc, mention, named)
    clergy = any(doc[title.role].lower_ in CLERGY for title in titles)
    if after is not None and not clergy:
        told = party_of(doc, after, aliases)
        if told is not None:
            parties[told] += STRONG
    home = _home(doc, mention, named)
    if home is not None and not parties and after is None:
        parties[home] += STRONG // 2
    deed = _told_by_deed(doc, mention, named, aliases)
    if deed is not None and not parties:
        parties[deed] += STRONG // 2
    led = _led(doc, named, mention, titles, aliases)
    if led is not None and not parties:
        parties[led] += STRONG // 2
    owner = _owner(doc, named, mention, aliases)
    if owner is not None:
        parties[owner] += STRONG // 2


def _holds_office_too(doc: Doc, title: Title, mention: Mention) -> bool:
    """Whether a candidate's title names an office that he holds, which counts more: 'Labour candidate and vice-president X'."""
    first = max(title.left - 3, doc[title.role].sent.start)
    words = {token.lower_ for token in doc[first : max(mention.start, title.right)]}
    return bool(words & _OFFICES) and not words & {"former", "ex", "for"}


def _home(doc: Doc, mention: Mention, named: Mapping[int, Mention]) -> Party | None:
    """The country of the region or city behind 'of' or 'from': 'Rojas of Atacama'; None without one."""
    place = named.get(mention.end + 1) if doc[mention.end : mention.end + 1].text.lower() in ("of", "from") else None
    return country_of_place(doc[place.start : place.end].text) if place is not None and place.kind == "place" else None


def _owner(doc: Doc, named: Mapping[int, Mention], mention: Mention, aliases: Mapping[str, str]) -> Party | None:
    """The country or organisation in 'Germany's Merkel' or 'Russian Putin', right before the name."""
    index = mention.start - 1
    while index > 0 and is_gap(doc[index]):
        index -= 1
    possessive = index >= 0 and doc[index].lower_ in POSSESSIVES
    if possessive:
        index -= 1
    before = named.get(index)
    if before is None and possessive and index > 0:
        start = index
        while start > 0 and end_of_unknown(doc, start - 1, named) == start:
            start -= 1
        before = Mention("organization", start, index + 1) if end_of_unknown(doc, start, named) == index + 1 else None
    if before is None or doc[index].sent.start != doc[mention.start].sent.start:
        return None
    if not possessive and doc[max(before.start - 1, 0)].lower_ in _WHERE:
        return None
    if before.kind == "party" or (possessive and before.kind == "organization"):
        return party_of(doc, before, aliases)
    return None


def _told_by_deed(doc: Doc, mention: Mention, named: Mapping[int, Mention], aliases: Mapping[str, str]) -> Party | None:
    """The party in 'X, who leads the Y' and 'X, representing Y'; None without one."""
    root = doc[mention.start : mention.end].root
    for verb in root.children:
        if verb.dep_ not in ("relcl", "acl") or verb.lemma_ not in _LEADING or verb.tag_ == "VBN":
            continue
        for child in verb.children:
            found = named.get(child.i) if child.dep_ in ("dobj", "obj") else None
            if found is not None and found.kind in ("party", "organization"):
                return party_of(doc, found, aliases)
    return None


def _led(
    doc: Doc, named: Mapping[int, Mention], mention: Mention, titles: list[Title], aliases: Mapping[str, str]
) -> Party | None:
    """The party of the delegation that a person leads: 'A World Bank team led by X'."""
    index = min([mention.start, *(title.left for title in titles if title.end <= mention.start)]) - 1
    while index > 0 and (doc[index].lower_ in ("the", "its", "their") or is_office_word(doc[index])):
        index -= 1
    if index < 3 or doc[index].lower_ != "by" or doc[index - 1].lower_ not in ("led", "headed", "chaired"):
        return None
    head = index - 2 - (doc[index - 2].text == ",")
    while head > 0 and named.get(head) is None and (is_office_word(doc[head]) or doc[head].pos_ in ("NOUN", "ADJ", "PART")):
        head -= 1
    found = named.get(head)
    return party_of(doc, found, aliases) if found is not None and found.kind in ("party", "organization") else None
