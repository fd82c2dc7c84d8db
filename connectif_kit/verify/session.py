"""What `verify` does: options and a plan in, an outcome and its report out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from connectif_kit.audit.baseline import Baseline, Entry, load
from connectif_kit.core.diagnostics import Diagnostic, Misuse
from connectif_kit.core.files import write
from connectif_kit.core.wording import shown
from connectif_kit.page.excerpt import line_of
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.workspace import built_site
from connectif_kit.reports import Report
from connectif_kit.sync.api import VARIABLE
from connectif_kit.verify.api_side import read_back
from connectif_kit.verify.options import Options, named_parts
from connectif_kit.verify.origin import served, site_folder
from connectif_kit.verify.remote import Remote, origin_of, running
from connectif_kit.verify.run import verify
from connectif_kit.verify.tour import Order, Outcome
from connectif_kit.verify.traces import keep as keep_traces


def run(options: Options, loaded: LoadedPlan, folder: Path) -> Outcome:
    """Drive a browser through the site, a folder or an address. Raises KitError and Misuse."""
    return _remote(options, loaded, folder) if options.is_remote else _local(options, loaded, folder)


def _local(options: Options, loaded: LoadedPlan, folder: Path) -> Outcome:
    root = built_site(Path(options.site) if options.site else None, folder, loaded)
    site = site_folder(loaded, root, folder)
    with served(site) as origin:
        return _verified(options, _order(options, loaded, origin=origin, folder=site, home=folder))


def _remote(options: Options, loaded: LoadedPlan, folder: Path) -> Outcome:
    origin = origin_of(str(options.site))
    remote = Remote(origin, options.header_values, options.login)
    order = _order(options, loaded, origin=origin, folder=None, home=folder, remote=remote)
    with running(options.server, origin) if options.server else nullcontext():
        return _verified(options, order)


def _verified(options: Options, order: Order) -> Outcome:
    """The outcome, with the API's half where that is asked for."""
    outcome = verify(order)
    if options.api:
        read_back(order, outcome, os.environ.get(VARIABLE), options.api_url)
    return outcome


def _order(options: Options, loaded: LoadedPlan, **site: Any) -> Order:
    return Order(
        loaded,
        **site,
        state=str(options.storage_state) if options.storage_state else None,
        engine=options.browser,
        every=options.every,
        allow=frozenset(options.allow),
        recordings=options.recordings,
        platform=os.environ.get("CONNECTIF_KIT_PLATFORM", "https:") if options.real_client else "",
        only=named_parts(loaded, options.only),
        pictures=bool(options.pages),
        traces=options.keeps_traces,
        new=partial(_unknown, options),
        shown=lambda file: shown(Path(file)),
    )


def report(options: Options, outcome: Outcome, say: Callable[[str], None]) -> Report:
    """The outcome's findings without those that the baseline knows. Raises KitError and Misuse."""
    found = outcome.findings.report(len(outcome.visits))
    if options.baseline is not None:
        found = _new_only(found, options.baseline, say, update=options.update_baseline)
    return replace(found, line_of=line_of)


def _new_only(found: Report, file: Path, say: Callable[[str], None], *, update: bool) -> Report:
    known = _read(file)
    if known is None and not update:
        raise Misuse(f"there is no baseline {shown(file)}; write it with --update-baseline")
    baseline = Baseline(known)
    kept = _left_of(baseline, found.findings)
    if gone := baseline.gone(lambda _rule, _path: True):
        say(f"{gone} known finding(s) are gone")
    if update:
        write(file, baseline.updated(lambda _rule, _path: True).encode())
    return replace(found, findings=() if update else tuple(kept))


def _read(file: Path) -> Counter[Entry] | None:
    """What a baseline's file knows; nothing where there is none."""
    return load(shown(file), file.read_text("utf-8")) if file.is_file() else None


def _left_of(baseline: Baseline, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [one for finding in found for one in baseline.new([finding], finding.place.path)]


def _unknown(options: Options, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those of some findings that will be reported."""
    if options.update_baseline:
        return []
    return _left_of(Baseline(_read(options.baseline) if options.baseline else None), found)


def keep(options: Options, outcome: Outcome) -> None:
    """Write the run's traces beside each HTML report. Raises OSError."""
    for file in options.pages if options.keeps_traces else ():
        if Path(file).is_file():  # and neither standard output nor a device
            keep_traces(Path(file), outcome.visits)
