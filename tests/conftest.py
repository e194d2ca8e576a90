"""What the tests share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from whomet.records import Article, Failure, Meeting, Participant, Segment, Span

# Examples are the same in every run, and a busy machine fails nothing.
settings.register_profile("whomet", deadline=None, derandomize=True)
settings.load_profile("whomet")


@dataclass
class FakePipeline:
    """Stands for the language pipeline: an article that says BOOM raises, FAIL fails, MEET has one meeting at that word."""

    model_info: dict[str, Any] = field(default_factory=lambda: {"name": "fake", "version": "0", "pinned": False, "sha256": {}})
    batches: list[list[str]] = field(default_factory=list)

    def process(self, articles: Sequence[Article]) -> list[Article | Failure]:
        self.batches.append([article.id for article in articles])
        return [self._read(article) for article in articles]

    def _read(self, article: Article) -> Article | Failure:
        if "BOOM" in article.text:
            raise IndexError(f"no token in {article.id}")
        if "FAIL" in article.text:
            return Failure(article.id, "relations", "ArticleError", "the view is too long", article.file, article.line)
        at = article.text.find("MEET")
        meetings = (make_meeting(article.id, "m1", at),) if at >= 0 else ()
        return replace(article, segments=(Segment(0, len(article.text), "body"),), meetings=meetings)


def make_meeting(article: str, number: str, at: int, confidence: float = 0.75) -> Meeting:
    """A meeting of two parties whose trigger is the word MEET at offset `at`."""
    trigger = Span("MEET", at, at + 4)
    participants = (Participant(None, None, "Norway", "NO"), Participant("Ana Lima", "envoy", "Brazil", "BR"))
    parties = ("Brazil", "Norway")
    return Meeting(
        f"{article}#{number}",
        article,
        "meeting",
        "held",
        participants,
        parties,
        (),
        (),
        None,
        None,
        trigger,
        (trigger,),
        confidence,
    )


@pytest.fixture
def pipeline() -> FakePipeline:
    return FakePipeline()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file below a folder of its own, text as UTF-8 without newline translation, and gives its path."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture(scope="session")
def real_pipeline() -> Any:
    """All stages with the pinned language pipeline and the grammar alone, loaded once: its output is the same on every machine."""
    from whomet.build import build_pipeline
    from whomet.config import Config

    return build_pipeline(Config(reader="rules"))


@pytest.fixture(scope="session")
def trained_pipeline(real_pipeline: Any) -> Any:
    """The same stages with the trained reader."""
    from whomet.build import Pipeline
    from whomet.config import Config
    from whomet.relations import load_reader

    return Pipeline(Config(), real_pipeline.nlp, real_pipeline.model_info, real_pipeline.kb, load_reader())
