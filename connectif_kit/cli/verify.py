"""`connectif-kit verify`."""

from __future__ import annotations

import os
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connectif_kit.cli._language import of_store, of_terminal
from connectif_kit.cli._reports import format_option, outputs, reports, tell
from connectif_kit.cli._shared import check_parser, config_option, load_plan
from connectif_kit.core.wording import shown
from connectif_kit.page.excerpt import line_of
from connectif_kit.plan.workspace import built_site

if TYPE_CHECKING:
    from connectif_kit.plan.load import LoadedPlan
    from connectif_kit.reports import Report
    from connectif_kit.verify.tour import Order, Outcome


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
@click.option("--baseline", type=click.Path(path_type=Path), help="Hide findings recorded in this file.")
@click.option("--update-baseline", is_flag=True, help="Record what is found now in the baseline.")
def command(**given: Any) -> int:
    """Prove the finished site in a real browser.

    SITE is the folder of the built site with the integration in it; the plan's `site.root`, if not given.
    At a URL only the host named is asked.
    Every kind of page is opened and every event of the plan is made to happen; what leaves the pages is
    held against the plan. The platform is played by a stand-in: nothing leaves this machine.
    """
    from connectif_kit.verify.browser import check_playwright

    if given["update_baseline"] and given["baseline"] is None:
        raise click.UsageError("--update-baseline needs --baseline FILE")
    outputs(given["formats"])
    check_playwright()
    check_parser()
    loaded, folder = load_plan(given["config"])
    outcome = _remote(loaded, folder, given) if _is_url(given) else _local(loaded, folder, given)
    return _end(loaded, outcome, given)


def _is_url(given: dict[str, Any]) -> bool:
    is_url = str(given["site"]).startswith(("http://", "https://"))
    if not is_url and (named := [name for name in ("headers", "auth", "server") if given[name]]):
        option = {"headers": "header", "server": "command"}.get(named[0], named[0])
        raise click.UsageError(f"--{option} is for a URL; a folder is served by verify itself")
    return is_url


def _local(loaded: LoadedPlan, folder: Path, given: dict[str, Any]) -> Outcome:
    from connectif_kit.verify.origin import served, site_folder
    from connectif_kit.verify.run import verify

    root = built_site(Path(given["site"]) if given["site"] else None, folder, loaded)
    site = site_folder(loaded, root)
    with served(site) as origin:
        order = _order(loaded, given, origin=origin, folder=site, home=folder)
        return _read_back(order, verify(order), given)


def _read_back(order: Order, outcome: Outcome, given: dict[str, Any]) -> Outcome:
    """The outcome, with the API's half where that is asked for."""
    if given["api"]:
        from connectif_kit.sync.api import VARIABLE
        from connectif_kit.verify.api_side import read_back

        read_back(order, outcome, os.environ.get(VARIABLE), given["api_url"])
    return outcome


def _remote(loaded: LoadedPlan, folder: Path, given: dict[str, Any]) -> Outcome:
    from connectif_kit.verify.remote import Remote, origin_of, running
    from connectif_kit.verify.run import verify

    origin = origin_of(given["site"])
    remote = Remote(origin, _headers(given["headers"]), _auth(given["auth"]))
    order = _order(loaded, given, origin=origin, folder=None, home=folder, remote=remote)
    with running(given["server"], origin) if given["server"] else nullcontext():
        return _read_back(order, verify(order), given)


def _headers(given: tuple[str, ...]) -> dict[str, str]:
    pairs = [one.partition(":") for one in given]
    if any(not name.strip() or not colon for name, colon, _ in pairs):
        raise click.UsageError("--header takes NAME:VALUE")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _auth(given: str | None) -> tuple[str, str] | None:
    user, colon, password = (given or "").partition(":")
    if given and not colon:
        raise click.UsageError("--auth takes USER:PASSWORD")
    return (user, password) if given else None


