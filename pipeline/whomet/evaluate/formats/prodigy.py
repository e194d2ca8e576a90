"""Prodigy: JSONL with `spans` and `relations`, as `db-out` writes it; labels carry status, form, party and days (see `scheme`).

Prodigy counts code points. Spans have no text of their own, but tokens, which are compared with the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from whomet.errors import SetupError
from whomet.evaluate.formats.article import Link
from whomet.evaluate.formats.assembly import gold_row
from whomet.evaluate.formats.drafts import Draft, DraftSpan, finish, given_id, objects_of
from whomet.evaluate.formats.offsets import CODE_POINTS
from whomet.evaluate.rows import Row, optional_text, read_rows

ACCEPTED: Final = (None, "accept")


def is_row(row: Mapping[str, Any]) -> bool:
    """Whether a JSON object looks like a task that Prodigy exported."""
    if not isinstance(row.get("text"), str) or "meetings" in row:
        return False
    spans = row.get("spans")
    is_spans = isinstance(spans, list) and all(
        isinstance(span, dict) and {"start", "end", "label"} <= span.keys() for span in spans
    )
    return is_spans or "_task_hash" in row or "answer" in row


def read(path: Path, notes: list[str]) -> Iterator[Row]:
    """The accepted tasks of an export; what was rejected or ignored is added to `notes`.

    Raises SetupError, naming file and record, for what is not Prodigy's format.
    """
    for place, row in read_rows(path):
        if not is_row(row):
            raise SetupError(f'{place}: a task of Prodigy needs a "text", and "spans" with start, end and label')
        if row.get("answer") not in ACCEPTED:
            notes.append(f"{place}: the answer is {row['answer']!r}, so the article is not gold and was left out")
            continue
        tokens = objects_of(row, "tokens", place)
        spans = {_key(item): _span(item, tokens, place) for item in _all_spans(row, place)}
        links = [_link(item, spans, place) for item in objects_of(row, "relations", place)]
        meta = row.get("meta") if isinstance(row.get("meta"), dict) else {}
        published = optional_text(row, "published", place) or optional_text(meta or {}, "published", place)
        draft = Draft(given_id([row, meta or {}], path, place), row["text"], published, list(spans.values()), links, place)
        yield gold_row(finish(draft, notes, unit=CODE_POINTS), notes)


def _all_spans(row: Mapping[str, Any], place: str) -> Iterator[Mapping[str, Any]]:
    """The spans of a task, and those that only its relations name."""
    yield from objects_of(row, "spans", place)
    for relation in objects_of(row, "relations", place):
        yield from (
            relation[key]
            for key in ("head_span", "child_span")
            if isinstance(relation.get(key), dict) and relation[key].get("label")
        )


def _key(span: Mapping[str, Any]) -> str:
    return f"{span.get('start')}-{span.get('end')}-{span.get('label')}"


def _span(item: Mapping[str, Any], tokens: Sequence[Mapping[str, Any]], place: str) -> DraftSpan:
    start, end, label = (item.get(key) for key in ("start", "end", "label"))
    if type(start) is not int or type(end) is not int or not isinstance(label, str):
        raise SetupError(f"{place}: a span needs start and end as whole numbers, and a label")
    return DraftSpan(_key(item), label, start, end, _surface(item, tokens, place))


def _surface(item: Mapping[str, Any], tokens: Sequence[Mapping[str, Any]], place: str) -> str | None:
    """The text of a span's tokens, None when it names none."""
    first, last = item.get("token_start"), item.get("token_end")
    if not tokens or type(first) is not int or type(last) is not int:
        return None
    if not 0 <= first <= last < len(tokens):
        raise SetupError(f"{place}: span {_key(item)} names the tokens {first}-{last}, but there are {len(tokens)}")
    return "".join(f"{token.get('text')}{' ' if token.get('ws', True) else ''}" for token in tokens[first : last + 1])


def _link(item: Mapping[str, Any], spans: Mapping[str, DraftSpan], place: str) -> Link:
    """A relation between spans."""
    ends = []
    for side in ("head", "child"):
        span = item.get(f"{side}_span")
        key = _key(span) if isinstance(span, dict) else None
        if key not in spans:
            raise SetupError(f"{place}: the relation {item.get('label')!r} has a {side} that is no labelled span")
        ends.append(str(key))
    return Link(str(item.get("label", "")), *ends)
