"""`connectif-kit build`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from connectif_kit.cli._formats import format_option
from connectif_kit.cli._language import asked_code
from connectif_kit.cli._options import config_option, target_option, verbose_option
from connectif_kit.cli._reports import deliver, reported
from connectif_kit.cli._terminal import console


@click.command()
@config_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for what is built. [default: connectif, or connectif-es, beside the plan]",
)
@click.option("--check", is_flag=True, help="Write nothing; show what is stale or hand-edited, exit 1.")
@target_option
@format_option()
@verbose_option
def command(formats: tuple[str, ...], *, verbose: bool, **given: Any) -> int:
    """Render everything from the plan into a folder.

    Loader, tags, dispatcher, service worker, and the checklist of store settings. A template
    language that was built once is built again; to be rid of it, delete its folder."""
    with reported(formats):
        from connectif_kit.build.writer import Options, run
        from connectif_kit.page.excerpt import line_of
        from connectif_kit.reports.causes import grouped

        report = grouped(
            run(Options(language=asked_code(), **given), console(formats)), line_of, verbose=verbose
        )
    deliver(report, formats)
    return report.status
