import json
from pathlib import Path

import numpy as np
import pytest

from whomet.errors import SetupError
from whomet.evaluate import FIGURES, compare, evaluate, scored_meeting
from whomet.evaluate.calibration import calibration_error, precision_recall, reliability
from whomet.evaluate.lines import count_lines, read_lines
from whomet.evaluate.meetings import read_gold
from whomet.evaluate.names import count_names, read_names
from whomet.evaluate.resampling import estimate
from whomet.evaluate.timexes import count_timexes, read_timexes


def meeting(party="Norway", **changes):
    base = {
        "form": "meeting",
        "status": "held",
        "participants": [{"name": None, "title": None, "party": party}],
        "evidence": [f"{party} met somebody"],
    }
    return scored_meeting(base | changes)


def write(path: Path, *rows) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("figure", "counts", "value"),
    [
        ("overall", [1, 2, 3], 0.4),
        ("overall", [0, 0, 0], 0.0),
        ("status_macro", [1, 1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0], 1 / 3),
        ("lines_body_pages", [1.5, 2], 0.75),
        ("calibration", [0] * 24 + [4, 3.0, 2] + [6, 5.4, 6], 0.84),
    ],
)
def test_figure_of_counts(figure, counts, value):
    assert FIGURES[figure].measure(np.array(counts, dtype=float)) == pytest.approx(value)


def test_estimate_of_like_articles_has_no_width():
    [item] = estimate({str(number): {"overall": (1, 2, 2)} for number in range(5)})
    assert (item.value.value, item.value.low, item.value.high, item.counts) == (0.5, 0.5, 0.5, (5, 10, 10))


def test_interval_is_that_of_drawing_articles():
    # Half of 400 articles are right: the share of right ones in a draw is binomial, with a standard deviation of 0.025.
    [item] = estimate({str(number): {"detection": (number % 2, 1, 1)} for number in range(400)})
    assert item.value.value == 0.5
    assert (item.value.low, item.value.high) == pytest.approx((0.5 - 1.96 * 0.025, 0.5 + 1.96 * 0.025), abs=0.004)
    assert (item.precision, item.recall) == (item.value, item.value)


def test_compare_of_a_run_with_itself_is_no_difference():
    tallies = {str(number): {"overall": (number % 3, 3, 3)} for number in range(30)}
    [item] = compare(tallies, tallies)
    assert (item.difference.value, item.difference.low, item.difference.high, item.p) == (0, 0, 0, 1)


def test_compare_draws_the_same_articles_from_both():
    # The first run has one more in every article: the difference is sure, though both figures are not.
    one = {str(number): {"overall": (number % 5 + 1, 6, 6)} for number in range(30)}
    two = {article: {"overall": (tally["overall"][0] - 1, 6, 6)} for article, tally in one.items()}
    [better], [worse] = compare(one, two), compare(two, one)
    assert better.difference.low == pytest.approx(better.difference.high) == pytest.approx(1 / 6)
    assert worse.difference.value == pytest.approx(-1 / 6)
    assert better.p == worse.p == pytest.approx(2 / 2001)


def test_compare_of_chance_is_not_sure():
    one = {str(number): {"overall": (number % 2, 1, 1)} for number in range(20)}
    two = {str(number): {"overall": ((number + 1) % 2, 1, 1)} for number in range(20)}
    [item] = compare(one, two)
    assert item.p > 0.5
    assert item.difference.low < 0 < item.difference.high


def test_reliability_counts_by_bins():
    bins = reliability([(0.95, True), (1.0, False), (0.15, False), (0.15, True)])
    assert [(item.low, item.meetings, round(item.confidence, 3), item.right) for item in bins] == [
        (0.1, 2, 0.15, 0.5),
        (0.9, 2, 0.975, 0.5),
    ]
    assert calibration_error(bins) == pytest.approx((0.35 + 0.475) / 2)
    assert calibration_error([]) == 0


