"""Extract annotated articles, so that what is found can be scored: from gold to a run over its texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from whomet.config import Config
from whomet.errors import ArticleError, SetupError
from whomet.evaluate import Gold, scored_meeting
from whomet.evaluate.found import Found, FurtherGold
from whomet.files import make_article
from whomet.records import Article, Failure, to_json
from whomet.run import Pipeline, article_json, run


def gold_articles(gold: Gold, path: Path) -> Iterator[Article]:
    """The annotated articles that hold their text. Raises SetupError when none does, or for a wrong publication date."""
    given = [(article, about.text, about.published) for article, about in gold.articles.items() if about.text is not None]
    if not given:
        raise SetupError(f"{path} holds no texts: name the articles with --run")
    return _articles(given, path)


def wanted_articles(
    articles: Iterable[Article | Failure], gold: Gold, further: FurtherGold, path: Path
) -> Iterator[Article | Failure]:
    """The articles that are scored: annotated ones of `articles`, and texts of further gold that are not among them.

    Failures to read are handed through.
    """
    asked = set(gold.meetings) | {article for article, *_ in further.texts()}
    seen: set[str] = set()

    def kept() -> Iterator[Article | Failure]:
        for outcome in articles:
            if isinstance(outcome, Failure):
                yield outcome
            elif outcome.id in asked:
                seen.add(outcome.id)
                yield outcome

    def rest() -> Iterator[Article]:
        for article in _articles(further.texts(), path):
            if article.id not in seen:
                seen.add(article.id)
                yield article

    return chain(kept(), rest())


def _articles(given: Iterable[tuple[str, str, str | None]], path: Path) -> Iterator[Article]:
    for number, (article, text, published) in enumerate(given, 1):
        try:
            row = {"id": article, "text": text, "published": published}
            yield make_article(row, file=str(path), line=number, stem=path.stem)
        except ArticleError as error:
            raise SetupError(f"{path}, article {article!r}: {error}") from error


def extract_found(articles: Iterable[Article | Failure], config: Config, pipeline: Pipeline) -> tuple[Found, list[Failure]]:
    """What a run over the articles finds, and its failures, which found nothing."""
    meetings, rows, texts, failures = {}, {}, {}, list[Failure]()
    for outcome in run(articles, config, pipeline=pipeline):
        if isinstance(outcome, Failure):
            failures.append(outcome)
            continue
        meetings[outcome.id] = tuple(scored_meeting(to_json(meeting), outcome.id) for meeting in outcome.meetings)
        rows[outcome.id] = article_json(outcome)
        texts[outcome.id] = outcome.text
    return Found(meetings, rows, texts), failures
