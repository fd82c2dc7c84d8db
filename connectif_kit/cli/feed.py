"""`connectif-kit feed`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from connectif_kit.cli._formats import format_option, outputs
from connectif_kit.cli._options import Site, config_option
from connectif_kit.cli._reports import deliver, reported
from connectif_kit.cli._terminal import console, show


@click.command()
@click.argument("site", type=Site(exists=True, file_okay=False), required=False)
@config_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="File; - is standard output. [default: standard output]",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["rss", "csv"]),
    default="rss",
    show_default=True,
    help="The Google merchant feed, or the columns of a product import.",
)
@click.option("--strict", is_flag=True, help="Write nothing where a product would be left out.")
@click.option(
    "--force", is_flag=True, help="Write even if more than a tenth of the last feed's products are gone."
)
@format_option("--report")
def command(output: Path | None, format_: str, formats: tuple[str, ...], **given: Any) -> int:
    """Write the product feed from the plan's catalogue.

    Where the plan reads products from the pages, they are those of SITE, a folder on disk or in object
    storage (s3://, gs://, az://), or of `site.root`. A
    product that cannot be used is left out and reported; the others go on. What is found is reported on
    standard output, or on standard error where the feed is there."""
    output = None if output == Path("-") else output
    if output is None and formats and not all(file for _, file in outputs(formats, "--report")):
        raise click.UsageError(
            "the feed is on standard output: name a file for it with -o, or for the report"
        )
    with reported(formats, "--report"):
        from connectif_kit.feed.run import Options, run

        options = Options(output=output, format=format_, **given)
        done = run(options, sys.stdout.buffer, console())
    if output is None and not formats:
        show(done.report.findings)
    else:
        deliver(done.report, formats)
    return done.status
