"""`connectif-kit build`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from connectif_kit.cli._reports import console, deliver, format_option, reported, verbose_option
from connectif_kit.cli._shared import config_option


def _targets_named(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Names of template languages; they are read only where one is given, so that `--help` stays quick."""
    if value:
        from connectif_kit.diagnostics import did_you_mean
        from connectif_kit.targets import known

        for name in value:
            if name not in known():
                near = did_you_mean(name, known()) or "known: " + ", ".join(known())
                raise click.BadParameter(f"`{name}` is no template language; {near}", ctx, param)
    return value


@click.command()
@config_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for what is built. [default: connectif, or connectif-es, beside the plan]",
)
@click.option("--check", is_flag=True, help="Write nothing; show what is stale or hand-edited, exit 1.")
@click.option(
    "--target",
    "targets",
    metavar="NAME",
    multiple=True,
    callback=_targets_named,
    help="Write the tags for a template language too, such as hugo; repeat it for more.",
)
@format_option()
@verbose_option
def command(formats: tuple[str, ...], *, verbose: bool, **given: Any) -> int:
    """Render everything from the plan into a folder.

    Loader, tags, dispatcher, service worker, and the checklist of store settings. A template
    language that was built once is built again; to be rid of it, delete its folder."""
    with reported(formats):
        from connectif_kit.page.excerpt import line_of
        from connectif_kit.render.writer import Options, run
        from connectif_kit.reports.causes import grouped

        report = grouped(run(Options(**given), console(formats)), line_of, verbose=verbose)
    deliver(report, formats)
    return report.status
