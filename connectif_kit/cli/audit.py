"""`connectif-kit audit`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connectif_kit.cli._reports import format_option, outputs, reports, tell
from connectif_kit.cli._shared import check_parser, load_plan
from connectif_kit.cli._stores import in_one_report, plans_option

if TYPE_CHECKING:
    from connectif_kit.cli._audit_inputs import Inputs
    from connectif_kit.plan import Loaded
    from connectif_kit.reports import Report

__all__ = ["Options", "command", "inputs", "names", "outputs", "plan", "reports", "tell"]


@dataclass(frozen=True, slots=True)
class Options:
    """The command line, as it was given."""

    paths: tuple[str, ...]
    config: Path | None
    formats: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    as_path: str | None
    baseline: Path | None
    update_baseline: bool
    fix: bool
    dry_run: bool
    verbose: bool
    jobs: int | None
    no_cache: bool
    shard: str | None
    merge: bool
    watch: bool
    limit: int | None
    rate: float
    timeout: float
    collected: list[Report] | None = None
    """Where the report goes instead of out, with the reports of other stores."""


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@plans_option(in_one_report)
@format_option()
@click.option("--select", multiple=True, metavar="RULE", help="Run only these rules.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave these rules out.")
@click.option("-v", "--verbose", is_flag=True, help="Name each finding, not only one for each cause.")
@click.option("--baseline", type=click.Path(path_type=Path), help="Say nothing of what this file knows.")
@click.option("--update-baseline", is_flag=True, help="Write the baseline anew: what is found now, no more.")
@click.option("--fix", is_flag=True, help="Mend what can be mended with certainty.")
@click.option("-n", "--dry-run", is_flag=True, help="With --fix: write nothing, show a diff.")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), help="Processes. [default: as many as pay]")
@click.option("--no-cache", is_flag=True, help="Look at every page anew.")
@click.option("--shard", metavar="I/N", help="Only the I-th of N parts; join the JSON reports with --merge.")
@click.option("--merge", is_flag=True, help="PATHs are JSON reports of shards: join them into one.")
@click.option("--watch", is_flag=True, help="Stay, and check again whenever a page or the plan changes.")
@click.option(
    "--as", "as_path", metavar="PATH", help="Which page the input is: /p/mug/, or its full address."
)
@click.option("--limit", type=click.IntRange(1), help="Pages of a sitemap. [default: 1000]")
@click.option("--rate", type=click.FloatRange(0.1, 100), default=5.0, help="Requests a second. [default: 5]")
@click.option(
    "--timeout", type=click.FloatRange(1, 300), default=15.0, help="Seconds for each. [default: 15]"
)
def command(**given: Any) -> int:
    """Check built HTML against the plan.

    PATH is a folder, a file, `-` for standard input, an address, or a sitemap's address.

    With a plan (connectif.yaml here or above) each page is held against its kind; without one,
    only what every integration must keep is checked. PATH is `site.root` of the plan, if not given.
    """
    options = Options(**given)
    _sensible(options)
    if options.merge:
        from connectif_kit.cli._audit_merge import merge

        return merge(options)
    check_parser()
    if options.watch:
        from connectif_kit.cli._audit_watch import watch

        return watch(options)
    from connectif_kit.collector import no_collector

    with no_collector():
        from connectif_kit.cli._audit_run import run

        return run(options)


def _sensible(options: Options) -> None:
    """Raise UsageError for options that cannot be meant together."""
    if options.update_baseline and not options.baseline:
        raise click.UsageError("--update-baseline needs --baseline FILE")
    if options.dry_run and not options.fix:
        raise click.UsageError("--dry-run goes with --fix")
    if options.shard and (options.baseline or options.watch or options.fix):
        raise click.UsageError(
            "--shard goes with neither --baseline, --watch nor --fix: use them with --merge"
        )
    if options.merge and not options.paths:
        raise click.UsageError("name the JSON reports to merge")
    outputs(options.formats)


def names(given: tuple[str, ...]) -> list[str]:
    """Words given one by one or with commas."""
    return [name for words in given for name in words.split(",") if name]


def plan(config: Path | None) -> tuple[Loaded | None, Path]:
    """The plan and its folder; no plan is no mistake here."""
    from connectif_kit.plan import find

    if config is None and find(Path.cwd()) is None:
        click.echo("no connectif.yaml here or above: pages are checked without a plan", err=True)
        return None, Path.cwd()
    return load_plan(config)


def inputs(options: Options, loaded: Loaded | None, folder: Path) -> Inputs:
    """What the command line names."""
    from connectif_kit.cli._audit_inputs import Inputs

    return Inputs(
        options.paths, loaded, folder, options.as_path, options.limit, options.rate, options.timeout
    )
