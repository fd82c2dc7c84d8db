"""`connectif-kit verify`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from connectif_kit.cli._formats import format_option, outputs
from connectif_kit.cli._language import of_store, of_terminal
from connectif_kit.cli._options import config_option
from connectif_kit.cli._reports import reports, tell
from connectif_kit.cli._terminal import check_parser, console, load_plan


@click.command()
@click.argument("site", required=False, metavar="[SITE or URL]")
@config_option
@format_option()
@click.option("--all", "every", is_flag=True, help="Visit every page, not some of each kind.")
@click.option("--only", multiple=True, metavar="NAME", help="Only these pages and events of the plan.")
@click.option("--header", "headers", multiple=True, metavar="NAME:VALUE", help="At a URL: sent to its host.")
@click.option("--auth", metavar="USER:PASSWORD", envvar="CONNECTIF_KIT_AUTH", help="At a URL: HTTP login.")
@click.option(
    "--storage-state",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Playwright's file of the cookies and storage to begin with.",
)
@click.option("--command", "server", metavar="COMMAND", help="At a URL: run this, which serves the site.")
@click.option(
    "--allow", multiple=True, metavar="HOST", help="A host outside this machine that pages may ask."
)
@click.option(
    "--api",
    is_flag=True,
    help="Read back through the API what pages show; without a key, in a rehearsal.",
)
@click.option("--api-url", metavar="URL", help="Another address of the API, such as `fake-api` prints.")
@click.option(
    "--real-client",
    is_flag=True,
    help="Let the store's own script load, and watch its requests: the run's events reach the store.",
)
@click.option(
    "--journey",
    "recordings",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Go again through a session that `serve --record` has written.",
)
@click.option("--browser", type=click.Choice(["chromium", "firefox", "webkit"]), default="chromium")
@click.option(
    "--traces/--no-traces",
    default=True,
    help="Beside the HTML report, a Playwright trace of pages with errors. [default: traces]",
)
@click.option("--baseline", type=click.Path(path_type=Path), help="Hide findings recorded in this file.")
@click.option("--update-baseline", is_flag=True, help="Record what is found now in the baseline.")
def command(config: Path | None, formats: tuple[str, ...], **given: Any) -> int:
    """Prove the finished site in a real browser.

    SITE is the folder of the built site with the integration in it; the plan's `site.root`, if not given.
    At a URL only the host named is asked.
    Every kind of page is opened and every event of the plan is made to happen; what leaves the pages is
    held against the plan. The platform is played by a stand-in: nothing leaves this machine.
    """
    from connectif_kit.verify.browser import check_playwright
    from connectif_kit.verify.options import Options, agree

    options = Options(pages=tuple(file for name, file in outputs(formats) if name == "html"), **given)
    agree(options)
    check_playwright()
    from connectif_kit.cli._eight_steps import show_steps
    from connectif_kit.verify.report_page import page
    from connectif_kit.verify.session import keep, report, run

    check_parser()
    loaded, folder = load_plan(config)
    outcome = run(options, loaded, folder)
    found = report(options, outcome, console().say)
    language = of_store(loaded.plan.store.language)
    made = zip(outputs(formats), reports(found, formats), strict=True)
    whole = partial(page, loaded, outcome, found, language)
    tell([whole(file) if name == "html" else text for (name, file), text in made], formats)
    keep(options, outcome)
    show_steps(loaded, outcome, of_terminal())
    return 1 if found.findings else 0
