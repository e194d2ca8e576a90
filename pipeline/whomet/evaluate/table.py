"""A report as tables for the terminal, in percent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from whomet.evaluate.calibration import calibration_error, reliability
from whomet.evaluate.mistakes import MISSED, SPURIOUS
from whomet.evaluate.report import BREAKDOWNS, Report
from whomet.evaluate.resampling import Difference, Estimate, Interval
from whomet.records import STATUSES

GROUP_FIGURES: Final = ("detection", "participants", "status_acc", "overall")
"""What a break-down shows on the terminal; JSON and HTML have every figure."""
MAX_GROUPS: Final = 30


def print_report(report: Report, console: Console) -> None:
    """Prints figures with intervals, the confusion of status, calibration and break-downs."""
    estimates = report.estimates()
    console.print(figures_table(estimates))
    console.print(f"{len(report.alignments):,} articles; intervals: 95%, by drawing articles", highlight=False)
    console.print(_confusion_table(report.confusion()))
    bins = reliability(report.judged())
    if bins:
        console.print(f"calibration of confidence: expected error {100 * calibration_error(bins):.1f}", highlight=False)
        rows = [
            (f"{item.low:.1f}-{item.high:.1f}", f"{item.meetings:,}", _percent(item.confidence), _percent(item.right))
            for item in bins
        ]
        console.print(_table(("confidence", "meetings", "mean", "right"), rows))
    for by in BREAKDOWNS:
        groups = report.breakdown(by)
        if groups:
            console.print(_groups_table(by, groups))


def figures_table(estimates: Sequence[Estimate]) -> Table:
    """One row for each figure: precision, recall, F1 (or the value), its interval, matched / predicted / gold."""
    rows = []
    for item in estimates:
        parts = [_percent(part.value) if part else "" for part in (item.precision, item.recall)]
        counts = "/".join(f"{count:g}" for count in item.counts) if item.precision else ""
        rows.append((item.figure, *parts, _percent(item.value.value), _ends(item.value), counts))
    return _table(("figure", "P", "R", "F1", "95%", "matched/predicted/gold"), rows)


def differences_table(differences: Iterable[Difference], first: str, other: str) -> Table:
    """One row for each figure: both runs, the difference in points with its interval, and p."""
    rows = [item.cells() for item in differences]
    return _table(("figure", first, other, "difference", "95%", "p"), rows)


def _confusion_table(confusion: Mapping[str, Mapping[str, int]]) -> Table:
    columns = (*STATUSES, MISSED)
    rows = [
        (gold, *(f"{confusion[gold][status]:,}" if status in confusion[gold] else "" for status in columns))
        for gold in (*STATUSES, SPURIOUS)
        if gold in confusion
    ]
    return _table(("gold status", *columns), rows)


def _groups_table(by: str, groups: Mapping[str, Sequence[Estimate]]) -> Table:
    rows = []
    for value, estimates in list(groups.items())[:MAX_GROUPS]:
        found = {item.figure: item for item in estimates}
        meetings = f"{found['detection'].counts[2]:g}"
        cells = [f"{_percent(found[name].value.value)}" for name in GROUP_FIGURES]
        rows.append((value, meetings, *cells, _ends(found["overall"].value)))
    if len(groups) > MAX_GROUPS:
        rows.append((f"and {len(groups) - MAX_GROUPS:,} more", *[""] * (len(GROUP_FIGURES) + 2)))
    return _table((by, "gold", *GROUP_FIGURES, "overall 95%"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table whose first column is text and whose others are numbers; nothing in a cell is read as markup."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, title in enumerate(head):
        table.add_column(Text(title), justify="right" if number else "left", no_wrap=True, min_width=0 if number else 13)
    for row in rows:
        table.add_row(*(Text("".join(sign if sign.isprintable() else "?" for sign in cell)) for cell in row))
    return table


def _percent(value: float) -> str:
    return f"{100 * value:.1f}"


def _ends(interval: Interval) -> str:
    return f"{100 * interval.low:.1f}-{100 * interval.high:.1f}"
