"""From mentions to occasions: mentions of one article that tell of the same meeting, by constraints.

Two mentions may be one when their participants, days, places and status are compatible and something ties them: the same
people or parties, a definite reference ('the talks'), or one governing the other ('met to discuss').
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from whomet.records import Participant, Place, Span, When
from whomet.relations.frames import Mention

_RANK = {"held": 4, "refused": 3, "planned": 2, "proposed": 1, "denied": 0}


@dataclass(slots=True)
class Occasion:
    """Mentions that tell of one meeting."""

    mentions: list[Mention] = field(default_factory=list)

    @property
    def status(self) -> str:
        """The strongest status told: a meeting that some sentence tells as held was held."""
        return max((mention.told.status for mention in self.mentions if mention.frame.strength == "strong"), key=_RANK.__getitem__, default="held")

    @property
    def participants(self) -> list[Participant]:
        """Everyone named by any mention; a party as such, or an unnamed role, gives way to persons named for it."""
        return merge_participants([item for mention in self.mentions for item in mention.participants])

    @property
    def parties(self) -> set[str]:
        """The parties of all participants."""
        return {party for mention in self.mentions for party in mention.parties}

    @property
    def when(self) -> When | None:
        """The most precise date told."""
        dated = [mention.when for mention in self.mentions if mention.when is not None]
        return min(dated, key=_imprecision, default=None)

    @property
    def places(self) -> list[Place]:
        """All places told, each once."""
        unique: dict[str, Place] = {}
        for mention in self.mentions:
            for place in mention.places:
                unique.setdefault(place.text.lower().removeprefix("the "), place)
        return list(unique.values())

    @property
    def topics(self) -> list[Span]:
        """All topics told, each once, in text order."""
        unique: dict[str, Span] = {}
        for mention in self.mentions:
            for topic in mention.topics:
                unique.setdefault(topic.text.lower(), topic)
        return sorted(unique.values(), key=lambda span: span.char_start)

    @property
    def form(self) -> str:
        """The form most mentions tell; a visit only when no meeting in it is told."""
        forms = [mention.form for mention in self.mentions if mention.frame.strength == "strong"] or ["meeting"]
        return max(dict.fromkeys(forms), key=lambda form: (form == "call", forms.count(form)))


def _imprecision(when: When) -> tuple[int, int]:
    order = {"time": 0, "day": 1, "weekend": 2, "week": 3, "month": 4, "season": 5, "quarter": 5, "half": 6, "year": 7}
    return (when.start is None, order.get(when.granularity or "", 8))


def merge_participants(people: Sequence[Participant]) -> list[Participant]:
    """Each participant once: named persons by identity, unnamed ones by party, fuller entries first kept."""
    named: dict[str, Participant] = {}
    for item in people:
        if item.name is not None:
            named.setdefault(item.entity or item.name, item)
    parties_named = {item.party for item in named.values() if item.party is not None}
    unnamed: dict[tuple[str | None, str | None], Participant] = {}
    for item in people:
        if item.name is not None or (item.party is not None and item.party in parties_named):
            continue
        key = (item.party, None if item.party is not None else item.title)
        old = unnamed.get(key)
        if old is None or (old.title is None and item.title is not None):
            unnamed[key] = item
    return [*named.values(), *unnamed.values()]


def build_occasions(mentions: Sequence[Mention]) -> list[Occasion]:
    """Occasions in order of first mention; every mention belongs to one, mentions that tie to none are dropped."""
    occasions: list[Occasion] = []
    for mention in mentions:
        home = _home(mention, occasions)
        if home is not None:
            home.mentions.append(mention)
        elif mention.frame.strength == "strong" or (mention.frame.strength == "weak" and len(mention.participants) > 1 and mention.participants[0].name):
            if mention.participants:
                occasions.append(Occasion([mention]))
    return occasions


def _home(mention: Mention, occasions: Sequence[Occasion]) -> Occasion | None:
    """The occasion that a mention belongs to; None when it tells of a new one."""
    linked = [occasion for occasion in occasions if mention.link is not None and any(other.trigger.i == mention.link.i for other in occasion.mentions)]
    for occasion in linked:
        if _may_join(mention, occasion, tied=True):
            return occasion
    for occasion in reversed(occasions):
        if not _may_join(mention, occasion, tied=False):
            continue
        if _shares_actors(mention, occasion) or (mention.definite and not mention.participants and _is_near(mention, occasion)):
            return occasion
    return None


def _is_near(mention: Mention, occasion: Occasion) -> bool:
    return mention.trigger.i - occasion.mentions[-1].trigger.i < 160


def _shares_actors(mention: Mention, occasion: Occasion) -> bool:
    people = {item.entity for item in mention.participants if item.name is not None}
    others = {item.entity for item in occasion.participants if item.name is not None}
    if people and others:
        return len(people & others) >= min(2, len(people), len(others)) and _conflict_free(mention, occasion)
    shared = mention.parties & occasion.parties
    if not shared:
        return False
    return mention.parties <= occasion.parties or occasion.parties <= mention.parties if len(shared) > 1 else mention.definite or len(occasion.parties) == 1


def _conflict_free(mention: Mention, occasion: Occasion) -> bool:
    """No party is spoken for by two different named persons."""
    spokesmen: dict[str, set[str]] = {}
    for item in (*mention.participants, *occasion.participants):
        if item.name is not None and item.party is not None:
            spokesmen.setdefault(item.party, set()).add(item.entity or item.name)
    own = {item.entity for item in mention.participants if item.name is not None}
    others = {item.entity for item in occasion.participants if item.name is not None}
    return own <= others or others <= own or all(len(people) == 1 for people in spokesmen.values())


def _may_join(mention: Mention, occasion: Occasion, *, tied: bool) -> bool:
    return (
        _statuses_fit(mention, occasion)
        and _days_fit(mention, occasion)
        and _forms_fit(mention, occasion)
        and (tied or _places_fit(mention, occasion))
        and (tied or not mention.plural or not mention.participants or mention.frame.strength != "strong")
    )


def _statuses_fit(mention: Mention, occasion: Occasion) -> bool:
    if mention.frame.strength != "strong":
        return True
    pair = {mention.told.status, occasion.status}
    if len(pair) == 1 or pair <= {"held", "planned"} or pair <= {"planned", "proposed"}:
        return True
    return pair == {"planned", "refused"} and mention.definite


def _days_fit(mention: Mention, occasion: Occasion) -> bool:
    one, two = mention.when, occasion.when
    if one is None or two is None or one.start is None or two.start is None or one.end is None or two.end is None:
        return True
    return one.start <= two.end and two.start <= one.end


def _places_fit(mention: Mention, occasion: Occasion) -> bool:
    here, there = {place.country for place in mention.places}, {place.country for place in occasion.places}
    if None in here or None in there or not here or not there:
        return True
    return bool(here & there)


def _forms_fit(mention: Mention, occasion: Occasion) -> bool:
    pair = {mention.form, occasion.form}
    return len(pair) == 1 or "call" not in pair or mention.frame.strength != "strong"
