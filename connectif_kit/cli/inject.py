"""`connectif-kit inject`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connectif_kit.cli._formats import format_option
from connectif_kit.cli._options import verbose_option
from connectif_kit.cli._reports import deliver, reported
from connectif_kit.cli._stores import in_one_report, plans_option
from connectif_kit.cli._terminal import check_parser, console
from connectif_kit.core.gc_control import paused_gc

if TYPE_CHECKING:
    from connectif_kit.reports import Outcome


def _run(*, formats: tuple[str, ...], **given: Any) -> Outcome:
    from connectif_kit.inject.run import Options
    from connectif_kit.inject.site import run

    return run(Options(**given), console(formats))


def _alone(*, formats: tuple[str, ...], **given: Any) -> Outcome:
    """The same for a process that reads no other plan: this one is taken, where it was read before."""
    from connectif_kit.plan.frozen import key_here, taken
    from connectif_kit.plan.locate import find

    key, path = key_here(given["config"]), given["config"] or find(Path.cwd())
    plan = taken(path) if path and not given["no_cache"] else None
    # The models come with what follows: a plan that is taken says first of what they are made.
    from connectif_kit.inject.run import Options
    from connectif_kit.inject.site import run

    return run(Options(**given), console(formats), plan, key)


@click.command()
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
@plans_option(in_one_report(_run, ["site"]))
@format_option()
@verbose_option
@click.option("-n", "--dry-run", is_flag=True, help="Write nothing; name what would change.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where a page is not up to date.")
@click.option("--remove", is_flag=True, help="Take everything out again, byte for byte.")
@click.option("--development", is_flag=True, help="Use the dispatcher that checks each event and says so.")
@click.option("--force", is_flag=True, help="Replace blocks that were edited by hand; --force-sources too.")
@click.option("--force-sources", is_flag=True, help="Inject into what looks like sources or templates.")
@click.option(
    "--hydrated", is_flag=True, help="Also into documents that React hydrates whole: last in their body."
)
@click.option("--no-cache", is_flag=True, help="Check every page again.")
def command(formats: tuple[str, ...], **given: Any) -> int:
    """Put the integration into the built pages of SITE.

    Loader, tags, dispatcher and service worker go in between marks; outside of them every byte
    stays, and running it twice changes nothing. SITE is `site.root` of the plan, if not given.

    Pages whose whole document React hydrates (Next.js, React Router) are left alone, for React
    throws away what is added to them: `build --target jsx` writes parts for their root layout.
    """
    with reported(formats):
        check_parser()
        with paused_gc():
            done = _alone(formats=formats, **given)
    deliver(done.report, formats)
    return done.status
