"""brat standoff: a .ann file beside the .txt file of each article, and the configuration that brat needs to show them.

Meetings are events, their arguments event arguments; status and form are attributes of the event, free text (parties, days)
stands in the annotator's notes as `party: Norway; start: 2019-04-09`. brat counts code points of the .txt file.
Format: brat.nlplab.org/standoff.html.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from whomet.errors import ArticleError, SetupError
from whomet.evaluate.formats.article import Link, Mark, MarkedArticle
from whomet.evaluate.formats.assembly import gold_row
from whomet.evaluate.formats.drafts import Draft, DraftSpan, finish
from whomet.evaluate.formats.offsets import CODE_POINTS
from whomet.evaluate.formats.scheme import ATTRIBUTES, COLORS, LABELS, LINKS, MEETING, PERSON, SAME, TITLE
from whomet.evaluate.rows import Row
from whomet.files import decode_text
from whomet.records import FORMS, STATUSES

_NOTE: Final = re.compile(r'\s*([A-Za-z]+)\s*:\s*("(?:[^"\\]|\\.)*"|[^;]*?)\s*(?:;|\Z)')
_LINE_END: Final = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
"""What ends a line for brat: no piece of an annotation may hold it."""


def read(path: Path, notes: list[str]) -> Iterator[Row]:
    """The articles of a .ann file, or of all below a folder, in the order of their names; the id is the file's stem.

    Raises SetupError, naming file and line, for what is not brat's format, and as `finish` and `gold_row` do.
    """
    if path.is_dir():
        files = sorted(path.rglob("*.ann"))
        alone = [text for text in sorted(path.rglob("*.txt")) if not text.with_suffix(".ann").exists()]
        notes += [f"{text}: has no .ann file beside it and is not read as gold" for text in alone]
    else:
        files = [path.with_suffix(".ann")]
    for file in files:
        text = _read_text(file.with_suffix(".txt"))
        draft = _draft(file, text, _read_text(file), notes)
        yield gold_row(finish(draft, notes, unit=CODE_POINTS), notes)


def _read_text(path: Path) -> str:
    try:
        return decode_text(path.read_bytes())
    except (OSError, ArticleError) as error:
        raise SetupError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error


@dataclass(slots=True)
class _Standoff:
    """The lines of one .ann file, by kind."""

    spans: dict[str, DraftSpan] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    """Trigger span by event."""
    links: list[Link] = field(default_factory=list)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)

    def set(self, target: str, key: str, value: str, place: str) -> None:
        """Gives an attribute to a span or event, which may have each only once."""
        if self.attributes.setdefault(target, {}).setdefault(key, value) != value:
            raise SetupError(f"{place}: {target} has two values of {key}: {self.attributes[target][key]} and {value}")


def _draft(file: Path, text: str, annotations: str, notes: list[str]) -> Draft:
    found = _Standoff()
    for number, line in enumerate(annotations.split("\n"), 1):
        if line.strip():
            place = f"{file}, line {number}"
            try:
                _read_line(line.rstrip("\r"), text, found, notes, place)
            except (ValueError, IndexError) as error:
                raise SetupError(f"{place}: not a line of brat's standoff format: {line.strip()[:80]!r}") from error
    for target in sorted(found.attributes.keys() - found.spans.keys() - found.triggers.keys()):
        raise SetupError(f"{file}: an attribute or note belongs to {target}, which is no span or event of the file")
    events = {trigger: event for event, trigger in reversed(found.triggers.items())}
    spans = [span for span in found.spans.values() if span.id not in events]
    for event, trigger in found.triggers.items():
        if trigger not in found.spans:
            raise SetupError(f"{file}: the event {event} has the trigger {trigger}, which is not there")
        spans.append(replace(found.spans[trigger], id=event))
    spans = [
        replace(span, attributes=found.attributes.get(events.get(span.id, span.id), {}) | found.attributes.get(span.id, {}))
        for span in spans
    ]
    links = [Link(link.label, events.get(link.source, link.source), events.get(link.target, link.target)) for link in found.links]
    return Draft(unquote(file.stem), text, None, spans, links, str(file))


def _read_line(line: str, text: str, found: _Standoff, notes: list[str], place: str) -> None:
    name, body, *rest = line.split("\t", 2)
    kind = name[0]
    if name in found.spans or name in found.triggers:
        raise SetupError(f"{place}: the id {name} occurs twice")
    if kind == "T":
        label, offsets = body.split(" ", 1)
        pieces = [(int(start), int(end)) for start, end in (piece.split() for piece in offsets.split(";"))]
        found.spans[name] = _text_bound(name, label, pieces, rest[0] if rest else None, text)
    elif kind == "E":
        (_, trigger), *arguments = (item.split(":", 1) for item in body.split())
        found.triggers[name] = trigger
        found.links += [Link(role.rstrip("0123456789"), name, argument) for role, argument in arguments]
    elif kind == "R":
        label, *ends = body.split()
        source, target = (end.split(":", 1)[1] for end in ends)
        found.links.append(Link(label, source, target))
    elif kind == "*":
        label, first, *others = body.split()
        found.links += [Link(label, first, other) for other in others]
    elif kind == "A" and len(body.split()) == 3:
        key, target, value = body.split()
        found.set(target, key.casefold(), value.casefold(), place)
    elif kind == "#":
        _read_note(body.split()[1], rest[0] if rest else "", found, notes, place)
    else:
        notes.append(f"{place}: {body.split()[0]} is not in the scheme and was not used")


def _text_bound(name: str, label: str, pieces: list[tuple[int, int]], surface: str | None, text: str) -> DraftSpan:
    """A span; one in several pieces (brat cuts at line ends) is read as what lies between its first and last character."""
    start, end = pieces[0][0], pieces[-1][1]
    if len(pieces) > 1 and surface == " ".join(text[first:last] for first, last in pieces):
        surface = text[start:end]
    return DraftSpan(name, label, start, end, surface)


def _read_note(target: str, note: str, found: _Standoff, notes: list[str], place: str) -> None:
    known = {key for keys in ATTRIBUTES.values() for key in keys}
    parts = _NOTE.findall(note)
    is_whole = "".join(match[0] for match in _NOTE.finditer(note)) == note
    if not is_whole or target[0] not in "TE" or any(key.casefold() not in known for key, _ in parts):
        notes.append(f"{place}: the note {note!r} tells no attribute as 'party: Norway; start: 2019-04-09' does; not used")
        return
    for key, value in parts:
        found.set(target, key.casefold(), json.loads(value) if value.startswith('"') else value, place)


def write(articles: Iterable[MarkedArticle], folder: Path) -> None:
    """Writes a .txt and a .ann file for each article, and brat's configuration, into a folder.

    The name of a file is the article's id, percent-escaped. Raises SetupError for a text that UTF-8 does not have.
    """
    (folder / "annotation.conf").write_text(annotation_config(), encoding="utf-8")
    (folder / "visual.conf").write_text(visual_config(), encoding="utf-8")
    for article in articles:
        name = quote(article.id, safe="")
        name = f"%2E{name[1:]}" if name.startswith(".") else name
        try:
            text, annotations = article.text.encode(), "".join(f"{line}\n" for line in _lines(article)).encode()
        except UnicodeEncodeError as error:
            raise SetupError(f"{article.place}: {article.id!r} holds a lone surrogate, which UTF-8 does not have") from error
        (folder / f"{name}.txt").write_bytes(text)
        (folder / f"{name}.ann").write_bytes(annotations)


def _lines(article: MarkedArticle) -> Iterator[str]:
    names = {mark.id: f"{'E' if mark.label == MEETING else 'T'}{number}" for number, mark in enumerate(article.marks, 1)}
    meetings = {mark.id for mark in article.marks if mark.label == MEETING}
    for number, mark in enumerate(article.marks, 1):
        pieces = _pieces(mark)
        offsets = ";".join(f"{start} {end}" for start, end in pieces)
        yield f"T{number}\t{mark.label} {offsets}\t{' '.join(article.text[start:end] for start, end in pieces)}"
    for mark in article.marks:
        if mark.id in meetings:
            yield f"{names[mark.id]}\t{' '.join([f'{MEETING}:T{names[mark.id][1:]}', *_arguments(mark, article.links, names)])}"
    relations = [link for link in article.links if link.source not in meetings]
    for number, link in enumerate(relations, 1):
        yield f"R{number}\t{link.label} Arg1:{names[link.source]} Arg2:{names[link.target]}"
    attributes = [(mark, key, value) for mark in article.marks for key, value in mark.attributes.items() if mark.id in meetings]
    for number, (mark, key, value) in enumerate(attributes, 1):
        yield f"A{number}\t{key} {names[mark.id]} {value}"
    noted = [mark for mark in article.marks if mark.attributes and mark.id not in meetings]
    for number, mark in enumerate(noted, 1):
        yield f"#{number}\tAnnotatorNotes {names[mark.id]}\t{_note(mark.attributes)}"


def _pieces(mark: Mark) -> list[tuple[int, int]]:
    """The span of a mark without the line ends in it."""
    pieces, start = [], 0
    for match in [*_LINE_END.finditer(mark.text), None]:
        end = match.start() if match is not None else len(mark.text)
        if start < end:
            pieces.append((mark.char_start + start, mark.char_start + end))
        start = match.end() if match is not None else end
    return pieces


def _arguments(meeting: Mark, links: Iterable[Link], names: Mapping[str, str]) -> Iterator[str]:
    """The arguments of an event; the second and further ones of a role are numbered, as brat does."""
    count: dict[str, int] = {}
    for link in links:
        if link.source == meeting.id:
            count[link.label] = count.get(link.label, 0) + 1
            yield f"{link.label}{count[link.label] if count[link.label] > 1 else ''}:{names[link.target]}"


def _note(attributes: Mapping[str, str]) -> str:
    return "; ".join(f"{key}: {_note_value(value)}" for key, value in attributes.items())


def _note_value(value: str) -> str:
    is_plain = value.isprintable() and value == value.strip() and ";" not in value and not value.startswith('"')
    return value if is_plain else json.dumps(value)


def annotation_config() -> str:
    """brat's annotation.conf of the scheme."""
    arguments = {label: "|".join(targets) for label, (source, targets) in LINKS.items() if source == MEETING}
    relations = [
        f"title\tArg1:{PERSON}, Arg2:{TITLE}",
        f"party\tArg1:{PERSON}|{TITLE}, Arg2:Party",
        f"{SAME}\tArg1:{MEETING}, Arg2:{MEETING}, <REL-TYPE>:symmetric-transitive",
        f"{SAME}\tArg1:{PERSON}, Arg2:{PERSON}, <REL-TYPE>:symmetric-transitive",
        "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>",
    ]
    sections = {
        "entities": [label for label in LABELS if label != MEETING],
        "relations": relations,
        "events": [f"{MEETING}\t{', '.join(f'{label}*:{targets}' for label, targets in arguments.items())}"],
        "attributes": [f"status\tArg:{MEETING}, Value:{'|'.join(STATUSES)}", f"form\tArg:{MEETING}, Value:{'|'.join(FORMS)}"],
    }
    return "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in sections.items())


def visual_config() -> str:
    """brat's visual.conf of the scheme: labels and colours."""
    values = "\n".join(f"{name}\t{name}" for name in [*LABELS, *LINKS, SAME, "status", "form"])
    colors = "\n".join(f"{label}\tbgColor:{color}, fgColor:white, borderColor:darken" for label, color in COLORS.items())
    return f"[labels]\n{values}\n\n[drawing]\n{colors}\n"
