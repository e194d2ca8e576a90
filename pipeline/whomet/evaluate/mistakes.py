"""Every mistake of a run: which meetings were missed, are spurious, or are told wrong, and in what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from whomet.evaluate.alignment import FILLS, Alignment, Pair, count_fills
from whomet.evaluate.meetings import ScoredMeeting

MISSED: Final = "missed"
SPURIOUS: Final = "spurious"
MISTAKES: Final = (MISSED, SPURIOUS, *FILLS, "form")
"""Kinds of mistakes: of a whole meeting, or of one part of a pair."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One meeting that was missed (no predicted one), is spurious (no gold one), or differs from its gold in some kinds.

    kinds: of `MISTAKES`. counts: for each kind of fill (shared, predicted, gold).
    """

    article: str
    kinds: tuple[str, ...]
    gold: ScoredMeeting | None
    predicted: ScoredMeeting | None
    counts: Mapping[str, tuple[int, int, int]]

    def to_json(self) -> dict[str, Any]:
        """A flat object: kind missed | spurious | partial, the gold meeting (or the spurious one), and what differs."""
        shown = self.gold or self.predicted
        told = {"article": self.article, **(_tell(shown) if shown else {})}
        if self.gold is None or self.predicted is None:
            return {"kind": self.kinds[0], **told}
        wrong = {kind: "/".join(map(str, self.counts[kind])) if kind in self.counts else "differs" for kind in self.kinds}
        return {"kind": "partial", **told, "found": _tell(self.predicted), "wrong": wrong}


def find_mistakes(alignments: Mapping[str, Alignment]) -> Iterator[Mistake]:
    """The mistakes of every article, in order; in an article those of pairs first, then missed and spurious meetings."""
    for article, found in alignments.items():
        for pair in found.pairs:
            counts = _counts(pair)
            kinds = [kind for kind, (shared, predicted, gold) in counts.items() if shared < max(predicted, gold)]
            if pair.gold.form != pair.predicted.form:
                kinds.append("form")
            if kinds:
                yield Mistake(article, tuple(kinds), pair.gold, pair.predicted, counts)
        for meeting in found.missed:
            yield Mistake(article, (MISSED,), meeting, None, {})
        for meeting in found.spurious:
            yield Mistake(article, (SPURIOUS,), None, meeting, {})


def _counts(pair: Pair) -> dict[str, tuple[int, int, int]]:
    predicted, gold = count_fills(pair.predicted), count_fills(pair.gold)
    return {kind: (pair.shared[kind], predicted[kind], gold[kind]) for kind in FILLS}


def _tell(meeting: ScoredMeeting) -> dict[str, Any]:
    return {
        "status": meeting.status,
        "form": meeting.form,
        "who": [item.name or item.title or item.party for item in meeting.participants],
        "parties": sorted({item.party for item in meeting.participants if item.party}),
        "days": [meeting.days.first, meeting.days.last] if meeting.days else None,
        "places": list(meeting.places),
        "topics": list(meeting.topics),
        "evidence": list(meeting.evidence[:1]),
    }
