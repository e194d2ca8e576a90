"""From mentions to occasions: mentions of one article that tell of the same meeting, by constraints.

Two mentions may be one when their participants, days, places and status are compatible and something ties them: the same
people or parties, a definite reference ('the talks'), or one governing the other ('met to discuss').
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from whomet.records import Participant, Place, Span, When
from whomet.relations.mention import Mention, Occasion, merge_participants

NEAR, FAR = 80, 160
"""How many tokens behind its occasion a weak mention, or a definite one without actors, may stand."""
MOST_MENTIONS = 60
"""How many mentions an occasion is computed from; it keeps long articles linear."""
RECENT = 40
"""How many occasions back a mention may belong to; it keeps long articles linear."""


class Draft:
    """The mentions of one meeting read so far. What follows from them is computed when asked for, and anew after `add`."""

    def __init__(self, mention: Mention) -> None:
        self.mentions = [mention]
        self.last = mention.trigger.i

    def add(self, mention: Mention) -> None:
        """Another mention of the meeting; past `MOST_MENTIONS` it only shows that the article still speaks of it."""
        if len(self.mentions) < MOST_MENTIONS:
            self.__dict__ = {"mentions": [*self.mentions, mention]}
        self.last = mention.trigger.i

    @cached_property
    def status(self) -> str:
        """The status of the first mention: headline and lead tell what became of it. A later refusal undoes a plan."""
        told = [mention.told.status for mention in self.mentions if mention.frame.strength == "strong"]
        if told and told[0] in ("planned", "proposed") and "refused" in told:
            return "refused"
        return told[0] if told else "held"

    @cached_property
    def participants(self) -> list[Participant]:
        """Everyone named by any mention; not a title whose side is known, hosts of a trip only when nobody else is met."""
        known = {item.party or item.entity for mention in self.mentions for item in mention.participants if not _is_vague([item])}
        people = merge_participants(
            [
                item
                for mention in self.mentions
                for item in mention.participants
                if not _is_vague([item]) or len(known) < len(mention.participants)
            ]
        )
        hosts = [host for mention in self.mentions for host in mention.hosts]
        return people if hosts and len(_sides(people)) > 1 else merge_participants([*people, *hosts])

    @cached_property
    def parties(self) -> set[str]:
        """The parties of all participants."""
        return {party for mention in self.mentions for party in mention.parties}

    @cached_property
    def when(self) -> When | None:
        """The most precise date told."""
        dated = [mention.when for mention in self.mentions if mention.when is not None]
        return min(dated, key=_imprecision, default=None)

    @cached_property
    def places(self) -> list[Place]:
        """All places told, each once."""
        unique: dict[str, Place] = {}
        for mention in self.mentions:
            for place in mention.places:
                unique.setdefault(place.text.lower().removeprefix("the "), place)
        return list(unique.values())

    @cached_property
    def topics(self) -> list[Span]:
        """All topics told, each once, in text order."""
        unique: dict[str, Span] = {}
        for mention in self.mentions:
            for topic in mention.topics:
                unique.setdefault(topic.text.lower(), topic)
        return sorted(unique.values(), key=lambda span: span.char_start)

    @cached_property
    def form(self) -> str:
        """The form most mentions tell; a visit only when no meeting in it is told."""
        forms = [mention.form for mention in self.mentions if mention.frame.strength == "strong"] or ["meeting"]
        return max(dict.fromkeys(forms), key=lambda form: (form == "call", forms.count(form)))

    def close(self) -> Occasion:
        """The occasion, all mentions read; its fullest mentions come first."""
        strong = [mention.told for mention in self.mentions if mention.frame.strength == "strong"]
        told = next((told for told in strong if told.status == self.status), None)
        return Occasion(
            trigger=self.mentions[0].trigger,
            mentions=tuple(sorted(self.mentions, key=lambda mention: (-mention.fullness, mention.trigger.i))),
            form=self.form,
            status=self.status,
            cue=told.cue if told is not None else None,
            participants=self.participants,
            topics=self.topics,
            places=self.places,
            when=self.when,
        )


def _imprecision(when: When) -> tuple[int, int]:
    order = {"time": 0, "day": 1, "weekend": 2, "week": 3, "month": 4, "season": 5, "quarter": 5, "half": 6, "year": 7}
    return (when.start is None, order.get(when.granularity or "", 8))


def build_occasions(mentions: Sequence[Mention]) -> list[Occasion]:
    """Occasions in order of first mention; every mention belongs to one, mentions that tie to none are dropped."""
    occasions: list[Draft] = []
    for mention in mentions:
        home = _home(mention, occasions)
        if home is not None:
            home.add(mention)
            continue
        opens = mention.opens or (mention.frame.lemma == "discuss" and len(mention.participants) > 1)
        if opens and not mention.participants and mention.when is not None:
            mention.participants = _inherited(mention, occasions)
        if opens and mention.participants:
            occasions.append(Draft(mention))
    return [occasion.close() for occasion in occasions]


def _inherited(mention: Mention, occasions: Sequence[Draft]) -> list[Participant]:
    """The parties of the occasion that a mention of another date points at: 'the last meeting in 2009'."""
    if not mention.definite or not occasions or mention.trigger.i - occasions[-1].last > FAR:
        return []
    parties = [item for item in occasions[-1].participants if item.party is not None]
    return [Participant(None, None, item.party, item.country, None, (), 0.5) for item in parties] if len(parties) > 1 else []


def _home(mention: Mention, occasions: Sequence[Draft]) -> Draft | None:
    """The occasion that a mention belongs to; None when it tells of a new one."""
    recent = occasions[-RECENT:]
    linked = [
        occasion
        for occasion in recent
        if mention.link is not None and any(other.trigger.i == mention.link.i for other in occasion.mentions)
    ]
    for occasion in linked:
        if _may_join(mention, occasion, tied=True):
            return occasion
    for occasion in reversed(recent):
        if not _may_join(mention, occasion, tied=False):
            continue
        if _shares_actors(mention, occasion) or _points_back(mention, occasion):
            return occasion
    return None


def _points_back(mention: Mention, occasion: Draft) -> bool:
    """Whether a mention without own actors ('the talks'), or a weak one by one of the actors, continues an occasion near by."""
    distance = mention.trigger.i - occasion.last
    if mention.frame.strength == "strong":
        return mention.definite and not mention.participants and distance < FAR
    if not mention.participants:
        return distance < NEAR
    if distance >= NEAR or not _same_spokesmen(mention, occasion):
        return False
    people = {item.entity for item in mention.participants}
    return bool(people & {item.entity for item in occasion.participants} or mention.parties & occasion.parties)


def _shares_actors(mention: Mention, occasion: Draft) -> bool:
    """Whether the sides of a mention and an occasion are the same people or parties, as far as both name them."""
    own, others = _sides(mention.everyone), _sides(occasion.participants)
    shared = own & others
    if shared and len(own) == len(others) and (_is_vague(mention.everyone) or _is_vague(occasion.participants)):
        own = others = shared  # a side known by its title only may be any
    if not shared or not _same_spokesmen(mention, occasion) or not _same_rank(mention, occasion):
        return False
    if len(own) > 1 and len(others) > 1:
        if mention.frame.strength != "strong" or mention.link is not None or mention.form == occasion.form == "conference":
            return own <= others or others <= own
        return own == others or (mention.definite and mention.trigger.pos_ != "PROPN" and own < others)
    if len(own) == 1:
        near = mention.trigger.i - occasion.last < NEAR
        return mention.definite or mention.link is not None or len(others) == 1 or near
    return mention.definite or mention.trigger.i - occasion.last < NEAR


def _is_vague(people: Sequence[Participant]) -> bool:
    """Whether some side is known by a title only: 'Premier rules out meeting with ...'."""
    return any(item.name is None and item.party is None for item in people)


def _sides(people: Sequence[Participant]) -> set[str]:
    """What tells the sides of a meeting apart: parties, and people without one."""
    return {item.party or item.entity or item.title or "" for item in people}


def _same_spokesmen(mention: Mention, occasion: Draft) -> bool:
    """No side is spoken for by different named people in the two."""
    spokesmen: dict[str, set[str | None]] = {}
    for item in occasion.participants:
        if item.name is not None:
            spokesmen.setdefault(item.party or "", set()).add(item.entity)
    for side in _sides(mention.everyone):
        here = {item.entity for item in mention.participants if item.name is not None and (item.party or "") == side}
        there = spokesmen.get(side)
        if here and there and not here & there:
            return False
    return True


def _same_rank(mention: Mention, occasion: Draft) -> bool:
    """No side is 'leaders' in the one and 'officials' in the other; a side without a title fits any."""
    if mention.definite and mention.frame.strength != "strong":
        return True
    ranks: dict[str | None, list[set[str]]] = {}
    for item in occasion.participants:
        if item.title is not None and item.party is not None:
            ranks.setdefault(item.party, []).append(_rank_words(item.title))
    for item in mention.participants:
        known = ranks.get(item.party)
        if item.title is not None and known and item.name is None:
            own = _rank_words(item.title)
            if not any(own <= other or other <= own for other in known):
                return False
    return True


def _rank_words(title: str) -> set[str]:
    """What tells titles apart: their words in the singular, without 'senior', 'top' and the like."""
    words = {word.lower().removesuffix("s") for word in title.replace("-", " ").split()}
    return words - {"senior", "top", "the", "of", "for", "level", "key", "high", "counterpart"}


def _may_join(mention: Mention, occasion: Draft, *, tied: bool) -> bool:
    return (
        _statuses_fit(mention, occasion)
        and _have_common_days(mention.when, occasion.when) is not False
        and _forms_fit(mention, occasion)
        and (tied or _places_fit(mention, occasion))
        and (tied or not mention.plural or not mention.participants or mention.frame.strength != "strong")
    )


def _statuses_fit(mention: Mention, occasion: Draft) -> bool:
    if mention.frame.strength != "strong":
        return True
    pair = {mention.told.status, occasion.status}
    if len(pair) == 1:
        return True
    if pair == {"held", "planned"}:
        return mention.definite or mention.link is not None or _have_common_days(mention.when, occasion.when) is True
    if pair == {"planned", "proposed"}:
        return True
    return pair == {"planned", "refused"} and mention.definite


def _have_common_days(one: When | None, two: When | None) -> bool | None:
    """Whether two dates overlap; None when the days of one are unknown."""
    if one is None or two is None or one.start is None or two.start is None or one.end is None or two.end is None:
        return None
    return one.start <= two.end and two.start <= one.end


def _places_fit(mention: Mention, occasion: Draft) -> bool:
    here, there = {place.country for place in mention.places}, {place.country for place in occasion.places}
    if None in here or None in there or not here or not there:
        return True
    return bool(here & there)


def _forms_fit(mention: Mention, occasion: Draft) -> bool:
    pair = {mention.form, occasion.form}
    return len(pair) == 1 or "call" not in pair or mention.frame.strength != "strong"
