"""What several commands need: the plan, diagnostics on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from connectif_kit.cli._language import of_terminal

if TYPE_CHECKING:
    from connectif_kit.core.diagnostics import Diagnostic
    from connectif_kit.core.language import Language
    from connectif_kit.plan.load import LoadedPlan

F = TypeVar("F", bound=Callable[..., Any])


def config_option(command: F) -> F:
    """`-c/--config`, for every command that needs the plan."""
    return click.option(
        "-c",
        "--config",
        type=click.Path(path_type=Path),
        help="The plan. [default: connectif.yaml here or above]",
    )(command)


def _targets_named(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Names of template languages; they are read only where one is given, so that `--help` stays quick."""
    if value:
        from connectif_kit.build.targets import known
        from connectif_kit.core.diagnostics import did_you_mean

        for name in value:
            if name not in known():
                near = did_you_mean(name, known()) or "known: " + ", ".join(known())
                raise click.BadParameter(f"`{name}` is no template language; {near}", ctx, param)
    return value


target_option = click.option(
    "--target",
    "targets",
    metavar="NAME",
    multiple=True,
    callback=_targets_named,
    help="Write the tags for a template language too, such as hugo; repeat it for more.",
)


class Site(click.Path):
    """A folder on disk, or one in object storage as it is written."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """The folder's name; on disk it must be there."""
        from connectif_kit.core.objects import is_remote

        return str(value) if is_remote(value) else super().convert(value, param, ctx)


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
            found, line_of=line_of, colour=coloured(sys.stderr), language=language or of_terminal(arguments)
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


def coloured(stream: Any) -> bool:
    """Whether a stream takes colours: a terminal, unless NO_COLOR says otherwise."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or bool(stream.isatty())
