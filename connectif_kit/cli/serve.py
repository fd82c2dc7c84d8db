"""`connectif-kit serve`."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connectif_kit.cli._language import lang_option, of_terminal
from connectif_kit.cli._shared import check_parser, load_plan, show
from connectif_kit.cli._stores import plans_option, side_by_side

if TYPE_CHECKING:
    from connectif_kit.plan.load import LoadedPlan
    from connectif_kit.preview.app import Server
    from connectif_kit.preview.proxy import Proxy
    from connectif_kit.preview.watch import Watched

PORT = 4400
EDITOR = "vscode://file/{path}:{line}:{column}"


@click.command()
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
@plans_option(side_by_side)
@lang_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="The next free one, if taken.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--proxy", metavar="URL", help="Stand in front of another dev server instead of SITE.")
@click.option("--open", "open_", is_flag=True, help="Open the browser.")
@click.option(
    "--record", type=click.Path(path_type=Path, dir_okay=False), help="Keep the session in this file."
)
def command(
    site: Path | None,
    config: Path | None,
    port: int,
    host: str,
    proxy: str | None,
    open_: bool,
    record: Path | None,
) -> int:
    """Preview SITE with its integration: every tag and event seen, checked, explained, with no account.

    Pages are injected on the way to the browser; no file is touched. A stand-in for the vendor's
    client sends to this machine only. SITE is `site.root` of the plan, if not given.
    CONNECTIF_KIT_EDITOR is the address that opens a file, `vscode://file/{path}:{line}:{column}`.
    """
    from connectif_kit.page.excerpt import line_of
    from connectif_kit.preview.app import Server
    from connectif_kit.preview.broker import Broker
    from connectif_kit.preview.guard import new_token
    from connectif_kit.preview.state import Preview

    check_parser()
    loaded, folder = load_plan(config)
    upstream = None if proxy is None else _upstream(proxy)
    root = None if upstream else _root(site, folder, loaded)
    path = Path(loaded.document.path).resolve()
    preview = Preview(path, root, new_token(), _reader(path), line_of, upstream=upstream or "")
    preview.reload()
    show(preview.catalogue)
    language = of_terminal()
    editor = os.environ.get("CONNECTIF_KIT_EDITOR", EDITOR)
    server = Server(preview, Broker(language), editor=editor, language=language)
    if upstream:
        server.proxy = _proxy(upstream, server)
    return _run(server, host, port, open_=open_, record=record)


def _root(site: Path | None, folder: Path, loaded: LoadedPlan) -> Path:
    from connectif_kit.plan.workspace import built_site

    return built_site(site, folder, loaded).resolve()


def _reader(path: Path) -> Callable[[], tuple[LoadedPlan, dict[str, str]]]:
    """Reads the plan and renders it, each time anew."""

    def read() -> tuple[LoadedPlan, dict[str, str]]:
        from connectif_kit.build import render
        from connectif_kit.plan.workspace import module_reader, read_plan

        loaded = read_plan(path)
        return loaded, render(loaded, module_reader(path.parent))

    return read


def _upstream(url: str) -> str:
    """Scheme, host and port of --proxy's address; nothing else may be in it."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # no port, or no address at all
        good = False
    if not good or any(char.isspace() for char in url):
        raise click.UsageError(f"--proxy takes an address such as http://localhost:1313, not {url!r}")
    if "@" in parts.netloc:
        raise click.UsageError("--proxy takes no user and password")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise click.UsageError(
            f"--proxy takes an address without a path, such as {parts.scheme}://{parts.netloc}"
        )
    return f"{parts.scheme}://{parts.netloc}"


def _proxy(upstream: str, server: Server) -> Proxy:
    from connectif_kit.core.templates import environment
    from connectif_kit.preview.proxy import Proxy

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
    from connectif_kit.core.templates import BUNDLED
    from connectif_kit.plan.locate import files
    from connectif_kit.plan.queries import walk
    from connectif_kit.plan.sources.module import Module
    from connectif_kit.preview.watch import Watched

    preview = server.preview
    folder, plan = preview.config.parent, preview.loaded.plan
    inputs = files(preview.config) or [preview.config]
    if plan.catalog.source:
        inputs.append((folder / plan.catalog.source).resolve())
    inputs += [(folder / one.module).resolve() for _, one in walk(plan) if isinstance(one, Module)]
    return Watched(preview.root, tuple(inputs), BUNDLED.resolve())


def _run(server: Server, host: str, port: int, *, open_: bool, record: Path | None) -> int:
    from urllib.parse import urlsplit

    from connectif_kit.preview.run import WILDCARDS, Interrupts, Recorder, bound, hosts, on_change, server_for
    from connectif_kit.preview.watch import watch

    listening = bound(host, port)
    number = listening.getsockname()[1]
    if server.proxy and urlsplit(server.proxy.upstream).netloc in hosts(host, number):
        listening.close()
        raise click.UsageError("--proxy is the preview's own address; name your dev server's")
    if record:
        preview = server.preview
        server.recorded = Recorder(record, lambda: preview.journal.session(preview.loaded))
        server.recorded.write()
    any_port = number if host in WILDCARDS else 0
    serving = server_for(server.app(hosts(host, number), any_port), server.hub.close)
    told = partial(show, language=server.language)  # the watching thread knows no command line
    stop = watch(lambda: _watched(server), on_change(server, lambda said: click.echo(said, err=True), told))
    name = "localhost" if host in ("127.0.0.1", "::1", *WILDCARDS) else f"[{host}]" if ":" in host else host
    # An interrupt is how a preview ends; it may come at any moment.
    with Interrupts(serving) as interrupts:
        _greet(server, f"http://{name}:{number}", host, open_=open_)
        serving.run(sockets=[listening])
        stop()
    if isinstance(server.recorded, Recorder):
        server.recorded.write()
    click.echo("stopped", err=True)
    return interrupts.status


def _greet(server: Server, address: str, host: str, *, open_: bool) -> None:
    from connectif_kit.preview import BASE
    from connectif_kit.preview.run import WILDCARDS, addresses

    click.echo(f"overview:  {address}{BASE}/", err=True)
    click.echo(f"preview:   {address}{server.preview.base}/", err=True)
    if host not in ("127.0.0.1", "::1", "localhost"):
        port = address.rpartition(":")[2]
        for own in addresses(host) if host in WILDCARDS else ():
            click.echo(f"network:   http://{own}:{port}{server.preview.base}/", err=True)
        click.echo(f"everybody who reaches {host} can see this preview and its sessions", err=True)
    if open_:
        click.launch(f"{address}{server.preview.base}/")
