"""The previews of several stores, each a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from connectif_kit.cli._language import asked_code
from connectif_kit.cli._terminal import show


def side_by_side(command: Callable[..., Any], configs: list[Path], given: dict[str, Any]) -> int:  # noqa: ARG001 - one shape for all
    """A preview for each store, each at its own port, until they are interrupted."""
    import subprocess

    from connectif_kit.plan.stores import stores

    if given["site"] or given["proxy"] or given["record"]:
        raise click.UsageError("SITE, --proxy and --record go with one plan: name it with -c")
    running = []
    found, notes = stores(configs)
    show(notes)
    for number, store in enumerate(found):
        port = given["port"] + number if given["port"] else 0
        options = ["-c", str(store.config), "--port", str(port), "--host", given["host"]]
        options += ["--open"] if given["open_"] else []
        options += ["--lang", asked_code()] if asked_code() else []
        click.echo(f"{store.name}: {store.loaded.plan.store.url}", err=True)
        running.append(subprocess.Popen([sys.executable, "-m", "connectif_kit", "serve", *options]))  # noqa: S603 - our own command
    try:
        return max(each.wait() for each in running)
    except KeyboardInterrupt:  # the terminal has interrupted them too
        return max(each.wait() for each in running)
    finally:
        for each in running:
            each.terminate()