def test_precision_recall_leaves_out_what_is_unsure():
    cuts = {cut.confidence: cut for cut in precision_recall([(0.9, True), (0.5, True), (0.2, False)], 4)}
    assert (cuts[0.0].precision, cuts[0.0].recall, cuts[0.0].meetings) == (pytest.approx(2 / 3), 0.5, 3)
    assert (cuts[0.6].precision, cuts[0.6].recall) == (1.0, 0.25)
    assert 0.95 not in cuts


def test_calibration_is_a_figure_only_of_predictions_with_confidence():
    gold = {"a": (meeting(),)}
    sure = evaluate(gold, {"a": (meeting(confidence=0.75),)})
    assert {item.figure: item.value.value for item in sure.estimates()}["calibration"] == 0.75
    assert "calibration" not in evaluate(gold, gold).tallies["meetings"]["a"]


def test_breakdown_puts_a_pair_where_its_gold_belongs():
    gold = {"a": (meeting(), meeting("Chile", form="call")), "b": (meeting("Peru"),)}
    predicted = {"a": (meeting(form="call"), meeting("Chile", form="call")), "b": (meeting("Fiji", form="visit"),)}
    report = evaluate(gold, predicted, outlets={"a": "One"})

    def detection(by):
        groups = report.breakdown(by).items()
        return {value: item.counts for value, items in groups for item in items if item.figure == "detection"}

    assert detection("form") == {"meeting": (1, 1, 2), "visit": (0, 1, 0), "call": (1, 1, 1)}
    assert detection("status") == {"held": (2, 3, 3)}
    assert detection("outlet") == {"One": (2, 2, 2), "(not given)": (0, 1, 1)}
    assert evaluate(gold, predicted).breakdown("outlet") == {}


def test_lines_are_scored_in_words(tmp_path: Path):
    lines = [
        {"t": "Menu here", "label": "boilerplate"},
        {"t": "Four words of story", "label": "body"},
        {"t": "who knows", "label": "body", "fine": "body?"},
        {"t": "I was first", "label": "comment"},
    ]
    pages = read_lines(write(tmp_path / "lines.jsonl", {"id": "a", "lines": lines}, {"id": "b", "lines": lines[:1]}))
    assert pages["a"].text == "Menu here\nFour words of story\nwho knows\nI was first"
    segments = [
        {"char_start": 0, "char_end": 10, "label": "headline"},
        {"char_start": 10, "char_end": 30, "label": "body"},
        {"char_start": 30, "char_end": 40, "label": "body"},
        {"char_start": 40, "char_end": 51, "label": "boilerplate"},
    ]
    counts = count_lines(pages, {"a": {"segments": segments}})
    assert counts["a"] == {
        "lines_body": (4, 6, 4),
        "lines_body_pages": (0.8, 1),
        "lines_comment": (0, 0, 3),
        "lines_comment_pages": (0, 1),
    }
    assert counts["b"]["lines_body_pages"] == (1, 1)


def test_timexes_are_paired_one_to_one(tmp_path: Path):
    text = "On Monday, 2 March 2020, and again last week; maybe May."
    gold = [
        {"char_start": 3, "char_end": 9, "type": "DATE", "value": "2020-03-02"},
        {"char_start": 11, "char_end": 23, "type": "DATE", "value": "2020-03-02"},
        {"char_start": 35, "char_end": 44, "type": "DATE", "value": "2020-W09"},
        {"char_start": 52, "char_end": 55, "type": "DATE", "value": "2020-05", "doubtful": True},
    ]
    found = [
        {"char_start": 3, "char_end": 23, "type": "DATE", "value": "2020-03-02"},
        {"char_start": 35, "char_end": 45, "type": "DURATION", "value": "P1W"},
        {"char_start": 52, "char_end": 55, "type": "DATE", "value": "2020-05"},
    ]
    texts = read_timexes(write(tmp_path / "timexes.jsonl", {"id": "a", "text": text, "timexes": gold}))
    assert count_timexes(texts, {"a": {"timexes": found}})["a"] == {
        "timex_strict": (1, 2, 3),
        "timex_relaxed": (2, 2, 3),
        "timex_type": (1, 2, 3),
        "timex_value": (1, 2, 3),
        "timex_strict_value": (0, 2, 3),
    }


