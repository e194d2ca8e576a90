"""Our own meetings as marks and links, to be written for a span tool and corrected there.

Every mark lies on words of the article. A name or title is marked where it stands nearest to the words of the meeting; what
stands nowhere (a party that only the place tells) is marked on the trigger and carried by attributes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from whomet.evaluate.formats.article import Link, Mark, MarkedArticle
from whomet.evaluate.formats.scheme import EVIDENCE, MEETING, PARTY, PERSON, PLACE, TIME, TITLE, TOPIC
from whomet.records import Article, Meeting, Participant, Place, Span, When


def mark_article(article: Article) -> MarkedArticle:
    """The meetings of an article in the annotation scheme; spans that several meetings share are marked once."""
    marking = _Marking(article.text)
    for meeting in article.meetings:
        marking.add(meeting)
    place = article.file or article.id
    return MarkedArticle(article.id, article.text, article.published, tuple(marking.marks.values()), tuple(marking.links), place)


class _Marking:
    """Marks and links of one article, growing meeting by meeting."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks: dict[tuple[object, ...], Mark] = {}
        self.links: list[Link] = []

    def add(self, meeting: Meeting) -> None:
        attributes = {"status": meeting.status, "form": meeting.form}
        trigger = self._mark(MEETING, meeting.trigger, attributes, alone=meeting.id)
        for participant in meeting.participants:
            self._link("participant", trigger, self._participant(participant, meeting.trigger))
        for label, kind, spans in (("topic", TOPIC, meeting.topics), ("place", PLACE, meeting.places)):
            for span in spans:
                self._link(label, trigger, self._mark(kind, span))
        if meeting.when is not None:
            days = {"start": meeting.when.start, "end": meeting.when.end}
            attributes = {key: day for key, day in days.items() if day is not None}
            self._link("time", trigger, self._mark(TIME, meeting.when, attributes))
        for span in meeting.evidence:
            self._link("evidence", trigger, self._mark(EVIDENCE, span))

    def _participant(self, who: Participant, trigger: Span) -> str:
        party = {"party": who.party} if who.party is not None else {}
        near = who.mentions[0] if who.mentions else trigger
        if who.name is not None:
            span = self._quote(who.name, who.mentions, trigger)
            title = self._quote(who.title, (), span or near) if who.title is not None else None
            carried = {"name": who.name} if span is None else {}
            carried |= {"title": who.title} if who.title is not None and title is None else {}
            if span is not None and title is not None and span.char_start <= title.char_start < span.char_end:
                carried = {"name": who.name}  # readers leave a title inside of a person's span out of the name
            # Titles are a person's own: two people who share the words of a title are told apart by their marks.
            person = self._mark(PERSON, span or near, party | carried, alone=(who.title, title and title.char_start))
            if title is not None:
                self._link("title", person, self._mark(TITLE, title, alone=person))
            return person
        if who.title is not None:
            span = self._quote(who.title, who.mentions, trigger)
            return self._mark(TITLE, span or near, party if span is not None else party | {"title": who.title})
        return self._mark(PARTY, near, party)

    def _quote(self, quote: str, mentions: Sequence[Span], near: Span) -> Span | None:
        """Where a quote stands: at a mention if it is one, else at the place nearest to `near`, in whole words."""
        for mention in mentions:
            if mention.text == quote:
                return mention
        starts = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(quote)}(?!\w)", self.text)]
        if not starts:
            return None
        start = min(starts, key=lambda at: abs(at - near.char_start))
        return Span(quote, start, start + len(quote))

    def _mark(
        self, label: str, span: Span | Place | When, attributes: Mapping[str, str] | None = None, *, alone: object = None
    ) -> str:
        """The id of the mark of a span; marks with the same span, attributes and `alone` are one."""
        attributes = dict(attributes or {})
        key = (label, span.char_start, span.char_end, tuple(attributes.items()), alone)
        if key not in self.marks:
            number = f"{len(self.marks) + 1}"
            self.marks[key] = Mark(number, label, span.text, span.char_start, span.char_end, attributes)
        return self.marks[key].id

    def _link(self, label: str, source: str, target: str) -> None:
        link = Link(label, source, target)
        if link not in self.links:
            self.links.append(link)
