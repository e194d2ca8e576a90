"""Commands that read articles: extract, annotate and clean."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from whomet import __version__
from whomet.cli.failing import SetupFailure, one_line_errors
from whomet.cli.options import add_options

if TYPE_CHECKING:
    from whomet.config import Config
    from whomet.records import Article, Failure
    from whomet.run import Totals

STDOUT: Final = "-"
SHOWN_FAILURES: Final = 5
PLAIN_EVERY_S: Final = 10.0
"""Seconds between two progress lines when stderr is not a terminal."""


def config_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that make the configuration; one that is not given leaves the key to --config and the defaults."""
    options = [
        click.option("--config", "config_file", type=click.Path(path_type=Path), help="TOML file; options go before its keys."),
        click.option("--model", help="Name or path of another spaCy pipeline than the pinned one."),
        click.option(
            "--reader",
            type=click.Choice(["model", "rules"]),
            help="Who decides what is a meeting: the trained reader, or the grammar alone.",
        ),
        click.option("--kb", help="JSONL file of people and organisations (id, names, party, qid) that wins."),
        click.option("--full/--no-full", default=None, help="Annotate all entities and time expressions, not only those needed."),
        click.option("--min-confidence", type=float, help="Leave out meetings below this probability (0..1)."),
    ]
    return add_options(command, options)


_max_failures = click.option(
    "--max-failures", type=click.IntRange(min=0), default=0, show_default=True, help="Failed articles that still exit 0."
)


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUTS...")
@click.option("-o", "--out", default="outputs", show_default=True, help="Output folder, or - for meetings as JSONL on stdout.")
@config_options
@_max_failures
@click.option("--fail-fast", is_flag=True, help="Stop at the first failed article, with a traceback if it is a bug of ours.")
def extract(
    inputs: tuple[str, ...], out: str, config_file: Path | None, max_failures: int, *, fail_fast: bool, **options: Any
) -> None:
    """Read articles and write who met whom.

    INPUTS are files or folders of .txt, .jsonl, .jsonl.gz and .html, or - for JSONL on standard input.
    """
    from whomet import read_articles
    from whomet.config import load_config
    from whomet.run import MEETINGS, describe_run, run, write_outputs

    with one_line_errors():
        config = load_config(config_file, options)
        articles = read_articles(inputs)
        pipeline = build(config)
        shown: list[Failure] = []
        outcomes = _noted(run(articles, config, pipeline=pipeline, fail_fast=fail_fast), shown, everything=out == STDOUT)
        with _progress() as report:
            if out == STDOUT:
                totals = _print_meetings(outcomes, report)
            else:
                about = describe_run(version=__version__, config=config, model=pipeline.model_info)
                totals = write_outputs(outcomes, Path(out), about=about, on_outcome=report)
    _conclude(totals, shown, "" if out == STDOUT else f" -> {Path(out) / MEETINGS}", max_failures)


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="ARTICLES...")
@click.option("--export", "tool", required=True, help="For which tool: label-studio, doccano or brat.")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="Folder to write.")
@config_options
@_max_failures
def annotate(inputs: tuple[str, ...], tool: str, out: Path, config_file: Path | None, max_failures: int, **options: Any) -> None:
    """Write the meetings found in ARTICLES as annotations to be corrected in an annotation tool.

    The folder also gets the tool's configuration. What is corrected can be read as gold: whomet evaluate.
    """
    from whomet import read_articles
    from whomet.config import load_config
    from whomet.evaluate import write_annotations
    from whomet.records import Article
    from whomet.run import Totals, run

    totals = Totals()
    shown: list[Failure] = []
    with one_line_errors(), _progress() as report:
        config = load_config(config_file, options)
        articles = read_articles(inputs)
        outcomes = _noted(_counted(run(articles, config, pipeline=build(config)), totals, report), shown, everything=True)
        write_annotations((outcome for outcome in outcomes if isinstance(outcome, Article)), tool, out)
    _conclude(totals, shown, f" -> {out}", max_failures)


