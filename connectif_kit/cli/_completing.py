"""What a shell proposes for a word that is not finished; each reads only what it needs."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from connectif_kit.core.language import Language


def rules(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Rule names; after a comma another one begins."""
    from connectif_kit.audit.page_run import rules as known

    before, comma, last = begun.rpartition(",")
    return [f"{before}{comma}{name}" for name in _beginning(known(), last)]


def formats(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Report formats."""
    from connectif_kit.reports import formats as known

    return _beginning(known(), begun)


def explained(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Whatever `explain` knows."""
    return _beginning(everything(context.find_root().command), begun)


def everything(app: click.Command, language: Language | None = None) -> dict[str, list[str]]:
    """What `explain` knows: the kit's words, and the commands of `app` with their help."""
    from connectif_kit.core.language import ENGLISH
    from connectif_kit.explain import explanations

    found = explanations(language or ENGLISH)
    for name, command in _commands(app):
        said = inspect.cleandoc((command.help or "").partition("\f")[0])
        text = f"{name}: a command\n\n{said}\n\nIts options: connectif-kit {name} --help"
        found.setdefault(name, []).insert(0, text)
    return found


def _commands(app: click.Command) -> Iterator[tuple[str, click.Command]]:
    if isinstance(app, click.Group):
        context = click.Context(app)
        found = ((name, app.get_command(context, name)) for name in app.list_commands(context))
        yield from ((name, command) for name, command in found if command)


def _beginning(names: Iterable[str], begun: str) -> list[str]:
    return [name for name in names if name.startswith(begun)]
