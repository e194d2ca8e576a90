"""Wiring in one readable place: from a configuration to the stages that an article flows through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whomet.clean import label_lines
from whomet.config import Config
from whomet.dates import Bounds, bounded_days, find_published, find_timexes, join_ranges, other_reading
from whomet.entities import ActorTable, KnowledgeBase, load_kb, merge_entities
from whomet.errors import ArticleError, SetupError
from whomet.failures import failed
from whomet.lexicon import check_lexicons
from whomet.models import load_nlp
from whomet.records import Article, Entity, Failure, Timex
from whomet.relations import (
    ReaderModel,
    Reading,
    find_meetings,
    load_reader,
    read_doc,
    reading_view,
    sentence_starts,
)
from whomet.sentences import story_ranges
from whomet.view import TextView

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CHUNK = 100_000
"""Most code points that the language pipeline reads as one text; longer views are read in parts and joined."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article after cleaning and dating, with what is to be read of it (None: no candidate sentence)."""

    article: Article
    view: TextView | None


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The stages of one worker. `model_info` says which language pipeline reads, for run.json."""

    config: Config
    nlp: Language
    model_info: dict[str, Any]
    kb: KnowledgeBase
    reader: ReaderModel | None = None

    def process(self, articles: Sequence[Article]) -> list[Article | Failure]:
        """One outcome per article, in order. A stage that fails costs its own article only."""
        prepared = [_guard(article, "clean", prepare, article, self.config) for article in articles]
        read = self._read([item for item in prepared if isinstance(item, Prepared)])
        outcomes: list[Article | Failure] = []
        for item in prepared:
            if isinstance(item, Failure):
                outcomes.append(item)
                continue
            doc = next(read)
            outcomes.append(doc if isinstance(doc, Failure) else _guard(item.article, "relations", self._relate, item, doc))
        return outcomes

    def readings(self, articles: Sequence[Article]) -> Iterator[tuple[str | None, Reading | None]]:
        """The publication day of each article and what the grammar reads in it, None where nothing is to be read; for training.

        Raises ArticleError for an article that cannot be read.
        """
        for begin in range(0, len(articles), self.config.batch):
            yield from self._readings(articles[begin : begin + self.config.batch])

    def _readings(self, articles: Sequence[Article]) -> Iterator[tuple[str | None, Reading | None]]:
        prepared = [prepare(article, self.config) for article in articles]
        for item, doc in zip(prepared, self._read(prepared), strict=True):
            if isinstance(doc, Failure):
                raise ArticleError(f"{item.article.id}: {doc.message}")
            if doc is None or item.view is None:
                yield item.article.published, None
                continue
            yield item.article.published, _read_meetings(item.article, doc, item.view, self.kb)[0]

    def _read(self, prepared: Sequence[Prepared]) -> Any:
        """The Doc of each prepared article, None where nothing is to be read, a Failure where reading failed; in order."""
        parts = [(number, part) for number, item in enumerate(prepared) if item.view is not None for part in _parts(item.view)]
        docs = annotate(self.nlp, [part for _, part in parts])
        by_article: dict[int, list[Doc | Exception]] = {}
        for (number, _), doc in zip(parts, docs, strict=True):
            by_article.setdefault(number, []).append(doc)
        for number, item in enumerate(prepared):
            yield self._join(item, by_article.get(number, []))

    def _join(self, item: Prepared, docs: Sequence[Doc | Exception]) -> Doc | Failure | None:
        from spacy.tokens import Doc as SpacyDoc

        for doc in docs:
            if isinstance(doc, Exception):
                return failed(item.article, "entities", doc)
        read = [doc for doc in docs if isinstance(doc, SpacyDoc)]
        if not read:
            return None
        return read[0] if len(read) == 1 else SpacyDoc.from_docs(read, ensure_whitespace=False)

    def _relate(self, item: Prepared, doc: Doc | None) -> Article:
        """Entities, time expressions and meetings of an article that has been read."""
        article = item.article
        groups: list[tuple[Entity, ...]] = []
        if doc is not None and item.view is not None:
            reading, actors, timexes = _read_meetings(article, doc, item.view, self.kb)
            meetings = find_meetings(reading, article=article.id, published=article.published, reader=self.reader)
            kept = tuple(meeting for meeting in meetings if meeting.confidence >= self.config.min_confidence)
            article = replace(article, meetings=kept, timexes=timexes)
            groups.append(actors.entities())
        if self.config.full:
            story = TextView(article.text, [(start, end) for start, end, _ in story_ranges(article.text, article.segments)])
            groups.append(self._rest(item, story))
            article = replace(article, timexes=_timexes(article, story.pieces))
        return replace(article, entities=merge_entities(groups))

    def _rest(self, item: Prepared, story: TextView) -> tuple[Entity, ...]:
        """Entities of the whole story, read as a Doc of its own: screening never changes meetings."""
        doc = self._join(item, annotate(self.nlp, list(_parts(story))))
        if isinstance(doc, Failure):
            raise ArticleError(doc.message)
        return ActorTable(doc, story, self.kb).entities() if doc is not None else ()


def _read_meetings(
    article: Article, doc: Doc, view: TextView, kb: KnowledgeBase
) -> tuple[Reading, ActorTable, tuple[Timex, ...]]:
    """What the grammar reads in an article, with the actors and time expressions it reads from."""
    actors, timexes = ActorTable(doc, view, kb), _timexes(article, view.pieces)
    reading = read_doc(
        doc,
        view,
        actors=actors,
        timexes=timexes,
        days=_days_of(article, timexes),
        published=article.published,
        headlines=_headline_tokens(article, view, doc),
    )
    return reading, actors, timexes


def build_pipeline(config: Config) -> Pipeline:
    """The pipeline of a configuration. Raises SetupError for a malformed word list or knowledge base, or the wrong model."""
    check_lexicons()
    nlp, info = load_nlp(config.model)
    _set_sentences(nlp)
    kb = load_kb(Path(config.kb)) if config.kb is not None else KnowledgeBase()
    return Pipeline(config, nlp, info, kb, load_reader() if config.reader == "model" else None)


def prepare(article: Article, config: Config) -> Prepared:
    """Clean and date an article and choose what is to be read of it. Raises ArticleError when that is too long."""
    article = replace(article, segments=label_lines(article.text))
    published = find_published(article)
    article = replace(article, published=published.value, published_from=published.source)
    view = reading_view(article.text, article.segments)
    if view is not None and len(view.text) > config.max_view_chars:
        raise ArticleError(f"{len(view.text)} characters to read, more than max_view_chars = {config.max_view_chars}")
    return Prepared(article, view)


def annotate(nlp: Language, texts: Sequence[tuple[str, frozenset[int]]]) -> list[Doc | Exception]:
    """A Doc per text and its sentence starts, in order; the exception in its place where reading one failed.

    Texts are read in one batch; when the batch fails, one by one, so that only the culprit is lost.
    """
    try:
        return list(nlp.pipe([_make_doc(nlp, text, starts) for text, starts in texts]))
    except Exception:  # isolated below: which text it was decides what fails
        return [_annotate_one(nlp, text, starts) for text, starts in texts]


def _annotate_one(nlp: Language, text: str, starts: frozenset[int]) -> Doc | Exception:
    try:
        return nlp(_make_doc(nlp, text, starts))
    except Exception as error:  # one article's failure, reported by the caller
        return error


def _make_doc(nlp: Language, text: str, starts: frozenset[int]) -> Doc:
    """A tokenised Doc whose sentences begin where our splitter says, and nowhere else."""
    from spacy.tokens import Doc as SpacyDoc

    made = nlp.make_doc(text)
    words, spaces = [token.text for token in made], [bool(token.whitespace_) for token in made]
    return SpacyDoc(nlp.vocab, words=words, spaces=spaces, sent_starts=[token.idx in starts or token.i == 0 for token in made])


def _set_sentences(nlp: Language) -> None:
    """Leave sentence boundaries to our splitter: pipes of the language pipeline must not move them."""
    for name in ("senter", "sentencizer"):
        if nlp.has_pipe(name) and name in nlp.pipe_names:
            nlp.disable_pipe(name)


def _parts(view: TextView) -> Any:
    """The view's text with its sentence starts, in parts of at most about `CHUNK` code points that end where a piece ends."""
    starts = sentence_starts(view)
    begin = 0
    ends = [offset + end - start for (start, end), offset in zip(view.pieces, view.starts, strict=True)]
    for index, end in enumerate(ends):
        following = view.starts[index + 1] if index + 1 < len(ends) else end
        if index + 1 == len(ends) or ends[index + 1] - begin > CHUNK:
            yield view.text[begin:following], frozenset(start - begin for start in starts if begin <= start < following)
            begin = following


