"""The annotation scheme of the span tools: which labels there are, what they carry, and how a label is written.

Tools whose spans have no attributes carry them in the label: `Meeting:planned:visit`, `Person:Norway`, `Time:2019-04-09`,
`Time:2019-04-01/2019-04-30`; any attribute may be written out, `Person:party=Norway`. `%` escapes as in addresses.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final
from urllib.parse import unquote

from whomet.records import FORMS, STATUSES

MEETING: Final = "Meeting"
EVIDENCE: Final = "Evidence"
PERSON: Final = "Person"
TITLE: Final = "Title"
PARTY: Final = "Party"
TOPIC: Final = "Topic"
PLACE: Final = "Place"
TIME: Final = "Time"
LABELS: Final = (MEETING, EVIDENCE, PERSON, TITLE, PARTY, TOPIC, PLACE, TIME)
ACTORS: Final = (PERSON, TITLE, PARTY)
"""Labels whose spans take part in a meeting that they are linked to."""
ATTRIBUTES: Final[Mapping[str, tuple[str, ...]]] = {
    MEETING: ("status", "form"),
    PERSON: ("party", "name", "title"),
    TITLE: ("party", "title"),
    PARTY: ("party",),
    TIME: ("start", "end"),
}
"""What each label may carry. `name` and `title` are for participants whose name or title is not the text of a span."""
SAME: Final = "same"
"""The link between two Meeting spans, or two Person spans, that tell of one occasion, or one person."""
LINKS: Final = {
    "participant": (MEETING, ACTORS),
    "topic": (MEETING, (TOPIC,)),
    "place": (MEETING, (PLACE,)),
    "time": (MEETING, (TIME,)),
    "evidence": (MEETING, (EVIDENCE,)),
    "title": (PERSON, (TITLE,)),
    "party": (PERSON, (PARTY,)),
}
"""Links that we write, from which label to which; readers tell them by the labels at their ends."""
COLORS: Final = {
    MEETING: "#d62728",
    EVIDENCE: "#7f7f7f",
    PERSON: "#1f77b4",
    TITLE: "#17becf",
    PARTY: "#9467bd",
    TOPIC: "#8c564b",
    PLACE: "#2ca02c",
    TIME: "#ff7f0e",
}

_OTHER_NAMES: Final = {"trigger": MEETING, "role": TITLE, "location": PLACE, "when": TIME, "date": TIME}
_LABELS: Final = {label.casefold(): label for label in LABELS} | _OTHER_NAMES
_SAME: Final = frozenset({"same", "sameas", "sameoccasion", "coref", "coreference", "equiv", "identity", "identical"})
_MEETING_VALUES: Final = dict.fromkeys(STATUSES, "status") | dict.fromkeys(FORMS, "form")


def find_label(name: str) -> str | None:
    """The label of the scheme that a tool's name for a kind of span means, None for any other."""
    return _LABELS.get(name.strip().casefold())


def is_same_link(label: str) -> bool:
    """Whether a link's label says that both ends are one occasion, or one person."""
    return "".join(character for character in label.casefold() if character.isalpha()) in _SAME


def read_label(written: str) -> tuple[str | None, dict[str, str]]:
    """Label and attributes of a label as tools without attributes have it; label None when it is none of the scheme's.

    Raises ValueError for a value that the label cannot carry.
    """
    head, *values = written.split(":")
    label = find_label(head)
    attributes: dict[str, str] = {}
    for value in values if label is not None else ():
        key, is_named, named = value.partition("=")
        is_written_out = is_named and key in ATTRIBUTES.get(label or "", ())
        given = {key: unquote(named)} if is_written_out else _bare_value(label or "", unquote(value))
        if not given.keys().isdisjoint(attributes):
            raise ValueError(f"{value!r} is a second value of the same kind")
        attributes |= given
    return label, attributes


def _bare_value(label: str, value: str) -> dict[str, str]:
    if label == MEETING:
        key = _MEETING_VALUES.get(value.strip().casefold())
        if key is None:
            raise ValueError(f"{value!r} is neither a status nor a form of a meeting")
        return {key: value.strip().casefold()}
    if label == TIME:
        first, _, last = value.partition("/")
        return {"start": first, "end": last or first}
    if label in ACTORS:
        return {"party": value}
    raise ValueError(f"a {label} carries no value like {value!r}")


def write_label(label: str, attributes: Mapping[str, str]) -> str:
    """The label that `read_label` reads as this label with these attributes."""
    values = []
    if label == TIME and attributes:
        first, last = attributes["start"], attributes["end"]
        values.append(_escaped(first) if first == last else f"{_escaped(first)}/{_escaped(last)}")
    else:
        for key in ATTRIBUTES.get(label, ()):
            if key in attributes:
                value = _escaped(attributes[key])
                values.append(value if key in ("status", "form", "party") else f"{key}={value}")
    return ":".join([label, *values])


def _escaped(value: str) -> str:
    return "".join(f"%{ord(character):02X}" if character in "%:=" else character for character in value)


def read_days(attributes: Mapping[str, str]) -> tuple[str | None, str | None]:
    """First and last day of a Time's attributes, both None when none is given; `end` left out is the day `start` alone.

    Raises ValueError for what is no ISO day, or a last day before the first.
    """
    first, last = attributes.get("start"), attributes.get("end")
    if not first and not last:
        return None, None
    if not first:
        raise ValueError(f"the end {last!r} has no start")
    days = [date.fromisoformat(day.strip()).isoformat() for day in (first, last or first)]
    if days[1] < days[0]:
        raise ValueError(f"the end {days[1]} lies before the start {days[0]}")
    return days[0], days[1]
