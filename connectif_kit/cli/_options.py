"""Options that several commands have."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from connectif_kit.core.objects import is_remote

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
                raise click.BadParameter(f"unknown template language `{name}`; {near}", ctx, param)
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
        return str(value) if is_remote(value) else super().convert(value, param, ctx)


verbose_option = click.option(
    "-v", "--verbose", is_flag=True, help="Name each finding, not only one for each cause."
)


def reader_options(command: F) -> F:
    """`--compare` and `--editor-url`: what a reader of the reports wants to see besides."""
    compare = click.option(
        "--compare",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Say what is new, gone and the same since an earlier JSON or HTML report.",
    )
    editor = click.option(
        "--editor-url",
        metavar="URL",
        envvar="CONNECTIF_KIT_EDITOR",
        help="Links of the HTML report that open a file, such as vscode://file/{path}:{line}:{column}.",
    )
    return compare(editor(command))
