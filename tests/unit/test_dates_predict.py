"""Predictions for a scorer: what the command writes, and what it says of itself."""

from __future__ import annotations

import json

import pytest

from whomet.dates import predict


def test_main_writes_offsets_and_days_under_the_names_of_the_annotation(tmp_path, capsys):
    text = "They met on Friday."
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"doc_id": "d1", "text": text, "dct": "2019-05-16"}) + "\n", encoding="utf-8")
    predict.main([str(gold)])
    written = json.loads(capsys.readouterr().out)
    [timex] = written["timexes"]
    assert (written["doc_id"], text[timex["start"] : timex["end"]]) == ("d1", "Friday")
    assert (timex["value"], timex["first_day"], timex["last_day"]) == ("2019-05-10", "2019-05-10", "2019-05-10")


def test_main_reads_a_text_without_a_publication_date(tmp_path, capsys):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"doc_id": "d1", "text": "They met on Friday."}) + "\n", encoding="utf-8")
    predict.main([str(gold)])
    [timex] = json.loads(capsys.readouterr().out)["timexes"]
    assert (timex["value"], timex["first_day"]) == ("XXXX-WXX-5", None)


def test_main_without_the_file_ends_with_usage(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        predict.main([str(tmp_path / "none.jsonl")])
    assert ended.value.code == 2
    assert "no such file" in capsys.readouterr().err
