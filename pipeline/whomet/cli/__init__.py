"""The command line: a command parses, calls the library, reports. Heavy imports stand inside the commands.

Machine output goes to stdout, everything for people to stderr. Exit codes: 0 done, 1 too many articles failed, 2 wrong usage
or setup.
"""

from __future__ import annotations

import click

from whomet import __version__
from whomet.cli.evaluation import agreement, evaluate
from whomet.cli.extraction import annotate, clean, extract
from whomet.cli.gate import gate
from whomet.cli.graphs import export, graph, query, validate
from whomet.cli.installation import info


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="whomet")
def main() -> None:
    """Who met whom about what, when, where, and did it really happen: raw news pages in, a graph of meetings out."""


for command in (extract, clean, annotate, graph, export, query, validate, evaluate, agreement, gate, info):
    main.add_command(command)
