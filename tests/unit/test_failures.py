"""What a Failure says of the exception behind it."""

from __future__ import annotations

from whomet.errors import ArticleError
from whomet.failures import failed
from whomet.records import Article, Failure

ARTICLE = Article("x", "t", file="news.jsonl", line=3)


def test_article_error_is_told_as_it_is() -> None:
    assert failed(ARTICLE, "clean", _raised(ArticleError("too long"))) == Failure(
        "x", "clean", "ArticleError", "too long", "news.jsonl", 3
    )


def test_any_other_error_says_where_it_was_raised() -> None:
    failure = failed(ARTICLE, "dates", _raised(KeyError("day")))
    assert failure.error == "KeyError"
    assert failure.message.startswith("'day' (test_failures.py, line ")
    assert failure.message.endswith("in _raised)")


def _raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught
