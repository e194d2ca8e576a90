"""Names in the text against gold, mention by mention, by the measures of SemEval-2013 Task 9 (nervaluate, the extra `names`).

A gold text is {"id", "text"?, "published"?, "names": [{"char_start", "char_end", "kind"}]}, kinds as in articles.jsonl. All kinds
that occur in the gold are scored; others that are found are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from whomet.errors import SetupError
from whomet.evaluate.rows import optional_text, read_rows, row_id, span_of
from whomet.records import ENTITY_KINDS

STRATEGIES: Final = {"strict": "strict", "exact": "exact", "partial": "partial", "ent_type": "type"}
"""Measures of nervaluate, and what they are called in our figures."""

Name = tuple[int, int, str]
"""char_start, char_end, kind."""


@dataclass(frozen=True, slots=True)
class GoldNames:
    """The names of a text, and the text and publication date where they are given."""

    text: str | None
    published: str | None
    names: frozenset[Name]


def read_names(path: Path) -> dict[str, GoldNames]:
    """Annotated texts by id. Raises SetupError, naming file and record, for what is not in their form."""
    texts: dict[str, GoldNames] = {}
    for place, row in read_rows(path):
        items = row.get("names")
        if not isinstance(items, list):
            raise SetupError(f'{place}: a record needs a list "names"')
        article = row_id(row, place, taken=texts)
        text, published = (optional_text(row, key, place) for key in ("text", "published"))
        texts[article] = GoldNames(text, published, frozenset(_name(item, item, place) for item in items))
    if not texts:
        raise SetupError(f"{path}: holds no text")
    return texts


def _name(span: Any, entity: Any, place: str) -> Name:
    kind = entity.get("kind") if isinstance(entity, Mapping) else None
    if kind not in ENTITY_KINDS:
        raise SetupError(f"{place}: the kind of a name must be one of {', '.join(ENTITY_KINDS)}")
    return (*span_of(span, place), kind)


def count_names(
    texts: Mapping[str, GoldNames], found: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, tuple[float, ...]]]:
    """Counts by text and figure; found: rows of articles.jsonl by id, whose entities have mentions.

    Raises SetupError when nervaluate is not installed, or for a malformed row.
    """
    try:
        evaluator = import_module("nervaluate").Evaluator
    except ImportError as error:
        raise SetupError("scoring names needs nervaluate: pip install 'whomet[names]'") from error
    kinds = sorted({kind for gold in texts.values() for _, _, kind in gold.names})
    counts: dict[str, dict[str, tuple[float, ...]]] = {}
    for article, gold in texts.items():
        names = _found_names(found.get(article, {}), f"article {article!r}")
        made = evaluator([_listed(gold.names)], [_listed(names)], tags=kinds, loader="dict").evaluate()["overall"]
        counts[article] = {f"names_{ours}": _triple(made[theirs]) for theirs, ours in STRATEGIES.items()}
    return counts


def _found_names(row: Mapping[str, Any], place: str) -> frozenset[Name]:
    entities = row.get("entities", [])
    if not isinstance(entities, list):
        raise SetupError(f"{place}: entities must be a list")
    return frozenset(_name(mention, entity, place) for entity in entities for mention in entity.get("mentions", []))


def _listed(names: frozenset[Name]) -> list[dict[str, Any]]:
    """The names in the order of the text; nervaluate counts the last character in."""
    return [{"label": kind, "start": start, "end": end - 1} for start, end, kind in sorted(names)]


def _triple(result: Any) -> tuple[float, float, float]:
    return (result.correct + result.partial / 2, result.actual, result.possible)
