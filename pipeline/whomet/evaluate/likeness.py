"""When a predicted fill counts as a gold one: names, parties, topics, places, days and evidence compared as printed words.

Comparison ignores case, accents, punctuation and a leading article. The rules are those of the project's gold: a name may
be shorter or longer than the gold's, a topic needs half of its words, a place may be named more or less fully.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from whomet.evaluate.meetings import Days, ScoredMeeting, ScoredParticipant
from whomet.lexicon import load_rows, load_words, split_cell

MIN_TOPIC_DICE = 0.5
MIN_EVIDENCE_SHARE = 0.6

_NO_WORD = re.compile(r"[^a-z0-9]+")
_ARTICLE = re.compile(r"^(?:the|a|an) ")


@lru_cache(maxsize=65536)
def plain_text(text: str) -> str:
    """Lower-case words of ASCII letters and digits, one blank between them, without a leading article."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _ARTICLE.sub("", _NO_WORD.sub(" ", folded).strip())


@lru_cache(maxsize=65536)
def content_words(text: str) -> frozenset[str]:
    """The words of a quote that are no function words."""
    return frozenset(plain_text(text).split()) - load_words("function_words.txt")


@cache
def _aliases() -> dict[str, str]:
    rows = load_rows("party_aliases.tsv")
    return {plain_text(alias): plain_text(row["name"]) for row in rows for alias in split_cell(row["aliases"])}


def party_key(party: str) -> str:
    """One key for all usual names of a party: that of 'U.S.' is that of 'United States'."""
    words = plain_text(party)
    return _aliases().get(words, words)


def party_keys(meeting: ScoredMeeting) -> frozenset[str]:
    """The parties of a meeting, by their keys."""
    return frozenset(party_key(item.party) for item in meeting.participants if item.party)


@lru_cache(maxsize=65536)
def _name_words(name: str) -> frozenset[str]:
    return frozenset(word for word in plain_text(name).split() if len(word) > 1)


def is_same_name(gold: str, predicted: str) -> bool:
    """One name holds all words of the other (initials left out), and at least one shared word has three letters."""
    left, right = _name_words(gold), _name_words(predicted)
    shared = left & right
    return bool(shared) and shared in (left, right) and any(len(word) > 2 for word in shared)


def is_same_participant(gold: ScoredParticipant, predicted: ScoredParticipant) -> bool:
    """Named ones by name; unnamed ones by party; without either, by a shared word of the title."""
    if gold.name and predicted.name:
        return is_same_name(gold.name, predicted.name)
    if gold.name or predicted.name:
        return False
    if gold.party or predicted.party:
        return party_key(gold.party or "") == party_key(predicted.party or "")
    return bool(content_words(gold.title or "") & content_words(predicted.title or ""))


def is_same_topic(gold: str, predicted: str) -> bool:
    """Dice coefficient of the content words of at least one half."""
    left, right = content_words(gold), content_words(predicted)
    return bool(left and right) and 2 * len(left & right) / (len(left) + len(right)) >= MIN_TOPIC_DICE


def is_same_place(gold: str, predicted: str) -> bool:
    """All content words of one are among those of the other."""
    left, right = content_words(gold), content_words(predicted)
    return bool(left and right) and (left <= right or right <= left)


def is_same_days(gold: Days | None, predicted: Days | None) -> bool:
    """Both are known, and first and last day are the same."""
    return gold is not None and gold == predicted


def is_overlap(gold: Days | None, predicted: Days | None) -> bool:
    """Both are known, and they have a day in common."""
    return gold is not None and predicted is not None and gold.first <= predicted.last and predicted.first <= gold.last


def is_same_evidence(gold: ScoredMeeting, predicted: ScoredMeeting) -> bool:
    """Some quote holds one of the other meeting, or they share 60% of the content words of the shorter one."""
    return any(_is_quote_overlap(left, right) for left in gold.evidence for right in predicted.evidence)


def _is_quote_overlap(left: str, right: str) -> bool:
    one, other = plain_text(left), plain_text(right)
    if one and other and (one in other or other in one):
        return True
    words, others = content_words(left), content_words(right)
    return bool(words and others) and len(words & others) / min(len(words), len(others)) >= MIN_EVIDENCE_SHARE
