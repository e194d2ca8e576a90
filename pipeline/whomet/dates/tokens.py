"""Raw text -> classed tokens, the alphabet of the date grammar. One linear pass."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from whomet.lexicon import load_rows

CLASSES = (
    "WORD COMMA DOT DASH SLASH POSS OPEN CLOSE BREAK PUNCT DAY INT YEAR FRACTION ORDINAL ADJECTIVE DECADE ISO NUMERIC CLOCK "
    "WEEKDAY WEEKDAYS WEEKDAY_SHORT MONTH MONTH_SHORT NUMBER SCALE VAGUE A THE OWN THIS THAT THESE THOSE SAME LAST PAST "
    "PREVIOUS LATEST RECENT NEXT COMING FOLLOWING CURRENT FUTURE CLOCKUNIT UNIT UNITS NIGHTS PART QUARTER WEEKEND WEEKENDS "
    "HALF PERIOD SEASON FALL HOURNAME PARTADVERB SETADVERB EVERY PER AGO EARLIER BEFORE LATER AFTER SINCE EARLY MID LATE "
    "EDGE OF IN AT ON FOR TO AND OR FROM WITHIN FISCAL FINANCIAL CALENDAR ENDED TODAY TONIGHT AMPM ZONE ERA OLD LONG MORE "
    "REF AHEAD HOLIDAY APPROX HALFOF YEAREND TIMES "
).split()
"""What a token can be to the grammar; each class is one letter of the string that the rules read."""
CODES = {name: chr(0xE000 + index) for index, name in enumerate(CLASSES)}

_TOKEN = re.compile(
    r"(?P<ISO>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]{1,6})?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?(?![0-9-]))"
    r"|(?P<NUMERIC>(?:[0-9]{1,2}(?P<sep>[/.])[0-9]{1,2}(?P=sep)[0-9]{4}|[0-9]{4}(?P<sep2>[/.])[0-9]{1,2}(?P=sep2)[0-9]{1,2}"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}|[0-9]{1,2}-[0-9]{1,2}-[0-9]{4})(?![0-9/.-]*[0-9]))"
    r"|(?P<CLOCK>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:]))"
    r"|(?P<DECADE>['’]?(?:[0-9]{2}|[0-9]{4})['’]?s\b)"
    r"|(?P<ORDINAL>[0-9]{1,3}(?:st|nd|rd|th)\b)"
    r"|(?P<FRACTION>[0-9]{1,3}[ ][1-9]/[1-9](?![0-9/])|[0-9]{1,3}½)"
    r"|(?P<num>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<POSS>['’]s\b)"
    r"|(?P<word>(?:[^\W\d_]\.)+[^\W\d_](?![^\W\d_])|[^\W\d_]+(?:[’'][^\W\d_]+)*)"
    r"|(?P<BREAK>\n[^\S\n]*\n\s*)"
    r"|(?P<punct>[^\w\s]|_|\w)"
)
_PUNCTUATION = {",": "COMMA", ".": "DOT", "/": "SLASH", "(": "OPEN", "[": "OPEN", ")": "CLOSE", "]": "CLOSE"}
_PUNCTUATION |= dict.fromkeys("-–—−‐‑", "DASH")
_SHORT = frozenset({"WEEKDAY_SHORT", "MONTH_SHORT"})
_NEWS_NAMES = frozenset({"sun", "sat", "wed", "mon"})  # THE SUN, SAT scores: short weekdays only count as Sun, Sat
_CAPITAL = frozenset({"WEEKDAY", "WEEKDAYS", "MONTH"}) | _SHORT


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its class, the value the grammar needs (number, offset, TIMEX3 part, or the text) and raw offsets.

    The value of a plain word (class WORD) is "^" when it is printed with a capital. `lower` is "" for joined number words.
    """

    kind: str
    value: str
    char_start: int
    char_end: int
    lower: str


