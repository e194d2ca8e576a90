"""How likely a meeting that the grammar reads is right: a logistic model over what the record shows, fitted on annotations.

The weights stand in models/confidence/weights.json (its card is beside it); `python -m whomet.calibrate` fits them anew. The
trained reader judges its own meetings (see whomet.relations.reader.judge).
"""

from __future__ import annotations

import math

from whomet.models import load_weights
from whomet.records import Meeting

WEIGHTS = "confidence/weights.json"


def features(meeting: Meeting) -> dict[str, float]:
    """What speaks for and against a meeting, by name; absent features are 0."""
    people = meeting.participants
    named = sum(item.name is not None for item in people)
    vague = sum(item.name is None and item.party is None for item in people)
    return {
        "bias": 1.0,
        "two sides": float(len(people) > 1),
        "three sides": float(len(people) > 2),
        "two parties": float(len(meeting.parties) > 1),
        "one named": float(named == 1),
        "more named": float(named > 1),
        "vague side": float(vague > 0),
        "governments": min(sum(item.country is not None for item in people), 3) / 3,
        "told again": float(len(meeting.evidence) > 1),
        "told often": float(len(meeting.evidence) > 2),
        "dated": float(meeting.when is not None and meeting.when.start is not None),
        "placed": float(bool(meeting.places)),
        "topic": float(bool(meeting.topics)),
        f"status {meeting.status}": 1.0,
        f"form {meeting.form}": 1.0,
        "verb": float(meeting.trigger.text.lower() in ("met", "meet", "meets")),
    }


def confidence(meeting: Meeting) -> float:
    """Probability in 0..1 that a meeting is told by its article with this status and at least one of these sides."""
    weights = load_weights(WEIGHTS)
    odds = sum(weights.get(name, 0.0) * value for name, value in features(meeting).items())
    return round(1 / (1 + math.exp(-odds)), 2)
