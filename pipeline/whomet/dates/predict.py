"""Time expressions of a gold file, for scoring: `python -m whomet.dates.predict GOLD.jsonl > PRED.jsonl`.

Each line of the gold file has `doc_id`, `text` and `dct` (the ISO publication date); the gold expressions are not read.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from whomet.dates.find import find_timexes
from whomet.records import to_json


def predict_lines(path: Path) -> Iterator[str]:
    """One JSON line per document: doc_id, seconds spent, timexes with start / end offsets, first_day / last_day."""
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


if __name__ == "__main__":
    for output in predict_lines(Path(sys.argv[1])):
        sys.stdout.write(output + "\n")
