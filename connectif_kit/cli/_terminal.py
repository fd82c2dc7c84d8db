"""The terminal: what a run says on its way, diagnostics on standard error, whether there are colours."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connectif_kit.cli._formats import outputs
from connectif_kit.cli._language import of_terminal
from connectif_kit.cli._links import coloured, with_links
from connectif_kit.core.console import Console

if TYPE_CHECKING:
    from connectif_kit.core.diagnostics import Diagnostic
    from connectif_kit.core.language import Language
    from connectif_kit.plan.loaded import LoadedPlan


def load_plan(config: Path | None) -> tuple[LoadedPlan, Path]:
    """`plan_here`, for commands without a report: what is doubtful goes to standard error."""
    from connectif_kit.plan.workspace import plan_here

    loaded, folder = plan_here(config)
    show(loaded.notes)
    return loaded, folder


def show(
    diagnostics: Iterable[Diagnostic], arguments: Sequence[str] = (), language: Language | None = None
) -> None:
    """Diagnostics on standard error, for people; `arguments` are those of a command that has ended."""
    found = tuple(diagnostics)
    if found:
        from connectif_kit.page.excerpt import line_of
        from connectif_kit.reports import Report
        from connectif_kit.reports.text import write

        report = Report(
            found,
            line_of=line_of,
            colour=coloured(sys.stderr),
            language=language or of_terminal(arguments),
            **with_links(sys.stderr, found),
        )
        click.echo(write(report), err=True, nl=False)


def check_parser() -> None:
    """Say, once in a process, where pages are read by another parser than usual.

    For each command that reads pages, before it does. Raises KitError where the parser asked for is
    unknown or missing.
    """
    from connectif_kit.page.html.engine import notice

    if message := notice():
        _say_once(message)


@cache
def _say_once(message: str) -> None:
    click.echo(message, err=True)


def console(formats: tuple[str, ...] = ()) -> Console:
    """This process's terminal; where a report is on standard output, nothing else is."""

    def show(text: str) -> None:
        if not formats or all(file for _, file in outputs(formats)):
            click.echo(text, nl=False)

    ask = partial(click.confirm, err=True) if sys.stdin.isatty() else None
    watched, colour = sys.stderr.isatty(), coloured(sys.stdout)
    return Console(partial(click.echo, err=True), show, _tracked, watched, colour, ask)


def _tracked(items: Iterator[Any], total: int) -> Iterator[Any]:
    """The same, with a bar that shows how far it has come."""
    from rich.console import Console
    from rich.progress import track

    shown = Console(stderr=True)
    return iter(track(items, "checking", total=total, console=shown, transient=True))
