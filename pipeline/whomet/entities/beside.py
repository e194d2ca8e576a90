"""What people named beside a person tell of his party: a shared modifier in a list, and the other side of an encounter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from spacy.tokens import Doc, Token

from whomet.entities.affiliation import POSTED, party_in_title, party_of
from whomet.entities.gazetteer import Party
from whomet.entities.mentions import Mention
from whomet.entities.posts import heads_state
from whomet.entities.titles import Title
from whomet.entities.titles_behind import party_after

_JOINTS: Final = frozenset({",", "and", "&", ";", "as", "well"})
_LONGEST: Final = 6
"""Most members of a list that one modifier in front is carried along to."""

Read = Mapping[int, list[Title]]
"""The titles of every person's mention, by the token it starts at."""


class Beside:
    """The titled people of a Doc with their neighbours; `read` has the titles of every mention."""

    def __init__(self, doc: Doc, named: Mapping[int, Mention], aliases: Mapping[str, str], read: Read) -> None:
        self._doc, self._named, self._aliases, self._read = doc, named, aliases, read

    def shared(self, mention: Mention) -> Party | None:
        """The party in front of a list of titled names: 'Chilean President X, Finance Minister Y and Mines Minister Z'.

        Two heads of state or government joined by 'and' are those of two countries; roles of the same kind are, too. Without one
        in front, the body behind the second of a pair: 'X, chair, and Y, director of the Kelp Fund', 'X and Y of the Fund'.
        """
        return self._shared_in_front(mention) or self._shared_behind(mention)

    def _shared_in_front(self, mention: Mention) -> Party | None:
        kinds = [self._kind(title) for title in self._in_front(mention)]
        for _ in range(_LONGEST):
            before = self._joined_before(mention)
            if before is None:
                return None
            titles = list(self._in_front(before))
            if not titles or any(self._kind(title) in kinds for title in titles) or self._both_head(titles, mention):
                return None
            for title in titles:
                party = party_in_title(self._doc, title, self._named, self._aliases)
                if party is not None:
                    return party
            kinds += [self._kind(title) for title in titles]
            mention = before
        return None

    def _shared_behind(self, mention: Mention) -> Party | None:
        """The body behind the second name of a pair: its title's or that of 'from' or 'of' behind it; None for a country."""
        own = next((title for title in self._read.get(mention.start, []) if title.start > mention.end), None)
        index = own.right if own is not None else mention.end
        index += index < len(self._doc) and self._doc[index].text == "," and own is not None
        other = self._named.get(index + 1)
        if self._doc[index : index + 1].text != "and" or other is None or other.kind != "person":
            return None
        if own is None:
            found = party_after(self._doc, other, self._named)
            bare = not self._read.get(mention.start) and not self._read.get(other.start)
            party = party_of(self._doc, found, self._aliases) if found is not None and bare else None
        else:
            titles = (title for title in self._read.get(other.start, []) if title.start > other.end)
            told = (party_in_title(self._doc, title, self._named, self._aliases) for title in titles)
            party = next((party for party in told if party is not None), None)
        return party if party is not None and party.country is None else None

    def across(self, mention: Mention) -> frozenset[Party]:
        """The countries that people of the other side stand for: 'Foreign Minister X met Russian Ambassador Y' is no Russian.

        That is every country of a title behind the name in its sentence, in front of it only one of an envoy or of the same role;
        and where the person himself is posted.
        """
        sentence = self._doc[mention.start].sent
        own = {self._kind(title) for title in self._read.get(mention.start, [])}
        found = set(self._posts(mention))
        for start in range(sentence.start, sentence.end):
            for title in self._read.get(start, []) if start != mention.start else []:
                envoy = self._doc[title.role].lower_ in POSTED
                if start > mention.start or envoy or self._kind(title) in own:
                    party = party_in_title(self._doc, title, self._named, self._aliases)
                    found.update([party] if party is not None and party.country is not None else [])
        return frozenset(found)

    def _posts(self, mention: Mention) -> Iterator[Party]:
        """The countries behind the role of an envoy: 'ambassador to Chile'."""
        for title in self._read.get(mention.start, []):
            for index in range(title.role, title.right) if self._doc[title.role].lower_ in POSTED else ():
                name = self._named[index].party if index in self._named else None
                if name is not None and name.party.country is not None:
                    yield name.party

    def _in_front(self, mention: Mention) -> Iterator[Title]:
        return (title for title in self._read.get(mention.start, []) if title.end <= mention.start)

    def _joined_before(self, mention: Mention) -> Mention | None:
        """The person in front of a titled name, with nothing but a comma or 'and' and the title's words between them."""
        index = min([mention.start, *(title.left for title in self._in_front(mention))]) - 1
        first = self._doc[mention.start].sent.start
        end = index
        while index > first and self._doc[index].lower_ in _JOINTS:
            index -= 1
        before = self._named.get(index)
        return before if index < end and before is not None and before.kind == "person" else None

    def _kind(self, title: Title) -> str:
        """What a title is but for its party: 'foreign minister'."""
        return " ".join(token.lower_ for token in _plain(self._doc[title.start : title.end])).removeprefix("the ")

    def _both_head(self, titles: Iterable[Title], mention: Mention) -> bool:
        """Whether two people of a pair lead governments; in a longer list they may be president and premier of one."""
        one = heads_state(self._doc, [(title.start, title.end) for title in titles])
        other = heads_state(self._doc, [(title.start, title.end) for title in self._in_front(mention)])
        return one and other and self._doc[mention.end : mention.end + 1].text not in (",", "and")


def _plain(tokens: Iterable[Token]) -> Iterator[Token]:
    return (token for token in tokens if token.is_alpha)
