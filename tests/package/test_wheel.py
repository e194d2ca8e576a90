"""The wheel, in an environment of its own: what tests on the source tree cannot see."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NO_NETWORK = """
import socket

def refuse(*_, **__):
    raise AssertionError("whomet asked for the network")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""


def call(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run([str(word) for word in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this source tree, built by the backend that the dev group brings: no index is asked."""
    folder = tmp_path_factory.mktemp("wheel")
    call(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, cwd=ROOT)
    [path] = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel alone; third-party packages come from the one that runs the tests, whomet does not."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    call(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    [site] = folder.glob("lib/python*/site-packages")
    # A path line adds the packages of that folder and, unlike a site folder, leaves its editable installs out.
    (site / "third_party.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    (site / "sitecustomize.py").write_text(NO_NETWORK)
    return folder


def test_wheel_holds_the_package_with_its_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"whomet"}
    models = {path.relative_to(ROOT).as_posix() for path in (ROOT / "models").rglob("*") if path.is_file()}
    assert {name.removeprefix("whomet/") for name in names if name.startswith("whomet/models/")} == models
    assert wheel.stat().st_size < 30_000_000
    lexicons = {path.name for path in (ROOT / "pipeline" / "whomet" / "lexicons" / "en").iterdir()}
    assert {name.rpartition("/")[2] for name in names if name.startswith("whomet/lexicons/en/")} == lexicons


def test_installed_whomet_shows_help_and_info(clean: Path, tmp_path: Path) -> None:
    assert "Usage: whomet" in call(clean / "bin" / "whomet", "--help", cwd=tmp_path).stdout
    about = json.loads(call(clean / "bin" / "whomet", "info", "--json", cwd=tmp_path).stdout)
    assert Path(about["models"]).is_relative_to(clean)


def test_installed_whomet_reads_the_sample_from_any_folder_without_a_network(clean: Path, tmp_path: Path) -> None:
    (tmp_path / "pipeline.py").write_text("raise ImportError('a stranger of the same name')\n")
    (tmp_path / "models.py").write_text("raise ImportError('a stranger of the same name')\n")
    call(clean / "bin" / "whomet", "extract", ROOT / "corpus" / "sample", "--out", "out", cwd=tmp_path)
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert record["articles"] == {"in": 6, "ok": 6, "failed": 0}
    assert record["model"]["pinned"]
    assert record["meetings"] > 0
