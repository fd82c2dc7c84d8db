"""The command line: parse, call, print, exit. A command exists because its file is here.

Exit status: 0 clean, 1 findings, 2 usage, configuration, input/output or a crash of ours; an
interrupt ends with 130, as shells expect.
"""

from __future__ import annotations

import gc
import os
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

from connectif_kit import __version__
from connectif_kit.cli._ending import ended
from connectif_kit.core.diagnostics import did_you_mean
from connectif_kit.core.registry import names
from connectif_kit.core.streams import speak_plainly
from connectif_kit.plan import bare


class Commands(click.Group):
    """Finds commands by their files, so that each costs nothing until it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names of all commands."""
        return sorted(name.replace("_", "-") for name in names(__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = import_module(f"{__name__}.{cmd_name.replace('-', '_')}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with *did you mean*."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = did_you_mean(args[0], self.list_commands(ctx)) if args else ""
            if not near:
                raise
            raise click.UsageError(f"{error.message.rstrip('.')}; {near}", ctx) from None


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 clean, 1 findings, 2 usage, configuration, input/output.",
)
@click.version_option(__version__, prog_name="connectif-kit")
def app() -> None:
    """Build, inject, audit and prove a Connectif integration from one connectif.yaml."""


def main() -> NoReturn:
    """Run the command line and exit."""
    # Pydantic looks for plugins in the metadata of every installed package; none of them is for us.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115 - for as long as we live
    bare.permit()
    speak_plainly(sys.stdout, sys.stderr)
    status = run(sys.argv[1:])
    gc.freeze()  # at its end Python would look through all that a run kept, for rings that nobody misses
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """The exit status of a command line; every error becomes a message."""
    return ended(partial(_status, arguments), arguments)


def _status(arguments: list[str]) -> object:
    try:
        return app.main(arguments, prog_name="connectif-kit", standalone_mode=False)
    except click.exceptions.Exit as error:
        return error.exit_code
