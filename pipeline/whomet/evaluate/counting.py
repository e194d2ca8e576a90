"""The counts of one article, by figure: what is added up over articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Final

from whomet.evaluate.alignment import FILLS, Alignment, count_fills
from whomet.evaluate.calibration import bin_counts, judge
from whomet.evaluate.likeness import is_overlap, party_keys
from whomet.evaluate.meetings import ScoredMeeting
from whomet.records import STATUSES

MEETING_FIGURES: Final = (
    "overall",
    "detection",
    "participants",
    "parties",
    "dyads",
    "status",
    "when",
    "when_overlap",
    "places",
    "topics",
    "status_acc",
    "form_acc",
    "status_macro",
    "calibration",
)
"""The figures of meetings; calibration only where the predictions carry a confidence."""

Counts = dict[str, tuple[float, ...]]


def count_article(found: Alignment, *, confidence: bool) -> Counts:
    """The counts of the figures of `MEETING_FIGURES` for one article; calibration only with `confidence`."""
    pairs, gold, predicted = found.pairs, found.gold, found.predicted
    fills = {kind: (sum(pair.shared[kind] for pair in pairs), _fills(predicted, kind), _fills(gold, kind)) for kind in FILLS}
    dyads, gold_dyads = _dyads(predicted), _dyads(gold)
    counts: Counts = {
        **fills,
        "overall": tuple(map(sum, zip(*fills.values(), strict=True))),
        "detection": (len(pairs), len(predicted), len(gold)),
        "parties": (
            sum(len(party_keys(pair.gold) & party_keys(pair.predicted)) for pair in pairs),
            sum(len(party_keys(meeting)) for meeting in predicted),
            sum(len(party_keys(meeting)) for meeting in gold),
        ),
        "dyads": (len(dyads & gold_dyads), len(dyads), len(gold_dyads)),
        "when_overlap": (sum(is_overlap(pair.gold.days, pair.predicted.days) for pair in pairs), *fills["when"][1:]),
        "status_acc": (fills["status"][0], len(pairs), len(pairs)),
        "form_acc": (sum(pair.gold.form == pair.predicted.form for pair in pairs), len(pairs), len(pairs)),
        "status_macro": tuple(count for status in STATUSES for count in _count_status(found, status)),
    }
    if confidence:
        counts["calibration"] = bin_counts(judge(found))
    return counts


def select(found: Alignment, is_kept: Callable[[ScoredMeeting], bool]) -> Alignment:
    """The part of an alignment that some meetings are in: a pair belongs where its gold meeting does."""
    return Alignment(
        pairs=tuple(pair for pair in found.pairs if is_kept(pair.gold)),
        missed=tuple(filter(is_kept, found.missed)),
        spurious=tuple(filter(is_kept, found.spurious)),
    )


def _count_status(found: Alignment, status: str) -> Iterator[int]:
    """Matched, predicted and gold meetings of one status."""
    yield sum(pair.gold.status == pair.predicted.status == status for pair in found.pairs)
    yield sum(meeting.status == status for meeting in found.predicted)
    yield sum(meeting.status == status for meeting in found.gold)


def _fills(meetings: Sequence[ScoredMeeting], kind: str) -> int:
    return sum(count_fills(meeting)[kind] for meeting in meetings)


def _dyads(meetings: Sequence[ScoredMeeting]) -> set[tuple[str, str, str]]:
    """Pairs of parties that meet, with the status, each once in an article."""
    return {(one, other, meeting.status) for meeting in meetings for one, other in combinations(sorted(party_keys(meeting)), 2)}
