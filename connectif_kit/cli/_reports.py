"""How commands that find something report it: in every format, to standard output or to files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from connectif_kit.cli._shared import coloured

if TYPE_CHECKING:
    from connectif_kit.reports import Report

F = TypeVar("F", bound=Callable[..., Any])


def format_option(default: str = "text") -> Callable[[F], F]:
    """`--format NAME[=FILE]`, for every command that finds something."""
    return click.option(
        "--format",
        "formats",
        multiple=True,
        metavar="NAME[=FILE]",
        help="text, json, sarif, junit, github, gitlab or html, to standard output or a file; may be given"
        f" several times. [default: {default}]",
    )


def outputs(given: tuple[str, ...]) -> list[tuple[str, str]]:
    """Format names and files (empty: standard output, as for `-`). Raises UsageError for an unknown name."""
    from connectif_kit.diagnostics import did_you_mean
    from connectif_kit.reports import formats

    found = []
    for word in given or ("text",):
        name, _, file = word.partition("=")
        file = "" if file == "-" else file
        if name not in formats():
            near = did_you_mean(name, formats()) or "known: " + ", ".join(formats())
            raise click.UsageError(f"`{name}` is no format; {near}")
        found.append((name, file))
    return found


def reports(report: Report, given: tuple[str, ...]) -> list[str]:
    """The report in each format that was asked for."""
    from dataclasses import replace

    from connectif_kit.reports import formats

    plain, shown = report, replace(report, colour=coloured(sys.stdout))
    return [formats()[name].write(plain if file else shown) for name, file in outputs(given)]


def tell(made: Iterable[str], given: tuple[str, ...]) -> None:
    """Write reports to their files, or to standard output: what programs read is UTF-8 there too."""
    from connectif_kit.files import write

    for (name, file), text in zip(outputs(given), made, strict=True):
        data = text.encode("utf-8", "replace")
        if file:
            write(Path(file), data)
        else:
            click.echo(data.decode() if name == "text" else data, nl=False)
