"""`serve`: the preview of one plan, from its first look at the site to the interrupt that ends it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from connectif_kit.build import render
from connectif_kit.core.console import Console
from connectif_kit.core.diagnostics import Diagnostic, Misuse
from connectif_kit.core.language import Language
from connectif_kit.core.records import dataclass
from connectif_kit.core.templates import BUNDLED, environment
from connectif_kit.page.excerpt import line_of
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.locate import files
from connectif_kit.plan.queries import walk
from connectif_kit.plan.sources.module import Module
from connectif_kit.plan.workspace import built_site, module_reader, read_plan
from connectif_kit.preview import BASE
from connectif_kit.preview.app import Server
from connectif_kit.preview.broker import Broker
from connectif_kit.preview.guard import new_token
from connectif_kit.preview.proxy import Proxy
from connectif_kit.preview.run import (
    WILDCARDS,
    Interrupts,
    Recorder,
    addresses,
    bound,
    hosts,
    on_change,
    server_for,
)
from connectif_kit.preview.state import Preview
from connectif_kit.preview.watch import Watched, watch

EDITOR = "vscode://file/{path}:{line}:{column}"
Show: TypeAlias = Callable[[Iterable[Diagnostic]], None]
Launch: TypeAlias = Callable[[str], Any]
"""Opens an address in the browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What `serve` is asked for; `proxy` is the address of another dev server, in place of `site`."""

    site: Path | None
    port: int
    host: str
    proxy: str | None = None
    open_: bool = False
    record: Path | None = None


def run(
    loaded: LoadedPlan,
    folder: Path,
    options: Options,
    console: Console,
    show: Show,
    launch: Launch,
    language: Language,
) -> int:
    """Serve until an interrupt; the exit status. `show` takes what is wrong with plan and catalogue.

    Raises Misuse where `proxy` is not an address of a server, KitError where no port is free.
    """
    upstream = None if options.proxy is None else _upstream(options.proxy)
    root = None if upstream else built_site(options.site, folder, loaded).resolve()
    path = loaded.config.resolve()
    preview = Preview(path, root, new_token(), _reader(path), line_of, upstream=upstream or "")
    preview.reload()
    show(preview.catalogue)
    editor = os.environ.get("CONNECTIF_KIT_EDITOR", EDITOR)
    server = Server(preview, Broker(language), editor=editor, language=language)
    if upstream:
        server.proxy = _proxy(upstream, server)
    return _run(server, options, console, show, launch)


def _reader(path: Path) -> Callable[[], tuple[LoadedPlan, dict[str, str]]]:
    """Reads the plan and renders it, each time again."""

    def read() -> tuple[LoadedPlan, dict[str, str]]:
        loaded = read_plan(path)
        return loaded, render(loaded, module_reader(path.parent))

    return read


def _upstream(url: str) -> str:
    """Scheme, host and port of --proxy's address; nothing else may be in it."""
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # no port, or no address at all
        good = False
    if not good or any(char.isspace() for char in url):
        raise Misuse(f"--proxy takes an address such as http://localhost:1313, not {url!r}")
    if "@" in parts.netloc:
        raise Misuse("--proxy takes no user and password")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise Misuse(f"--proxy takes an address without a path, such as {parts.scheme}://{parts.netloc}")
    return f"{parts.scheme}://{parts.netloc}"


def _proxy(upstream: str, server: Server) -> Proxy:
    def down(why: str) -> str:
        return (
            environment()
            .get_template("preview/down.html.j2")
            .render(upstream=upstream, why=why, language=server.language, t=server.language.say)
        )

    return Proxy(
        upstream,
        lambda data, path, fetched: server.preview.page(f"{upstream}{path}", data, path, fetched=fetched),
        lambda: server.preview.wardrobe.places,
        down,
    )


def _watched(server: Server) -> Watched:
    preview = server.preview
    folder, plan = preview.config.parent, preview.loaded.plan
    inputs = files(preview.config) or [preview.config]
    inputs += [(folder / name).resolve() for name in plan.catalog.files]
    inputs += [(folder / one.module).resolve() for _, one in walk(plan) if isinstance(one, Module)]
    return Watched(preview.root, tuple(inputs), BUNDLED.resolve())


def _run(server: Server, options: Options, console: Console, show: Show, launch: Launch) -> int:
    host, port, record = options.host, options.port, options.record
    listening = bound(host, port)
    number = listening.getsockname()[1]
    if server.proxy and urlsplit(server.proxy.upstream).netloc in hosts(host, number):
        listening.close()
        raise Misuse("--proxy is the preview's own address; name your dev server's")
    if record:
        preview = server.preview
        server.recorded = Recorder(record, lambda: preview.journal.session(preview.loaded))
        server.recorded.write()
    any_port = number if host in WILDCARDS else 0
    serving = server_for(server.app(hosts(host, number), any_port), server.hub.close)
    stop = watch(lambda: _watched(server), on_change(server, console.say, show))
    name = "localhost" if host in ("127.0.0.1", "::1", *WILDCARDS) else f"[{host}]" if ":" in host else host
    # An interrupt is how a preview ends; it may come at any moment.
    with Interrupts(serving) as interrupts:
        _greet(server, f"http://{name}:{number}", host, console)
        if options.open_:
            launch(f"http://{name}:{number}{server.preview.base}/")
        serving.run(sockets=[listening])
        stop()
    if isinstance(server.recorded, Recorder):
        server.recorded.write()
    console.say("stopped")
    return interrupts.status


def _greet(server: Server, address: str, host: str, console: Console) -> None:
    console.say(f"overview:  {address}{BASE}/")
    console.say(f"preview:   {address}{server.preview.base}/")
    if host not in ("127.0.0.1", "::1", "localhost"):
        port = address.rpartition(":")[2]
        for own in addresses(host) if host in WILDCARDS else ():
            console.say(f"network:   http://{own}:{port}{server.preview.base}/")
        console.say(f"everybody who reaches {host} can see this preview and its sessions")
