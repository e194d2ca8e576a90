"""A report as one HTML page that asks for nothing from outside and runs no script but its own.

Article text is hostile: the page is built as a tree (see `markup`), and its policy allows the one inline script and the one
inline style by their hashes, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from itertools import groupby
from typing import Final

from whomet.evaluate.calibration import calibration_error, precision_recall, reliability
from whomet.evaluate.counting import MEETING_FIGURES
from whomet.evaluate.figures import FIGURES
from whomet.evaluate.markup import Child, Element, element, write_html
from whomet.evaluate.meetings import ScoredMeeting, ScoredParticipant
from whomet.evaluate.mistakes import MISTAKES, Mistake
from whomet.evaluate.passages import find_windows, highlight, place_marks
from whomet.evaluate.pictures import draw_confusion, draw_cuts, draw_reliability
from whomet.evaluate.report import BREAKDOWNS, NO_OUTLET, Report
from whomet.evaluate.resampling import RESAMPLES, Difference, Estimate, Interval
from whomet.records import FORMS, STATUSES

MAX_OPEN: Final = 12
"""Most rows of a break-down that are shown unfolded."""
_MARKED: Final = ("evidence", "participants", "topics", "places", "when", "status_cue", "trigger")


def render_page(report: Report, texts: Mapping[str, str], differences: Sequence[Difference] = ()) -> str:
    """The page: figures with intervals, differences to another run, pictures, break-downs, and every mistake in its article.

    texts: raw text by article; a mistake in an article without text is shown by its fields alone.
    """
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'; form-action 'none'"
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", "whomet: evaluation"),
        element("style", style),
    )
    mistakes = list(report.mistakes())
    body = element(
        "body",
        element("h1", "whomet: evaluation"),
        element("p", f"{len(report.alignments):,} articles, {report.gold_meetings():,} gold meetings.", class_="note"),
        *_figures(report.estimates()),
        *_differences(differences),
        *_pictures(report),
        *_breakdowns(report),
        *_mistakes(report, mistakes, texts),
        element("script", script),
    )
    return write_html(element("html", head, body, lang="en"))


def _asset(name: str) -> str:
    """A file of ours that becomes part of the page; ends of lines do not depend on how it was checked out."""
    return (files("whomet.evaluate") / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _digest(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *, text_columns: Iterable[int] = (0,)) -> Element:
    """A table of texts; the columns that hold no text are aligned as numbers."""
    texts = frozenset(text_columns)
    kind = [None if number in texts else "number" for number in range(len(head))]
    titles = element("tr", *(element("th", title, class_=name) for title, name in zip(head, kind, strict=True)))
    lines = [element("tr", *(element("td", cell, class_=name) for cell, name in zip(row, kind, strict=True))) for row in rows]
    return element("div", element("table", element("thead", titles), element("tbody", *lines)), class_="scroll")


def _figures(estimates: Sequence[Estimate]) -> list[Element]:
    rows = []
    for item in estimates:
        parts = [cell for part in (item.precision, item.recall) for cell in _cells(part)]
        counts = " / ".join(f"{count:g}" for count in item.counts) if item.precision else ""
        rows.append((item.figure, _percent(item.value.value), _ends(item.value), *parts, counts, FIGURES[item.figure].about))
    head = ("figure", "F1", "95%", "P", "95%", "R", "95%", "matched / predicted / gold", "what it says")
    note = (
        f"In percent. Intervals: {RESAMPLES:,} draws of as many articles, with replacement; "
        "that of calibration lies low, since every draw adds chance to the bins."
    )
    return [element("h2", "Figures"), element("p", note, class_="note"), _table(head, rows, text_columns=(0, len(head) - 1))]


def _differences(differences: Sequence[Difference]) -> list[Element]:
    if not differences:
        return []
    rows = [item.cells() for item in differences]
    note = "In points; the same articles are drawn from both runs. p: two-sided."
    head = ("figure", "this run", "the other", "difference", "95%", "p")
    return [element("h2", "Against another run"), element("p", note, class_="note"), _table(head, rows)]


def _pictures(report: Report) -> list[Element]:
    judged = report.judged()
    bins = reliability(judged)
    drawn = [("Status: gold by row, predicted by column", draw_confusion(report.confusion()))]
    if bins:
        error = f"Reliability (expected error {100 * calibration_error(bins):.1f})"
        drawn += [
            (error, draw_reliability(bins)),
            ("Precision and recall by least confidence", draw_cuts(precision_recall(judged, report.gold_meetings()))),
        ]
    shown = [element("figure", element("figcaption", title), picture) for title, picture in drawn]
    return [element("h2", "Pictures"), element("div", *shown, class_="pictures")]


def _breakdowns(report: Report) -> list[Element]:
    made: list[Element] = []
    for by in BREAKDOWNS:
        groups = report.breakdown(by)
        if not groups:
            continue
        figures = [name for name in MEETING_FIGURES if name not in ("status_macro", "calibration")]
        rows = []
        for value, estimates in groups.items():
            found = {item.figure: item for item in estimates}
            counts = found["detection"].counts
            cells = [_percent(found[name].value.value) for name in figures]
            rows.append((value, f"{counts[2]:g}", f"{counts[1]:g}", *cells, _ends(found["overall"].value)))
        head = (by, "gold", "predicted", *(name.replace("_", " ") for name in figures), "overall 95%")
        table = _table(head, rows)
        folded = element("details", element("summary", f"{len(rows):,} groups"), table) if len(rows) > MAX_OPEN else table
        made += [element("h2", f"By {by}"), folded]
    return made


def _mistakes(report: Report, mistakes: Sequence[Mistake], texts: Mapping[str, str]) -> list[Element]:
    outlets = sorted({report.outlets.get(mistake.article, NO_OUTLET) for mistake in mistakes})
    filters = element(
        "div",
        _choice("kind", "kind of mistake", MISTAKES),
        _choice("status", "status", STATUSES),
        _choice("form", "form", FORMS),
        _choice("outlet", "outlet", outlets),
        element("label", "text", element("input", type="search", data_filter="text", autocomplete="off")),
        element("span", element("output", f"{len(mistakes)}", id="count"), f" of {len(mistakes)} shown"),
        class_="filters",
    )
    by_article = groupby(mistakes, lambda mistake: mistake.article)
    articles = [_article(article, report, list(items), texts.get(article)) for article, items in by_article]
    legend = element("p", *(child for kind in _MARKED for child in (element("mark", kind, class_=kind), " ")), class_="note")
    return [element("h2", "Mistakes"), legend, filters, *articles]


def _choice(name: str, label: str, values: Iterable[str]) -> Element:
    options = [element("option", "all", value=""), *(element("option", value, value=value) for value in values)]
    return element("label", label, element("select", *options, data_filter=name))


def _article(article: str, report: Report, mistakes: Sequence[Mistake], text: str | None) -> Element:
    outlet = report.outlets.get(article, NO_OUTLET)
    found = report.alignments[article]
    whole: Child = None
    if text is not None:
        sides = [[mark for meeting in side for mark in place_marks(meeting, text)] for side in (found.gold, found.predicted)]
        panes = [highlight(text, marks, [(0, len(text))]) for marks in sides]
        whole = element("details", element("summary", "the whole article, with all meetings"), _panes(panes))
    title = element("h3", article, element("span", f" · {outlet} · {len(mistakes)} mistakes"))
    shown = [_mistake(mistake, text) for mistake in mistakes]
    return element("section", title, *shown, whole, class_="article", data_outlet=outlet)


def _mistake(mistake: Mistake, text: str | None) -> Element:
    sides = [meeting for meeting in (mistake.gold, mistake.predicted) if meeting is not None]
    panes: Child = None
    if text is not None:
        marks = [place_marks(meeting, text) for meeting in (mistake.gold, mistake.predicted)]
        windows = find_windows((mark for side in marks for mark in side), text)
        panes = _panes([highlight(text, side, windows) for side in marks]) if windows else None
    return element(
        "div",
        element("div", *(element("span", kind, class_=f"kind {kind}") for kind in mistake.kinds)),
        _fields(mistake),
        panes,
        class_="mistake",
        data_kind=" ".join(mistake.kinds),
        data_status=" ".join(meeting.status for meeting in sides),
        data_form=" ".join(meeting.form for meeting in sides),
    )


def _panes(panes: Sequence[Element]) -> Element:
    named = zip(("gold", "predicted"), panes, strict=True)
    return element("div", *(element("div", element("h4", name), pane, class_="pane") for name, pane in named), class_="panes")


def _fields(mistake: Mistake) -> Element:
    """Both meetings side by side; the rows in which they differ are marked."""
    gold, predicted = _told(mistake.gold), _told(mistake.predicted)
    differs = frozenset(mistake.kinds)
    rows = [
        element(
            "tr",
            element("th", name),
            *(element("td", *_lines(side.get(name, []))) for side in (gold, predicted)),
            class_="differs" if name in differs else None,
        )
        for name in gold or predicted
    ]
    head = element("tr", element("th", ""), element("th", "gold"), element("th", "predicted"))
    return element("table", element("thead", head), element("tbody", *rows), class_="fields")


def _told(meeting: ScoredMeeting | None) -> dict[str, list[str]]:
    if meeting is None:
        return {}
    days = meeting.days
    return {
        "status": [meeting.status],
        "form": [meeting.form],
        "participants": [_person(item) for item in meeting.participants],
        "when": [days.first if days.first == days.last else f"{days.first} to {days.last}"] if days else [],
        "places": list(meeting.places),
        "topics": list(meeting.topics),
        **({"confidence": [f"{meeting.confidence:.2f}"]} if meeting.confidence is not None else {}),
    }


def _person(item: ScoredParticipant) -> str:
    return " · ".join(text for text in (item.name, item.title, item.party) if text) or "somebody"


def _lines(texts: Sequence[str]) -> list[Element]:
    return [element("div", text, dir="auto") for text in texts]


def _cells(part: Interval | None) -> tuple[str, str]:
    return (_percent(part.value), _ends(part)) if part else ("", "")


def _percent(value: float) -> str:
    return f"{100 * value:.1f}"


def _ends(interval: Interval) -> str:
    return f"{100 * interval.low:.1f}–{100 * interval.high:.1f}"
