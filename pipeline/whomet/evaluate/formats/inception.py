"""INCEpTION: UIMA CAS as XMI (with its TypeSystem.xml) or JSON, plain, in a folder, or in the zip files that INCEpTION exports.

Spans are told by the name of their layer (`webanno.custom.Meeting`) or by a feature with a label of the scheme; attributes are
features of the same name; links are relation layers (Governor, Dependent) and slot features. Offsets in a CAS count UTF-16 units,
which the library turns into code points. Needs the extra `whomet[inception]` (dkpro-cassis).
"""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from whomet.errors import SetupError
from whomet.evaluate.formats.article import Link
from whomet.evaluate.formats.assembly import gold_row
from whomet.evaluate.formats.drafts import Draft, DraftSpan, finish
from whomet.evaluate.formats.offsets import CODE_POINTS
from whomet.evaluate.formats.scheme import ATTRIBUTES, find_label
from whomet.evaluate.rows import Row

TYPE_SYSTEM: Final = "TypeSystem.xml"
_MARK: Final = b'"%FEATURE_STRUCTURES"'
"""What every CAS as JSON holds."""
_UNTOUCHED: Final = "INITIAL_CAS"
_CURATED: Final = "curation/"
_ANNOTATED: Final = "annotation/"
"""Names in exported projects: documents before anyone annotates, folders of curated and of annotated ones."""
_META: Final = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
_BUILT_IN: Final = ("uima.", "de.tudarmstadt.ukp.", "org.dkpro.")
"""Types of these names that have no label of the scheme are INCEpTION's own: sentences, tokens, metadata."""
_LABEL_FEATURES: Final = ("label", "value", "kind", "role", "identifier")
_ATTRIBUTES: Final = frozenset(key for keys in ATTRIBUTES.values() for key in keys)

Source = tuple[str, str, bytes, bytes | None]
"""A file's place for messages, its name, its content, and the type system beside it."""


def is_cas_json(data: bytes) -> bool:
    """Whether the content of a file is a UIMA CAS as JSON."""
    try:
        return _MARK in data and "%FEATURE_STRUCTURES" in json.loads(data)
    except (ValueError, RecursionError):
        return False


def is_archive(path: Path) -> bool:
    """Whether a zip file holds a CAS, or zip files, as exported projects do."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return any(name.endswith((".xmi", ".json", ".zip")) for name in archive.namelist())


def read(path: Path, notes: list[str]) -> Iterator[Row]:
    """The articles of a file, a folder or a zip file; the id is the document's name without its suffix.

    Raises SetupError, naming the file, when the extra is not installed and for what is no CAS.
    """
    found = False
    for source in _sources(path, notes):
        found = True
        yield gold_row(finish(_draft(source, notes), notes, unit=CODE_POINTS, units=(CODE_POINTS,)), notes)
    if not found:
        raise SetupError(f"{path}: holds no .xmi and no CAS as .json; choose one of these formats in INCEpTION's export")


def _sources(path: Path, notes: list[str]) -> Iterator[Source]:
    try:
        if path.is_dir():
            files = [file.relative_to(path).as_posix() for file in sorted(path.rglob("*")) if file.is_file()]
            for name in _final(files, str(path), notes):
                if name.endswith((".xmi", ".zip")) or (name.endswith(".json") and _MARK in (path / name).read_bytes()):
                    yield from _sources(path / name, notes)
        elif zipfile.is_zipfile(path):
            yield from _zipped(str(path), path.read_bytes(), notes)
        else:
            types = path.with_name(TYPE_SYSTEM)
            yield str(path), path.name, path.read_bytes(), types.read_bytes() if types.is_file() else None
    except (OSError, zipfile.BadZipFile, RuntimeError) as error:
        raise SetupError(f"{path} cannot be read: {error}") from error


def _final(names: Sequence[str], place: str, notes: list[str]) -> list[str]:
    """The files of an exported project that are gold: what was curated, else annotated; never what nobody has touched yet."""
    kept = [name for name in names if PurePosixPath(name).stem != _UNTOUCHED]
    curated = [name for name in kept if name.startswith(_CURATED)]
    left_out = [name for name in names if name not in kept]
    if curated:
        left_out += [name for name in kept if name.startswith(_ANNOTATED)]
    notes += [f"{place}, {name}: is not the final state of its document and was left out" for name in left_out]
    return [name for name in names if name not in left_out]


def _zipped(place: str, data: bytes, notes: list[str]) -> Iterator[Source]:
    """The CAS files of a zip file and of zip files in it. Those of a project that are no CAS (logs, settings) are left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        for name in _final(sorted(names), place, notes):
            inside, content = f"{place}, {name}", archive.read(name) if name.endswith((".xmi", ".json", ".zip")) else b""
            types = str(PurePosixPath(name).with_name(TYPE_SYSTEM))
            if name.endswith(".zip"):
                yield from _zipped(inside, content, notes)
            elif name.endswith(".xmi") or (name.endswith(".json") and _MARK in content):
                yield inside, PurePosixPath(name).name, content, archive.read(types) if types in names else None


