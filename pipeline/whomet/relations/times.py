"""Which time expression dates which trigger: by dependency, then by clause, then the only one of the sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from spacy.tokens import Doc, Token

from whomet.grammar import CLAUSES, governors, support_verb
from whomet.records import Span, Timex, When
from whomet.view import TextView


class DayRange(Protocol):
    """First and last day, ISO, inclusive; None where unknown."""

    @property
    def start(self) -> str | None: ...  # noqa: D102

    @property
    def end(self) -> str | None: ...  # noqa: D102


Days = Callable[[Timex], DayRange]
"""The days of a time expression with the preposition before it ('since', 'by', 'until') taken into account."""


class TimeFinder:
    """The time expressions of one Doc, ready to be attached to triggers."""

    def __init__(self, doc: Doc, view: TextView, timexes: Sequence[Timex], days: Days) -> None:
        self.days = days
        self.placed: list[tuple[Timex, Token]] = []
        for timex in timexes:
            found = view.from_raw(timex.char_start, timex.char_end)
            if found is not None and (span := doc.char_span(*found, alignment_mode="expand")) is not None:
                self.placed.append((timex, span.root))

    def find(self, trigger: Token, apart: Sequence[Span] = ()) -> When | None:
        """The expression that dates the trigger; None when nothing in its sentence says when.

        apart: spans whose dates are not the meeting's (its topics).
        """
        best: tuple[float, Timex] | None = None
        sentence = trigger.sent
        for timex, root in self.placed:
            if (
                not sentence.start <= root.i < sentence.end
                or not _can_date(timex)
                or any(span.char_start <= timex.char_start < span.char_end for span in apart)
            ):
                continue
            score = _closeness(trigger, root)
            if score is not None:
                score += {"day": 0.0, None: 4.0, "duration": 5.0}.get(timex.granularity, 1.0)
                if best is None or score < best[0]:
                    best = (score, timex)
        return self.when(best[1]) if best is not None else None

    def when(self, timex: Timex) -> When:
        """The date of a meeting from the time expression that tells it."""
        days = self.days(timex)
        return When(timex.text, timex.char_start, timex.char_end, days.start, days.end, timex.granularity)


def _can_date(timex: Timex) -> bool:
    if timex.type == "SET" or timex.value in ("PRESENT_REF", "PAST_REF", "FUTURE_REF"):
        return False
    return timex.type != "DURATION" or timex.start is not None


def _closeness(trigger: Token, root: Token) -> float | None:
    """How far a time expression stands from a trigger, small is near; None when it belongs to another clause."""
    support = support_verb(trigger) if trigger.pos_ not in ("VERB", "AUX") else None
    own = {trigger.i} | ({support.i} if support is not None else set())
    distance = abs(root.i - trigger.i) / 20
    path = [root, *governors(root)]
    crossed = 0
    for step in path:
        if step.i in own:
            return crossed * 3 + distance
        crossed += step.dep_ in CLAUSES
    above = [step.i for step in governors(support if support is not None else trigger)]
    crossed = 0
    for step in path:
        if step.i in above:
            between = list(governors(trigger)[: above.index(step.i) + 1]) if step.i in above else []
            barriers = sum(token.dep_ in ("relcl", "ccomp") for token in [trigger, *between] if token.i != step.i)
            return 2 + crossed * 3 + barriers * 2 + distance
        crossed += step.dep_ in CLAUSES
    return None
