"""The gate command: figures on a corpus against their floors."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whomet.cli.evaluation import FILE, extract_gold, gold_of
from whomet.cli.extraction import config_options
from whomet.cli.failing import SetupFailure, one_line_errors

if TYPE_CHECKING:
    from whomet.evaluate.floors import Fall


@click.command()
@click.argument("gold_path", metavar="GOLD", type=FILE)
@click.option("--floors", "floors_path", type=FILE, help="The floors.  [default: floors.json in the folder GOLD]")
@click.option(
    "--raise", "is_raise", is_flag=True, help="Raise the floors to what is reached, less half a point; none is lowered."
)
@click.option("--new-corpus", is_flag=True, help="With --raise, where GOLD has changed: set all floors anew.")
@click.option("--html", type=FILE, help="Also write the page of `whomet evaluate`.")
@config_options
def gate(
    gold_path: Path, floors_path: Path | None, html: Path | None, *, is_raise: bool, new_corpus: bool, **options: Any
) -> None:
    """Extract the texts of GOLD and hold every figure against its floor; exit 1, naming the articles, when one has fallen."""
    from whomet.evaluate.floors import FLOORS_FILE, corpus_digest, find_falls, raise_floors, read_floors, write_floors
    from whomet.evaluate.found import FurtherGold, score
    from whomet.evaluate.page import render_page
    from whomet.files import atomic_file

    if floors_path is None and not gold_path.is_dir():
        raise click.UsageError("name the floors with --floors where GOLD is not a folder")
    path = floors_path or gold_path / FLOORS_FILE
    if new_corpus and not is_raise:
        raise click.UsageError("--new-corpus goes with --raise")
    with one_line_errors():
        gold = gold_of(gold_path)
        digest = corpus_digest(gold_path, gold)
        if not path.exists() and not is_raise:
            raise SetupFailure(f"{path} does not exist: set the first floors with --raise")
        floors = read_floors(path) if path.exists() else None
        is_other = floors is not None and floors.corpus != digest
        if is_other and not new_corpus:
            raise SetupFailure(
                f"{path} was set on another corpus than {gold_path} is: set the floors anew with --raise --new-corpus"
            )
        found = extract_gold(gold, gold_path, str(gold_path), FurtherGold(), options)
        report = score(gold, found, FurtherGold())
        tallies = report.tallies["meetings"]
        if html is not None:
            with atomic_file(html) as stream:
                stream.write(render_page(report, found.texts).encode())
        falls = find_falls(floors, tallies) if floors is not None and not is_other else []
        if is_raise and not falls:
            risen = raise_floors(tallies, digest, None if is_other else floors)
            write_floors(risen, path)
            _tell_raised({} if floors is None else dict(floors.floors), dict(risen.floors), path)
            return
    _tell_falls(falls, path)
    if falls:
        sys.exit(1)


def _tell_raised(before: dict[str, float], now: dict[str, float], path: Path) -> None:
    for figure, floor in now.items():
        old = f"{100 * before[figure]:.1f} -> " if figure in before else ""
        click.echo(f"{figure}: floor {old}{100 * floor:.1f}")
    click.echo(f"{len(now):,} floors -> {path}", err=True)


def _tell_falls(falls: list[Fall], path: Path) -> None:
    for fall in falls:
        click.echo(f"{fall.figure}: {100 * fall.value:.2f} is below its floor {100 * fall.floor:.2f}")
        for change in fall.changes:
            click.echo(f"    {change.article}: {100 * change.before:.1f} -> {100 * change.now:.1f}")
    click.echo(
        f"{len(falls):,} figures below the floors of {path}" if falls else f"every figure holds the floor of {path}", err=True
    )
