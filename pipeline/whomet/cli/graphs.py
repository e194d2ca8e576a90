"""Commands about the graph and the files of a run: graph, export, query and validate."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from whomet.cli.failing import one_line_errors
from whomet.cli.options import add_options

if TYPE_CHECKING:
    from whomet.graph.query import Encounter
    from whomet.graph.selection import Filters

DEFAULT_MEETINGS: Final = Path("outputs/meetings.jsonl")


@click.command()
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
    with one_line_errors():
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
    return add_options(command, options)


def _filters(statuses: tuple[str, ...], forms: tuple[str, ...], **options: Any) -> Filters:
    from whomet.graph.selection import Filters

    return Filters(statuses=frozenset(statuses), forms=frozenset(forms), **options)


@click.command()
@click.argument("graph_file", metavar="GRAPH", type=click.Path(path_type=Path))
@click.option("--to", required=True, help="gexf, graphml, csv, cyjs, cx2, node-link, neo4j, ftm, dot or parquet.")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="Where to write.")
@click.option("--dyads", help="Only who met whom: between people, or between parties.")
@click.option("--weighted", is_flag=True, help="With --dyads: one edge for each pair, weighted by its meetings.")
@_filter_options
def export(graph_file: Path, to: str, out: Path, dyads: str | None, *, weighted: bool, **options: Any) -> None:
    """Write GRAPH, a graph.jsonl, for another graph tool."""
    from whomet.graph.export import export_graph

    with one_line_errors():
        exported = export_graph(graph_file, to, out, filters=_filters(**options), dyads=dyads, weighted=weighted)
    for note in exported.notes:
        click.echo(note)
    click.echo(f"{exported.nodes:,} nodes, {exported.edges:,} edges -> {', '.join(map(str, exported.paths))}", err=True)


@click.command()
@click.argument("graph_file", metavar="GRAPH", type=click.Path(path_type=Path))
@click.argument("one")
@click.argument("other", required=False)
@click.option("--json", "as_json", is_flag=True, help="One meeting a line, as JSON.")
@_filter_options
def query(graph_file: Path, one: str, other: str | None, *, as_json: bool, **options: Any) -> None:
    """Show the meetings in GRAPH, a graph.jsonl, of ONE, with OTHER if given: when, about what, and who says so."""
    from whomet.files import dump_line
    from whomet.graph.query import query_graph

    with one_line_errors():
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


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", help="What the files are, where their names do not tell: articles, meetings, graph, failures or run.")
def validate(files: tuple[Path, ...], kind: str | None) -> None:
    """Check FILES that whomet wrote against their JSON Schema and the rules beside it; exit 1 when one breaks them."""
    from whomet.graph.validation import validate_file

    found = 0
    with one_line_errors():
        for path in files:
            for problem in validate_file(path, kind):
                found += 1
                click.echo(f"{path}, record {problem.record}: {problem.message}")
    click.echo(f"{len(files):,} files: {found:,} problems", err=True)
    if found:
        sys.exit(1)
