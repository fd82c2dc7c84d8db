"""What a sync works with: plan, ledger, API, account."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from connectif_kit.core import state
from connectif_kit.core.console import Console
from connectif_kit.core.diagnostics import KitError, Place
from connectif_kit.core.wording import shown
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.locate import file_of, find
from connectif_kit.plan.workspace import plan_here
from connectif_kit.sync.api import VARIABLE, Api, base_url, is_local, key_from
from connectif_kit.sync.ledger import Ledger
from connectif_kit.sync.limiter import Limiter
from connectif_kit.sync.options import Options
from connectif_kit.sync.session import account


def plan_of(options: Options) -> tuple[LoadedPlan | None, Path]:
    """The plan, where there is one; a key in it is refused."""
    path = options.config or find(Path.cwd())
    if path is None:
        return None, Path.cwd()
    loaded, folder = plan_here(options.config)
    secret = os.environ.get(VARIABLE, "").strip().rpartition(":")[2]
    if secret and secret in file_of(path).read_text(encoding="utf-8", errors="replace"):
        hint = "take it out, and make a new key: this one has been in a file"
        raise KitError.at(Place(shown(path)), "api-key-in-plan", "the API key stands in the plan", hint)
    return loaded, folder


@contextmanager
def ledger_in(folder: Path, console: Console) -> Iterator[Ledger]:
    """The ledger beside the plan; one that is new and stays empty is taken away again."""
    for old, new in state.moved(folder):
        console.say(f"{shown(old)} is now {shown(new)}")
    path = state.opened(folder) / state.LEDGER
    is_new = not path.exists()
    ledger = Ledger(path)
    try:
        yield ledger
    finally:
        is_unused = is_new and not ledger.runs()
        ledger.close()
        if is_unused:
            path.unlink(missing_ok=True)
            state.closed(folder)


@contextmanager
def api_of(options: Options, console: Console) -> Iterator[Api]:
    """The API, with an interrupt that lets the calls under way come home first."""
    base, key = base_url(options.api_url), key_from(os.environ.get(VARIABLE))
    limiter = Limiter(options.per_minute)
    limiter.tell = console.say
    api = Api(base, key, limiter)
    if is_local(base):
        api.first_pause, api.pace = 0.02, 0.05
    try:
        with _interruptible(limiter.stop, console):
            yield api
    finally:
        api.close()


@contextmanager
def _interruptible(stop: Event, console: Console) -> Iterator[None]:
    def interrupt(*_: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        console.say("\nending: what is under way is still noted (again to stop at once)")

    before = [(number, signal.signal(number, interrupt)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def account_of(options: Options, ledger: Ledger) -> str:
    """Of the key; without one, a dry run is compared with the last sync."""
    if options.dry_run and not os.environ.get(VARIABLE):
        last = next(iter(ledger.runs()), None)
        return last.account if last else ""
    return account(base_url(options.api_url), key_from(os.environ.get(VARIABLE)))
