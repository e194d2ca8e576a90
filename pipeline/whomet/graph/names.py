"""Stable ids and readable labels: slugs of names, hashes of content, short forms of personal names."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from functools import lru_cache
from typing import Any, Final

HASH_DIGITS: Final = 16
LONGEST_SLUG: Final = 60

_ENCODER = json.JSONEncoder(separators=(",", ":"), sort_keys=True)
_NO_WORD = re.compile(r"[\W_]+")
_LEADING_ARTICLE = re.compile(r"^(?:the|an?)-(?=.)")
_FAMILY_FIRST: Final = frozenset({"CN", "TW", "HK", "KR", "KP"})
_HYPHENATED_GIVEN = re.compile(r"[A-Z][a-z]+-[a-z]+")
_SUFFIXES: Final = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def content_hash(*facts: Any) -> str:
    """16 hexadecimal digits that are the same in every run for the same JSON values."""
    return hashlib.sha256(_ENCODER.encode(facts).encode()).hexdigest()[:HASH_DIGITS]


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """A name as part of an id: folded letters and digits of any script, joined by hyphens, without accents or a leading article.

    A slug over 60 code points, or of a text without letters and digits, ends in (or is) a hash, so that two texts never
    share one by being cut.
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    folded = _LEADING_ARTICLE.sub("", _NO_WORD.sub("-", letters).strip("-"))
    if not folded:
        return content_hash(text)
    if len(folded) > LONGEST_SLUG:
        return f"{folded[:LONGEST_SLUG].strip('-')}-{content_hash(folded)[:8]}"
    return folded


def short_name(name: str, country: str | None) -> str:
    """The family name: the first word where the family name leads (by country, or 'Ki-moon' as given name), else the last."""
    words = [word for word in name.split() if word.casefold() not in _SUFFIXES]
    if len(words) < 2:
        return name
    if len(words) < 4 and (country in _FAMILY_FIRST or _HYPHENATED_GIVEN.fullmatch(words[-1])):
        return words[0]
    first = len(words) - 1
    while first > 1 and words[first - 1].islower():  # particles: von der Leyen
        first -= 1
    return " ".join(words[first:])
