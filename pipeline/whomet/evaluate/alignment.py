"""Gold and predicted meetings of one article paired one to one, and what each pair has in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from whomet.evaluate.assignment import assign
from whomet.evaluate.likeness import (
    is_overlap,
    is_same_days,
    is_same_evidence,
    is_same_participant,
    is_same_place,
    is_same_topic,
    party_keys,
)
from whomet.evaluate.meetings import ScoredMeeting

Fill = TypeVar("Fill")

FILLS = ("participants", "places", "topics", "when", "status")
"""What a meeting is made of: each participant, place and topic, the days, and the status count as one fill."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold meeting and the predicted one that stands for it; `shared` counts the common fills, by kind."""

    gold: ScoredMeeting
    predicted: ScoredMeeting
    shared: dict[str, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The meetings of one article: pairs, gold ones that were missed, and predicted ones that stand for none."""

    pairs: tuple[Pair, ...]
    missed: tuple[ScoredMeeting, ...]
    spurious: tuple[ScoredMeeting, ...]

    @property
    def gold(self) -> tuple[ScoredMeeting, ...]:
        """All gold meetings, those that were found first."""
        return (*(pair.gold for pair in self.pairs), *self.missed)

    @property
    def predicted(self) -> tuple[ScoredMeeting, ...]:
        """All predicted meetings, those that stand for a gold one first."""
        return (*(pair.predicted for pair in self.pairs), *self.spurious)


def align(gold: Sequence[ScoredMeeting], predicted: Sequence[ScoredMeeting]) -> Alignment:
    """Pairs meetings one to one so that together they share as many fills as possible.

    Two meetings may be paired when they share a participant or a party, and their evidence or their days overlap.
    """
    candidates = [[_compare(left, right) for right in predicted] for left in gold]
    chosen = assign([[weight for weight, _ in row] for row in candidates])
    rows, columns = {row for row, _ in chosen}, {column for _, column in chosen}
    return Alignment(
        pairs=tuple(Pair(gold[row], predicted[column], candidates[row][column][1]) for row, column in chosen),
        missed=tuple(meeting for row, meeting in enumerate(gold) if row not in rows),
        spurious=tuple(meeting for column, meeting in enumerate(predicted) if column not in columns),
    )


def count_fills(meeting: ScoredMeeting) -> dict[str, int]:
    """How many fills of each kind a meeting has."""
    return {
        "participants": len(meeting.participants),
        "places": len(meeting.places),
        "topics": len(meeting.topics),
        "when": int(meeting.days is not None),
        "status": 1,
    }


def _compare(gold: ScoredMeeting, predicted: ScoredMeeting) -> tuple[float, dict[str, int]]:
    """Weight of a pair (0 when it may not be one) and its shared fills."""
    participants = _count_common(gold.participants, predicted.participants, is_same_participant)
    if not participants and not party_keys(gold) & party_keys(predicted):
        return 0.0, {}
    same_evidence = is_same_evidence(gold, predicted)
    if not same_evidence and not is_overlap(gold.days, predicted.days):
        return 0.0, {}
    shared = {
        "participants": participants,
        "places": _count_common(gold.places, predicted.places, is_same_place),
        "topics": _count_common(gold.topics, predicted.topics, is_same_topic),
        "when": int(is_same_days(gold.days, predicted.days)),
        "status": int(gold.status == predicted.status),
    }
    return 1.0 + sum(shared.values()) + 2 * same_evidence, shared


def _count_common(gold: Sequence[Fill], predicted: Sequence[Fill], is_same: Callable[[Fill, Fill], bool]) -> int:
    """Size of the greatest one-to-one matching of two lists."""
    return len(assign([[float(is_same(left, right)) for right in predicted] for left in gold]))
