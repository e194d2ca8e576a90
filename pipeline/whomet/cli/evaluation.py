"""Commands about gold: evaluate."""

from __future__ import annotations

from pathlib import Path

import click

from whomet.cli.failing import one_line_errors
from whomet.cli.graphs import DEFAULT_MEETINGS


@click.command()
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

    with one_line_errors():
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
