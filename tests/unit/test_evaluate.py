import gzip
import json
from pathlib import Path

import pytest

from whomet.errors import SetupError
from whomet.evaluate import evaluate, read_gold, read_predictions, scored_meeting
from whomet.evaluate.assignment import assign
from whomet.evaluate.counting import MEETING_FIGURES
from whomet.evaluate.likeness import is_same_days, is_same_name, is_same_place, is_same_topic, party_key
from whomet.evaluate.meetings import Days


def participant(name=None, title=None, party=None):
    return {"name": name, "title": title, "party": party}


def meeting(**changes):
    base = {
        "form": "meeting",
        "status": "held",
        "participants": [
            participant("Ada Lund", "Foreign Minister", "Norway"),
            participant("Pia Berg", "Prime Minister", "Sweden"),
        ],
        "topics": ["the border railway"],
        "places": ["Oslo"],
        "when": {"quote": "Monday", "start": "2020-03-02", "end": "2020-03-02"},
        "evidence": ["Ada Lund received Pia Berg in Oslo on Monday to discuss the border railway"],
    }
    return base | changes


def scores(gold, predicted):
    return counts(evaluate({"a": [scored_meeting(item) for item in gold]}, {"a": [scored_meeting(item) for item in predicted]}))


def counts(report):
    return {item.figure: item.counts for item in report.estimates()}


def values(report):
    return {item.figure: item.value.value for item in report.estimates()}


def test_evaluate_of_gold_itself_is_perfect():
    other = meeting(
        participants=[participant(party="Norway"), participant(party="Finland")], status="refused", evidence=["Norway refused"]
    )
    report = evaluate(
        {"a": [scored_meeting(meeting()), scored_meeting(other)]}, {"a": [scored_meeting(other), scored_meeting(meeting())]}
    )
    assert values(report) == dict.fromkeys(MEETING_FIGURES[:-1], 1.0)
    assert list(report.mistakes()) == []


def test_evaluate_counts_articles_without_prediction():
    report = evaluate({"a": [scored_meeting(meeting())], "b": [scored_meeting(meeting())]}, {"a": [scored_meeting(meeting())]})
    detection = report.to_json()["figures"]["detection"]
    assert (detection["recall"], detection["precision"]) == (0.5, 1.0)
    assert [(mistake.kinds, mistake.article) for mistake in report.mistakes()] == [(("missed",), "b")]


def test_evaluate_counts_spurious_meetings_of_an_article_without_any():
    report = evaluate({"a": []}, {"a": [scored_meeting(meeting())], "elsewhere": [scored_meeting(meeting())]})
    assert (counts(report)["detection"], values(report)["overall"]) == ((0, 1, 0), 0.0)
    assert [mistake.kinds for mistake in report.mistakes()] == [("spurious",)]


@pytest.mark.parametrize(
    ("change", "figure", "expected"),
    [
        ({"status": "planned"}, "status", (0, 1, 1)),
        ({"status": "planned"}, "status_acc", (0, 1, 1)),
        ({"status": "planned"}, "dyads", (0, 1, 1)),
        ({"form": "visit"}, "form_acc", (0, 1, 1)),
        ({"form": "visit"}, "overall", (6, 6, 6)),
        ({"places": ["Oslo", "Bergen"]}, "places", (1, 2, 1)),
        ({"topics": []}, "topics", (0, 0, 1)),
        ({"when": None}, "when", (0, 0, 1)),
        ({"when": {"start": "2020-03-01", "end": "2020-03-07"}}, "when", (0, 1, 1)),
        ({"when": {"start": "2020-03-01", "end": "2020-03-07"}}, "when_overlap", (1, 1, 1)),
        ({"participants": [participant("Lund", None, "Norway")]}, "participants", (1, 1, 2)),
        ({"participants": [participant("Lund", None, "Norway")]}, "parties", (1, 1, 2)),
        ({"participants": [participant("Lund", None, "Norway")]}, "dyads", (0, 0, 1)),
    ],
)
def test_evaluate_counts_fills_of_a_pair(change, figure, expected):
    assert scores([meeting()], [meeting(**change)])[figure] == expected


def test_evaluate_does_not_pair_meetings_of_other_parties():
    strangers = [participant("Ivo Horn", None, "Chile"), participant(party="Peru")]
    assert scores([meeting()], [meeting(participants=strangers)])["detection"] == (0, 1, 1)


def test_evaluate_does_not_pair_without_common_evidence_or_day():
    apart = meeting(evidence=["Something else was told"], when={"start": "2021-05-01", "end": "2021-05-01"})
    assert scores([meeting()], [apart])["detection"] == (0, 1, 1)


def test_evaluate_pairs_so_that_most_is_shared():
    second = meeting(places=["Bergen"], topics=["fish"])
    assert scores([meeting(), second], [second, meeting()])["places"] == (2, 2, 2)


