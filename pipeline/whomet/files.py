"""Articles in, JSONL out: the only module that opens files of articles.

A line ends at "\\n" only, so that line numbers are the physical ones; text is decoded from bytes and never through newline
translation, so that offsets of CRLF pages are those of the file.
"""

from __future__ import annotations

import codecs
import gzip
import io
import json
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final

import jsonlines

from whomet.errors import ArticleError, SetupError
from whomet.failures import failed
from whomet.records import Article, Failure

STDIN: Final = "-"
SUFFIXES: Final = (".txt", ".jsonl", ".jsonl.gz", ".html", ".htm")
HTML_SUFFIXES: Final = frozenset({".html", ".htm"})
RESULT_KEYS: Final = frozenset({"segments", "entities", "timexes", "meetings", "published_from"})
"""Keys of articles.jsonl that whomet fills itself: an input line's own value under such a key is not handed through."""
MAX_DEPTH: Final = 100
"""How deeply the handed-through keys of an input line may be nested, so that they can always be written again."""
LINE_ENDS: Final = ("\x85", "\u2028", "\u2029")
"""Characters that JSON leaves as they are and that some readers of JSONL take for the end of a line."""

_INPUT_KEYS: Final = frozenset({"id", "text", "published", "title", "url"})

_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)

HtmlReader = Callable[[str], tuple[str, str | None, str | None]]
"""HTML source -> (text, publication date or None, title or None)."""

# The longer mark first: the UTF-16 one is a prefix of the UTF-32 one.
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_articles(inputs: Sequence[str | Path], *, html: HtmlReader | None = None) -> Iterator[Article | Failure]:
    """One outcome per article of the inputs, lazily and in order; a file or line that gives no article is a Failure.

    inputs: files, folders (searched with their subfolders, in the order of their names) or "-" for JSONL on standard input.
    html: reads .html files; without it they are Failures. A second article with the id of an earlier one is a Failure.
    Raises SetupError, before anything is read, for a path that does not exist, a folder with no article file, a suffix that
    is not in `SUFFIXES`, or .html files whose reader is not installed.
    """
    paths = [path for name in inputs for path in _expand(Path(name))]
    if html is not None and any(_suffix(path) in HTML_SUFFIXES for path in paths):
        html("")  # raises here, and not in the middle of the run, when what it needs is not installed
    return _once_per_id(outcome for path in paths for outcome in _read(path, html))


def _expand(path: Path) -> list[Path]:
    if str(path) == STDIN:
        return [path]
    if path.is_dir():
        found = [Path(folder, file) for folder, files in _walk(path) for file in files]
        if not found:
            raise SetupError(f"folder {path} holds no {', '.join(SUFFIXES)} file")
        return found
    if not path.exists():
        raise SetupError(f"{path} does not exist")
    if _suffix(path) is None:
        raise SetupError(f"{path} is none of the files that can be read: {', '.join(SUFFIXES)}")
    return [path]


def _walk(top: Path) -> Iterator[tuple[str, list[str]]]:
    """Folders below `top` with their article files, both in the order of their names; hidden ones are left out."""
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield folder, sorted(name for name in files if not name.startswith(".") and _suffix(name) is not None)


def _suffix(path: Path | str) -> str | None:
    return next((suffix for suffix in SUFFIXES if str(path).lower().endswith(suffix)), None)


def _once_per_id(outcomes: Iterable[Article | Failure]) -> Iterator[Article | Failure]:
    seen: set[str] = set()
    for outcome in outcomes:
        if isinstance(outcome, Article):
            if outcome.id in seen:
                message = f"the id {outcome.id!r} was already given to an earlier article"
                yield Failure(outcome.id, "read", "RepeatedId", message, outcome.file, outcome.line)
                continue
            seen.add(outcome.id)
        yield outcome