def _days_of(article: Article, timexes: Sequence[Timex]) -> Callable[[Timex, str | None], Bounds]:
    """The days of a time expression as a meeting's date: with its preposition, and of a range told in two expressions.

    Of two readings the one that lies on the side asked for is taken: of a weekday to come the next, of a month told in the past
    tense the last one.
    """
    joined = {timexes[index].char_start: bounds for index, bounds in join_ranges(article.text, timexes).items()}
    today = article.published[:10] if article.published else None

    def days(timex: Timex, reading: str | None) -> Bounds:
        other = other_reading(timex) if reading is not None else None
        if today and other is not None and other.start and other.end and timex.start and timex.end:
            to_come = reading == "future" and timex.rule == "weekday" and timex.end < today <= other.start
            gone_by = reading == "past" and other.end <= today < timex.start
            if to_come or gone_by:
                return other
        return joined.get(timex.char_start) or bounded_days(article.text, timex, article.published)

    return days


def _timexes(article: Article, pieces: Sequence[tuple[int, int]]) -> tuple[Timex, ...]:
    anchor = article.published[:10] if article.published else None
    return tuple(timex for start, end in pieces for timex in find_timexes(article.text, start, end, anchor=anchor))


def _headline_tokens(article: Article, view: TextView, doc: Doc) -> frozenset[int]:
    """Token indices at which sentences of headline segments begin."""
    headlines = [(item.char_start, item.char_end) for item in article.segments if item.label == "headline"]
    found = set()
    for sentence in doc.sents:
        raw = view.to_raw(sentence.start_char, sentence.start_char + 1)
        if raw is not None and any(start <= raw[0] < end for start, end in headlines):
            found.add(sentence.start)
    return frozenset(found)


def _guard(article: Article, stage: str, function: Any, *arguments: Any) -> Any:
    try:
        return function(*arguments)
    except SetupError:  # a word list or model that is missing fails the run, not the article
        raise
    except Exception as error:  # where an article is isolated: its failure is its outcome
        return failed(article, stage, error)
