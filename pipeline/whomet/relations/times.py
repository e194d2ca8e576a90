"""Which time expression dates which trigger: by dependency, then by clause, then the only one of the sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from spacy.tokens import Doc, Token

from whomet.grammar import CLAUSES, governors, is_past, is_report, support_verb
from whomet.records import Span, Timex, When
from whomet.view import TextView


class DayRange(Protocol):
    """First and last day, ISO, inclusive; None where unknown."""

    @property
    def start(self) -> str | None: ...  # noqa: D102

    @property
    def end(self) -> str | None: ...  # noqa: D102


Days = Callable[[Timex, str | None], DayRange]
"""The days of a time expression with the preposition before it ('since', 'by', 'until') taken into account, in the "past" or
"future" reading when one is asked for and the expression can be read both ways ('on Thursday', 'in July')."""

OF_CLAUSE = 2.0
"""Score from which on an expression stands in the clause of the trigger, not in its own phrase."""
OF_GOVERNOR = 20.0
"""Score of an expression in front of the trigger that hangs on its governor: it dates the trigger only when the days fit."""
ADJACENT = 8
"""How many tokens behind its trigger an expression may stand that the parser hangs on another clause."""


class TimeFinder:
    """The time expressions of one Doc, ready to be attached to triggers. published: ISO day of publication or None."""

    def __init__(self, doc: Doc, view: TextView, timexes: Sequence[Timex], days: Days, published: str | None) -> None:
        self.days, self.published = days, published[:10] if published else None
        self.placed: list[tuple[Timex, Token]] = []
        self.spans: list[tuple[Timex, int, int]] = []
        """The same expressions with the tokens they cover: first token, end token."""
        for timex in timexes:
            found = view.from_raw(timex.char_start, timex.char_end)
            if found is not None and (span := doc.char_span(*found, alignment_mode="expand")) is not None and _can_date(timex):
                self.placed.append((timex, span.root))
                self.spans.append((timex, span.start, span.end))

    def find(self, trigger: Token, status: str, apart: Sequence[Span] = ()) -> When | None:
        """The expression that dates the trigger; None when nothing in its sentence says when.

        status: what is told of the meeting; of two readings of a weekday it chooses the one that fits.
        apart: spans whose dates are not the meeting's (its topics).
        """
        best: tuple[float, Timex] | None = None
        sentence = trigger.sent
        for timex, root in self.placed:
            if not sentence.start <= root.i < sentence.end or _within(timex, apart):
                continue
            score = _closeness(trigger, root)
            if score is not None and (score < OF_GOVERNOR or self._fits(timex, status)):
                score += {"day": 0.0, None: 4.0, "duration": 5.0}.get(timex.granularity, 1.0)
                if best is None or score < best[0]:
                    best = (score, timex)
        if best is None:
            return None
        reading = None
        if best[0] < OF_CLAUSE:
            reading = "future" if status == "planned" else "past" if status == "held" and is_past(trigger) else None
        return self.when(best[1], status, reading)

    def _fits(self, timex: Timex, status: str) -> bool:
        """Whether the date of a governor can be that of what it governs: 'arrived on Monday to meet'."""
        days = self.days(timex, None)
        if status == "held":
            return True
        return bool(status == "planned" and self.published and days.end and days.end >= self.published)

    def when(self, timex: Timex, status: str, reading: str | None) -> When:
        """The date of a meeting from the time expression that tells it, in the reading that its trigger asks for.

        A period that is not over ('this week') ends, of what was held, on the day of publication, and begins there of what is
        to come.
        """
        days = self.days(timex, reading)
        start, end = days.start, days.end
        if self.published and start and end and start <= self.published <= end and start < end:
            start, end = (
                (start, self.published) if status == "held" else (self.published, end) if status == "planned" else (start, end)
            )
        return When(timex.text, timex.char_start, timex.char_end, start, end, timex.granularity)


def _within(timex: Timex, spans: Sequence[Span]) -> bool:
    return any(span.char_start <= timex.char_start < span.char_end for span in spans)


def _can_date(timex: Timex) -> bool:
    if timex.type == "SET" or timex.value in ("PRESENT_REF", "PAST_REF", "FUTURE_REF"):
        return False
    return timex.type != "DURATION" or timex.start is not None


def _is_clause_of_its_own(token: Token) -> bool:
    """A subordinate clause with a subject: what stands in it is dated by it ('the first talks since he took office in June')."""
    return token.dep_ in ("advcl", "relcl", "ccomp") and any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)


def _closeness(trigger: Token, root: Token) -> float | None:
    """How far a time expression stands from a trigger, small is near; None when it belongs to another clause.

    An expression under the trigger, or under the verb that carries it, is its own. One under a governor dates the governor
    ('said on Monday that', 'agreed on Monday to'), unless it stands behind the trigger.
    """
    support = support_verb(trigger) if trigger.pos_ not in ("VERB", "AUX") else None
    own = {trigger.i} | ({support.i} if support is not None else set())
    distance = abs(root.i - trigger.i) / 20
    path = [root, *governors(root)]
    crossed = 0
    for step in path:
        if step.i in own:
            return crossed * 3 + distance
        if _is_clause_of_its_own(step):
            return None
        crossed += step.dep_ in CLAUSES
    start = support if support is not None else trigger
    chain = [start, *governors(start)]
    above = {step.i: position for position, step in enumerate(chain)}
    crossed = 0
    for step in path:
        if step.i in above:
            below = chain[: above[step.i]]
            links = {token.dep_ for token in below}
            if "ccomp" in links and is_report(step):
                return None  # 'the talks would go on, officials said on Monday'
            if not links & {"relcl", "ccomp", "advcl", "acl", "xcomp"}:
                return OF_CLAUSE + crossed * 3 + distance
            if root.i > trigger.i and (root.i - trigger.i <= ADJACENT or not links & {"relcl", "ccomp"}):
                return 4 + crossed * 3 + distance
            return OF_GOVERNOR + distance if not links & {"relcl", "ccomp"} else None
        crossed += step.dep_ in CLAUSES
    return None
