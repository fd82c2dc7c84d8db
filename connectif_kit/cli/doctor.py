"""`connectif-kit doctor`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from connectif_kit.cli._links import coloured
from connectif_kit.cli._options import config_option

_COLOURS = {"ok": "green", "missing": "red", "optional": "yellow"}


@click.command()
@config_option
def command(config: Path | None) -> int:
    """Say what the kit finds here, what is missing, and how to get it.

    Versions, libraries, parser, browser, plan, generator, site and catalogue. Exit status 1 where
    something is missing that is needed; what is optional is named.
    """
    from connectif_kit.doctor import State, examined

    items = examined(config)
    for item in items:
        state = f"{item.state.value:<9}"
        styled = click.style(state, fg=_COLOURS[item.state]) if coloured(sys.stdout) else state
        click.echo(f"{styled} {item.name}: {item.found}")
        if item.hint:
            click.echo(f"          hint: {item.hint}")
    return int(any(item.state is State.MISSING for item in items))