@click.command()
@click.argument("file")
@click.option("--removed", is_flag=True, help="Only what is not read as the story.")
def clean(file: str, *, removed: bool) -> None:
    """Show the label of each line of the articles in FILE: what is the story, and what was thrown away."""
    from rich.console import Console

    from whomet import read_articles
    from whomet.clean import label_lines, render_labels
    from whomet.records import Failure

    console = Console(soft_wrap=True, highlight=False)
    with one_line_errors():
        for outcome in read_articles([file]):
            if isinstance(outcome, Failure):
                raise SetupFailure(f"{place_of(outcome)}: {outcome.message}")
            console.print(render_labels(outcome.text, label_lines(outcome.text), removed), end="")


def build(config: Config) -> Any:
    """All stages of a configuration; imported here, since it loads the language pipeline."""
    from whomet.build import build_pipeline

    return build_pipeline(config)


def _noted(outcomes: Iterable[Article | Failure], shown: list[Failure], *, everything: bool) -> Iterator[Article | Failure]:
    """The outcomes; the first failures, or all where no file will hold them, are kept to be shown."""
    from whomet.records import Failure

    for outcome in outcomes:
        if isinstance(outcome, Failure) and (everything or len(shown) < SHOWN_FAILURES):
            shown.append(outcome)
        yield outcome


def _counted(
    outcomes: Iterable[Article | Failure], totals: Totals, report: Callable[[Totals], None]
) -> Iterator[Article | Failure]:
    for outcome in outcomes:
        totals.add(outcome)
        report(totals)
        yield outcome


def _conclude(totals: Totals, shown: Iterable[Failure], where: str, max_failures: int) -> None:
    """Tells of failures and of the whole on stderr; exits with 1 when too many articles failed."""
    for item in shown:
        click.echo(f"failed: {place_of(item)}: {item.message}", err=True)
    click.echo(f"{_summary(totals)}{where}", err=True)
    if totals.failed > max_failures:
        sys.exit(1)


def _print_meetings(outcomes: Iterable[Article | Failure], report: Callable[[Totals], None]) -> Totals:
    from whomet.files import dump_line
    from whomet.records import Article, to_json
    from whomet.run import Totals

    totals = Totals()
    for outcome in outcomes:
        totals.add(outcome)
        for meeting in outcome.meetings if isinstance(outcome, Article) else ():
            sys.stdout.buffer.write(dump_line(to_json(meeting)))
        sys.stdout.buffer.flush()
        report(totals)
    return totals


def place_of(failure: Failure) -> str:
    """Where a failure happened, for messages."""
    line = f", line {failure.line}" if failure.line is not None else ""
    article = f" ({failure.article})" if failure.article and failure.file is None else ""
    return f"{failure.file or 'article'}{line}{article}"


def _summary(totals: Totals) -> str:
    failed = f", {totals.failed:,} failed" if totals.failed else ""
    speed = totals.words / totals.seconds if totals.seconds else 0.0
    return (
        f"{totals.articles:,} articles: {totals.ok:,} read{failed}; {totals.meetings:,} meetings; "
        f"{totals.words:,} words in {totals.seconds:.1f} s ({speed:,.0f} a second)"
    )


@contextmanager
def _progress() -> Iterator[Callable[[Totals], None]]:
    """What is called after each article: a live line on a terminal, a plain line now and then otherwise."""
    if not sys.stderr.isatty():
        yield _plain_progress()
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading")
        yield lambda totals: progress.update(task, description=_summary(totals))


def _plain_progress() -> Callable[[Totals], None]:
    last = 0.0

    def report(totals: Totals) -> None:
        nonlocal last
        if totals.seconds - last >= PLAIN_EVERY_S:
            last = totals.seconds
            click.echo(_summary(totals), err=True)

    return report