@cache
def _words() -> dict[str, tuple[str, str]]:
    return {row["word"]: (row["class"], row["value"]) for row in load_rows("date_words.tsv")}


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
    """Phrases by their first token, the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for row in load_rows("date_phrases.tsv"):
        words = tuple(token.lower for token in _plain_tokens(row["phrase"]))
        table.setdefault(words[0], []).append((words, row["class"], row["value"]))
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for first, entries in table.items()}


def tokenize(text: str, char_start: int = 0, char_end: int | None = None) -> list[Token]:
    """The tokens of a range of the text, with fixed phrases and number words joined into one token each."""
    return _join_numbers(_join_phrases(_plain_tokens(text, char_start, len(text) if char_end is None else char_end)))


def _plain_tokens(text: str, char_start: int = 0, char_end: int | None = None) -> list[Token]:
    tokens = []
    words = _words()
    for match in _TOKEN.finditer(text, char_start, len(text) if char_end is None else char_end):
        group = match.lastgroup
        start, end = match.span()
        printed = match.group()
        if group == "word":
            tokens.extend(_word_tokens(printed, start, words))
        elif group == "num":
            tokens.append(Token(*_number_class(printed), start, end, printed))
        elif group == "punct":
            tokens.append(Token(_PUNCTUATION.get(printed, "PUNCT"), printed, start, end, printed))
        else:
            tokens.append(Token(group or "PUNCT", printed, start, end, printed.lower().replace("’", "'")))
    return tokens


def _word_tokens(printed: str, start: int, words: dict[str, tuple[str, str]]) -> list[Token]:
    """The token of a word; `X's` is parted in two, and dots within (a.m., U.S.) do not count."""
    end = start + len(printed)
    if len(printed) > 2 and printed[-2] in "'’" and printed[-1] in "sS":
        return [*_word_tokens(printed[:-2], start, words), Token("POSS", "'s", end - 2, end, "'s")]
    lower = printed.lower().replace("’", "'")
    kind, value = words.get(lower.replace(".", ""), ("WORD", ""))
    small = kind in _CAPITAL and not printed[0].isupper()
    shouted = kind == "WEEKDAY_SHORT" and printed[1:2].isupper() and lower in _NEWS_NAMES
    if small or shouted or (kind in ("ZONE", "ERA") and not printed.replace(".", "").isupper()):
        kind, value = "WORD", ""
    if kind == "WORD" and printed[0].isupper():
        value = "^"
    return [Token(kind, value, start, end, lower)]


def _number_class(printed: str) -> tuple[str, str]:
    plain = printed.replace(",", "")
    if "." in plain or len(plain) > 6:
        return ("FRACTION", plain) if len(plain) <= 6 and "," not in printed else ("PUNCT", "")
    number = int(plain)
    if len(printed) == 4 and 1000 <= number <= 2199:
        return "YEAR", plain
    return ("DAY" if len(printed) <= 2 and 1 <= number <= 31 else "INT"), str(number)


def _join_phrases(tokens: list[Token]) -> list[Token]:
    joined: list[Token] = []
    phrases = _phrases()
    index = 0
    while index < len(tokens):
        token = tokens[index]
        for words, kind, value in phrases.get(token.lower, ()):
            if all(index + k < len(tokens) and tokens[index + k].lower == word for k, word in enumerate(words)):
                last = tokens[index + len(words) - 1]
                joined.append(Token(kind, value, token.char_start, last.char_end, " ".join(words)))
                index += len(words)
                break
        else:
            joined.append(token)
            index += 1
    return joined


def _join_numbers(tokens: list[Token]) -> list[Token]:
    """Number words as one token: 'twenty-four', 'two hundred', 'nineteen ninety-six' (a year), 'thirty-first'."""
    joined: list[Token] = []
    index = 0
    while index < len(tokens):
        if tokens[index].kind not in ("NUMBER", "SCALE"):
            joined.append(tokens[index])
            index += 1
            continue
        group = _number_group(tokens, index)
        first, last = tokens[index], tokens[index + group.length - 1]
        joined.append(Token(group.kind, str(group.number), first.char_start, last.char_end, ""))
        index += group.length
    return joined


@dataclass(frozen=True, slots=True)
class _Group:
    kind: str
    number: int
    length: int


def _number_group(tokens: list[Token], index: int) -> _Group:
    total = 0
    current = 0
    year = False
    kind = "NUMBER"
    at = index
    last = index
    while at < len(tokens) and at - index < 9:
        token = tokens[at]
        if token.kind == "DASH" or (token.kind == "AND" and current >= 100):
            at += 1
            continue
        if token.kind not in ("NUMBER", "SCALE", "ORDINAL") or not token.value.isdigit() or (at > last + 2):
            break
        value = int(token.value)
        if token.kind == "SCALE":
            current = max(current, 1) * value
        elif token.kind == "ORDINAL":
            if not (current in (20, 30) and value < 10 and token.lower.isalpha()):
                break
            return _Group("ORDINAL", current + value, at + 1 - index)
        elif current == 0 or (current % 100 == 0) or (current % 10 == 0 and current % 100 >= 20 and value < 10):
            current += value
        elif 11 <= current <= 20 and value >= 10 and not year:
            total, current, year = current * 100, value, True
        elif current == 20 and value >= 10 and not year:
            total, current, year = 2000, value, True
        else:
            break
        last = at
        at += 1
    number = total + current
    if year or (number >= 1900 and number <= 2100):
        kind = "YEAR"
    return _Group(kind, number, last + 1 - index)
