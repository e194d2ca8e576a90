from dataclasses import replace

from whomet.models import load_weights
from whomet.records import Meeting, Participant, Span
from whomet.relations.confidence import WEIGHTS, confidence, features

SPAN = Span("met", 0, 3)
NAMED = Participant("Kari Lund", "minister", "Norway", "NO")
OTHER = Participant("Pablo Rojas", "president", "Chile", "CL")
VAGUE = Participant(None, "officials", None)


def meeting(*people: Participant, status: str = "held") -> Meeting:
    parties = tuple(sorted({item.party for item in people if item.party is not None}))
    return Meeting("a#m1", "a", "meeting", status, people, parties, (), (), None, None, SPAN, (SPAN,), 0.0)


def test_named_governments_are_surer_than_vague_sides() -> None:
    assert confidence(meeting(NAMED, OTHER)) > confidence(meeting(NAMED, VAGUE)) > 0.0


def test_what_is_only_proposed_is_less_sure() -> None:
    assert confidence(meeting(NAMED, OTHER, status="proposed")) < confidence(meeting(NAMED, OTHER))


def test_confidence_is_a_probability() -> None:
    assert 0.0 < confidence(meeting(VAGUE)) < 1.0


def test_every_weight_belongs_to_a_feature() -> None:
    records = [
        replace(meeting(NAMED, OTHER, VAGUE, status=status), form=form)
        for status in ("held", "planned", "proposed", "refused", "denied")
        for form in ("meeting", "visit", "call", "conference")
    ]
    assert set(load_weights(WEIGHTS)) <= {name for record in records for name in features(record)}
