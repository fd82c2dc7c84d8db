"""The commands and their options, from click."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from connectif_kit.cli import app
from connectif_kit.reference import markdown
from connectif_kit.reference.markdown import cell, prose


def page() -> str:
    """Every command with its arguments and options."""
    context = app.make_context("connectif-kit", [], resilient_parsing=True)
    lines = markdown.head("Commands", "cli/")
    lines += [
        "Exit status: **0** clean, **1** findings or rejected rows, **2** usage, configuration, input or"
        " output; an interrupt ends with 130. Findings go to standard output, all else to standard error."
        " `NO_COLOR` is respected.",
        "",
    ]
    for name in app.list_commands(context):
        command = app.get_command(context, name)
        if command:
            lines += _command(name, command, context)
    return markdown.page(lines)


def _command(name: str, command: Any, parent: Any) -> Iterator[str]:
    context = command.make_context(name, [], parent=parent, resilient_parsing=True)
    pieces = " ".join(command.collect_usage_pieces(context))
    yield from (f"## {name}", "", "```text", f"connectif-kit {name} {pieces}", "```", "")
    yield from (prose(inspect.cleandoc((command.help or "").replace("\b\n", ""))), "")
    records = [one.get_help_record(context) for one in command.get_params(context)]
    reported = [record for record in records if record and record[1]]  # arguments stand in the usage already
    rows = [[cell(f"`{record[0]}`"), cell(record[1])] for record in reported]
    if rows:
        yield from (*markdown.table(["Option", "Meaning"], rows), "")
