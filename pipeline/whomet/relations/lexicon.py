"""The relation lexicons as frozen tables: triggers with their frames, status signatures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from whomet.errors import LexiconError
from whomet.lexicon import load_rows, load_words, split_cell
from whomet.records import FORMS, STATUSES

if TYPE_CHECKING:
    from spacy.tokens import Token

NEEDS = frozenset(
    "counterpart host foreign guest phone self_phone particle object plain_object person_object two_sided noun_only "
    "no_complement modifier event_subject agenda_subject".split()
)
"""The conditions that a frame may name; triggers.tsv says what each asks for."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How one trigger fills the slots of a meeting; the columns of triggers.tsv."""

    lemma: str
    pos: str
    forms: frozenset[str]
    form: str
    strength: str
    actors: tuple[str, ...]
    hosts: tuple[str, ...]
    topics: tuple[str, ...]
    places: tuple[str, ...]
    needs: frozenset[str]


@cache
def frames() -> dict[tuple[str, str], Frame]:
    """Every frame by (surface form, part of speech). Raises LexiconError for an unknown form, strength or condition."""
    table: dict[tuple[str, str], Frame] = {}
    for row in load_rows("triggers.tsv"):
        forms = frozenset(split_cell(row["forms"]))
        if row["form"] not in FORMS or row["strength"] not in ("strong", "weak", "topic") or not forms:
            raise LexiconError(f"triggers.tsv: bad row for {row['lemma']!r}")
        needs = split_cell(row["needs"])
        if unknown := [need for need in needs if need.partition(":")[0] not in NEEDS]:
            raise LexiconError(f"triggers.tsv: {row['lemma']!r} needs {unknown[0]!r}, which is no condition")
        cells = {slot: split_cell(row[slot]) for slot in ("actors", "hosts", "topics", "places")}
        frame = Frame(row["lemma"], row["pos"], forms, row["form"], row["strength"], needs=frozenset(needs), **cells)
        for form in forms:
            table[form, row["pos"]] = frame
    return table


def table_pos(token: Token) -> str:
    """The part of speech under which the tables have a token: names stand with nouns, auxiliaries with verbs."""
    return {"AUX": "VERB", "PROPN": "NOUN"}.get(token.pos_, token.pos_)


@cache
def trigger_forms() -> frozenset[str]:
    """Lower-case forms of the triggers that can make a meeting."""
    return frozenset(form for (form, _), frame in frames().items() if frame.strength != "topic")


def any_frame(token: Token) -> Frame:
    """The frame of one of `trigger_forms`, of the token's part of speech if there is one. Raises KeyError for other words."""
    table = frames()
    return (
        table.get((token.lower_, table_pos(token)))
        or table[next(key for key, frame in table.items() if key[0] == token.lower_ and frame.strength != "topic")]
    )


@cache
def screen_pattern() -> re.Pattern[str]:
    """One linear pattern over the forms of triggers that can make a meeting; it marks candidate sentences."""
    forms = sorted(trigger_forms(), key=lambda form: (-len(form), form))
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(form) for form in forms) + r")(?![\w])", re.IGNORECASE)


@cache
def signatures() -> dict[tuple[str, str], str]:
    """Status signature by (lemma, VERB | NOUN | ADJ)."""
    table = {(row["lemma"], row["pos"]): row["signature"] for row in load_rows("status.tsv")}
    unknown = set(table.values()) - set(STATUSES)
    if unknown:
        raise LexiconError(f"status.tsv: unknown signature {sorted(unknown)}")
    return table


def no_meeting_modifiers() -> frozenset[str]:
    """Words in front of a trigger noun that make it no meeting."""
    return load_words("no_meeting_modifiers.txt")


def call_words() -> frozenset[str]:
    """Words that tell of a telephone or video call."""
    return load_words("call_words.txt")


def is_apart(trigger: Token) -> bool:
    """Whether those named at a trigger are met one after the other: 'bilateral meetings with', 'separately met'."""
    return _is_modified(trigger, "apart_modifiers.txt")


def is_joint(trigger: Token) -> bool:
    """Whether all named take part in one meeting: 'a trilateral summit', 'joint talks'."""
    return _is_modified(trigger, "joint_modifiers.txt")


def _is_modified(trigger: Token, lexicon: str) -> bool:
    return any(child.lower_ in load_words(lexicon) for child in trigger.children)
