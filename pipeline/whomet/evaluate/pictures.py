"""Pictures of a report as SVG, drawn by hand: confusion of status, reliability of confidence, precision and recall by cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from whomet.evaluate.calibration import Bin, Cut
from whomet.evaluate.markup import Element, element
from whomet.evaluate.mistakes import MISSED, SPURIOUS
from whomet.records import STATUSES

CELL: Final = 58
PLOT: Final = 240
LEFT, TOP, RIGHT, BOTTOM = 56, 14, 20, 44


def draw_confusion(confusion: Mapping[str, Mapping[str, int]]) -> Element:
    """Gold status by row, predicted status by column; the darker, the greater the share of the row."""
    rows, columns = (*STATUSES, SPURIOUS), (*STATUSES, MISSED)
    left, top = 76, 40
    picture = _picture(left + CELL * len(columns) + 8, top + CELL * len(rows) + 8, "Confusion of status: gold by row")
    picture.append(_label("predicted", left + CELL * len(columns) / 2, 12, anchor="middle"))
    for place, status in enumerate(columns):
        picture.append(_label(status, left + CELL * (place + 0.5), top - 8, anchor="middle"))
    for line, gold in enumerate(rows):
        picture.append(_label(gold, left - 6, top + CELL * (line + 0.5) + 4, anchor="end"))
        counts = confusion.get(gold, {})
        total = sum(counts.values())
        for place, status in enumerate(columns):
            if (gold, status) == (SPURIOUS, MISSED):
                continue
            count = counts.get(status, 0)
            x, y = left + CELL * place, top + CELL * line
            share = count / total if total else 0.0
            color = "cell right" if gold == status else "cell wrong"
            tip = element("title", f"{gold} told as {status}: {count} of {total}")
            picture.append(
                element(
                    "rect", tip, x=x + 1, y=y + 1, width=CELL - 2, height=CELL - 2, class_=color, fill_opacity=0.05 + 0.85 * share
                )
            )
            picture.append(_label(f"{count:,}", x + CELL / 2, y + CELL / 2 + 4, anchor="middle"))
    return picture


def draw_reliability(bins: Sequence[Bin]) -> Element:
    """The share of right meetings by confidence; on the diagonal, confidence says what is true."""
    picture = _axes("Reliability: share right by confidence", "confidence", "share right")
    picture.append(element("line", x1=_x(0), y1=_y(0), x2=_x(1), y2=_y(1), class_="ideal"))
    for item in bins:
        tip = element("title", f"confidence {item.confidence:.2f}: {item.right:.2f} right of {item.meetings}")
        picture.append(
            element(
                "rect",
                tip,
                x=_x(item.low) + 1,
                y=_y(item.right),
                width=PLOT * (item.high - item.low) - 2,
                height=PLOT * item.right,
                class_="bar",
            )
        )
        picture.append(element("circle", cx=_x(item.confidence), cy=_y(item.right), r=3, class_="point"))
        picture.append(_label(f"{item.meetings:,}", _x((item.low + item.high) / 2), _y(0) - 4, anchor="middle", small=True))
    return picture


def draw_cuts(cuts: Sequence[Cut]) -> Element:
    """Precision and recall of right meetings when those below a confidence are left out."""
    picture = _axes("Precision and recall by least confidence", "least confidence", "share")
    for name, values in (("precision", [cut.precision for cut in cuts]), ("recall", [cut.recall for cut in cuts])):
        points = [(_x(cut.confidence), _y(value)) for cut, value in zip(cuts, values, strict=True)]
        picture.append(element("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), class_=f"curve {name}"))
        for (x, y), cut, value in zip(points, cuts, values, strict=True):
            tip = element("title", f"{name} {value:.2f} at {cut.confidence:.2f}, {cut.meetings} meetings")
            picture.append(element("circle", tip, cx=x, cy=y, r=3, class_=f"dot {name}"))
        x, y = points[0]
        picture.append(_label(name, x + 6, y - 7 if name == "precision" else y + 17, anchor="start"))
    return picture


def _axes(title: str, across: str, up: str) -> Element:
    picture = _picture(LEFT + PLOT + RIGHT, TOP + PLOT + BOTTOM, title)
    for tenth in range(0, 11, 2):
        value = tenth / 10
        picture.append(element("line", x1=_x(value), y1=_y(0), x2=_x(value), y2=_y(1), class_="grid"))
        picture.append(element("line", x1=_x(0), y1=_y(value), x2=_x(1), y2=_y(value), class_="grid"))
        picture.append(_label(f"{value:g}", _x(value), _y(0) + 16, anchor="middle"))
        picture.append(_label(f"{value:g}", _x(0) - 6, _y(value) + 4, anchor="end"))
    picture.append(_label(across, _x(0.5), _y(0) + 34, anchor="middle"))
    turned = _label(up, 0, 0, anchor="middle")
    turned.set("transform", f"translate(14 {_y(0.5):g}) rotate(-90)")
    picture.append(turned)
    return picture


def _picture(width: float, height: float, title: str) -> Element:
    picture = element("svg", element("title", title), width=width, height=height, role="img")
    picture.set("viewBox", f"0 0 {width:g} {height:g}")
    return picture


def _label(text: str, x: float, y: float, *, anchor: str, small: bool = False) -> Element:
    return element("text", text, x=x, y=y, text_anchor=anchor, class_="small" if small else None)


def _x(value: float) -> float:
    return LEFT + PLOT * value


def _y(value: float) -> float:
    return TOP + PLOT * (1 - value)
