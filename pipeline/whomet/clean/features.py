"""What can be seen of a line: numbers about its form, its words, and the lines around it. Linear in the length of the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from whomet.clean.lines import SENTENCE_END, fold
from whomet.clean.wordings import DATE_LINE_CHARS, is_date_line, load_wordings, word_class

Matrix = npt.NDArray[np.float32]

HEAD_CHARS = 400
"""How much of a line its form is read from."""
WORD_KINDS = 12
"""How many words of a line the wording model reads, from its beginning."""
KINDS = ("boilerplate", "related", "opener", "form", "vote", "reply", "published", "byline", "caption", "date")
_CLASSES = ("function", "first", "second", "third", "said", "talk", "month", "weekday", "ago", "furniture")
_CAPITAL = re.compile(r"\b[A-Z]")
_CLOCK = re.compile(r"\d:\d\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LINK = re.compile(r"https?:|www\.|\.com\b|\.org\b|\.net\b")
_INNER = re.compile(r"[.!?][\"'”’)]* +[\"'“‘(]?[A-Z]")
_SAYS = re.compile(r"\b(?:says|said|wrote|writes|commented|responded|replied)\b[^a-z]*$")
_BY_WHOM = re.compile(r"^(?:posted|comment|commented|submitted|written|#?\d+\.?) (?:by|from|at|on)\b|^(?:by|from) [a-z]")
_KIND_NUMBER = {name: number for number, name in enumerate(KINDS)}


def _signs_of(char: str) -> str:
    """What a character is for counting: one letter for each class of sign."""
    if char.isdigit():
        return "0"
    for letter, members in (
        ("|", "|»«·•→›>"),
        ('"', '"“”'),
        ("$", "$£€¥%"),
        ("(", "("),
        (",", ","),
        ("?", "?"),
        ("!", "!"),
        ("@", "@"),
        ("#", "#"),
    ):
        if char in members:
            return letter
    code = ord(char)
    if code > 0x24F and not 0x2000 <= code <= 0x2BFF:
        return "x" if char.isalnum() or char == "_" or char.isspace() else "X"
    return " " if char.isspace() else "a" if char.isalnum() or char == "_" else "."


class _Signs(dict[int, str]):
    """A table for `str.translate` that learns each character when it first meets it."""

    def __missing__(self, code: int) -> str:
        sign = _signs_of(chr(code))
        if len(self) < 0x3000:
            self[code] = sign
        return sign


_SIGN_TABLE = _Signs()
_SIGN_LETTERS = '0,"|?!@#$(.Xx'
_NO_SIGNS = (0,) * len(_SIGN_LETTERS)

_FORM = (
    "log_words log_chars word_length ends_sentence inner_sentences capital_first lower_first digit_first quote_first "
    "symbol_first capitals all_caps digits commas quotes separators punctuation colon_end questions exclamations dots_end"
).split()
_SIGNS = "at hash money copyright link bracket clock year says by_whom foreign".split()
_RAW = (
    "words length head head_words tokens ends inner upper lower digit quoted symbol capitals all_caps digits commas quotes "
    "separators punctuation colon questions exclamations dots at "
    "hash money copyright link brackets clock year says by_whom foreign kind"
).split()
_TEXT = "prose prose_words title_like short".split()
_PAGE = "repeated seen_before shape_repeated overlap blank_before blank_after".split()
COLUMNS = (
    *_FORM,
    *_SIGNS,
    *_TEXT,
    *(f"words_{name}" for name in _CLASSES),
    *(f"kind_{name}" for name in KINDS),
    *_PAGE,
)
"""What each column of a feature matrix is."""
COLUMN = {name: index for index, name in enumerate(COLUMNS)}


@cache
def _word_classes() -> dict[str, int]:
    return {word: number for number, name in reversed(list(enumerate(_CLASSES))) for word in word_class(name)}


def is_running_text(words: Matrix, ends: npt.NDArray[np.bool_], function: Matrix) -> npt.NDArray[np.bool_]:
    """Which lines, of so many words, so many of them function words, with a full stop or without, read as prose."""
    long = (words >= 10) & (function * 8 >= np.minimum(words, 60)) & (ends | (words >= 25))
    return long | ((words >= 6) & ends & (function >= 2))


def line_numbers(line: str, folded: str, kind: str | None) -> tuple[float, ...]:
    """What is counted on one stripped, non-empty line: `_RAW`, then a count for each word class."""
    head = line[:HEAD_CHARS]
    words = line.count(" ") + 1
    plain = line.isascii() and line.replace(" ", "").isalpha()
    tokens = folded.split() if plain else folded.replace(",", "").replace(".", "").split()
    counts = [0] * len(_CLASSES)
    number_of = _word_classes().get
    for token in tokens:
        number = number_of(token)
        if number is not None:
            counts[number] += 1
    signs = _NO_SIGNS if plain else tuple(map(head.translate(_SIGN_TABLE).count, _SIGN_LETTERS))
    digits, commas, quotes, separators, questions, exclamations, at, hashes, money, brackets, others, foreign, letters = signs
    if kind is None:
        number = len(KINDS) - 1 if digits and len(line) <= DATE_LINE_CHARS and is_date_line(line) else -1
    else:
        number = _KIND_NUMBER[kind]
    first, last = line[0], line[-1]
    quoted = first in "\"'“‘"
    return (
        words,
        len(line),
        len(head),
        head.count(" ") + 1,
        max(len(tokens), 1),
        not plain and SENTENCE_END.search(line[-8:]) is not None,
        0 if plain else len(_INNER.findall(head)),
        first.isupper(),
        first.islower(),
        first.isdigit(),
        quoted,
        not quoted and not first.isalnum(),
        len(_CAPITAL.findall(head)),
        line.isupper(),
        digits,
        commas,
        quotes,
        separators,
        sum(signs) - digits - letters,
        last == ":",
        questions,
        exclamations,
        last == "…" or line.endswith("..."),
        at > 0,
        hashes > 0,
        money > 0,
        not plain and ("©" in head or "(c)" in folded),
        others > 0 and _LINK.search(folded) is not None,
        brackets,
        digits > 2 and _CLOCK.search(head) is not None,
        digits > 3 and _YEAR.search(head) is not None,
        words < 12 and _SAYS.search(folded) is not None,
        words < 16 and _BY_WHOM.search(folded) is not None,
        foreign + letters,
        number,
        *counts,
    )


def _scaled(raw: Matrix) -> Matrix:
    """All `COLUMNS` but the last six, from the numbers of every line."""
    value = {name: raw[:, number] for number, name in enumerate(_RAW)}
    words, length, head = value["words"], value["length"], value["head"]
    visible = np.minimum(words, value["head_words"])
    counts = raw[:, len(_RAW) :]
    function = counts[:, 0] * np.maximum(words / value["tokens"], 1.0)
    ends = value["ends"] > 0
    prose = is_running_text(words, ends, function)
    title = (words >= 3) & (words <= 25) & ~ends & (value["capitals"] * 2 >= words)
    form: list[npt.NDArray[Any]] = [
        np.log1p(words),
        np.log1p(length),
        np.minimum(length / words, 20.0) / 5.0,
        ends,
        np.log1p(value["inner"]),
    ]
    form += [value[name] for name in ("upper", "lower", "digit", "quoted", "symbol")]
    form += [value["capitals"] / visible, value["all_caps"], value["digits"] / head, value["commas"] / visible]
    form += [np.minimum(value["quotes"], 4) / 4.0, np.minimum(value["separators"], 4) / 4.0, value["punctuation"] / head]
    form += [value["colon"], np.minimum(value["questions"], 3) / 3.0, np.minimum(value["exclamations"], 3) / 3.0, value["dots"]]
    signs: list[npt.NDArray[Any]] = [value[name] for name in ("at", "hash", "money", "copyright", "link")]
    signs += [np.minimum(value["brackets"], 3) / 3.0, value["clock"], value["year"], value["says"], value["by_whom"]]
    signs.append(np.minimum(value["foreign"], 10) / 10.0)
    text = [prose, np.where(prose, np.log1p(words), 0.0), title, words <= 3]
    classes = np.minimum(counts / value["tokens"][:, None], 1.0)
    kinds = value["kind"][:, None] == np.arange(len(KINDS), dtype=np.float32)
    return np.hstack([np.stack([*form, *signs, *text], axis=1), classes, kinds]).astype(np.float32)


def read_lines(lines: Sequence[str]) -> tuple[Matrix, list[str], list[str | None]]:
    """Stripped, non-empty lines as numbers (rows without the last six `COLUMNS`), folded, and the kind of their wording."""
    wordings = load_wordings()
    folded = [fold(line) for line in lines]
    kinds = [wordings.kind(key) for key in folded]
    rows = [line_numbers(line, key, kind) for line, key, kind in zip(lines, folded, kinds, strict=True)]
    raw = np.array(rows, dtype=np.float32).reshape(len(lines), len(_RAW) + len(_CLASSES))
    return _scaled(raw), folded, kinds


def page_features(form: Matrix, folded: Sequence[str], blanks: Sequence[int]) -> Matrix:
    """`COLUMNS` of every line of a page, from the lines' own numbers.

    `blanks[i]` is how many blank lines stand before line i, with one more entry for the end of the page.
    """
    page = np.zeros((len(folded), len(_PAGE)), dtype=np.float32)
    counts = Counter(folded)
    seen: set[str] = set()
    for index, key in enumerate(folded):
        page[index, 0] = min(counts[key] - 1, 3) / 3.0
        page[index, 1] = key in seen
        seen.add(key)
    page[:, 2] = _shape_repeats(form)
    page[:, 3] = _overlap(folded, form[:, COLUMN["prose"]])
    gaps = np.minimum(np.array(blanks, dtype=np.float32), 3.0) / 3.0
    page[:, 4], page[:, 5] = gaps[:-1], gaps[1:]
    return np.hstack([form, page])


def _shape_repeats(form: Matrix) -> Matrix:
    """How many of the four lines on either side have the same shape: length class, first and last character, digits."""
    names = (
        "ends_sentence",
        "capital_first",
        "digit_first",
        "symbol_first",
        "all_caps",
        "colon_end",
        "prose",
        "title_like",
        "clock",
    )
    shape = np.minimum(form[:, 0] * 2.0, 9.0).astype(np.int64)
    for name in names:
        shape = shape * 2 + (form[:, COLUMN[name]] > 0)
    shape = shape * 2 + (form[:, COLUMN["digits"]] > 0)
    same = np.zeros(len(shape), dtype=np.float32)
    for offset in range(1, 5):
        equal = (shape[offset:] == shape[:-offset]).astype(np.float32)
        same[offset:] += equal
        same[:-offset] += equal
    return same / 8.0


def _overlap(folded: Sequence[str], prose: Matrix) -> Matrix:
    """Which share of a line's longer words stands in the running text of the page, its own line not counted."""
    contents = [[word for word in key.split()[:25] if len(word) > 3] for key in folded]
    vocabulary: Counter[str] = Counter()
    for words, is_text in zip(contents, prose, strict=True):
        if is_text:
            vocabulary.update(set(words))
    shares = np.zeros(len(folded), dtype=np.float32)
    for index, words in enumerate(contents):
        if words:
            own = 2 if prose[index] else 1
            shares[index] = sum(vocabulary[word] >= own for word in words) / len(words)
    return shares


def lexical_items(folded: str) -> list[str]:
    """The words of a line as the wording model reads them: the first one, the last one and those of the beginning."""
    words = folded.split()
    if not words:
        return ["="]
    items = words[:WORD_KINDS]
    items.append("^" + words[0])
    items.append("$" + words[-1])
    if len(words) <= 4:
        items.append("=" + folded)
    return items
