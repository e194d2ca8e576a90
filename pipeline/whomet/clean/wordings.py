"""Lines that are certain by their wording, and lines that are nothing but a date: what the lexicons say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from whomet.clean.lines import fold
from whomet.lexicon import load_rows, load_words, split_cell

DATE_LINE_CHARS = 80
CAPTION_WORDS = 90
_DATE_PARTS = re.compile(r"[a-z](?:\.[a-z])+|[a-z]+|\d+")
_DATE_MARKS = re.compile(r"[\s\d./:,()|–—+\-]*")
_CREDITED = re.compile(r"[(/|] ?(?:[^()/|]{1,40}/)*(?:AFP|AP|AP Photo|EPA|Getty Images|Reuters|REUTERS|Photo)\)?\.?$")
_HAS_DAY = re.compile(r"\d")
_NUMERIC_DATE = re.compile(
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?:[ T,|-]{1,3}\d{1,2}:\d{2}(?::\d{2})?)?"
)


@dataclass(frozen=True, slots=True)
class Wordings:
    """The lexicon `clean_lines.tsv`, ready to look up: whole lines, and beginnings by their first word."""

    whole: dict[str, str]
    starts: dict[str, tuple[tuple[str, str], ...]]

    def kind(self, folded: str) -> str | None:
        """What the lexicon says of a folded line; None when it says nothing."""
        if not folded:
            return None
        found = self.whole.get(folded)
        if found is not None:
            return found
        for beginning, kind in self.starts.get(_first_word(folded), ()):
            if folded.startswith(beginning) and not folded[len(beginning) : len(beginning) + 1].isalnum():
                return kind
        return None


def _first_word(folded: str) -> str:
    return folded.split(" ", 1)[0].rstrip(":")


@cache
def load_wordings() -> Wordings:
    """The wordings of the language. Raises LexiconError when the lexicon is missing or empty."""
    whole: dict[str, str] = {}
    starts: dict[str, list[tuple[str, str]]] = {}
    for row in load_rows("clean_lines.tsv"):
        entry = row["text"]
        if row["form"] == "whole":
            whole[entry] = row["kind"]
        else:
            starts.setdefault(_first_word(entry), []).append((entry, row["kind"]))
    longest_first = {word: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for word, entries in starts.items()}
    return Wordings(whole, longest_first)


@cache
def word_class(name: str) -> frozenset[str]:
    """The words of one class of `clean_words.tsv`. Raises KeyError for a class that it does not have."""
    return {row["class"]: frozenset(split_cell(row["words"])) for row in load_rows("clean_words.tsv")}[name]


@cache
def _months() -> frozenset[str]:
    return word_class("month") | {"may"}


def is_date_line(line: str) -> bool:
    """Whether a line consists of a calendar date, with or without a time of day, and nothing else."""
    stripped = line.strip()
    if not stripped or len(stripped) > DATE_LINE_CHARS or not _HAS_DAY.search(stripped):
        return False
    folded = stripped.lower()
    words = [part for part in _DATE_PARTS.findall(folded) if not part.isdigit()]
    if not words:
        return _NUMERIC_DATE.fullmatch(folded) is not None
    rest = _DATE_PARTS.sub(" ", folded)
    known = load_words("clean_date_words.txt")
    named = any(word in _months() for word in words)
    return named and all(word in known for word in words) and _DATE_MARKS.fullmatch(rest) is not None


def has_caption_cue(line: str) -> bool:
    """Whether a line says who stands where on a picture, or that it is one, or ends with the credit of one."""
    if len(line) > CAPTION_WORDS * 8:
        return False
    folded = line.lower()
    return _CREDITED.search(line[-100:]) is not None or any(cue in folded for cue in load_words("clean_caption_cues.txt"))


def wording(line: str) -> str | None:
    """What the wordings say of a raw line; None when nothing. See `clean_lines.tsv` for the kinds."""
    return load_wordings().kind(fold(line))
