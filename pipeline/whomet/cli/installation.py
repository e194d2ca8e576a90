"""Commands about the installation: info."""

from __future__ import annotations

from typing import Final

import click

from whomet import __version__
from whomet.cli.failing import SetupFailure, one_line_errors

SHA256_DIGITS: Final = 64


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The same as JSON on stdout.")
def info(*, as_json: bool) -> None:
    """Show versions, the language pipeline and the word lists."""
    import json
    from importlib.metadata import version
    from platform import python_version

    from whomet.lexicon import lexicon_hashes
    from whomet.models import check_package, load_manifest, models_folder, trained_hashes

    with one_line_errors():
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