def _load(source: Source) -> Any:
    try:
        import cassis
    except ImportError as error:
        raise SetupError("INCEpTION's files need dkpro-cassis: pip install 'whomet[inception]'") from error
    place, name, content, types = source
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            if name.endswith(".json"):
                if not is_cas_json(content):
                    raise SetupError(f"{place}: is JSON, but no UIMA CAS")
                cas = cassis.load_cas_from_json(io.BytesIO(content))
            elif types is None:
                raise SetupError(f"{place}: {TYPE_SYSTEM} is not beside it; INCEpTION exports both together")
            else:
                cas = cassis.load_cas_from_xmi(io.BytesIO(content), cassis.load_typesystem(io.BytesIO(types)))
        except SetupError:
            raise
        except Exception as error:  # whatever the library meets in a broken file
            raise SetupError(f"{place}: is no UIMA CAS that can be read: {error}") from error
    outside = [str(item.message) for item in caught if "external offset" in str(item.message)]
    if outside:
        raise SetupError(f"{place}: an offset does not lie in the text or splits a character: {outside[0]}")
    return cas


def _draft(source: Source, notes: list[str]) -> Draft:
    place, name = source[:2]
    cas = _load(source)
    text = cas.sofa_string
    if not isinstance(text, str):
        raise SetupError(f"{place}: the CAS has no text")
    spans: list[DraftSpan] = []
    links: list[Link] = []
    title = None
    for item in cas.select_all_annotations():
        features = {feature.name: getattr(item, feature.name, None) for feature in item.type.all_features}
        if item.type.name == _META:
            title = features.get("documentTitle") or features.get("documentId")
        elif "Governor" in features and "Dependent" in features:
            links += _relation(item, features, place)
        else:
            spans += _span(item, features)
            links += _slots(item, features)
    ours = {span.id for span in spans}
    used = [link for link in links if link.source in ours and link.target in ours]
    notes += [f"{place}: a link {link.label!r} does not join spans of the scheme; not used" for link in links if link not in used]
    return Draft(_stem(title or name), text, None, spans, used, place)


def _stem(name: str) -> str:
    """The name of a document without its suffix, as the ids of .txt articles are."""
    path = PurePosixPath(name)
    return path.stem if path.suffix in (".txt", ".xmi", ".json") else path.name


def _relation(item: Any, features: dict[str, Any], place: str) -> Iterator[Link]:
    governor, dependent = features["Governor"], features["Dependent"]
    if item.type.name.startswith(_BUILT_IN):
        return
    if governor is None or dependent is None:
        raise SetupError(f"{place}: the relation {item.type.name} at {item.begin}-{item.end} lacks an end")
    yield Link(_label(features) or _short(item), str(governor.xmiID), str(dependent.xmiID))


def _span(item: Any, features: dict[str, Any]) -> Iterator[DraftSpan]:
    """A span of the scheme, or of a layer of the project that is not in it; INCEpTION's own are left out."""
    label = _short(item) if find_label(_short(item)) else _label(features)
    is_known = label is not None and find_label(label.partition(":")[0]) is not None
    if item.type.name.startswith(_BUILT_IN) and not is_known:
        return
    attributes = {key: value for key, value in features.items() if key in _ATTRIBUTES and isinstance(value, str)}
    yield DraftSpan(str(item.xmiID), label or _short(item), item.begin, item.end, None, attributes)


def _slots(item: Any, features: dict[str, Any]) -> Iterator[Link]:
    """The links of slot features: arrays of role and target."""
    for name, value in features.items():
        for slot in getattr(value, "elements", None) or ():
            target = getattr(slot, "target", None)
            if target is not None:
                yield Link(getattr(slot, "role", None) or name, str(item.xmiID), str(target.xmiID))


def _short(item: Any) -> str:
    return str(item.type.name).rpartition(".")[2]


def _label(features: dict[str, Any]) -> str | None:
    return next((features[key] for key in _LABEL_FEATURES if isinstance(features.get(key), str)), None)
