"""One small engine that reads every frame: from a trigger token to a mention of a meeting with its slots filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from whomet.grammar import Argument, arguments, governors, is_light, speaker_of, subjects, support_verb
from whomet.lexicon import load_words
from whomet.records import Participant
from whomet.relations.lexicon import Frame, call_words, frames, is_joint, no_meeting_modifiers, table_pos
from whomet.relations.mention import Actors, Mention, ParticipantKey, participant_key
from whomet.relations.places import find_places
from whomet.relations.status import compute_status
from whomet.relations.topics import find_topics
from whomet.view import TextView

MEMORY = 6
"""How many mentions of meetings back a phrase like 'the three countries' may point."""


def find_triggers(doc: Doc) -> Iterator[tuple[Token, Frame]]:
    """The trigger tokens of a Doc with their frames, in order, those left out that are plainly no meeting."""
    table = frames()
    for token in doc:
        word = token.lower_
        pos = "NOUN" if token.pos_ == "ADJ" else table_pos(token)
        frame = table.get((word, pos)) or table.get((word, "VERB" if pos == "NOUN" and token.tag_ == "VBG" else "?"))
        if frame is None or (token.pos_ == "ADJ" and token.dep_ == "amod"):
            continue
        if frame.pos == "NOUN" and (
            (token.dep_ in ("compound", "amod", "nmod") and token.head.pos_ in ("NOUN", "PROPN")) or _is_blocked(token)
        ):
            continue
        yield token, frame


def _is_blocked(noun: Token) -> bool:
    before = noun.nbor(-1) if noun.i > 0 else None
    modifiers = [child for child in noun.children if child.dep_ in ("compound", "amod", "nmod")]
    words = {child.lower_ for child in modifiers} | ({before.lower_} if before is not None else set())
    return bool(words & no_meeting_modifiers())


class FrameReader:
    """Reads mentions of one Doc. headlines: token index ranges of headline sentences."""

    def __init__(self, doc: Doc, view: TextView, actors: Actors, headline_starts: frozenset[int]) -> None:
        self.doc, self.view, self.actors, self.headline_starts = doc, view, actors, headline_starts
        self.told: list[list[Participant]] = []

    def read(self, trigger: Token, frame: Frame) -> Mention | None:
        """The mention that a trigger tells of; None when its frame is not met."""
        found = arguments(trigger)
        if not self._is_possible(trigger, frame, found):
            return None
        participants = self._participants(trigger, frame, found)
        hosts = self._hosts(frame, found)
        form = self._form(trigger, frame, participants)
        if not self._is_met(trigger, frame, found, participants, hosts):
            return None
        topics = find_topics(trigger, frame, found, self.actors)
        told = compute_status(trigger, headline=trigger.sent.start in self.headline_starts)
        hosts = [host for host in hosts if host.party not in {item.party for item in participants}]
        everyone = _unique([*participants, *hosts])
        if len(everyone) > 1 and frame.strength == "strong":
            self.told.append(everyone)
        determiners = {child.lower_ for child in trigger.children if child.dep_ in ("det", "poss")}
        return Mention(
            trigger=trigger,
            frame=frame,
            form=form,
            told=told,
            participants=participants,
            hosts=hosts,
            topics=topics,
            places=find_places(frame, found, topics, self.actors),
            definite=bool(determiners & {"the", "this", "that", "their", "these", "those"}) or frame.strength != "strong",
            plural=trigger.tag_ == "NNS" and trigger.lower_ not in ("talks", "negotiations", "discussions", "consultations"),
            link=self._link(trigger),
            opens=frame.strength == "strong"
            and (frame.form != "visit" or bool(hosts) or len(participants) > 1 or _has_with(found))
            and not _is_nobody(everyone)
            and (len(everyone) != 1 or not _is_name_of_event(trigger) or (form == "conference" and everyone[0].name is not None)),
        )

    def split(self, mention: Mention) -> list[Mention]:
        """One mention per meeting: 'visits to A, B and C' are three visits, 'X met Y and Z' of two parties two meetings."""
        trigger = mention.trigger
        if mention.form == "visit" and len(mention.hosts) > 1 and len(mention.participants) == 1:
            return [replace(mention, hosts=[host]) for host in mention.hosts]
        if mention.frame.strength != "strong" or mention.form in ("visit", "conference") or is_joint(trigger):
            return [mention]
        others = [
            item
            for argument in arguments(trigger)
            if argument.role in ("with", "patient") and not argument.loose and argument.role in mention.frame.actors
            for item in self.actors.participants(argument.head)
        ]
        known = {participant_key(item) for item in others}
        guests = [item for item in mention.participants if participant_key(item) in known]
        callers = [item for item in mention.participants if participant_key(item) not in known]
        parties = [item.party for item in guests if item.party is not None]
        if len(callers) != 1 or len(guests) < 2 or len(set(parties)) != len(guests):
            return [mention]
        return [replace(mention, participants=[*callers, guest]) for guest in guests]

    def people(self, head: Token) -> list[Participant]:
        """The participants of a phrase; one that points back ('the two leaders') means those of a meeting told before."""
        if head.lower_ in ("it", "he", "she", "they") and (speaker := speaker_of(head)) is not None:
            spoken = [item for token in speaker for item in self.actors.participants(token)]
            if spoken and (head.lower_ == "they") == (len(spoken) > 1):
                return spoken
        group = self.actors.group(head)
        if group is not None:
            for people in reversed(self.told[-MEMORY:]):
                if len({item.party for item in people}) == len(people) == group.size:
                    if group.people:
                        return people
                    return [
                        replace(item, name=None, title=group.title, entity=None, mentions=(), confidence=0.6) for item in people
                    ]
        return self.actors.participants(head)

    # -- slots -----------------------------------------------------------------------------------------------------

    def _participants(self, trigger: Token, frame: Frame, found: Sequence[Argument]) -> list[Participant]:
        people: list[Participant] = []
        for argument in found:
            if argument.role not in frame.actors or argument.role in ("controller", "compound"):
                continue
            if argument.loose and argument.role not in ("with", "between", "by", "involving", "agent"):
                continue
            people.extend(self.people(argument.head))
        if "compound" in frame.actors:
            people = [*self.actors.premodifiers(trigger), *self._bodies(trigger, found), *people]
        if ("controller" in frame.actors or frame.pos == "VERB") and len(_unique(people)) < 2:
            controllers = [item for argument in found if argument.role == "controller" for item in self.people(argument.head)]
            people = [*controllers, *people]
        return _with_titles(_unique(people))

    def _bodies(self, trigger: Token, found: Sequence[Argument]) -> list[Participant]:
        """The organisation whose meeting it is: 'the NATO summit', 'an EU meeting'."""
        if trigger.lemma_.lower() not in ("summit", "conference", "assembly", "meeting", "forum", "gathering", "session"):
            return []
        return [
            item
            for argument in found
            if argument.role == "compound"
            for item in self.actors.participants(argument.head)
            if item.name is None and item.country is None and item.party is not None
        ]

    def _hosts(self, frame: Frame, found: Sequence[Argument]) -> list[Participant]:
        heads = [
            argument.head for argument in found if argument.role in frame.hosts and not (argument.loose and argument.role == "in")
        ]
        return _unique([host for head in heads for host in self.actors.hosts(head)])

    def _form(self, trigger: Token, frame: Frame, participants: Sequence[Participant]) -> str:
        if frame.form in ("meeting", "call") and self._tells_of_call(trigger):
            return "call"
        crowd = len({item.party for item in participants}) > 3 or any(
            item.name is None and item.party and item.country is None for item in participants
        )
        if frame.form == "meeting" and trigger.lower_.startswith("summit") and crowd:
            return "conference"
        return frame.form

    def _tells_of_call(self, trigger: Token) -> bool:
        near = {child.lower_ for child in trigger.children}
        near |= {grand.lower_ for child in trigger.children if child.dep_ == "prep" for grand in child.subtree}
        words = call_words()
        return bool(near & words) or trigger.lower_ in words or (trigger.i > 0 and trigger.nbor(-1).lower_ in words)

    # -- conditions ------------------------------------------------------------------------------------------------

    def _is_possible(self, trigger: Token, frame: Frame, found: Sequence[Argument]) -> bool:
        """The conditions of a frame that need no participants."""
        particles = {child.lower_ for child in trigger.children if child.dep_ in ("prt", "advmod", "prep")}
        if any(child.dep_ == "advmod" and child.lower_ in load_words("habit_adverbs.txt") for child in trigger.children):
            return False  # 'they often meet'
        for need in frame.needs:
            kind, _, value = need.partition(":")
            if kind == "particle" and value not in particles:
                return False
            if kind == "object" and not any(
                argument.role == "patient" and argument.head.lemma_.lower() == value for argument in found
            ):
                return False
            if kind == "phone" and not self._tells_of_call(trigger) and not self._has_officials(frame, found):
                return False
            if kind == "modifier" and not any(child.lower_ == value for child in trigger.children):
                return False
            if kind == "no_complement" and any(
                child.dep_ in ("oprd", "ccomp", "prt", "prep") and child.lower_ not in ("on", "in", "at", "after")
                for child in trigger.children
            ):
                return False
            if kind == "noun_only" and trigger.pos_ == "ADJ":
                return False
            if kind == "plain_object" and self._has_other_object(trigger, found):
                return False
            if kind == "self_phone" and (trigger.lower_ in ("phone", "telephone")):
                return False
        return True

    def _has_officials(self, frame: Frame, found: Sequence[Argument]) -> bool:
        """Whether both sides are named or titled: 'X spoke with Minister Y', not 'X spoke to reporters'."""
        if frame.pos == "NOUN":
            return any(argument.role in ("with", "between") for argument in found)
        speakers = [item for argument in found if argument.role == "agent" for item in self.actors.participants(argument.head)]
        others = [
            item
            for argument in found
            if argument.role in frame.actors and argument.role != "agent" and not argument.loose
            for item in self.actors.participants(argument.head)
        ]
        return bool(speakers and others) and all(
            item.country is not None or (item.name is not None and item.title is not None) for item in (*speakers, *others)
        )

    def _has_other_object(self, trigger: Token, found: Sequence[Argument]) -> bool:
        """'met demands', 'meet a deadline': an object that is no actor."""
        objects = [argument.head for argument in found if argument.role == "patient" and not argument.loose]
        return bool(objects) and not any(self.actors.participants(head) for head in objects)

    def _is_met(
        self,
        trigger: Token,
        frame: Frame,
        found: Sequence[Argument],
        participants: Sequence[Participant],
        hosts: Sequence[Participant],
    ) -> bool:
        """Whether the sides that a frame asks for are there."""
        needs = frame.needs
        if frame.strength == "topic":
            subject = {head.lower_ for head in subjects(trigger)}
            if "agenda_subject" in needs:
                return bool(subject & load_words("agenda_nouns.txt")) or self._has_event_subject(trigger)
            if "event_subject" in needs:
                return self._has_event_subject(trigger)
            foreign = any(
                head.pos_ in ("NOUN", "PROPN") and head.lower_ not in load_words("agenda_nouns.txt") for head in subjects(trigger)
            )
            return bool(participants) or not foreign or self._has_event_subject(trigger)
        if "guest" in needs and not any(
            item.name is not None or item.title is not None or frame.pos == "NOUN" for item in participants
        ):
            return False
        if "foreign" in needs:
            return bool(participants and hosts) and not ({item.party for item in participants} & {item.party for item in hosts})
        if "host" in needs:
            received = any(item.name is not None or item.title is not None for item in participants[1:])
            return bool(participants and (hosts or received)) and len({item.party for item in (*participants, *hosts)}) > 1
        if "person_object" in needs and not self._has_person_object(found):
            return False
        if "two_sided" in needs and len(participants) < 2:
            return False
        if frame.strength == "weak":
            return True
        if "counterpart" in needs:
            reciprocal = any(
                argument.role in frame.actors
                and (self.actors.is_plural(argument.head) or self.actors.group(argument.head) is not None)
                for argument in found
            )
            reciprocal = reciprocal or (frame.lemma in ("meet", "convene") and _is_body_alone(found, participants))
            return len(participants) >= 2 or (bool(participants) and (reciprocal or _has_with(found)))
        return True

    def _has_event_subject(self, verb: Token) -> bool:
        return any((head.lower_, "NOUN") in frames() for head in subjects(verb))

    def _has_person_object(self, found: Sequence[Argument]) -> bool:
        objects = [item for argument in found if argument.role == "patient" for item in self.actors.participants(argument.head)]
        agents = [
            item for argument in found if argument.role in ("agent", "by") for item in self.actors.participants(argument.head)
        ]
        return any(item.name is not None or item.title is not None for item in objects) and bool(agents)

    def _link(self, trigger: Token) -> Token | None:
        """The trigger above this one in the same clause ('met to discuss', 'talks during the visit'); None without."""
        verb = support_verb(trigger) if trigger.pos_ not in ("VERB", "AUX") else None
        token = verb if verb is not None else trigger
        for step in governors(token)[:4]:
            if token.dep_ in ("nsubj", "nsubjpass", "ccomp", "relcl", "conj"):
                return None
            carried = [child for child in step.children if child.dep_ == "dobj" and is_light(step)]
            for other in (step, *carried):
                if other.i != trigger.i and (other.lower_, table_pos(other)) in frames():
                    return other
            token = step
        return None


def _is_body_alone(found: Sequence[Argument], participants: Sequence[Participant]) -> bool:
    """Whether a body as such meets: 'the council met in Oslo'."""
    agents = [argument for argument in found if argument.role == "agent"]
    others = any(argument.role in ("patient", "with") for argument in found)
    return bool(agents) and not others and all(item.name is None for item in participants)


def _is_nobody(people: Sequence[Participant]) -> bool:
    """Whether all that is known of the sides is titles without a party: 'lawyers will meet the judge'."""
    return bool(people) and all(item.name is None and item.party is None for item in people)


def _is_name_of_event(trigger: Token) -> bool:
    """Whether a trigger closes a proper name: 'the Harbour Cities Dialogue'."""
    return trigger.tag_ == "NNP" and trigger.i > 0 and trigger.nbor(-1).tag_ in ("NNP", "NNPS")


def _has_with(found: Sequence[Argument]) -> bool:
    return any(argument.role == "with" for argument in found)


def _unique(people: Sequence[Participant]) -> list[Participant]:
    """Each participant once; a party as such gives way to persons named for it."""
    merged: dict[ParticipantKey, Participant] = {}
    for item in people:
        key = participant_key(item)
        if key in merged:
            old = merged[key]
            merged[key] = replace(
                old,
                title=old.title or item.title,
                mentions=(*old.mentions, *(span for span in item.mentions if span not in old.mentions)),
            )
        else:
            merged[key] = item
    named = {item.party for item in merged.values() if item.name is not None}
    return [item for item in merged.values() if item.name is not None or item.party is None or item.party not in named]


def _with_titles(people: list[Participant]) -> list[Participant]:
    """One unnamed role beside bare parties is theirs: 'the two governments ... a defence ministers' meeting'."""
    roles = [item for item in people if item.name is None and item.party is None and item.title is not None]
    bare = [item for item in people if item.name is None and item.title is None and item.party is not None]
    if len(roles) != 1 or len(bare) < 2:
        return people
    return [replace(item, title=roles[0].title) if item in bare else item for item in people if item is not roles[0]]
