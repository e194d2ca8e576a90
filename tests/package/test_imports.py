"""What importing the package and asking for help drags in, seen from a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

import whomet

HEAVY = {"spacy", "thinc", "numpy", "networkx", "dateparser", "rapidfuzz", "rich", "hypothesis", "pytest"}


def modules_after(code: str) -> set[str]:
    """The top-level modules that are loaded when `code` has run."""
    report = "import sys; print('\\n'.join(sorted({name.split('.')[0] for name in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import whomet",
        "import whomet; whomet.Article, whomet.load_config, whomet.read_articles, whomet.extract",
        "from whomet.cli import main\nmain(['--help'], standalone_mode=False)",
        "from whomet.cli import main\nmain(['extract', '--help'], standalone_mode=False)",
    ],
)
def test_import_and_help_load_nothing_heavy(code: str) -> None:
    assert modules_after(code) & HEAVY == set()


def test_every_public_name_can_be_fetched() -> None:
    assert [name for name in whomet.__all__ if getattr(whomet, name, None) is None] == []


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'meet'"):
        _ = whomet.meet  # type: ignore[attr-defined]
