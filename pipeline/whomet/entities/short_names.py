"""Forms of one given name: 'Joe' is short for 'Joseph'."""

from __future__ import annotations

from functools import cache

from whomet.lexicon import load_rows, split_cell

GENERATIONS = frozenset({"jr", "sr"})
"""Words behind a name that tell a child from a parent of the same name, lower case without full stop."""


@cache
def _forms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in load_rows("entity_short_names.tsv"):
        name = row["name"].lower()
        for short in map(str.lower, split_cell(row["short"])):
            found.setdefault(name, set()).add(short)
            found.setdefault(short, set()).add(name)
    return {name: frozenset(forms) for name, forms in found.items()}


def other_forms(given: str) -> frozenset[str]:
    """The short and full forms of a given name in lower case, without itself; empty when the lexicon knows none."""
    return _forms().get(given, frozenset())
