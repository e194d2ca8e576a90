"""The HTML report in a real browser: hostile text does nothing, and the filters filter. Skipped where there is no Chromium."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from whomet.evaluate import evaluate, scored_meeting
from whomet.evaluate.page import render_page

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --virtual-time-budget=5000 --dump-dom"
).split()

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")

HOSTILE = (
    "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> \u202eturned nul\0 "
    "<svg onload=\"document.title='owned'\"><style>body{display:none}</style><iframe srcdoc=\"<script>top.document.title='owned'</script>\">"
)


def meeting(**changes):
    base = {
        "form": "meeting",
        "status": "held",
        "participants": [{"name": "Ada Lund", "title": HOSTILE, "party": "Norway"}],
        "evidence": [HOSTILE],
    }
    return scored_meeting(base | changes)


def page():
    gold = {"a": (meeting(),), "b": (meeting(form="call"),), "c": ()}
    predicted = {"a": (meeting(status="planned"),), "c": (meeting(status="refused", form="visit"),)}
    texts = {"a": f"Lead. {HOSTILE} End.", "b": f"{HOSTILE} Only here: Rotterdam.", "c": HOSTILE}
    return render_page(evaluate(gold, predicted, outlets={"a": "One", "b": HOSTILE, "c": "Two"}), texts)


def dump(source: str, tmp_path: Path) -> str:
    """The document after its scripts have run."""
    path = tmp_path / "report.html"
    path.write_text(source, encoding="utf-8")
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", path.as_uri()]
    return subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode()


def test_hostile_text_does_nothing(tmp_path: Path) -> None:
    found = dump(page(), tmp_path)
    assert "<title>whomet: evaluation</title>" in found
    assert found.count("<script") == 1
    assert not re.search(r"<(?:img|iframe)\b", found)
    assert found.count("<style") == 1


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        ({}, ["a", "b", "c"]),
        ({"kind": "missed"}, ["b"]),
        ({"kind": "status"}, ["a"]),
        ({"status": "planned"}, ["a"]),
        ({"status": "refused"}, ["c"]),
        ({"form": "call"}, ["b"]),
        ({"outlet": "Two"}, ["c"]),
        ({"text": "rotterdam"}, ["b"]),
        ({"text": "rotterdam", "kind": "spurious"}, []),
    ],
)
def test_filters_hide_what_is_not_asked_for(tmp_path: Path, choice: dict[str, str], shown: list[str]) -> None:
    # What a reader would do, by a script of the test's own: the page's policy is taken out, or it would not run.
    source = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page())
    act = (
        "<script>for (const [name, value] of Object.entries(%s)) {"
        "const field = document.querySelector(`[data-filter=${name}]`); field.value = value; field.dispatchEvent(new Event('input')); }"
        "document.title = JSON.stringify([document.getElementById('count').textContent,"
        "...[...document.querySelectorAll('.article:not([hidden]) > h3')].map((node) => node.firstChild.textContent)]);"
        "</script></body>"
    )
    found = dump(source.replace("</body>", act % json.dumps(choice)), tmp_path)
    title = re.search(r"<title>(.*?)</title>", found)
    assert title is not None
    assert json.loads(title[1]) == [str(len(shown)), *shown]


def test_policy_stops_a_script_that_is_not_ours(tmp_path: Path) -> None:
    found = dump(page().replace("</body>", "<script>document.title = 'owned'</script></body>"), tmp_path)
    assert "<title>whomet: evaluation</title>" in found
