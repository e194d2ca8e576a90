"""The command line: a command parses, calls the library, reports. Heavy imports stand inside the commands.

Machine output goes to stdout, everything for people to stderr. Exit codes: 0 done, 1 too many articles failed, 2 wrong usage
or setup.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from whomet import __version__

if TYPE_CHECKING:
    from whomet.config import Config
    from whomet.graph.query import Encounter
    from whomet.graph.selection import Filters
    from whomet.records import Article, Failure
    from whomet.run import Totals

STDOUT: Final = "-"
DEFAULT_MEETINGS: Final = Path("outputs/meetings.jsonl")
SHOWN_FAILURES: Final = 5
SHA256_DIGITS: Final = 64
PLAIN_EVERY_S: Final = 10.0
"""Seconds between two progress lines when stderr is not a terminal."""


class SetupFailure(click.ClickException):
    """What the user can mend: one line, exit code 2."""

    exit_code = 2


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """Setup errors, and files that cannot be written, as one clear line instead of a traceback."""
    from whomet.errors import SetupError

    try:
        yield
    except SetupError as error:
        raise SetupFailure(str(error)) from error
    except OSError as error:
        if error.errno == errno.EPIPE:  # the reader of our output has gone: click ends quietly
            raise
        raise SetupFailure(f"{error.filename or 'output'}: {error.strerror or error}") from error


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="whomet")
def main() -> None:
    """Who met whom about what, when, where, and did it really happen: raw news pages in, a graph of meetings out."""


def _config_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that make the configuration; one that is not given leaves the key to --config and the defaults."""
    options = [
        click.option("--config", "config_file", type=click.Path(path_type=Path), help="TOML file; options go before its keys."),
        click.option("--model", help="Name or path of another spaCy pipeline than the pinned one."),
        click.option("--kb", help="JSONL file of people and organisations (id, names, party, qid) that wins."),
        click.option("--full/--no-full", default=None, help="Annotate all entities and time expressions, not only those needed."),
        click.option("--min-confidence", type=float, help="Leave out meetings below this probability (0..1)."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUTS...")
@click.option("-o", "--out", default="outputs", show_default=True, help="Output folder, or - for meetings as JSONL on stdout.")
@_config_options
@click.option(
    "--max-failures", type=click.IntRange(min=0), default=0, show_default=True, help="Failed articles that still exit 0."
)
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

    with _one_line_errors():
        config = load_config(config_file, options)
        articles = read_articles(inputs)
        pipeline = _build(config)
        shown: list[Failure] = []
        outcomes = _noted(run(articles, config, pipeline=pipeline, fail_fast=fail_fast), shown, everything=out == STDOUT)
        with _progress() as report:
            if out == STDOUT:
                totals = _print_meetings(outcomes, report)
            else:
                about = describe_run(version=__version__, config=config, model=pipeline.model_info)
                totals = write_outputs(outcomes, Path(out), about=about, on_outcome=report)
    for item in shown:
        click.echo(f"failed: {_place(item)}: {item.message}", err=True)
    where = "" if out == STDOUT else f" -> {Path(out) / MEETINGS}"
    click.echo(f"{_summary(totals)}{where}", err=True)
    if totals.failed > max_failures:
        sys.exit(1)


@main.command()
@click.argument("file")
@click.option("--removed", is_flag=True, help="Only what is not read as the story.")
def clean(file: str, *, removed: bool) -> None:
    """Show the label of each line of the articles in FILE: what is the story, and what was thrown away."""
    from rich.console import Console

    from whomet import read_articles
    from whomet.clean import label_lines, render_labels
    from whomet.records import Failure

    console = Console(soft_wrap=True, highlight=False)
    with _one_line_errors():
        for outcome in read_articles([file]):
            if isinstance(outcome, Failure):
                raise SetupFailure(f"{_place(outcome)}: {outcome.message}")
            console.print(render_labels(outcome.text, label_lines(outcome.text), removed), end="")


def _build(config: Config) -> Any:
    from whomet.build import build_pipeline

    return build_pipeline(config)


def _noted(outcomes: Iterable[Article | Failure], shown: list[Failure], *, everything: bool) -> Iterator[Article | Failure]:
    """The outcomes; the first failures, or all where no file will hold them, are kept to be shown."""
    from whomet.records import Failure

    for outcome in outcomes:
        if isinstance(outcome, Failure) and (everything or len(shown) < SHOWN_FAILURES):
            shown.append(outcome)
        yield outcome


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


def _place(failure: Failure) -> str:
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


@main.command()
@click.argument("meetings", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="Where to write.  [default: graph.jsonl beside the first file]"
)
def graph(meetings: tuple[Path, ...], out: Path | None) -> None:
    """Rebuild graph.jsonl from MEETINGS, one or more meetings.jsonl (default: outputs/meetings.jsonl).

    The graph of several files is the one that a single run over all their articles would give.
    """
    from whomet.run import GRAPH, write_graph

    meetings = meetings or (DEFAULT_MEETINGS,)
    out = out or meetings[0].with_name(GRAPH)
    with _one_line_errors():
        count = write_graph(meetings, out)
    click.echo(f"{count:,} nodes and edges -> {out}", err=True)


def _filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that choose meetings of a graph."""
    options = [
        click.option("--status", "statuses", multiple=True, help="Keep meetings of this status; may be repeated."),
        click.option("--form", "forms", multiple=True, help="Keep meetings of this form; may be repeated."),
        click.option("--since", help="Keep meetings that last until this ISO day or later."),
        click.option("--until", help="Keep meetings that begin on this ISO day or before."),
        click.option("--min-confidence", type=float, default=0.0, help="Leave out meetings below this probability (0..1)."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _filters(statuses: tuple[str, ...], forms: tuple[str, ...], **options: Any) -> Filters:
    from whomet.graph.selection import Filters

    return Filters(statuses=frozenset(statuses), forms=frozenset(forms), **options)


@main.command()
@click.argument("graph_file", metavar="GRAPH", type=click.Path(path_type=Path))
@click.option("--to", required=True, help="gexf, graphml, csv, cyjs, cx2, node-link, neo4j, ftm, dot or parquet.")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="Where to write.")
@click.option("--dyads", help="Only who met whom: between people, or between parties.")
@click.option("--weighted", is_flag=True, help="With --dyads: one edge for each pair, weighted by its meetings.")
@_filter_options
def export(graph_file: Path, to: str, out: Path, dyads: str | None, *, weighted: bool, **options: Any) -> None:
    """Write GRAPH, a graph.jsonl, for another graph tool."""
    from whomet.graph.export import export_graph

    with _one_line_errors():
        exported = export_graph(graph_file, to, out, filters=_filters(**options), dyads=dyads, weighted=weighted)
    for note in exported.notes:
        click.echo(note)
    click.echo(f"{exported.nodes:,} nodes, {exported.edges:,} edges -> {', '.join(map(str, exported.paths))}", err=True)


@main.command()
@click.argument("graph_file", metavar="GRAPH", type=click.Path(path_type=Path))
@click.argument("one")
@click.argument("other", required=False)
@click.option("--json", "as_json", is_flag=True, help="One meeting a line, as JSON.")
@_filter_options
def query(graph_file: Path, one: str, other: str | None, *, as_json: bool, **options: Any) -> None:
    """Show the meetings in GRAPH, a graph.jsonl, of ONE, with OTHER if given: when, about what, and who says so."""
    from whomet.files import dump_line
    from whomet.graph.query import query_graph

    with _one_line_errors():
        encounters = query_graph(graph_file, one, other, filters=_filters(**options))
    for encounter in encounters:
        if as_json:
            click.echo(dump_line(encounter.to_json()), nl=False)
        else:
            _show_encounter(encounter)
    click.echo(f"{len(encounters):,} meetings", err=True)


def _show_encounter(encounter: Encounter) -> None:
    days = encounter.start or "day unknown"
    if encounter.end and encounter.end != encounter.start:
        days += f" to {encounter.end}"
    about = f" about {'; '.join(encounter.topics)}" if encounter.topics else ""
    at = f" in {', '.join(encounter.places)}" if encounter.places else ""
    click.echo(f"{days}  {encounter.status} {encounter.form}: {', '.join(encounter.who)}{at}{about}")
    for source in encounter.sources:
        click.echo(f"    {source.article}: {source.sentence or 'no sentence'}")


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", help="What the files are, where their names do not tell: articles, meetings, graph, failures or run.")
def validate(files: tuple[Path, ...], kind: str | None) -> None:
    """Check FILES that whomet wrote against their JSON Schema and the rules beside it; exit 1 when one breaks them."""
    from whomet.graph.validation import validate_file

    found = 0
    with _one_line_errors():
        for path in files:
            for problem in validate_file(path, kind):
                found += 1
                click.echo(f"{path}, record {problem.record}: {problem.message}")
    click.echo(f"{len(files):,} files: {found:,} problems", err=True)
    if found:
        sys.exit(1)


@main.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("meetings", type=click.Path(path_type=Path), default=DEFAULT_MEETINGS)
@click.option("--json", "as_json", is_flag=True, help="Figures, counts and status confusion as JSON on stdout.")
@click.option("--errors", type=click.Path(path_type=Path), help="Also write every mistake to this JSONL file.")
def evaluate(gold: Path, meetings: Path, errors: Path | None, *, as_json: bool) -> None:
    """Score MEETINGS, a meetings.jsonl, against GOLD.

    GOLD is a JSON list or JSONL of {"id", "meetings"}. Every gold article counts, found or not.
    """
    import json

    from whomet import evaluate as scoring
    from whomet.files import atomic_writer

    with _one_line_errors():
        report = scoring.evaluate(scoring.read_gold(gold), scoring.read_predictions(meetings))
        if errors is not None:
            with atomic_writer(errors) as write:
                for mistake in report.errors():
                    write(mistake)
    if as_json:
        click.echo(json.dumps(report.to_json(), indent=2))
        return
    for row in report.rows():
        figures = f"P {row.precision:5.1f}  R {row.recall:5.1f}  F1 {row.f1:5.1f}"
        click.echo(f"{row.figure:<13} {figures}   ({row.matched}/{row.predicted}/{row.gold})")
    low, high = report.interval()
    click.echo(f"overall F1 95% CI {100 * low:.1f}-{100 * high:.1f} over {len(report.by_article)} articles")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="The same as JSON on stdout.")
def info(*, as_json: bool) -> None:
    """Show versions, the language pipeline and the word lists."""
    import json
    from importlib.metadata import version
    from platform import python_version

    from whomet.lexicon import lexicon_hashes
    from whomet.models import check_package, load_manifest, models_folder, trained_hashes

    with _one_line_errors():
        folder = models_folder()
        pinned = load_manifest(folder)["language"]
        packages = {package: check_package(package, pinned) or "as pinned" for package in pinned["packages"]}
        about = {
            "whomet": __version__,
            "python": python_version(),
            "spacy": version("spacy"),
            "models": str(folder),
            "language": f"{pinned['name']} {pinned['version']}",
            "packages": packages,
            "trained": trained_hashes(folder),
            "lexicons": lexicon_hashes(),
        }
    if as_json:
        click.echo(json.dumps(about, indent=2))
        return
    for key, value in about.items():
        rows = list(value.items()) if isinstance(value, dict) else [(value, "")]
        for number, (name, text) in enumerate(rows):
            shown = text[:12] if len(text) == SHA256_DIGITS else text
            click.echo(f"{'' if number else key:<10} {name} {shown}".rstrip())
    if "as pinned" not in packages.values():
        raise SetupFailure("no installed package holds the pinned language pipeline; run `make install`")


if __name__ == "__main__":
    main()
