"""Time expressions of annotated texts, one JSON line a text, for a TIMEX3 scorer to compare with the annotation.

    python -m whomet.dates.predict GOLD.jsonl > PREDICTED.jsonl

Each line of GOLD.jsonl has `doc_id`, `text` and may have `dct`, the ISO publication date; its annotation is not read. Each
line written has `doc_id`, `seconds` (processor time) and `timexes`: the records of `whomet.records.Timex`, whose offsets
are named `start` and `end` and whose days `first_day` and `last_day`, as in the annotated files.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from whomet.dates.find import find_timexes
from whomet.records import to_json


def predict_lines(path: Path) -> Iterator[str]:
    """One JSON line per document: doc_id, processor seconds spent, timexes with start / end offsets, first_day / last_day."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            document = json.loads(line)
            begun = time.process_time()
            found = find_timexes(document["text"], 0, len(document["text"]), anchor=document.get("dct"))
            seconds = time.process_time() - begun
            timexes = []
            for timex in found:
                record = to_json(timex)
                record["first_day"], record["last_day"] = record.pop("start"), record.pop("end")
                record["start"], record["end"] = record.pop("char_start"), record.pop("char_end")
                timexes.append(record)
            yield json.dumps({"doc_id": document["doc_id"], "seconds": seconds, "timexes": timexes}, ensure_ascii=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the predictions for the file named in the arguments to standard output."""
    parser = argparse.ArgumentParser(
        prog="python -m whomet.dates.predict", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="annotated texts, one JSON object a line")
    gold = parser.parse_args(arguments).gold
    if not gold.is_file():
        parser.error(f"no such file: {gold}")
    for output in predict_lines(gold):
        sys.stdout.write(output + "\n")


if __name__ == "__main__":
    main()
