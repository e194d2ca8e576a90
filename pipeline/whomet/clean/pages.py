"""Pages whose lines are labelled, for training and measuring: reading, grouping by outlet, cutting into other shapes."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from textwrap import wrap

from whomet.clean.lines import WORD, fold
from whomet.clean.model import CLASSES
from whomet.errors import SetupError

FOLDS = 5
CHECK_FOLD = 0
HEAD_LINES = 12


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """The non-empty lines of a page: their classes, their numbers of words, and which of them are certain enough to count."""

    id: str
    set: str
    outlet: str
    lines: tuple[str, ...]
    blanks: tuple[int, ...]
    classes: tuple[int, ...]
    words: tuple[int, ...]
    known: tuple[bool, ...]
    fold: int = 0

    def keep(self, numbers: Sequence[int], blanks: Sequence[int]) -> LabelledPage:
        """The page with some of its lines only, and with other blank lines before them."""
        return replace(
            self,
            lines=tuple(self.lines[number] for number in numbers),
            blanks=tuple(blanks),
            classes=tuple(self.classes[number] for number in numbers),
            words=tuple(self.words[number] for number in numbers),
            known=tuple(self.known[number] for number in numbers),
        )


def count_words(line: str) -> int:
    """How many words a line is scored by."""
    return len(WORD.findall(line))


def _page(record: dict[str, object], rows: Iterable[tuple[str, str, str]]) -> LabelledPage:
    lines, blanks, classes, words, known = [], [], [], [], []
    blank = 0
    for text, label, fine in rows:
        stripped = text.strip()
        if not stripped:
            blank += 1
            continue
        lines.append(stripped)
        blanks.append(blank)
        blank = 0
        classes.append(CLASSES.index(label) if label in CLASSES else 0)
        words.append(count_words(stripped))
        known.append(words[-1] > 0 and not fine.endswith("?"))
    return LabelledPage(
        id=str(record["id"]),
        set=str(record["set"]),
        outlet=str(record.get("outlet") or record["id"]),
        lines=tuple(lines),
        blanks=tuple(blanks),
        classes=tuple(classes),
        words=tuple(words),
        known=tuple(known),
    )


def read_labelled(path: Path) -> Iterator[LabelledPage]:
    """The pages of a JSONL file: `id`, `set`, `outlet`, `lines` of `t`, `label` and `fine` (ending in ? when uncertain).

    Raises SetupError when the file cannot be read or is not of this form.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                yield _page(record, ((row["t"], row["label"], row.get("fine", "")) for row in record["lines"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SetupError(f"labelled pages {path} cannot be read: {error!r}") from error


def read_own(path: Path) -> Iterator[LabelledPage]:
    """The pages of a text file of our own writing: `## id` above each page, then `b `, `. ` or `c ` before each line.

    b = story, . = furniture, c = comment. Raises SetupError when a line begins otherwise.
    """
    labels = {"b": "body", ".": "boilerplate", "c": "comment"}
    name, rows = "", list[tuple[str, str, str]]()
    for line in [*path.read_text(encoding="utf-8").split("\n"), "## "]:
        if line.startswith("## "):
            if rows:
                yield _page({"id": name, "set": "own", "outlet": name}, rows)
            name, rows = line[3:].strip(), []
        elif not line.strip():
            rows.append(("", "blank", ""))
        elif line[0] in labels and line[1:2] == " ":
            rows.append((line[2:], labels[line[0]], ""))
        elif not line.startswith("#"):
            raise SetupError(f"{path}: {line!r} is not labelled")


def with_folds(pages: Sequence[LabelledPage]) -> list[LabelledPage]:
    """The pages with their outlet and the number of its fold.

    Pages that do not name their outlet belong together when they share lines that few other pages have.
    """
    leader: dict[str, str] = {}

    def find(outlet: str) -> str:
        while leader.setdefault(outlet, outlet) != outlet:
            outlet = leader[outlet]
        return outlet

    for one, other in _alike(pages):
        if pages[one].outlet == pages[one].id or pages[other].outlet == pages[other].id:
            leader[find(pages[one].outlet)] = find(pages[other].outlet)
    return [replace(page, outlet=find(page.outlet), fold=_fold_of(find(page.outlet))) for page in pages]


def _fold_of(outlet: str) -> int:
    return int(hashlib.sha256(outlet.encode()).hexdigest(), 16) % FOLDS


def _alike(pages: Sequence[LabelledPage]) -> list[tuple[int, int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for number, page in enumerate(pages):
        for key in {fold(line) for line in page.lines}:
            if key.count(" ") >= 2:
                holders[key].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        if 2 <= len(numbers) <= 15:
            shared.update(combinations(numbers, 2))
    return sorted(pair for pair, count in shared.items() if count >= 4)


def without_head(page: LabelledPage) -> LabelledPage:
    """A page whose labels leave out headline, byline and captions, with these lines marked as unknown.

    Some collections count only the paragraphs as the story. Unknown are furniture lines shortly above the first line of the
    story, and sentences of furniture within it.
    """
    story = [number for number, label in enumerate(page.classes) if label == 1]
    if not story:
        return page
    known = list(page.known)
    for number in range(max(0, story[0] - HEAD_LINES), story[-1]):
        if page.classes[number] == 0 and (number < story[0] or page.words[number] >= 6):
            known[number] = False
    return replace(page, known=tuple(known))


def other_shapes(page: LabelledPage, seed: int) -> Iterator[LabelledPage]:
    """The page as other sources would deliver it: cut out, in one line, the story alone or its first lines, hard-wrapped."""
    chance = random.Random(f"{seed}:{page.id}")
    story = [number for number, label in enumerate(page.classes) if label == 1]
    if not story:
        return
    blank = chance.choice((0, 0, 1, 1, 2))
    first = max(0, story[0] - chance.randint(0, 5))
    last = min(len(page.lines), story[-1] + 1 + chance.randint(0, 5))
    around = page.keep(list(range(first, last)), [0] * (last - first))
    yield replace(around, blanks=page.blanks[first:last] if blank == 2 else (blank,) * (last - first))
    yield _flat(around, chance.choice((0, 1, 1, 2)))
    form = chance.random()
    if form < 0.25:
        yield _wrapped(page.keep(story, [0] * len(story)), chance.randint(50, 80))
    else:
        some = story if form < 0.6 else story[: chance.randint(1, 6)]
        yield page.keep(some, [chance.choice((0, 1))] * len(some))


def _flat(page: LabelledPage, head: int) -> LabelledPage:
    """The page with its story in one line; short lines at its head, and all lines before and after it, stay lines."""
    story = [number for number, label in enumerate(page.classes) if label == 1]
    while head and page.words[story[0]] <= 25 and len(story) > 1:
        story = story[1:]
        head -= 1
    above = list(range(story[0]))
    below = list(range(story[-1] + 1, len(page.lines)))
    top, bottom = page.keep(above, [1] * len(above)), page.keep(below, [1] * len(below))
    return replace(
        page,
        lines=(*top.lines, " ".join(page.lines[number] for number in story), *bottom.lines),
        blanks=(*top.blanks, 1, *bottom.blanks),
        classes=(*top.classes, 1, *bottom.classes),
        words=(*top.words, sum(page.words[number] for number in story), *bottom.words),
        known=(*top.known, True, *bottom.known),
    )


def _wrapped(page: LabelledPage, width: int) -> LabelledPage:
    """The page with its lines broken after so many characters, a blank line between the old lines."""
    pieces = [(number, piece) for number, line in enumerate(page.lines) for piece in wrap(line, width)]
    starts = [place == 0 or pieces[place - 1][0] != number for place, (number, _) in enumerate(pieces)]
    counts = [count_words(piece) for _, piece in pieces]
    return replace(
        page,
        lines=tuple(piece for _, piece in pieces),
        blanks=tuple(int(start) for start in starts),
        classes=tuple(page.classes[number] for number, _ in pieces),
        words=tuple(counts),
        known=tuple(page.known[number] and count > 0 for (number, _), count in zip(pieces, counts, strict=True)),
    )
