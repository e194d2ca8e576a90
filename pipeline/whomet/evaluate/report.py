"""What an evaluation found: figures with intervals, confusion of status, calibration, break-downs and mistakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from whomet.evaluate.alignment import Alignment, align
from whomet.evaluate.calibration import Judged, calibration_error, judge, precision_recall, reliability
from whomet.evaluate.counting import count_article, select
from whomet.evaluate.meetings import Meetings, ScoredMeeting
from whomet.evaluate.mistakes import MISSED, SPURIOUS, Mistake, find_mistakes
from whomet.evaluate.resampling import Estimate, Interval, Tallies, estimate
from whomet.records import FORMS, STATUSES

BREAKDOWNS: Final = ("outlet", "form", "status")
NO_OUTLET: Final = "(not given)"
DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found, article by article, in the order of the gold file.

    tallies: counts by family of figures ("meetings", "lines", "timexes", "names"), then by document, then by figure.
    """

    alignments: dict[str, Alignment]
    tallies: dict[str, Tallies]
    outlets: Mapping[str, str] = field(default_factory=dict)

    def estimates(self) -> list[Estimate]:
        """Every figure with its 95% interval; documents of each family are drawn on their own."""
        return [item for tallies in self.tallies.values() for item in estimate(tallies)]

    def confusion(self) -> dict[str, dict[str, int]]:
        """Meetings by gold status, then by predicted status; missed and spurious ones under these words, 0 left out."""
        counts: Counter[tuple[str, str]] = Counter()
        for found in self.alignments.values():
            counts.update((pair.gold.status, pair.predicted.status) for pair in found.pairs)
            counts.update((meeting.status, MISSED) for meeting in found.missed)
            counts.update((SPURIOUS, meeting.status) for meeting in found.spurious)
        rows, columns = (*STATUSES, SPURIOUS), (*STATUSES, MISSED)
        return {
            gold: {status: counts[gold, status] for status in columns if counts[gold, status]}
            for gold in rows
            if any(counts[gold, status] for status in columns)
        }

    def judged(self) -> list[Judged]:
        """The predicted meetings that have a confidence, each with whether it is right."""
        return [item for found in self.alignments.values() for item in judge(found)]

    def gold_meetings(self) -> int:
        """How many meetings the gold has."""
        return sum(len(found.gold) for found in self.alignments.values())

    def mistakes(self) -> Iterator[Mistake]:
        """Every mistake, article by article."""
        return find_mistakes(self.alignments)

    def breakdown(self, by: str) -> dict[str, list[Estimate]]:
        """The figures of each outlet (that of most meetings first), form or status, over the articles that have a meeting of it.

        A pair counts where its gold meeting belongs, a spurious meeting where it says itself. Empty for outlets when no
        gold record names one.
        """
        if by == "outlet":
            return self._by_outlet() if self.outlets else {}
        values: dict[str, Callable[[ScoredMeeting], bool]] = (
            {form: lambda meeting, form=form: meeting.form == form for form in FORMS}  # type: ignore[misc]
            if by == "form"
            else {status: lambda meeting, status=status: meeting.status == status for status in STATUSES}  # type: ignore[misc]
        )
        parts = {
            value: {article: select(found, is_kept) for article, found in self.alignments.items()}
            for value, is_kept in values.items()
        }
        return {value: part for value, found in parts.items() if (part := self._figures_of(found))}

    def _by_outlet(self) -> dict[str, list[Estimate]]:
        groups: dict[str, dict[str, Alignment]] = {}
        for article, found in self.alignments.items():
            groups.setdefault(self.outlets.get(article, NO_OUTLET), {})[article] = found
        meetings = {outlet: sum(len(found.gold) for found in part.values()) for outlet, part in groups.items()}
        ordered = sorted(groups, key=lambda outlet: (-meetings[outlet], outlet))
        return {outlet: part for outlet in ordered if (part := self._figures_of(groups[outlet]))}

    def _figures_of(self, alignments: Mapping[str, Alignment]) -> list[Estimate]:
        told = {article: found for article, found in alignments.items() if found.gold or found.predicted}
        return estimate({article: count_article(found, confidence=False) for article, found in told.items()})

    def to_json(self) -> dict[str, Any]:
        """All of it, figures in 0..1 with four decimals and with their counts; what the terminal table shows in percent."""
        judged = self.judged()
        bins = reliability(judged)
        return {
            "articles": len(self.alignments),
            "figures": {item.figure: estimate_json(item) for item in self.estimates()},
            "confusion": self.confusion(),
            "calibration": {
                "ece": round(calibration_error(bins), DIGITS),
                "bins": [
                    {
                        "low": item.low,
                        "high": item.high,
                        "meetings": item.meetings,
                        "confidence": round(item.confidence, DIGITS),
                        "right": round(item.right, DIGITS),
                    }
                    for item in bins
                ],
                "cuts": [
                    {
                        "confidence": cut.confidence,
                        "precision": round(cut.precision, DIGITS),
                        "recall": round(cut.recall, DIGITS),
                        "meetings": cut.meetings,
                    }
                    for cut in precision_recall(judged, self.gold_meetings())
                ],
            }
            if bins
            else None,
            "breakdowns": {
                by: {value: {item.figure: estimate_json(item) for item in items} for value, items in self.breakdown(by).items()}
                for by in BREAKDOWNS
            },
        }


def estimate_json(item: Estimate) -> dict[str, Any]:
    """One figure: `value` (of kind f1 the F1) with its interval `ci95`; precision and recall with theirs; the counts."""
    shown: dict[str, Any] = {"value": round(item.value.value, DIGITS), "ci95": _ends(item.value)}
    for name, interval in (("precision", item.precision), ("recall", item.recall)):
        if interval is not None:
            shown |= {name: round(interval.value, DIGITS), f"{name}_ci95": _ends(interval)}
    if item.precision is not None:
        matched, predicted, gold = item.counts
        shown |= {"f1": shown["value"], "matched": matched, "predicted": predicted, "gold": gold}
    return shown


def _ends(interval: Interval) -> list[float]:
    return [round(interval.low, DIGITS), round(interval.high, DIGITS)]


def evaluate(
    gold: Meetings,
    predicted: Meetings,
    *,
    outlets: Mapping[str, str] | None = None,
    others: Mapping[str, Tallies] | None = None,
) -> Report:
    """Scores predicted meetings against gold. Every gold article counts, predicted or not; other articles do not.

    outlets: of articles, for the break-down. others: counts of further families of figures (see `Report`).
    """
    alignments = {article: align(meetings, predicted.get(article, ())) for article, meetings in gold.items()}
    confidence = any(meeting.confidence is not None for found in alignments.values() for meeting in found.predicted)
    counts = {article: count_article(found, confidence=confidence) for article, found in alignments.items()}
    return Report(alignments, {"meetings": counts, **(others or {})}, outlets or {})
