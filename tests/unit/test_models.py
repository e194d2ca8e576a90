"""The manifest, and what is refused. No trained pipeline is loaded here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy

from whomet import models
from whomet.errors import ModelError

Write = Callable[[str, str | bytes], Path]
WEIGHTS = b"weights"
PINNED = {
    "name": "tiny",
    "version": "1.2.0",
    "packages": ["tiny_one", "tiny_two"],
    "pipes": ["sentencizer"],
    "sha256": {"tagger/model": hashlib.sha256(WEIGHTS).hexdigest()},
}


@pytest.fixture
def install(write: Write, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts a model package on the path: its version and the bytes of its weight file."""

    def install_package(name: str, version: str = "1.2.0", weights: bytes | None = WEIGHTS) -> None:
        init = write(f"site/{name}/__init__.py", "")
        write(f"site/{name}/meta.json", json.dumps({"lang": "en", "name": name.removeprefix("en_"), "version": version}))
        if weights is not None:
            write(f"site/{name}/en_{name}-{version}/tagger/model", weights)
        monkeypatch.syspath_prepend(str(init.parents[1]))

    return install_package


def test_manifest_of_the_project_pins_name_version_and_weights() -> None:
    pinned = models.load_manifest()["language"]
    assert (pinned["name"], pinned["version"], pinned["licence"]) == ("en_core_web_sm", "3.8.0", "MIT")
    assert {"tagger/model", "parser/model", "ner/model"} <= set(pinned["sha256"])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "cannot be read"),
        ("[language", "cannot be read"),
        ("", r"\[language\] lacks version, packages, pipes, sha256"),
        ('language = "en"', "lacks version"),
        ('[language]\nversion = "1"\npackages = []\npipes = ["ner"]\n[language.sha256]\na = "b"', "lacks packages"),
    ],
)
def test_manifest_that_pins_nothing_is_a_model_error(tmp_path: Path, content: str | None, reason: str) -> None:
    if content is not None:
        (tmp_path / models.MANIFEST).write_text(content)
    with pytest.raises(ModelError, match=reason):
        models.load_manifest(tmp_path)


def test_package_with_the_pinned_weights_is_accepted(install: Callable[..., None]) -> None:
    install("tiny_one")
    assert models.check_package("tiny_one", PINNED) is None


@pytest.mark.parametrize(
    ("package", "reason"),
    [
        ({"version": "1.1.0"}, "has version 1.1.0"),
        ({"weights": b"others"}, "has other weights (tagger/model)"),
        ({"weights": None}, "has other weights (tagger/model)"),
    ],
)
def test_package_that_is_not_the_pinned_one_tells_why(install: Callable[..., None], package: dict[str, Any], reason: str) -> None:
    install("tiny_two", **package)
    assert models.check_package("tiny_two", PINNED) == reason


def test_package_that_is_no_model_tells_so(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(write("site/hollow/__init__.py", "").parents[1]))
    assert models.check_package("hollow", PINNED) == "has no readable meta.json"


def test_load_nlp_tells_what_was_tried(install: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    install("tiny_one", version="1.1.0")
    monkeypatch.setattr(models, "load_manifest", lambda: {"language": PINNED | {"packages": ["tiny_one", "tiny_none"]}})
    with pytest.raises(ModelError, match=r"tiny_one has version 1\.1\.0; tiny_none is not installed.*make install"):
        models.load_nlp()


def test_trained_hashes_are_those_of_every_file_below_the_folder_of_a_model(write: Write) -> None:
    write("models/lines/weights.bin", WEIGHTS)
    write("models/lines/.part", "not a model")
    folder = write("models/manifest.toml", "").parent
    assert models.trained_hashes(folder) == {"lines/weights.bin": hashlib.sha256(WEIGHTS).hexdigest()}


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pipeline of one pipe on disk, and a manifest that asks for no more."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "saved")
    monkeypatch.setattr(models, "load_manifest", lambda: {"language": PINNED})
    return tmp_path / "saved"


def test_named_pipeline_is_loaded_and_described_as_not_pinned(saved: Path) -> None:
    nlp, info = models.load_nlp(str(saved))
    assert nlp.pipe_names == ["sentencizer"]
    assert info == {"name": str(saved), "version": "0.0.0", "pinned": False, "sha256": {}}


def test_named_pipeline_that_lacks_a_pipe_is_a_model_error(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "load_manifest", lambda: {"language": PINNED | {"pipes": ["sentencizer", "parser"]}})
    with pytest.raises(ModelError, match="lacks parser; it has sentencizer"):
        models.load_nlp(str(saved))


@pytest.mark.parametrize("content", [None, "{}", "{broken"])
def test_folder_that_is_no_pipeline_is_a_model_error(saved: Path, write: Write, content: str | None) -> None:
    path = write("garbage/meta.json", content) if content is not None else write("garbage/readme.txt", "")
    with pytest.raises(ModelError, match="cannot be loaded"):
        models.load_nlp(str(path.parent))


def test_name_that_is_not_installed_is_a_model_error(saved: Path) -> None:
    with pytest.raises(ModelError, match="no_such_pipeline cannot be loaded"):
        models.load_nlp("no_such_pipeline")
