"""`--format`: the option, and what it asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from connectif_kit.cli import _completing
from connectif_kit.cli._language import lang_option
from connectif_kit.core.diagnostics import did_you_mean

F = TypeVar("F", bound=Callable[..., Any])


_KNOWN = (
    "text, json, sarif, junit, github, gitlab or html, to standard output or a file; may be given several"
)


def format_option(name: str = "--format") -> Callable[[F], F]:
    """`--format NAME[=FILE]` and `--lang`, for every command that finds something."""
    formats = click.option(
        name,
        "formats",
        multiple=True,
        metavar="NAME[=FILE]",
        shell_complete=_completing.formats,
        help=f"How to report: {_KNOWN} times. [default: text]",
    )
    return lambda command: formats(lang_option(command))


def outputs(given: tuple[str, ...], option: str = "--format") -> list[tuple[str, str]]:
    """Format names and files (empty: standard output, as for `-`). Raises UsageError for an unknown name."""
    from connectif_kit.reports import format_of, formats

    found = []
    for word in given or ("text",):
        name, _, file = word.partition("=")
        file = "" if file == "-" else file
        if format_of(name) is None:
            near = did_you_mean(name, formats()) or "known: " + ", ".join(formats())
            raise click.UsageError(f"{option}: unknown format `{name}`; {near}")
        found.append((name, file))
    return found
