"""How fast lines are labelled, beside the language pipeline on the same text: `python -m whomet.clean.bench FILES`."""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time

from whomet.clean.label import label_lines

PIPELINE_WORDS = 20_000
MEGABYTE = 1_000_000
ONE_WORD_LINES = 100_000


def read_texts(paths: Sequence[Path]) -> Iterator[str]:
    """The texts of `.txt` files, folders of them, and `.jsonl` / `.jsonl.gz` files with `text`, or `lines` of `t`, a line."""
    for path in paths:
        if path.is_dir():
            yield from read_texts(sorted(path.glob("*.txt")))
        elif ".jsonl" in path.name:
            with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
                for line in file:
                    record = json.loads(line)
                    yield record["text"] if "text" in record else "\n".join(row["t"] for row in record["lines"])
        else:
            yield path.read_text(encoding="utf-8")


def seconds(texts: Sequence[str]) -> float:
    """Processor seconds to label the lines of all texts."""
    begin = process_time()
    for text in texts:
        label_lines(text)
    return process_time() - begin


def pipeline_seconds(texts: Sequence[str]) -> float:
    """Processor seconds of the language pipeline on all texts, loading left out."""
    from whomet.models import load_nlp

    nlp, _ = load_nlp()
    begin = process_time()
    for _ in nlp.pipe(texts, batch_size=32):
        pass
    return process_time() - begin


def count_words(texts: Sequence[str]) -> int:
    """Words between white space."""
    return sum(len(text.split()) for text in texts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print words a second of both, their ratio, and the times of long pages."""
    parser = argparse.ArgumentParser(prog="python -m whomet.clean.bench", description="How fast lines are labelled.")
    parser.add_argument("paths", nargs="+", type=Path)
    options = parser.parse_args(arguments)
    texts = [text for text in read_texts(options.paths) if text.strip()]
    label_lines("Loading the model is not measured.")
    random.Random(1).shuffle(texts)
    some: list[str] = []
    while len(some) < len(texts) and count_words(some) < PIPELINE_WORDS:
        some.append(texts[len(some)])
    words = count_words(some)
    repeats = max(1, 200_000 // words)
    labelling, reading = words * repeats / seconds(some * repeats), words / pipeline_seconds(some)
    print(f"{len(some)} texts, {words} words: {labelling:,.0f} words/s labelled, {reading:,.0f} words/s by the language pipeline")
    print(f"ratio {labelling / reading:.1f}")
    whole = "\n\n".join(texts)
    for megabytes in (1, 2, 4, 5):
        page = (whole * (megabytes * MEGABYTE // len(whole) + 1))[: megabytes * MEGABYTE]
        print(f"one page of {megabytes} MB: {seconds([page]):.2f} s")
    chance = random.Random(1)
    lines = "\n".join("".join(chance.choices("abcdefghij", k=chance.randint(2, 9))) for _ in range(ONE_WORD_LINES))
    print(f"{ONE_WORD_LINES} one-word lines: {seconds([lines]):.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
