"""`connectif-kit audit`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connectif_kit.cli._completing import rules
from connectif_kit.cli._formats import format_option
from connectif_kit.cli._language import languages
from connectif_kit.cli._options import reader_options, verbose_option
from connectif_kit.cli._reports import reported, reporting, tell
from connectif_kit.cli._stores import in_one_report, plans_option
from connectif_kit.cli._terminal import check_parser, console

if TYPE_CHECKING:
    from connectif_kit.audit.options import Options
    from connectif_kit.reports import Outcome

ONE_AT_A_TIME = ("paths", "as_path", "baseline", "shard", "merge", "watch", "compare")


def _of_store(**given: Any) -> Outcome:
    """One of several stores' pages against their plan."""
    from connectif_kit.audit.options import Options
    from connectif_kit.audit.session import run

    return run(Options(**{name: given[name] for name in given if name not in ("merge", "watch")}), console())


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@plans_option(in_one_report(_of_store, ONE_AT_A_TIME, clean=True))
@format_option()
@click.option("--select", multiple=True, metavar="RULE", shell_complete=rules, help="Run only these rules.")
@click.option("--ignore", multiple=True, metavar="RULE", shell_complete=rules, help="Leave these rules out.")
@verbose_option
@reader_options
@click.option("--baseline", type=click.Path(path_type=Path), help="Hide findings recorded in this file.")
@click.option("--update-baseline", is_flag=True, help="Record what is found now in the baseline.")
@click.option("--fix", is_flag=True, help="Fix what can be fixed with certainty.")
@click.option("-n", "--dry-run", is_flag=True, help="With --fix: write nothing, show a diff.")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), help="Number of worker processes. [default: auto]")
@click.option("--no-cache", is_flag=True, help="Check every page again.")
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
def command(*, merge: bool, watch: bool, **given: Any) -> int:
    """Check built HTML against the plan.

    PATH is a folder, a file, `-` for standard input, an address, a sitemap's address, or a folder in
    object storage (s3://bucket/site, gs://, az://).

    With a plan (connectif.yaml here or above) each page is held against its kind; without one,
    only what every integration must keep is checked. PATH is `site.root` of the plan, if not given.
    """
    from connectif_kit.audit.options import Options

    options = Options(**given)
    with reported(options.formats):
        if merge:
            return _merged(options)
        check_parser()
        if not watch:
            return _checked(options)
        if options.shard:
            raise click.UsageError("--shard does not go with --watch")
        from connectif_kit.cli._audit_watch import watch as stay

        return stay(options, lambda: _checked(options, stays=True))


def _checked(options: Options, *, stays: bool = False) -> int:
    """Check once, or remember having checked; write the reports; the exit status."""
    from connectif_kit.audit.recalled import checked

    texts, status = checked(options, console(), languages(), reporting(options), stays=stays)
    if texts:
        tell(texts, options.formats)
    return status


def _merged(options: Options) -> int:
    from connectif_kit.audit.shards import merge

    reports = reporting(options)
    done = merge(options, console())
    tell(reports(done.report), options.formats)
    return done.status