def _order(loaded: LoadedPlan, given: dict[str, Any], **site: Any) -> Order:
    from connectif_kit.verify.tour import Order

    return Order(
        loaded,
        **site,
        state=str(given["storage_state"]) if given["storage_state"] else None,
        engine=given["browser"],
        every=given["every"],
        allow=frozenset(given["allow"]),
        recordings=given["recordings"],
        platform=os.environ.get("CONNECTIF_KIT_PLATFORM", "https:") if given["real_client"] else "",
        only=_only(loaded, given["only"]),
        pictures=any(name == "html" for name, _ in outputs(given["formats"])),
        shown=lambda file: shown(Path(file)),
    )


PARTS = ("cart", "contact", "purchase", "service_worker", "spa")


def _only(loaded: LoadedPlan, names: tuple[str, ...]) -> frozenset[str]:
    from connectif_kit.core.diagnostics import did_you_mean

    known = [*loaded.plan.pages, *loaded.plan.events, *loaded.plan.journeys, *PARTS]
    for name in names:
        if name not in known:
            near = did_you_mean(name, known) or "known: " + ", ".join(known)
            raise click.UsageError(f"unknown page or event `{name}`; {near}")
    return frozenset(names)


def _end(loaded: LoadedPlan, outcome: Outcome, given: dict[str, Any]) -> int:
    """Write the reports; the exit status."""
    report = outcome.findings.report(len(outcome.visits))
    if given["baseline"] is not None:
        report = _new_only(report, given["baseline"], update=given["update_baseline"])
    report = replace(report, line_of=line_of)
    formats = given["formats"] or ("text",)
    made = [_page(loaded, outcome, report) if name == "html" else None for name, _ in outputs(formats)]
    plain = reports(report, formats)
    tell([own or text for own, text in zip(made, plain, strict=True)], formats)
    _steps(loaded, outcome)
    return 1 if report.findings else 0


def _page(loaded: LoadedPlan, outcome: Outcome, report: Report) -> str:
    from connectif_kit.verify.report_page import page

    return page(loaded, outcome, report, of_store(loaded.plan.store.language))


def _steps(loaded: LoadedPlan, outcome: Outcome) -> None:
    """The eight official steps, for the reader; on standard error, as standard output has the findings."""
    from connectif_kit.verify.steps import BY_HAND, FAILED, steps

    colours: dict[str, str] = {FAILED: "red", BY_HAND: "yellow"}
    language = of_terminal()
    seen = {visit.sample.name for visit in outcome.visits}
    if unseen := [name for name in loaded.plan.pages if name not in seen]:
        click.echo(
            language.say(
                "not visited, the site has no such page or it was not asked for: {pages}",
                pages=", ".join(unseen),
            ),
            err=True,
        )
    for name, why in outcome.by_hand.items():
        click.echo(f"{language.say('by hand')}: {name}: {language.text(why)}", err=True)
    click.echo(language.say("the platform's eight steps:"), err=True)
    for step in steps(loaded.plan, outcome):
        spoken = f"{language.text(step.state):8}"
        state = click.style(spoken, fg=colours.get(step.state, "green"))
        title, evidence = language.text(step.title), language.text(step.evidence)
        click.echo(f"  {step.number}. {state} {title}: {evidence}", err=True)
        if step.state == BY_HAND:
            click.echo(f"     {language.text(step.clicks)}", err=True)


def _new_only(report: Report, file: Path, *, update: bool) -> Report:
    """The report without what the baseline knows; what is gone is said."""
    from connectif_kit.audit.baseline import Baseline, load
    from connectif_kit.core.files import write

    known = load(shown(file), file.read_text("utf-8")) if file.is_file() else None
    if known is None and not update:
        raise click.UsageError(f"there is no baseline {shown(file)}; write it with --update-baseline")
    baseline = Baseline(known)
    kept = [one for finding in report.findings for one in baseline.new([finding], finding.place.path)]
    gone = baseline.gone(lambda _rule, _path: True)
    if gone:
        click.echo(f"{gone} known finding(s) are gone", err=True)
    if update:
        write(file, baseline.updated(lambda _rule, _path: True).encode())
        return replace(report, findings=())
    return replace(report, findings=tuple(kept))
