"""`connectif-kit check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connectif_kit.cli._formats import format_option
from connectif_kit.cli._language import asked_code
from connectif_kit.cli._options import target_option, verbose_option
from connectif_kit.cli._reports import deliver, reported
from connectif_kit.cli._stores import in_one_report, plans_option
from connectif_kit.cli._terminal import check_parser, console

if TYPE_CHECKING:
    from connectif_kit.reports import Outcome


def _run(*, formats: tuple[str, ...], **given: Any) -> Outcome:
    from connectif_kit.checking import Options, run

    return run(Options(language=asked_code(), **given), console(formats))


@click.command()
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
@plans_option(in_one_report(_run, ["site", "output", "baseline"], clean=True))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for what is built. [default: connectif, or connectif-es, beside the plan]",
)
@target_option
@format_option()
@verbose_option
@click.option("--baseline", type=click.Path(path_type=Path), help="Hide findings recorded in this file.")
@click.option("--update-baseline", is_flag=True, help="Record what is found now in the baseline.")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), help="Processes of the audit.")
def command(formats: tuple[str, ...], **given: Any) -> int:
    """Build, inject and audit SITE in one run.

    Everything that the three find is in one report, whichever of them finds it, and the exit status
    is the worst of theirs. SITE is `site.root` of the plan, if not given.
    """
    from connectif_kit.core.gc_control import paused_gc

    with reported(formats), paused_gc():
        check_parser()
        done = _run(formats=formats, **given)
    deliver(done.report, formats, clean=True)
    return done.status
