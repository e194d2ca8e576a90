"""The language pipeline, checked against models/manifest.toml before it reads anything. Nothing is ever downloaded."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whomet.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

MANIFEST = "manifest.toml"


def models_folder() -> Path:
    """The folder of the manifest and of our trained models: inside an installed package, beside the sources otherwise."""
    package = Path(__file__).parent
    tried = [package / "models", package.parents[1] / "models"]
    for folder in tried:
        if (folder / MANIFEST).is_file():
            return folder
    raise ModelError(f"no {MANIFEST} in {' or '.join(map(str, tried))}")


def trained_hashes(folder: Path | None = None) -> dict[str, str]:
    """sha256 of every file of our own trained models, by its path in the models folder, for run.json."""
    folder = folder or models_folder()
    files = sorted(path for path in folder.glob("*/**/*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@cache
def load_weights(file: str) -> Mapping[str, float]:
    """The weight of each feature of a linear model, from a JSON file in the models folder. Raises ModelError for a wrong one."""
    path = models_folder() / file
    try:
        return {name: float(weight) for name, weight in json.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} cannot be read: {error}") from error


def load_manifest(folder: Path | None = None) -> dict[str, Any]:
    """The table of models/manifest.toml. Raises ModelError when it is missing or malformed."""
    path = (folder or models_folder()) / MANIFEST
    try:
        manifest = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelError(f"{path} cannot be read: {error}") from error
    pinned = manifest.get("language")
    missing = [key for key in ("version", "packages", "pipes", "sha256") if not isinstance(pinned, dict) or not pinned.get(key)]
    if missing:
        raise ModelError(f"{path}: [language] lacks {', '.join(missing)}")
    return manifest


def load_nlp(model: str | None = None) -> tuple[Language, dict[str, Any]]:
    """A spaCy pipeline, and what run.json says about it: name, version, whether it is the pinned one, sha256 of its weights.

    model: name or path of another pipeline; None takes the one that the manifest pins, from whichever of its packages is
    installed with exactly the pinned weights.
    Raises ModelError when there is none, when it cannot be loaded, or when it lacks a pipe that the stages need.
    """
    pinned = load_manifest()["language"]
    name, info = (model, None) if model is not None else _find_pinned(pinned)
    nlp = _load(name)
    lacking = [pipe for pipe in pinned["pipes"] if not nlp.has_pipe(pipe)]
    if lacking:
        raise ModelError(f"language pipeline {name} lacks {', '.join(lacking)}; it has {', '.join(nlp.pipe_names) or 'no pipe'}")
    return nlp, info or _describe(name, nlp)


def _find_pinned(pinned: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The first of the manifest's packages that is installed as pinned; the error tells why each was not."""
    tried = []
    for package in pinned["packages"]:
        problem = check_package(package, pinned)
        if problem is None:
            info = {"name": package, "version": pinned["version"], "pinned": True, "sha256": dict(pinned["sha256"])}
            return package, info
        tried.append(f"{package} {problem}")
    raise ModelError(
        f"the language pipeline {pinned['name']} {pinned['version']} was not found: {'; '.join(tried)}. "
        f"Run `make install`, or name another pipeline with --model"
    )


def check_package(package: str, pinned: Mapping[str, Any]) -> str | None:
    """Why an installed spaCy model package is not the pinned pipeline ("is not installed"); None when it is."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return "is not installed"
    meta_path = Path(spec.origin).with_name("meta.json")
    try:
        meta = json.loads(meta_path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "has no readable meta.json"
    if meta.get("version") != pinned["version"]:
        return f"has version {meta.get('version')}"
    folder = meta_path.with_name(f"{meta.get('lang')}_{meta.get('name')}-{meta['version']}")
    for file, digest in pinned["sha256"].items():
        if file_digest(folder / file) != digest:
            return f"has other weights ({file})"
    return None


def file_digest(path: Path) -> str | None:
    """The sha256 of a file, in hexadecimal; None when it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _load(name: str) -> Language:
    import spacy

    try:
        return spacy.load(name)
    except (OSError, ValueError, ImportError, KeyError, AttributeError) as error:
        # What spaCy and model packages raise for a missing name, a folder that is no pipeline, or another version's config.
        reason = str(error).strip().split("\n")[0]
        raise ModelError(f"language pipeline {name} cannot be loaded: {reason}") from error


def _describe(name: str, nlp: Language) -> dict[str, Any]:
    path = nlp.path
    weights = sorted(path.glob("*/model")) if path is not None else []
    digests = {file.relative_to(path).as_posix(): file_digest(file) for file in weights if path is not None}
    return {"name": name, "version": nlp.meta.get("version"), "pinned": False, "sha256": digests}