def test_evaluate_confusion_is_by_gold_status():
    report = evaluate({"a": [scored_meeting(meeting(status="refused"))]}, {"a": [scored_meeting(meeting())]})
    assert report.confusion() == {"refused": {"held": 1}}


def test_evaluate_confusion_tells_of_missed_and_spurious_meetings():
    gold = {"a": [scored_meeting(meeting(status="refused"))], "b": []}
    report = evaluate(gold, {"b": [scored_meeting(meeting(status="planned"))]})
    assert report.confusion() == {"refused": {"missed": 1}, "spurious": {"planned": 1}}


def test_report_json_is_plain_and_repeatable():
    gold = {str(number): [scored_meeting(meeting())] for number in range(9)}
    predicted = {str(number): [scored_meeting(meeting(places=[]))] for number in range(4)}
    first, second = (json.dumps(evaluate(gold, predicted).to_json()) for _ in range(2))
    assert first == second
    overall = json.loads(first)["figures"]["overall"]
    assert overall["ci95"][0] < overall["value"] < overall["ci95"][1]


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [
        ("Ada Lund", "Lund", True),
        ("Lund", "Ada K. Lund", True),
        ("Ada Lund", "Ada Berg", False),
        ("José Núñez", "Jose Nunez", True),
        ("Li Bo", "Bo", False),
        ("", "Lund", False),
    ],
)
def test_is_same_name(gold, predicted, same):
    assert is_same_name(gold, predicted) is same


def test_is_same_topic_needs_half_of_the_words():
    assert is_same_topic("the border railway", "a railway at the border")
    assert not is_same_topic("the border railway and its price", "fish price")
    assert not is_same_topic("of the", "of the")


def test_is_same_place_lets_one_be_fuller():
    assert is_same_place("the Town Hall in Oslo", "Oslo")
    assert not is_same_place("Oslo harbour", "Bergen harbour")


def test_is_same_days_needs_known_days():
    assert not is_same_days(None, None)
    assert is_same_days(Days("2020-01-01", "2020-01-02"), Days("2020-01-01", "2020-01-02"))


def test_party_key_joins_usual_names():
    assert party_key("U.S.") == party_key("the United States") == party_key("usa")
    assert party_key("United Kingdom") != party_key("United States")


def test_assign_prefers_the_best_sum_to_the_best_pair():
    assert assign([[5, 4], [4, 0]]) == [(0, 1), (1, 0)]
    assert assign([[0, 0], [0, 1], [2, 0]]) == [(1, 1), (2, 0)]
    assert assign([]) == assign([[]]) == []


def test_read_gold_reads_list_and_lines_alike(tmp_path: Path):
    records = [{"id": "a", "meetings": [meeting()]}, {"id": "b", "meetings": []}]
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (tmp_path / "gold.json").write_text(json.dumps(records))
    (tmp_path / "gold.jsonl").write_text("\n" + lines)
    (tmp_path / "gold.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    read = [read_gold(tmp_path / name) for name in ("gold.json", "gold.jsonl", "gold.jsonl.gz")]
    assert [gold.meetings for gold in read] == [{"a": (scored_meeting(meeting()),), "b": ()}] * 3


def test_read_predictions_reads_flat_and_nested_alike(tmp_path: Path):
    flat = meeting(id="a#m1", article="a", topics=[{"text": "the border railway", "char_start": 0, "char_end": 3}])
    (tmp_path / "flat.jsonl").write_text(json.dumps(flat) + "\n")
    (tmp_path / "nested.jsonl").write_text(json.dumps({"id": "a", "meetings": [meeting()]}))
    (tmp_path / "nothing.jsonl").write_text("")
    assert read_predictions(tmp_path / "flat.jsonl") == read_predictions(tmp_path / "nested.jsonl")
    assert read_predictions(tmp_path / "nothing.jsonl") == {}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no gold"),
        (b"{", "line 1"),
        (b"\xff\xfe{}", "cannot be read"),
        (b'{"id": "a", "meetings": []}\n[]', "line 2"),
        (b'{"id": 7, "meetings": []}', "line 1"),
        (b'{"id": "a", "meetings": []}\n{"id": "a", "meetings": []}', "twice"),
        (b'{"id": "a", "meetings": [{"form": "party", "status": "held"}]}', "party"),
        (b'{"id": "a", "meetings": [5]}', "object"),
        (b'{"id": "a", "meetings": [{"form": "call", "status": "held", "participants": [{"name": 5}]}]}', "participant"),
        (b'{"id": "a", "meetings": [{"form": "call", "status": "held", "topics": [null]}]}', "topics"),
        (b'{"id": "a", "meetings": [{"form": "call", "status": "held", "when": "Monday"}]}', "when"),
        (b"[" * 100_000, "gold.jsonl"),
    ],
)
def test_read_gold_names_what_is_wrong(tmp_path: Path, content: bytes, message: str):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(SetupError, match=message):
        read_gold(path)


def test_read_gold_of_a_missing_file_is_a_setup_error(tmp_path: Path):
    with pytest.raises(SetupError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl")