def test_names_are_scored_by_mention(tmp_path: Path):
    pytest.importorskip("nervaluate", reason="the extra `names` is not installed")
    names = [
        {"char_start": 0, "char_end": 8, "kind": "person"},
        {"char_start": 13, "char_end": 17, "kind": "place"},
        {"char_start": 20, "char_end": 24, "kind": "person"},
    ]
    texts = read_names(write(tmp_path / "names.jsonl", {"id": "a", "names": names}, {"id": "b", "names": []}))
    entities = [
        {"kind": "person", "mentions": [{"char_start": 0, "char_end": 8}, {"char_start": 13, "char_end": 17}]},
        {"kind": "person", "mentions": [{"char_start": 19, "char_end": 24}]},
        {"kind": "government", "mentions": [{"char_start": 30, "char_end": 36}]},
    ]
    counts = count_names(texts, {"a": {"entities": entities}})
    assert counts["a"] == {
        "names_strict": (1, 3, 3),
        "names_exact": (2, 3, 3),
        "names_partial": (2.5, 3, 3),
        "names_type": (2, 3, 3),
    }
    assert counts["b"]["names_strict"] == (0, 0, 0)


@pytest.mark.parametrize(
    ("read", "row", "message"),
    [
        (read_lines, {"id": "a"}, "lines"),
        (read_lines, {"id": "a", "lines": [{"t": "x", "label": "menu"}]}, "label"),
        (read_lines, {"lines": []}, '"id"'),
        (read_timexes, {"id": "a", "timexes": []}, "text"),
        (read_timexes, {"id": "a", "text": "x", "timexes": [{"char_start": 0, "char_end": 9}]}, "behind"),
        (read_timexes, {"id": "a", "text": "x", "timexes": [{"char_start": 1, "char_end": 1}]}, "span"),
        (read_names, {"id": "a", "names": [{"char_start": 0, "char_end": 1, "kind": "ship"}]}, "kind"),
        (read_names, {"id": "a"}, "names"),
        (read_gold, {"id": "a", "meetings": [], "outlet": 5}, "outlet"),
        (read_gold, {"id": "a", "meetings": [{"form": "call", "status": "held", "confidence": 2}]}, "confidence"),
    ],
)
def test_gold_of_another_form_is_named(tmp_path: Path, read, row, message):
    with pytest.raises(SetupError, match=message):
        read(write(tmp_path / "gold.jsonl", row))


def test_gold_folder_finds_its_texts(tmp_path: Path):
    folder = tmp_path / "gold"
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "a.txt").write_bytes(b"one\r\ntwo")
    (tmp_path / "other.txt").write_text("elsewhere")
    write(
        folder / "gold.jsonl",
        {"id": "a", "meetings": [], "outlet": "One", "published": "2020-01-02"},
        {"id": "b", "meetings": [], "file": "other.txt"},
        {"id": "c", "meetings": []},
    )
    gold = read_gold(folder)
    assert [about.text for about in gold.articles.values()] == ["one\r\ntwo", "elsewhere", None]
    assert (gold.articles["a"].outlet, gold.articles["a"].published) == ("One", "2020-01-02")


@pytest.mark.parametrize("row", [{"id": "../../secret", "meetings": []}, {"id": "a", "meetings": [], "file": "../secret.txt"}])
def test_gold_folder_reads_nothing_outside_of_it(tmp_path: Path, row):
    (tmp_path / "corpus" / "gold").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    write(tmp_path / "corpus" / "gold" / "gold.jsonl", row)
    with pytest.raises(SetupError, match="below"):
        read_gold(tmp_path / "corpus" / "gold")
