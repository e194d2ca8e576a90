"""Articles in: every kind of file, and everything that can be wrong with one."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from whomet.errors import SetupError
from whomet.files import MAX_DEPTH, atomic_writer, dump_line, make_folder, read_articles, read_jsonl
from whomet.records import Article, Failure

Write = Callable[[str, str | bytes], Path]


def read(*paths: Path | str) -> list[Article | Failure]:
    return list(read_articles(paths))


def only_failure(path: Path) -> Failure:
    [outcome] = read(path)
    assert isinstance(outcome, Failure)
    assert outcome.file == str(path)
    assert outcome.stage == "read"
    return outcome


def test_text_file_is_one_article_with_the_stem_as_id(write: Write) -> None:
    path = write("oslo.talks.txt", "Envoys met.\n")
    assert read(path) == [Article("oslo.talks", "Envoys met.\n", file=str(path))]


def test_crlf_is_kept_so_that_offsets_are_those_of_the_file(write: Write) -> None:
    [article] = read(write("crlf.txt", b"One\r\n\r\nTwo\rThree\r\n"))
    assert isinstance(article, Article)
    assert article.text == "One\r\n\r\nTwo\rThree\r\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_names_the_encoding_and_is_no_text(write: Write, encoding: str) -> None:
    [article] = read(write("page.txt", "Zoë met Łukasz.\r\n".encode(encoding)))
    assert isinstance(article, Article)
    assert article.text == "Zoë met Łukasz.\r\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no text"),
        (b" \r\n\t\n", "no text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary data"),
        (b"plain text with a \x00 in it", "binary data"),
        (b"caf\xe9 au lait", "not valid UTF-8 (byte 3)"),
        (b"\xff\xfeA\x00B", "not valid UTF-16"),
    ],
)
def test_text_file_that_is_no_text_is_a_failure(write: Write, content: bytes, reason: str) -> None:
    assert reason in only_failure(write("bad.txt", content)).message


def test_html_without_a_reader_is_a_failure(write: Write) -> None:
    assert "HTML" in only_failure(write("page.html", "<p>Envoys met.</p>")).message


def test_html_is_read_by_the_given_reader(write: Write) -> None:
    path = write("page.HTM", "<p>Envoys met.</p>")
    [article] = read_articles([path], html=lambda source: (source[3:-4], "2019-05-06", "Talks"))
    handed_through = {"text": "Envoys met."}
    assert article == Article(
        "page", "Envoys met.", "2019-05-06", "Talks", extra=handed_through, file=str(path), published_from="input"
    )


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("cp1252", '<meta charset="iso-8859-1">'),
        ("cp1250", "<META http-equiv=Content-Type content='text/html; charset=windows-1250'>"),
        ("utf-8", '<meta charset="windows-1250">'),
        ("utf-16", ""),
    ],
)
def test_html_is_decoded_as_its_head_says(write: Write, encoding: str, head: str) -> None:
    path = write("page.html", f"{head}Š met Ž.".encode(encoding))
    [article] = read_articles([path], html=lambda source: (source.removeprefix(head), None, None))
    assert isinstance(article, Article)
    assert (article.text, article.published, article.published_from) == ("Š met Ž.", None, None)


@pytest.mark.parametrize("head", [b"", b'<meta charset="no-such-code">', b'<meta charset="utf-8">', b'<meta charset="base64">'])
def test_html_that_cannot_be_decoded_is_a_failure(write: Write, head: bytes) -> None:
    [failure] = read_articles([write("page.html", head + b"\xe9\xff")], html=lambda source: (source, None, None))
    assert isinstance(failure, Failure)
    assert failure.error == "ArticleError"


def test_html_reader_that_raises_fails_its_page_alone(write: Write) -> None:
    def parse(source: str) -> tuple[str, None, None]:
        if "bad" in source:
            raise RecursionError("too deep")
        return source, None, None

    failure, article = read_articles([write("a.html", "bad"), write("b.html", "good")], html=parse)
    assert isinstance(failure, Failure)
    assert (failure.article, failure.error) == ("a", "RecursionError")
    assert isinstance(article, Article)


def test_html_reader_that_is_not_installed_is_a_setup_error_before_anything_is_read(write: Write) -> None:
    def refuse(source: str) -> tuple[str, None, None]:
        raise SetupError("needs the extra html")

    assert read_articles([write("a.txt", "Envoys met.")], html=refuse)
    with pytest.raises(SetupError, match="extra"):
        read_articles([write("a.txt", "Envoys met."), write("b.html", "t")], html=refuse)


def test_missing_path_is_a_setup_error(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="does not exist"):
        read_articles([tmp_path / "nowhere.txt"])


def test_setup_errors_come_before_anything_is_read(write: Write, tmp_path: Path) -> None:
    with pytest.raises(SetupError):
        read_articles([write("good.txt", "Envoys met."), tmp_path / "nowhere"])


def test_folder_without_article_files_is_a_setup_error(write: Write) -> None:
    path = write("notes.pdf", b"%PDF")
    write(".hidden.txt", "not looked at")
    with pytest.raises(SetupError, match=r"holds no \.txt"):
        read_articles([path.parent])


def test_file_of_unknown_kind_is_a_setup_error(write: Write) -> None:
    with pytest.raises(SetupError, match=r"none of the files that can be read: \.txt"):
        read_articles([write("notes.pdf", b"%PDF")])


def test_folder_is_read_with_its_subfolders_in_the_order_of_names(write: Write) -> None:
    for name in ("b.txt", "a.txt", "2020/d.txt", "2019/c.jsonl", ".git/e.txt"):
        write(name, '{"id": "c", "text": "Envoys met."}' if name.endswith("l") else "Envoys met.")
    folder = write("notes.md", "not an article").parent
    assert [outcome.id for outcome in read_articles([folder]) if isinstance(outcome, Article)] == ["a", "b", "c", "d"]


def test_jsonl_hands_unknown_keys_through_and_keeps_the_physical_line(write: Write) -> None:
    row = {"id": "x1", "text": "Envoys met.", "published": "2021-03-04", "title": "Talks", "url": "u", "desk": {"a": [1]}}
    path = write("news.jsonl", "\r\n" + json.dumps(row) + "\r\n\n")
    expected = Article(
        "x1", "Envoys met.", "2021-03-04", "Talks", "u", {"desk": {"a": [1]}}, str(path), 2, published_from="input"
    )
    assert read(path) == [expected]


def test_result_keys_of_the_input_are_not_handed_through(write: Write) -> None:
    [article] = read(write("gold.jsonl", '{"id": "x", "text": "t", "meetings": [{"id": "m1"}], "notes": "n"}'))
    assert isinstance(article, Article)
    assert article.extra == {"notes": "n"}


@pytest.mark.parametrize(("given", "expected"), [('"a b"', "a b"), ("17", "17"), ("null", "news-1"), ('""', "news-1")])
def test_jsonl_id_is_the_given_one_or_file_and_line(write: Write, given: str, expected: str) -> None:
    [article] = read(write("news.jsonl", f'{{"id": {given}, "text": "t"}}'))
    assert isinstance(article, Article)
    assert article.id == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2014-03-12", "2014-03-12"),
        ("2014-03-12T08:00:00Z", "2014-03-12T08:00:00Z"),
        ("20140312", "2014-03-12"),
        (" 2014-03-12 ", "2014-03-12"),
        ("", None),
        (None, None),
    ],
)
def test_published_is_an_iso_date_or_date_time(write: Write, published: str | None, expected: str | None) -> None:
    [article] = read(write("news.jsonl", json.dumps({"id": "x", "text": "t", "published": published})))
    assert isinstance(article, Article)
    assert (article.published, article.published_from) == (expected, "input" if expected else None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "not JSON"),
        ('["a", "list"]', "not an object"),
        ("null", "not an object"),
        ('{"id": "x"}', 'no "text"'),
        ('{"id": "x", "text": ["t"]}', '"text" is not a string'),
        ('{"id": "x", "text": null}', '"text" is not a string'),
        ('{"id": "x", "text": "\\n"}', "no text"),
        ('{"id": ["x"], "text": "t"}', '"id" is not a string'),
        ('{"id": true, "text": "t"}', '"id" is not a string'),
        ('{"id": "x", "text": "t", "title": 5}', '"title" is not a string'),
        ('{"id": "x", "text": "t", "published": "March 12"}', "not an ISO date"),
        ('{"id": "x", "text": "t", "published": 2014}', '"published" is not a string'),
        ('{"id": "x", "text": "t", "score": NaN}', "NaN"),
        ('{"id": "x", "text": "t", "deep": ' + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1) + "}", "nested"),
        ("[" * 100_000, "not JSON that can be read"),
        ('{"id": "x", "text": "t", "big": ' + "9" * 5000 + "}", "not JSON that can be read"),
    ],
)
def test_jsonl_line_that_is_no_article_is_a_failure_and_the_next_is_read(write: Write, line: str, reason: str) -> None:
    path = write("news.jsonl", line + '\n{"id": "good", "text": "Envoys met."}\n')
    bad, good = read(path)
    assert isinstance(bad, Failure)
    assert reason in bad.message
    assert (bad.file, bad.line) == (str(path), 1)
    assert isinstance(good, Article)


def test_jsonl_line_of_invalid_utf8_is_a_failure_of_that_line(write: Write) -> None:
    bad, good = read(write("news.jsonl", b'{"id": "x", "text": "caf\xe9"}\n{"id": "y", "text": "t"}\n'))
    assert isinstance(bad, Failure)
    assert bad.message == "the line is not valid UTF-8 (byte 24)"
    assert isinstance(good, Article)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_jsonl_with_a_byte_order_mark_is_read(write: Write, encoding: str) -> None:
    outcomes = read(write("news.jsonl", '{"id": "x", "text": "ż"}\n{"id": "y", "text": "t"}\n'.encode(encoding)))
    assert [(item.id, item.line) for item in outcomes if isinstance(item, Article)] == [("x", 1), ("y", 2)]


@pytest.mark.parametrize("mark", ["\u2028", "\u0085", "\x0b", "\x1e"])
def test_only_a_line_feed_ends_a_line(write: Write, mark: str) -> None:
    outcomes = read(
        write("news.jsonl", f'{{"id": "x", "text": "one{mark if mark > " " else " "}two"}}\n{{"id": "y", "text": "t"}}')
    )
    assert [(item.id, item.line) for item in outcomes if isinstance(item, Article)] == [("x", 1), ("y", 2)]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_jsonl_file_without_a_line_is_a_failure(write: Write, content: bytes) -> None:
    assert "holds no article" in only_failure(write("empty.jsonl", content)).message


def test_compressed_jsonl_is_read(write: Write) -> None:
    [article] = read(write("news.jsonl.gz", gzip.compress(b'{"text": "Envoys met."}\n')))
    assert isinstance(article, Article)
    assert (article.id, article.line) == ("news-1", 1)


def test_compressed_file_that_breaks_off_keeps_what_was_read(write: Write) -> None:
    rows = "".join(json.dumps({"id": str(number), "text": f"Envoys met {number**9} times."}) + "\n" for number in range(20_000))
    *read_before, last = read(write("news.jsonl.gz", gzip.compress(rows.encode())[:-100]))
    assert len(read_before) > 1000
    assert isinstance(last, Failure)
    assert "cannot be read" in last.message


def test_file_that_only_claims_to_be_compressed_is_a_failure(write: Write) -> None:
    assert "cannot be read" in only_failure(write("news.jsonl.gz", b'{"text": "plain"}')).message


def test_repeated_id_is_a_failure_of_the_second(write: Write) -> None:
    paths = [write("a/talks.txt", "Envoys met."), write("b/talks.txt", "Envoys met again.")]
    first, second = read(*paths)
    assert isinstance(first, Article)
    assert isinstance(second, Failure)
    assert (second.article, second.error, second.file) == ("talks", "RepeatedId", str(paths[1]))


def test_standard_input_is_jsonl(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"id": "x", "text": "t"}\nbroken\n')))
    article, failure = read("-")
    assert isinstance(article, Article)
    assert isinstance(failure, Failure)
    assert (failure.file, failure.line) == ("-", 2)


def test_articles_are_read_lazily(write: Write) -> None:
    first, second = write("a.txt", "one"), write("b.txt", "two")
    outcomes = read_articles([first, second])
    assert isinstance(next(outcomes), Article)
    second.unlink()
    gone = next(outcomes)
    assert isinstance(gone, Failure)
    assert gone.error == "FileNotFoundError"


def test_big_articles_are_read_whole(write: Write) -> None:
    line = "x" * 1_000_000
    articles = read(write("five.txt", (line + "\n") * 5), write("line.txt", line))
    assert [len(item.text) for item in articles if isinstance(item, Article)] == [5_000_005, 1_000_000]


def test_lone_surrogate_is_written_as_it_came(write: Write) -> None:
    [article] = read(write("news.jsonl", '{"id": "x", "text": "odd \\ud800 ż"}'))
    assert isinstance(article, Article)
    assert json.loads(dump_line({"text": article.text})) == {"text": article.text}


def test_written_line_is_utf8_with_one_line_feed() -> None:
    assert dump_line({"text": "ż\n"}) == '{"text": "ż\\n"}\n'.encode()


def test_a_line_holds_no_other_line_end() -> None:
    row = {"text": "one\u2028two\u2029three\x85four\x0bfive\x0csix\x1cseven\r\neight"}
    line = dump_line(row).decode()
    assert line.splitlines(keepends=True) == [line]
    assert json.loads(line) == row


def test_written_lines_are_read_again(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": "ż\u2028\n"}, {"id": "b", "when": None}]
    with atomic_writer(tmp_path / "out.jsonl") as write:
        for row in rows:
            write(row)
    assert list(read_jsonl(tmp_path / "out.jsonl")) == rows


def test_atomic_writer_leaves_the_old_file_and_no_other_when_it_is_interrupted(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("old")

    def write_and_stop() -> None:
        with atomic_writer(tmp_path / "out.jsonl") as write:
            write({"id": "new"})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_stop()
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("out.jsonl", "old")]


@pytest.mark.parametrize(
    ("content", "reason"), [(b'{"a": 1}\nbroken\n', "line 2: the line is not JSON"), (None, "cannot be read")]
)
def test_read_jsonl_names_what_it_cannot_read(tmp_path: Path, content: bytes | None, reason: str) -> None:
    if content is not None:
        (tmp_path / "in.jsonl").write_bytes(content)
    with pytest.raises(SetupError, match=reason):
        list(read_jsonl(tmp_path / "in.jsonl"))


def test_output_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    assert list(make_folder(tmp_path / "a" / "b").iterdir()) == []


def test_output_folder_below_a_file_is_a_setup_error(write: Write) -> None:
    with pytest.raises(SetupError, match="cannot be written"):
        make_folder(write("file.txt", "t") / "out")