def _read(path: Path, html: HtmlReader | None) -> Iterator[Article | Failure]:
    """The outcomes of one file. Whatever keeps the file from being read is one Failure."""
    path = Path(path)
    suffix = _suffix(path) or ""
    stem = path.name[: len(path.name) - len(suffix)]
    try:
        if str(path) == STDIN:
            yield from _read_lines(sys.stdin.buffer, STDIN, "stdin")
        elif suffix == ".jsonl.gz":
            with gzip.open(path) as stream:
                yield from _read_lines(io.BufferedReader(stream), str(path), stem)
        elif suffix == ".jsonl":
            with path.open("rb") as stream:
                yield from _read_lines(stream, str(path), stem)
        else:
            yield _read_page(path, stem, html)
    except (ArticleError, OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Failure(None, "read", type(error).__name__, f"the file cannot be read: {reason}", str(path))


def _read_page(path: Path, stem: str, html: HtmlReader | None) -> Article | Failure:
    """One .txt or .html file as one article."""
    try:
        if _suffix(path) in HTML_SUFFIXES:
            return _read_html(path, stem, html)
        return Article(stem, _not_empty(decode_text(path.read_bytes())), file=str(path))
    except ArticleError as error:
        return Failure(stem, "read", "ArticleError", str(error), str(path))


def _read_html(path: Path, stem: str, html: HtmlReader | None) -> Article | Failure:
    if html is None:
        raise ArticleError("HTML pages cannot be read here: no HTML reader was given")
    source = _decode_html(path.read_bytes())
    try:
        text, published, title = html(source)
    except Exception as error:  # a parser meets anything here: the page is isolated, and the next one is read
        return failed(Article(stem, "", file=str(path)), "read", error)
    published = _iso(published)
    return Article(
        stem,
        _not_empty(text),
        published,
        title,
        extra={"text": text},  # handed through to the output: nobody else has the text that offsets count in
        file=str(path),
        published_from="input" if published else None,
    )


def _decode_html(data: bytes) -> str:
    """The source of a page: UTF-8, or what its byte order mark or else its head says."""
    try:
        return decode_text(data)
    except ArticleError:
        declared = _CHARSET.search(data[:2048])
        if declared is None:
            raise
    name = declared[1].decode("ascii").lower()
    try:
        # Browsers read pages that call themselves Latin-1 as its superset, and so do we.
        return data.decode("cp1252" if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii") else name)
    except (UnicodeDecodeError, LookupError) as error:
        raise ArticleError(f"the page is neither UTF-8 nor {name}, as it says") from error


def decode_text(data: bytes) -> str:
    """The text of a file: UTF-8, or what its byte order mark says; the mark is not part of the text.

    Line ends stay as they are. Raises ArticleError for anything else than text.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        kind = "binary data" if encoding == "utf-8" and b"\0" in data else f"not valid {encoding.upper().removesuffix('-SIG')}"
        raise ArticleError(f"the file is {kind} (byte {error.start})") from error
    if "\0" in text:
        raise ArticleError("the file is binary data: it holds NUL characters")
    return text


def _not_empty(text: str) -> str:
    if not text.strip():
        raise ArticleError("the article has no text")
    return text


def _read_lines(stream: BinaryIO, file: str, stem: str) -> Iterator[Article | Failure]:
    """The articles of JSONL; a line that is no article is a Failure with its number, and the next line is read."""
    empty = True
    for line, data in _numbered_lines(stream):
        row: Any = None
        try:
            row = _load_object(_decode_line(data))
            outcome: Article | Failure = make_article(row, file=file, line=line, stem=stem)
        except ArticleError as error:
            given = row.get("id") if isinstance(row, dict) else None
            article = given if isinstance(given, str) else None
            outcome = Failure(article, "read", "ArticleError", str(error), file, line)
        empty = False
        yield outcome
    if empty:
        yield Failure(None, "read", "ArticleError", "the file holds no article", file)


def _numbered_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, as UTF-8, with their physical numbers from 1. UTF-16 and UTF-32 are known by their mark."""
    first = stream.readline()
    if first.startswith(_BYTE_ORDER_MARKS[2][0]):
        first = first[len(codecs.BOM_UTF8) :]
    lines: Iterable[bytes] = stream
    if any(first.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS):
        first, *lines = [line.encode() for line in decode_text(first + stream.read()).split("\n")]
    for number, line in enumerate(chain([first], lines), 1):
        if line.strip():
            yield number, line


def _decode_line(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ArticleError(f"the line is not valid UTF-8 (byte {error.start})") from error


def _load_object(line: str) -> dict[str, Any]:
    """The JSON object of a line. Raises ArticleError when it holds anything else."""
    try:
        row = jsonlines.Reader([line], loads=_loads).read(allow_none=True)
    except jsonlines.InvalidLineError as error:
        if isinstance(error.__cause__, json.JSONDecodeError):
            raise ArticleError(f"the line is not JSON: {error.__cause__.msg} (character {error.__cause__.pos})") from error
        raise ArticleError(f"the line is not JSON that can be read: {error.__cause__ or error}") from error
    except RecursionError as error:
        raise ArticleError(f"the line is not JSON that can be read: {error}") from error
    if not isinstance(row, dict):
        raise ArticleError("the line is JSON, but not an object")
    return row


def _loads(line: str | bytes) -> Any:
    return json.loads(line, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")


def make_article(row: dict[str, Any], *, file: str, line: int, stem: str) -> Article:
    """The article of one JSONL object, whose id is `stem`-`line` where it gives none. Raises ArticleError for a wrong field."""
    if "text" not in row:
        raise ArticleError('the line has no "text"')
    if not isinstance(row["text"], str):
        raise ArticleError('"text" is not a string')
    for key in ("title", "url", "published"):
        if row.get(key) is not None and not isinstance(row[key], str):
            raise ArticleError(f'"{key}" is not a string')
    given = row.get("id")
    if given is not None and (isinstance(given, bool) or not isinstance(given, (str, int))):
        raise ArticleError('"id" is not a string')
    published = _iso(row.get("published"))
    extra = {key: value for key, value in row.items() if key not in _INPUT_KEYS | RESULT_KEYS}
    _check_depth(extra)
    return Article(
        id=f"{stem}-{line}" if given in (None, "") else str(given),
        text=_not_empty(row["text"]),
        published=published,
        title=row.get("title"),
        url=row.get("url"),
        extra=extra,
        file=file,
        line=line,
        published_from="input" if published else None,
    )


def _iso(published: str | None) -> str | None:
    """A given publication date, as given, when it is an ISO 8601 date or date-time; None when none is given."""
    if published is None or not published.strip():
        return None
    published = published.strip()
    try:
        return date.fromisoformat(published).isoformat()
    except ValueError:
        pass  # not a date alone: a date-time, or nothing
    try:
        moment = datetime.fromisoformat(published)
    except ValueError as error:
        raise ArticleError(f'"published" is not an ISO date or date-time: {published[:40]!r}') from error
    return published if published.startswith(moment.date().isoformat()) else moment.isoformat()


def _check_depth(value: Any) -> None:
    """Raises ArticleError for values nested deeper than `MAX_DEPTH`."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level if isinstance(outer, (dict, list)) for inner in _inner(outer)]
        if not level:
            return
    raise ArticleError(f"a key of the line is nested more than {MAX_DEPTH} levels deep")


def _inner(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file, one a line. Raises SetupError, naming the line, for anything else."""
    try:
        with path.open("rb") as stream:
            for number, data in _numbered_lines(stream):
                try:
                    yield _load_object(_decode_line(data))
                except ArticleError as error:
                    raise SetupError(f"{path}, line {number}: {error}") from error
    except OSError as error:
        raise SetupError(f"{path} cannot be read: {error.strerror or error}") from error


def dump_line(row: Any) -> bytes:
    """One line of JSONL, in UTF-8."""
    return _dumps(row) + b"\n"


def _dumps(row: Any) -> bytes:
    """JSON in UTF-8. Lone surrogates, which UTF-8 does not have, make the line all-ASCII with \\u escapes.

    Characters that some readers take for the end of a line are escaped, too.
    """
    text = json.dumps(row, ensure_ascii=False, allow_nan=False)
    for char in LINE_ENDS:
        if char in text:
            text = text.replace(char, f"\\u{ord(char):04x}")
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(row, allow_nan=False).encode()


@contextmanager
def atomic_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write that appears whole at the end of the block, or, when an error leaves the block, not at all.

    Bytes go to a temporary name in the same folder, which then replaces `path`.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def atomic_writer(path: Path) -> Iterator[Callable[[Any], object]]:
    """A function that writes one record as a line of JSONL into an `atomic_file`."""
    with atomic_file(path) as stream, jsonlines.Writer(stream, dumps=_dumps) as writer:
        yield writer.write


def make_folder(path: Path) -> Path:
    """The output folder, made when it is not there. Raises SetupError when nothing can be written into it."""
    probe = path / f".whomet.{os.getpid()}.part"
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise SetupError(f"output folder {path} cannot be written: {error.strerror}") from error
    return path
