"""What a user knows of people and bodies (`kb.jsonl`): their names, id, party and QID. It wins over what is inferred."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from whomet.entities.gazetteer import Party, find_party, plain
from whomet.errors import ConfigError

KEYS: Final = frozenset({"id", "names", "party", "qid"})


@dataclass(frozen=True, slots=True)
class Known:
    """One line of a `kb.jsonl`: the id to use, all names, the party spoken for (None: as the article tells) and a Wikidata id."""

    id: str
    names: tuple[str, ...]
    party: Party | None = None
    qid: str | None = None


class KnowledgeBase:
    """People and bodies by any of their names; case, hyphens and diacritics do not matter."""

    def __init__(self, entries: Iterable[Known] = ()) -> None:
        self._by_name: dict[str, list[Known]] = {}
        for entry in entries:
            for name in entry.names:
                same = self._by_name.setdefault(plain(name), [])
                if entry not in same:
                    same.append(entry)

    def find(self, name: str, party: Party | None = None) -> Known | None:
        """The entry of a name; of several that share it the one of the party that the article tells, None when none is."""
        found = self._by_name.get(plain(name), [])
        if len(found) > 1:
            found = [entry for entry in found if party is not None and entry.party is not None and entry.party.name == party.name]
        return found[0] if len(found) == 1 else None


NOTHING: Final = KnowledgeBase()


def load_kb(path: Path) -> KnowledgeBase:
    """The knowledge base of a JSONL file with the keys `id`, `names`, and optionally `party` and `qid` in each line.

    A party is a country or organisation by any name that whomet knows, else taken as printed. Raises ConfigError with the line
    number when the file cannot be read, a line is no such object, or an id stands twice.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"knowledge base {path} cannot be read: {error}") from error
    entries: dict[str, Known] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = _entry(json.loads(line))
        except (ValueError, RecursionError) as error:
            raise ConfigError(f"knowledge base {path}, line {number}: {error}") from error
        if entry.id in entries:
            raise ConfigError(f"knowledge base {path}, line {number}: id {entry.id!r} stands twice")
        entries[entry.id] = entry
    return KnowledgeBase(entries.values())


def _entry(row: Any) -> Known:
    """One line as an entry. Raises ValueError that says what is wrong with it."""
    if not isinstance(row, dict):
        raise ValueError("not an object")
    if unknown := sorted(set(row) - KEYS):
        raise ValueError(f"unknown key {unknown[0]!r}; known are {', '.join(sorted(KEYS))}")
    names = row.get("names")
    if not isinstance(row.get("id"), str) or not row["id"]:
        raise ValueError("id must be a text")
    if not isinstance(names, list) or not names or not all(isinstance(name, str) and plain(name) for name in names):
        raise ValueError("names must be a list of texts, with one at least")
    for key in ("party", "qid"):
        if row.get(key) is not None and not isinstance(row[key], str):
            raise ValueError(f"{key} must be a text or null")
    party = row.get("party")
    known = find_party(party) if party else None
    return Known(row["id"], tuple(names), known.party if known else Party(party, None, None) if party else None, row.get("qid"))
