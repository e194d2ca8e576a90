"""Training pages with comment sections in many forms: real stories, real remarks, and forms of our own writing."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from whomet.clean.pages import LabelledPage, count_words
from whomet.errors import SetupError

ROUNDS = 2
"""How many sections each page is given, one at a time."""
NO_HEAD = 0.1
TOLD = 0.2
"""How often a section comes without the lines that open it, and how often a remark is a line of another story."""
CLASS_OF = {"c": 2, ".": 0}
REMARK_WORDS = (4, 120)
SENTENCE_ENDS = (".", "!", "?", "…", "”", '"', ")")
NAMES = (
    "trawlerman seagull77 Karin Peter_K HarbourLight Anonymous oldsailor Ann-Marie Rosa bankwatcher northstar JohnD "
    "Mike truthseeker50 Ines_Duarte GV lena.s Paul fishfan no_name RealistUK maryjane Dilys concerned-citizen Tom"
).split()
SURNAMES = ("Voss", "Miller", "Okafor", "Strand", "Hale", "Lund", "Moll", "K.", "Ortega", "Singh", "")
CITIES = (
    "Alba City",
    "Port Alba",
    "London",
    "Toronto",
    "Skagen",
    "University of Port Alba",
    "Works at Self-employed",
    "Leeds, UK",
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Form:
    """How a comment section is printed: (class, text) of the lines above the comments, of one comment, and below them."""

    head: tuple[tuple[int, str], ...]
    comment: tuple[tuple[int, str], ...]
    foot: tuple[tuple[int, str], ...]


def read_forms(path: Path) -> list[Form]:
    """The forms of a file of our own writing. Raises SetupError when one is not head, comment and foot."""
    forms = []
    for block in path.read_text(encoding="utf-8").split("\n## ")[1:]:
        parts: list[list[tuple[int, str]]] = [[]]
        for line in block.split("\n")[1:]:
            if line == "--":
                parts.append([])
            elif line[:1] in CLASS_OF and line[1:2] == " ":
                parts[-1].append((CLASS_OF[line[0]], line[2:]))
            elif line.strip():
                raise SetupError(f"{path}: {line!r} is not labelled")
        if len(parts) != 3:
            raise SetupError(f"{path}: form {block.split()[0]!r} has {len(parts)} parts, not 3")
        forms.append(Form(*(tuple(part) for part in parts)))
    return forms


def with_comments(pages: Sequence[LabelledPage], forms: Sequence[Form], seed: int) -> Iterator[LabelledPage]:
    """Pages without comments, each with a comment section; the remarks come from other pages of the same fold.

    Some remarks are lines of other stories, so that not the tone alone tells a comment.
    """
    chance = random.Random(seed)
    remarks: dict[int, list[str]] = defaultdict(list)
    told: dict[int, list[str]] = defaultdict(list)
    low, high = REMARK_WORDS
    for page in pages:
        for line, label, words, known in zip(page.lines, page.classes, page.words, page.known, strict=True):
            if known and low <= words <= high:
                if label == 2 and line.endswith(SENTENCE_ENDS):
                    remarks[page.fold].append(line)
                elif label == 1 and words >= 8:
                    told[page.fold].append(line)
    for _ in range(ROUNDS):
        for page in pages:
            if 2 not in page.classes and 1 in page.classes and remarks[page.fold]:
                yield _with_section(page, chance.choice(forms), remarks[page.fold], told[page.fold], chance)


def _with_section(
    page: LabelledPage, form: Form, remarks: Sequence[str], told: Sequence[str], chance: random.Random
) -> LabelledPage:
    story = [number for number, label in enumerate(page.classes) if label == 1]
    first = 0 if chance.random() < 0.3 else max(0, story[0] - chance.randint(0, 4))
    last = min(len(page.lines), story[-1] + 1 + chance.choice((0, 0, 1, 3)))
    after = list(range(last, len(page.lines))) if chance.random() < 0.3 else []
    within, between = chance.choice(((0, 0), (0, 1), (1, 1), (1, 2)))
    above = page.keep(list(range(first, last)), [within] * (last - first))
    below = page.keep(after, [within] * len(after))
    facts = {"headline": page.lines[story[0]], "n": str(chance.randint(1, 60))}
    rows = [] if chance.random() < NO_HEAD else [(label, _fill(text, facts, chance), within) for label, text in form.head]
    for _ in range(chance.choice((1, 1, 2, 2, 3, 4, 6, 10))):
        remark = chance.choice(told if chance.random() < TOLD and told else remarks)
        one = {**facts, "text": remark, "quote": page.lines[chance.choice(story)]}
        for place, (label, text) in enumerate(form.comment):
            rows.append((label, _fill(text, one, chance), within if place else between))
    rows += [(label, _fill(text, facts, chance), within) for label, text in form.foot]
    counts = tuple(count_words(line) for _, line, _ in rows)
    return replace(
        page,
        id=f"{page.id}+comments",
        lines=(*above.lines, *(line for _, line, _ in rows), *below.lines),
        blanks=(*above.blanks, *(blank for _, _, blank in rows), *below.blanks),
        classes=(*above.classes, *(label for label, _, _ in rows), *below.classes),
        words=(*above.words, *counts, *below.words),
        known=(*above.known, *(count > 0 for count in counts), *below.known),
    )


def _fill(text: str, facts: dict[str, str], chance: random.Random) -> str:
    """A line of a form with its places filled."""
    month = chance.choice(MONTHS)
    day, year = chance.randint(1, 28), chance.randint(2006, 2025)
    hour, minute = chance.randint(0, 23), chance.randint(0, 59)
    drawn = {
        "name": _name(chance),
        "other": _name(chance),
        "city": chance.choice(CITIES),
        "m": str(chance.randint(0, 40)),
        "ago": chance.choice(
            (f"{day} hours ago", f"{minute} minutes ago", "2 years ago", "3y", "a day ago", f"{day}d", "yesterday")
        ),
        "date": chance.choice(
            (
                f"{month} {day}, {year}",
                f"{day} {month} {year}",
                f"{month[:3]} {day}, {year}",
                f"{day}/{hour % 12 + 1}/{year}",
                f"{day}.{hour % 12 + 1}.{year}",
            )
        ),
        "clock": chance.choice((f"{hour}:{minute:02d}", f"{hour % 12 + 1}:{minute:02d} pm", f"{hour % 12 + 1}:{minute:02d}AM")),
    }
    return " ".join(text.format_map({**drawn, **facts}).split())


def _name(chance: random.Random) -> str:
    name, surname = chance.choice(NAMES), chance.choice(SURNAMES)
    return f"{name} {surname}".strip() if name.isalpha() and name.istitle() else name
