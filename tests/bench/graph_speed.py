"""How long and how much memory a graph of many meetings takes: `python tests/bench/graph_speed.py [MEETINGS ...]`.

Synthetic meetings of a made-up world whose size grows with their number, as real archives do: each occasion is told by one to
five articles, with parts of names, vague days and other words, and some people and parties occur far more often than others.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from whomet.graph import build_graph

SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bar cen dil fon gur".split()
TOPICS = "border tax river fishing railway gas grain visa port mine satellite vaccine tariff debt prison".split()
PARTIES = [f"Republic {number}" for number in range(150)]


def synthetic_meetings(count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """So many lines of meetings.jsonl, the same for the same count and seed."""
    draw = random.Random(seed)
    people = [
        (
            "".join(draw.choices(SYLLABLES, k=3)).title() + " " + "".join(draw.choices(SYLLABLES, k=3)).title(),
            draw.choice(PARTIES),
        )
        for _ in range(max(200, count // 20))
    ]
    first_day, days = date(1995, 1, 1), max(365, count // 20)
    told = 0
    while told < count:
        one, other = (people[int(len(people) * draw.random() ** 3)] for _ in range(2))
        if one[1] == other[1]:
            continue
        day = first_day + timedelta(days=draw.randrange(days))
        topic, place = f"the {draw.choice(TOPICS)} and {draw.choice(TOPICS)} question", f"Town {draw.randrange(400)}"
        for _ in range(min(draw.choice([1, 1, 1, 2, 2, 3, 5]), count - told)):
            yield _report(draw, told, (one, other), day, topic, place)
            told += 1


def _report(
    draw: random.Random, number: int, who: tuple[tuple[str, str], ...], day: date, topic: str, place: str
) -> dict[str, Any]:
    names = [name if draw.random() < 0.8 else name.split()[1] if draw.random() < 0.5 else None for name, _ in who]
    vague = draw.random()
    start, end = (day, day) if vague < 0.8 else (day - timedelta(days=3), day + timedelta(days=3))
    sentence = f"Report {number}: {who[0][0]} and {who[1][0]} spoke of {topic} in words of article {number} only"
    return {
        "id": f"a{number}#m1",
        "article": f"a{number}",
        "form": "meeting",
        "status": draw.choice(["held", "held", "held", "planned"]),
        "participants": [
            {"name": name, "title": "Foreign Minister", "party": party, "country": "XX", "confidence": 0.9}
            for name, (_, party) in zip(names, who, strict=True)
        ],
        "topics": [{"text": topic}] if draw.random() < 0.7 else [],
        "places": [{"text": place, "country": "XX"}] if draw.random() < 0.7 else [],
        "when": {"text": "then", "start": start.isoformat(), "end": end.isoformat()} if vague < 0.9 else None,
        "evidence": [{"text": sentence, "char_start": 0, "char_end": len(sentence)}],
        "confidence": 0.8,
    }


def main() -> None:
    """One line of figures for each number of meetings; with two or more, how the cost of a meeting grew."""
    costs = []
    for count in [int(argument) for argument in sys.argv[1:]] or [20_000, 200_000]:
        begin, cpu = time.perf_counter(), time.process_time()
        rows = nodes = merged = size = 0
        for row in build_graph(synthetic_meetings(count)):
            rows += 1
            nodes += row["type"] == "node"
            merged += row["kind"] == "Meeting"
            size += len(json.dumps(row)) + 1
        seconds = time.perf_counter() - begin
        cpu = time.process_time() - cpu
        costs.append(cpu / count)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count:,} meetings -> {merged:,} occasions, {rows:,} rows ({size / 1e6:,.0f} MB): "
            f"{seconds:.1f} s ({cpu:.1f} s CPU), {1e6 * cpu / count:.0f} us CPU a meeting, peak {peak:,.0f} MB"
        )
    if len(costs) > 1:
        print(f"cost of a meeting, last to first: {costs[-1] / costs[0]:.2f}")


if __name__ == "__main__":
    main()
