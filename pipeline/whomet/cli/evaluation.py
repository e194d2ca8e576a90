"""Commands about gold: evaluate and agreement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from whomet.cli.extraction import build, config_options, place_of
from whomet.cli.failing import SetupFailure, one_line_errors
from whomet.cli.graphs import DEFAULT_MEETINGS
from whomet.cli.options import add_options

if TYPE_CHECKING:
    from whomet.evaluate import Gold, Report
    from whomet.evaluate.found import Found, FurtherGold

STDOUT: Final = "-"
FILE: Final = click.Path(path_type=Path)


def _output_options(command: Callable[..., None]) -> Callable[..., None]:
    """Where a report goes beside the terminal."""
    options = [
        click.option("--json", "as_json", type=FILE, help="Also write all of it as JSON; with - only that, on stdout."),
        click.option("--html", type=FILE, help="Also write a page with pictures and every mistake in its article."),
        click.option("--errors", type=FILE, help="Also write every mistake to this JSONL file."),
    ]
    return add_options(command, options)


_gold_format = click.option(
    "--format", "format_name", help="Format of gold: whomet, label-studio, doccano, brat, prodigy or inception; else recognised."
)


def gold_of(path: Path, format_name: str | None = None) -> Gold:
    """Gold; what was repaired, left out or not used is told on stderr."""
    from whomet.evaluate import read_gold

    notes: list[str] = []
    gold = read_gold(path, format_name, notes=notes)
    for note in notes:
        click.echo(f"note: {note}", err=True)
    return gold


@click.command()
@click.argument("gold_path", metavar="GOLD", type=FILE)
@click.argument("found_path", metavar="[PRED]", required=False, type=FILE)
@click.option("--run", "articles", help="Extract these articles first (GOLD itself, when it holds texts), instead of PRED.")
@click.option("--against", type=FILE, help="Another PRED: how much better PRED is, figure by figure, with p-values.")
@_gold_format
@click.option("--lines", type=FILE, help="Gold of line labels, scored on articles.jsonl beside PRED.")
@click.option("--timexes", type=FILE, help="Gold of time expressions, scored on articles.jsonl beside PRED.")
@click.option("--names", type=FILE, help="Gold of names, scored on articles.jsonl beside PRED.")
@_output_options
@config_options
def evaluate(
    gold_path: Path,
    found_path: Path | None,
    articles: str | None,
    against: Path | None,
    format_name: str | None,
    as_json: Path | None,
    html: Path | None,
    errors: Path | None,
    **options: Any,
) -> None:
    """Score PRED against GOLD: meetings, and what further gold is given for. Every gold article counts, found or not.

    GOLD is a JSON list or JSONL of {"id", "meetings"}, a folder with gold.jsonl and pages/ID.txt, or what Label Studio, doccano,
    brat, Prodigy or INCEpTION export. PRED is a meetings.jsonl, the folder of a run, or a file in the form of GOLD
    (default: outputs/meetings.jsonl). The configuration is for --run.
    """
    from whomet.evaluate import compare
    from whomet.evaluate.found import read_found, read_further_gold, score

    if found_path is not None and articles is not None:
        raise click.UsageError("give PRED or --run, not both")
    with one_line_errors():
        gold = gold_of(gold_path, format_name)
        further = read_further_gold(options.pop("lines"), options.pop("timexes"), options.pop("names"))
        if articles is not None:
            found = extract_gold(gold, gold_path, articles, further, options)
        else:
            found = read_found(found_path or DEFAULT_MEETINGS)
        report = score(gold, found, further)
        differences = []
        if against is not None:
            other = score(gold, read_found(against), further)
            differences = [item for name, part in report.tallies.items() for item in compare(part, other.tallies[name])]
        texts = {article: about.text for article, about in gold.articles.items() if about.text is not None} | dict(found.texts)
        write_report(report, texts, as_json=as_json, html=html, errors=errors, differences=differences)


def extract_gold(gold: Gold, gold_path: Path, articles: str, further: FurtherGold, options: dict[str, Any]) -> Found:
    """What a run over the annotated articles finds; its failures are told on stderr. `options` make the configuration."""
    from whomet import read_articles
    from whomet.config import load_config
    from whomet.scoring import extract_found, gold_articles, wanted_articles

    config = load_config(options.pop("config_file"), options)
    if further.timexes is not None or further.names is not None:
        config = config.with_options({"full": True})  # the meetings are the same either way
    is_gold = Path(articles).resolve() == gold_path.resolve()
    source = gold_articles(gold, gold_path) if is_gold else read_articles([articles])
    found, failures = extract_found(wanted_articles(source, gold, further, gold_path), config, build(config))
    for failure in failures:
        click.echo(f"failed: {place_of(failure)}: {failure.message}", err=True)
    absent = len(gold.meetings.keys() - found.rows.keys())
    if absent == len(gold.meetings):
        raise SetupFailure(f"{articles} holds none of the articles of {gold_path}")
    if absent:
        click.echo(f"{absent:,} gold articles were not read and count as articles with nothing found", err=True)
    return found


@click.command()
@click.argument("first", type=FILE)
@click.argument("second", type=FILE)
@_gold_format
@_output_options
def agreement(
    first: Path, second: Path, format_name: str | None, as_json: Path | None, html: Path | None, errors: Path | None
) -> None:
    """Compare two annotators' files: FIRST stands for the gold, SECOND for the prediction.

    F1 is the same either way round. Only articles that both annotated count.
    """
    from whomet.evaluate import evaluate as compare_meetings

    with one_line_errors():
        one, two = gold_of(first, format_name), gold_of(second, format_name)
        shared = [article for article in one.meetings if article in two.meetings]
        if not shared:
            raise SetupFailure(f"{first} and {second} have no article in common")
        alone = len(one.meetings) + len(two.meetings) - 2 * len(shared)
        click.echo(f"{len(shared):,} articles annotated twice, {alone:,} once and left out", err=True)
        outlets = {article: outlet for article in shared if (outlet := one.articles[article].outlet)}
        report = compare_meetings({article: one.meetings[article] for article in shared}, two.meetings, outlets=outlets)
        texts = {article: text for article in shared if (text := one.articles[article].text or two.articles[article].text)}
        write_report(report, texts, as_json=as_json, html=html, errors=errors, differences=[])


def write_report(
    report: Report,
    texts: dict[str, str],
    *,
    as_json: Path | None,
    html: Path | None,
    errors: Path | None,
    differences: list[Any],
) -> None:
    """Writes a report wherever it is asked for, and prints it unless JSON goes to stdout."""
    from rich.console import Console

    from whomet.evaluate.page import render_page
    from whomet.evaluate.table import differences_table, print_report
    from whomet.files import atomic_file, atomic_writer, dump_line

    if errors is not None:
        with atomic_writer(errors) as write:
            for mistake in report.mistakes():
                write(mistake.to_json())
    if html is not None:
        with atomic_file(html) as stream:
            stream.write(render_page(report, texts, differences).encode())
    if as_json is not None:
        row = report.to_json() | ({"against": [item.to_json() for item in differences]} if differences else {})
        if str(as_json) == STDOUT:
            click.echo(dump_line(row), nl=False)
            return
        with atomic_file(as_json) as stream:
            stream.write(dump_line(row))
    console = Console(soft_wrap=True, highlight=False)
    print_report(report, console)
    if differences:
        console.print(differences_table(differences, "PRED", "against"))
