"""What a run of `verify` is asked for."""

from __future__ import annotations

from pathlib import Path

from connectif_kit.core.diagnostics import Misuse, did_you_mean
from connectif_kit.core.records import dataclass
from connectif_kit.plan.loaded import LoadedPlan

PARTS = ("cart", "contact", "purchase", "service_worker", "spa")
"""What `--only` names besides the plan's own pages, events and journeys."""


@dataclass(frozen=True, slots=True)
class Options:
    """The command line's options, named as there; everything has the default that it has there."""

    site: str | None = None
    every: bool = False
    only: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    auth: str | None = None
    storage_state: Path | None = None
    server: str | None = None
    allow: tuple[str, ...] = ()
    api: bool = False
    api_url: str | None = None
    real_client: bool = False
    recordings: tuple[Path, ...] = ()
    browser: str = "chromium"
    baseline: Path | None = None
    update_baseline: bool = False
    traces: bool = False
    pages: tuple[str, ...] = ()
    """Files of the HTML reports; empty for standard output."""

    @property
    def is_remote(self) -> bool:
        """Whether the site is an address, which somebody else serves."""
        return str(self.site).startswith(("http://", "https://"))

    @property
    def keeps_traces(self) -> bool:
        """Whether there is a report beside which traces can lie."""
        return self.traces and any(self.pages)

    @property
    def header_values(self) -> dict[str, str]:
        """`--header` as names and values. Raises Misuse."""
        pairs = [one.partition(":") for one in self.headers]
        if any(not name.strip() or not colon for name, colon, _ in pairs):
            raise Misuse("--header takes NAME:VALUE")
        return {name.strip(): value.strip() for name, _, value in pairs}

    @property
    def login(self) -> tuple[str, str] | None:
        """`--auth` as user and password. Raises Misuse."""
        user, colon, password = (self.auth or "").partition(":")
        if self.auth and not colon:
            raise Misuse("--auth takes USER:PASSWORD")
        return (user, password) if self.auth else None


def agree(options: Options) -> None:
    """Raise Misuse for options that do not go together."""
    if options.update_baseline and options.baseline is None:
        raise Misuse("--update-baseline needs --baseline FILE")
    for_urls = {"--header": options.headers, "--auth": options.auth, "--command": options.server}
    if not options.is_remote and (named := [name for name, value in for_urls.items() if value]):
        raise Misuse(f"{named[0]} is for a URL; a folder is served by verify itself")


def named_parts(loaded: LoadedPlan, names: tuple[str, ...]) -> frozenset[str]:
    """The names of `--only`. Raises Misuse for one that the plan does not have."""
    known = [*loaded.plan.pages, *loaded.plan.events, *loaded.plan.journeys, *PARTS]
    for name in names:
        if name not in known:
            near = did_you_mean(name, known) or "known: " + ", ".join(known)
            raise Misuse(f"unknown page or event `{name}`; {near}")
    return frozenset(names)
