"""`connectif-kit new`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from connectif_kit.cli._terminal import console


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=None, required=False)
@click.option("--here", is_flag=True, help="Only a connectif.yaml, for the site in this folder.")
@click.option("--from", "address", metavar="URL", help="Like --here, from the published pages of a shop.")
@click.option("--store-id", help="The store's public client id, a UUID.")
@click.option("--environment", help="The part of the loader's address before /client-script/, such as eu5.")
@click.option("--url", help="The shop's address.")
@click.option(
    "--method",
    type=click.Choice(["js-events", "client-tags", "server-tags"]),
    help="How visits and carts are reported. [default: js-events]",
)
def command(**given: Any) -> int:
    """Make a shop to try, or a plan for a site.

    Without --here: a small shop of static pages in FOLDER (default: shop), with its plan. With
    --here: only a connectif.yaml, fitted to the generator, the built pages and the scripts that are
    there. With --from: the same from a published shop, of which a sample is fetched."""
    from connectif_kit.adopt.session import Options, run

    return run(Options(**given), console(), _ask if sys.stdin.isatty() and sys.stderr.isatty() else None)


def _ask(question: str, usual: str) -> str:
    answer: str = click.prompt(question, default=usual, err=True)
    return answer
