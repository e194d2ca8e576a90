"""Whom a person speaks for: what stands in the title, before the name, behind it; else what the title or the world tells."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from spacy.tokens import Doc, Token

from whomet.entities.bodies import is_office, is_state_body, usual_name
from whomet.entities.gazetteer import (
    Party,
    country_of_place,
    find_party,
    parties_of_surname,
    parties_of_title,
    party_of_officeholder,
)
from whomet.entities.mentions import Mention
from whomet.entities.titles import Title
from whomet.entities.words import POSSESSIVES, is_office_word
from whomet.lexicon import load_words

POSTED: Final = frozenset(
    "ambassador ambassadors envoy envoys consul commissioner emissary attache attaché delegate chargé representative".split()
)
"""Roles that are held for one party and at another: 'ambassador to Y' does not speak for Y."""
KIN: Final = frozenset(
    "counterpart counterparts wife husband family colleague colleagues guest guests opponent opponents rival rivals host hosts "
    "ally allies partner partners lawyer lawyers victim victims critic critics friend friends predecessor successor".split()
)
"""Roles that people bear towards somebody without speaking for the same party."""
_SPEAKERS: Final = frozenset(
    "spokesman spokeswoman spokesperson negotiator negotiators lawyer attorney player coach director president secretary".split()
)
_ASSISTANTS: Final = frozenset("adviser advisor advisers advisors aide aides assistant counsel counsellor counselor".split())
"""Roles that serve whoever stands behind their 'to': 'adviser to the Chilean president'."""
_ACROSS: Final = frozenset(
    "ally allies friend friends critic critics rival rivals opponent opponents guest guests victim victims".split()
)
"""Roles that people bear towards the party beside them: 'an ally for China in the EU', 'a China critic' speak for neither."""
_EITHER: Final = frozenset("chief director directors chairman chairwoman head boss captain founder".split())
"""Roles of governments and of bodies: a body beside them counts before the country ('the French bank X's chairman')."""
_REGIONAL: Final = frozenset({"governor", "mayor", "prefect", "bishop", "archbishop"})
"""Roles held over a region or city: a name behind them that no word list knows is that place, not a body."""
CLERGY: Final = frozenset({"bishop", "archbishop", "cardinal", "patriarch", "imam", "bishops"})
"""Roles that are held over a place: what stands behind their bearer's 'of' is no body."""
_BODIES_WITH_MEMBERS: Final = frozenset("party union federation confederation association league".split())
"""Words of the names of bodies that count before a country behind them."""
_LED_BY_EXECUTIVES: Final = frozenset({"Hong Kong", "Macau"})
"""Governments whose head is a chief executive; elsewhere one leads a firm of that country."""
_REGION_WORDS: Final = frozenset({"State", "County", "Province", "Region", "District", "Prefecture", "Governorate"})
"""Last words of names that recognisers take for bodies and that are regions of a country."""
_LINKS: Final = frozenset({"of", "at", "from", "for", "to", "in", "on", "with", "and"})


def party_of(doc: Doc, mention: Mention, aliases: Mapping[str, str]) -> Party | None:
    """The party that a name mention stands for; None for persons, places and offices inside a government.

    `aliases`: acronym -> full name, for organisations that the article names in both ways.
    """
    if mention.party is not None:
        return mention.party.party
    text = " ".join(doc[mention.start : mention.end].text.split()).removesuffix("'s").removesuffix("’s")
    region, department, _ = text.partition(" Department of ")
    if mention.kind == "organization" and department and country_of_place(region) is not None:
        return country_of_place(region)
    if mention.kind != "organization" or (text not in aliases and is_office(text)):
        return None
    text = aliases.get(text, text)
    if text.rpartition(" ")[2] in _REGION_WORDS:
        return country_of_place(text.rpartition(" ")[0])
    if text.endswith(" Administration"):
        return party_of_officeholder(text.removesuffix(" Administration"))
    known = find_party(text)
    return known.party if known is not None else Party(usual_name(text), None, None)


def party_in_title(doc: Doc, title: Title, named: Mapping[int, Mention], aliases: Mapping[str, str]) -> Party | None:
    """The party that stands in or beside a title.

    In front of the role noun the first party counts ('Chinese ambassador', 'UN Syria envoy'), else the first one behind 'of',
    'at' or 'from'; never the one an envoy is sent to. Of private roles ('banker', 'chief executive') only organisations count.
    """
    role = doc[title.role].lower_
    if role in _ACROSS:
        return None
    if role == "commissioner" and any(doc[index].text == "European" for index in range(title.left, title.role)):
        return _european_union()
    previous = doc[title.role - 1].lower_ if title.role > 0 else ""
    private = role in load_words("entity_private_roles.txt") and previous != "central"  # 'central banker'
    before = _parties_before(doc, title, named, aliases)
    if role in ("ambassador", "ambassadors"):
        before = [party for party in before if party.name not in load_words("entity_posting_bodies.txt")]
    behind = _parties_behind(doc, title, named, aliases)
    if private or role in _EITHER:
        candidates = [*before, *behind] if private else before
        if role in CLERGY:
            candidates = [party for party in candidates if "Church" in party.name]
        body = next((party for party in candidates if party.country is None), None)
        if body is None and role == "executive" and previous == "chief":
            body = next((party for party in before if party.name in _LED_BY_EXECUTIVES), None)
        if private or body is not None:
            return body
    region = _region_before(doc, title) if role in _REGIONAL else None
    if region is not None and all(party.country is None and party.qid is None for party in before):
        return region
    if role in _REGIONAL and previous not in ("bank", "central"):
        before = [party for party in before if party.country is not None or party.qid is not None]
    if before:
        return before[0]
    if role in _REGIONAL:
        behind = [party for party in behind if party.country is not None or party.qid is not None]
    countries = [party for party in behind if party.country is not None or party.qid is not None]
    regions = _regions(doc, range(title.left, title.right), named) if role not in _EITHER else []
    if behind and behind[0].country is None and _BODIES_WITH_MEMBERS.intersection(behind[0].name.lower().split()):
        return behind[0]  # 'leader of the Kelp Party group in the Chilean parliament'
    return next(iter(countries or behind or regions), None)


def _region_before(doc: Doc, title: Title) -> Party | None:
    """The country of the region or city in front of a regional role or behind its 'of', whatever a recogniser takes it for."""
    of = title.role + 1
    starts = range(title.left, title.role)
    if doc[of : of + 1].text.lower() == "of":
        starts = range(of + 1, of + 2 + (doc[of + 1 : of + 2].text.lower() == "the"))
    for start in starts:
        for end in range(min(start + 3, len(doc)), start, -1):
            country = country_of_place(doc[start:end].text)
            if country is not None:
                return country
    return None


def _european_union() -> Party | None:
    """The European Union, whose commissioners are called after their field ('European Fisheries Commissioner')."""
    known = find_party("European Union")
    return known.party if known is not None else None


def _parties_before(doc: Doc, title: Title, named: Mapping[int, Mention], aliases: Mapping[str, str]) -> list[Party]:
    """The parties in front of the role noun of a title, the one that counts first.

    That is the first one, but for where the story was sent from ('OSLO', 'OSLO, Norway' in front of 'U.S. envoy') and the
    country where an envoy is posted ('Norway's Chilean ambassador').
    """
    mentions = list(dict.fromkeys(named[index] for index in range(title.left, title.role) if index in named))
    mentions = [mention for mention in mentions if mention.kind != "person" and not _is_dateline(doc, mention, title.role)]
    mentions = [mention for mention in mentions if not _is_only_nation(doc, mention)]
    posted = doc[title.role].lower_ in POSTED
    while len(mentions) > 1 and _is_only_where(doc, mentions[0], mentions[1], posted=posted):
        mentions.pop(0)
    found = [party_of(doc, mention, aliases) for mention in mentions]
    if not any(found) and _is_clubs(doc, title.role):
        found = [_named_like_place(doc, mention) for mention in mentions if mention.end in (title.role, title.start)]
    return [party for party in found if party is not None]


def _is_only_nation(doc: Doc, mention: Mention) -> bool:
    """Whether a nation in a title is that of its bearer, whose body stands in front of it: "the union's Norwegian president"."""
    owner = mention.start - 2
    demonym = mention.party is not None and mention.party.form == "demonym" and owner >= 0
    return demonym and doc[owner + 1].lower_ in POSSESSIVES and doc[owner].text in load_words("entity_body_nouns.txt")


def _is_clubs(doc: Doc, role: int) -> bool:
    """Whether a role is one of firms and clubs, so that the place in front of it is the name of one ('Newcastle manager')."""
    return (
        doc[role].lower_ in load_words("entity_private_roles.txt") | _EITHER - {"chief", "head"}
        or doc[role - 1].lower_ == "chief"
    )


def _named_like_place(doc: Doc, mention: Mention) -> Party | None:
    """The club or firm that bears a place's name or is taken for a place; None for a country or its people."""
    text = " ".join(doc[mention.start : mention.end].text.split())
    place = mention.kind == "place" and country_of_place(text) is None
    return Party(text, None, None) if place and not text.endswith(("ish", "an")) else None


def _is_only_where(doc: Doc, mention: Mention, following: Mention, *, posted: bool) -> bool:
    """Whether a country in front of another one's adjective only tells where something is."""
    first, second = mention.party, following.party
    if first is None or second is None or second.party.country is None:
        return False
    if doc[mention.end].lower_ in POSSESSIVES:
        return posted and second.form == "demonym"
    joined = doc[mention.end].text in ("-", "–")
    return not joined and first.form in ("name", "seat") and second.form in ("alias", "agency", "demonym")


def _is_dateline(doc: Doc, mention: Mention, role: int) -> bool:
    """Whether a shouted place in front of a title is where the story was sent from: 'OSLO President X'."""
    words = [token.text for token in doc[mention.start : mention.end] if token.is_alpha]
    place = mention.kind == "place" or (mention.party is not None and mention.party.form in ("name", "seat"))
    return place and all(len(word) > 3 and word.isupper() for word in words) and not doc[role].text.isupper()


def _parties_behind(doc: Doc, title: Title, named: Mapping[int, Mention], aliases: Mapping[str, str]) -> list[Party]:
    """The parties behind the role noun of a title that its bearer speaks for; those where it only is ('in Norway') come last."""
    found: list[Party] = []
    where: list[Party] = []
    link = ""
    of_bodies = doc[title.role].lower_ in load_words("entity_private_roles.txt") | _EITHER
    index = title.role + 1
    while index < title.right:
        if doc[index].lower_ in _LINKS:
            link = doc[index].lower_
        if _counts(doc[title.role].lower_, link):
            body_ends = _end_of_national_body(doc, index, title.right, named)
            if body_ends is not None:
                found.append(Party(usual_name(doc[index:body_ends].text), None, None))
                index = body_ends
                continue
            end = named[index].end if index in named else index + 1
            body = named.get(end + 1) if end < title.right and doc[end].lower_ in POSSESSIVES else None
            owned = body is not None and body.kind == "organization" and not is_state_body(doc[body.start : body.end].text)
            if owned:  # "head of Norway's Fjordbank"
                index = end + 1
                continue
            (where if link == "in" else found).extend(_parties(doc, range(index, min(end, title.right)), named, aliases))
            named_here = index in named or link not in ("of", "at", "from") or not of_bodies
            if not found and not named_here and _is_unknown_name(doc[index]):
                end = index + 1
                while end < title.right and end not in named and _is_unknown_name(doc[end]):
                    end += 1
                found.append(Party(usual_name(doc[index:end].text), None, None))
        index = max(index + 1, named[index].end if index in named else 0)
    return found + where


def _end_of_national_body(doc: Doc, index: int, right: int, named: Mapping[int, Mention]) -> int | None:
    """Where a body's name ends that has a nation in it: 'Federation of Norwegian Firms', 'Chilean fish traders association'."""
    token, mention = doc[index], named.get(index)
    alone = mention is None or (mention.kind == "organization" and mention.end == index + 1)
    linked = doc[index + 1 : index + 2].text.lower() == "of"
    if alone and linked and token.text[0].isupper() and token.lower_ in _BODIES_WITH_MEMBERS:
        mention = named.get(index + 2)
        end = mention.end if mention is not None and mention.party is not None and mention.party.form == "demonym" else right
        while index + 2 < end < right and doc[end].text[0].isupper() and end not in named:
            end += 1
        return end if mention is not None and mention.end < end < right + 1 else None
    if mention is None or mention.party is None or mention.party.form != "demonym":
        return None
    end = mention.end
    while end < right and doc[end].text.islower() and doc[end].pos_ in ("NOUN", "ADJ") and end not in named:
        if doc[end].lower_ in _BODIES_WITH_MEMBERS - {"party"}:
            return end + 1
        end += 1
    return None


def _is_unknown_name(token: Token) -> bool:
    """Whether a token that is in no name span still reads as part of a body's name."""
    return (
        token.pos_ == "PROPN" and token.text[0].isupper() and not is_office_word(token) and not token.ent_type_ and token.is_alpha
    )


def _regions(doc: Doc, indices: range, named: Mapping[int, Mention]) -> list[Party]:
    """The countries of the regions and cities in a title: 'the governor of Texas'."""
    places = [named[index] for index in indices if index in named and named[index].kind == "place"]
    found = [country_of_place(doc[mention.start : mention.end].text) for mention in places]
    return [country for country in found if country is not None]


def _counts(role: str, link: str) -> bool:
    """Whether a party behind this preposition is the one that the role speaks for."""
    if role in POSTED and link != "of" and link != "from":
        return False
    if link == "to" and role in _ASSISTANTS:
        return True
    return link in ("of", "at", "from", "in", "", "and") or (link == "for" and role in _SPEAKERS)


def _parties(doc: Doc, indices: range, named: Mapping[int, Mention], aliases: Mapping[str, str]) -> list[Party]:
    found: list[Party] = []
    for index in indices:
        mention = named.get(index)
        if mention is None or mention.kind == "person" or (index != mention.start and index != indices.start):
            continue
        party = party_of(doc, mention, aliases)
        if party is not None:
            found.append(party)
    return found


def known_party(
    name: str, titles: list[str], told: Mapping[Party, int], *, full: bool, across: frozenset[Party] = frozenset()
) -> Party | None:
    """Whom a person speaks for when the article does not say: by a telling title, else as a well-known office holder.

    `told`: how often the article names each party, which decides between the governments that share a title. `across`: the
    countries of the other side, which are none of these.
    """
    if full or titles:
        holder = party_of_officeholder(name)
        if holder is not None:
            return holder
    for title in titles:
        holders = parties_of_title(title)
        candidates = tuple(party for party in holders if party not in across and told.get(party)) or holders
        if (
            len(holders) > 1
            and not any(told.get(party) for party in candidates)
            and any(party.country is not None for party in told)
        ):
            continue  # of governments that the article does not name, while it names others
        if candidates:
            return max(candidates, key=lambda party: told.get(party, 0))
    known = party_of_officeholder(name)
    if known is None and titles and not full:
        ranked = sorted(parties_of_surname(name), key=lambda party: (-told.get(party, 0), party.name))
        if ranked and told.get(ranked[0], 0) > (told.get(ranked[1], 0) if len(ranked) > 1 else 0):
            return ranked[0]
    return known


def predecessor(party: Party, told: Mapping[Party, int], said: Collection[Party] = ()) -> Party:
    """The state of its time in a party's place ('West Germany'), where the article names it more often or is `said` to be
    a person's; else the party itself.
    """
    former = {"Germany": "West Germany", "Russia": "Soviet Union"}.get(party.name)
    known = find_party(former) if former is not None else None
    if known is None or party in said:
        return party
    return known.party if known.party in said or told.get(known.party, 0) > told.get(party, 0) else party
