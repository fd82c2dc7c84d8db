"""What `quick` answers with: each command's help, its options, and what click says of one that it lacks."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import click

from connectif_kit.cli import app
from connectif_kit.quick import UNKNOWN, WIDTHS


def files() -> dict[str, str]:
    """File name below templates/help → text."""
    return {f"{width}.json": json.dumps(_commands(width), indent=1) + "\n" for width in WIDTHS}


def _commands(width: int) -> dict[str, Any]:
    with click.Context(
        app, info_name="connectif-kit", terminal_width=width, **app.context_settings
    ) as context:
        found = {"": _told(app, context)}
        for name in app.list_commands(context):
            command = app.get_command(context, name)
            if command:
                inner = click.Context(
                    command, context, name, terminal_width=width, **command.context_settings
                )
                found[name] = _told(command, inner)
    return found


def _told(command: click.Command, context: click.Context) -> dict[str, Any]:
    options = [each for one in command.get_params(context) for each in (*one.opts, *one.secondary_opts)]
    return {
        "help": command.get_help(context) + "\n",
        "options": sorted(each for each in options if each.startswith("--")),
        "unknown": _complaint(context),
    }


def _complaint(context: click.Context) -> str:
    """What click prints of an option that there is not."""
    written = StringIO()
    click.NoSuchOption(UNKNOWN, ctx=context).show(written)
    return written.getvalue()
