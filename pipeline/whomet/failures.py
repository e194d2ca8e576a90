"""Exceptions of a stage as Failures: where an article is isolated, the reason is returned and not logged."""

from __future__ import annotations

import traceback
from pathlib import PurePath

from whomet.errors import ArticleError
from whomet.records import Article, Failure


def failed(article: Article, stage: str, error: Exception) -> Failure:
    """The Failure of an article that made a stage raise. Any error but ArticleError is our own bug: the message says where."""
    frames = traceback.extract_tb(error.__traceback__)
    message = str(error)
    if frames and not isinstance(error, ArticleError):
        message += f" ({PurePath(frames[-1].filename).name}, line {frames[-1].lineno}, in {frames[-1].name})"
    return Failure(article.id, stage, type(error).__name__, message, article.file, article.line)
