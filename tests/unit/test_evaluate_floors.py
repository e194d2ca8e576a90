import json
from pathlib import Path

import pytest

from whomet.errors import SetupError
from whomet.evaluate.floors import SLACK, Floors, find_falls, measure_all, raise_floors, read_floors, write_floors


def tallies(**matched):
    return {article: {"overall": (count, 4, 4), "detection": (1, 1, 1)} for article, count in matched.items()}


def test_measure_all_adds_articles_up():
    assert measure_all(tallies(a=4, b=2)) == {"overall": 0.75, "detection": 1.0}


def test_raised_floors_lie_the_slack_below_and_never_fall():
    first = raise_floors(tallies(a=4, b=2), "x", None)
    assert first.floors == {"overall": 0.75 - SLACK, "detection": 1.0 - SLACK}
    second = raise_floors(tallies(a=4, b=3), "x", first)
    assert second.floors["overall"] == 0.875 - SLACK
    kept = raise_floors(tallies(a=4, b=3), "x", Floors("x", {"overall": 0.875, "detection": 0.2}, {}))
    assert kept.floors == {"overall": 0.875, "detection": 1.0 - SLACK}


def test_raise_refuses_to_lower_a_floor():
    with pytest.raises(SetupError, match=r"only rise.*overall"):
        raise_floors(tallies(a=1, b=1), "x", raise_floors(tallies(a=4, b=2), "x", None))


def test_raise_refuses_another_corpus():
    with pytest.raises(SetupError, match="another corpus"):
        raise_floors(tallies(a=4), "y", raise_floors(tallies(a=4), "x", None))


def test_fall_names_the_articles_that_changed_the_worst_first():
    floors = raise_floors(tallies(same=2, better=2, worse=3, worst=4), "x", None)
    [fall] = find_falls(floors, tallies(same=2, better=3, worse=2, worst=0))
    assert (fall.figure, fall.value, fall.floor) == ("overall", 7 / 16, 0.6825)
    assert [(change.article, change.before, change.now) for change in fall.changes] == [
        ("worst", 1.0, 0.0),
        ("worse", 0.75, 0.5),
        ("better", 0.5, 0.75),
    ]


def test_figure_that_is_no_longer_measured_has_fallen():
    floors = Floors("x", {"overall": 0.1, "calibration": 0.5}, {})
    assert [(fall.figure, fall.value) for fall in find_falls(floors, tallies(a=4))] == [("calibration", 0.0)]


def test_floors_are_read_as_written_one_article_a_line(tmp_path: Path):
    made = raise_floors(tallies(a=4, b=2), "x", None)
    write_floors(made, tmp_path / "floors.json")
    assert read_floors(tmp_path / "floors.json") == made
    lines = (tmp_path / "floors.json").read_text().splitlines()
    assert [line for line in lines if '"overall": [' in line] == [
        '  "a": {"overall": [4, 4, 4], "detection": [1, 1, 1]},',
        '  "b": {"overall": [2, 4, 4], "detection": [1, 1, 1]}',
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "no file of floors"),
        ("[]", "no file of floors"),
        ("{}", "no file of floors"),
        (json.dumps({"corpus": "x", "floors": {}, "articles": {}}), "holds no floor"),
        (json.dumps({"corpus": "x", "floors": {"beauty": 1}, "articles": {}}), "beauty"),
    ],
)
def test_read_floors_tells_what_is_wrong(tmp_path: Path, content: str, message: str):
    (tmp_path / "floors.json").write_text(content)
    with pytest.raises(SetupError, match=message):
        read_floors(tmp_path / "floors.json")
