"""`connectif-kit explain`."""

from __future__ import annotations

import click

from connectif_kit.cli._completing import everything, explained
from connectif_kit.cli._language import lang_option, of_terminal


@click.command()
@lang_option
@click.argument("name", shell_complete=explained)
def command(name: str) -> int:
    """Explain a rule, tag, event, property, setting, command, or any other word that is printed."""
    from connectif_kit.core.diagnostics import did_you_mean

    known = everything(click.get_current_context().find_root().command, of_terminal())
    if name not in known:
        near = did_you_mean(name, known)
        raise click.UsageError(f"nothing is called `{name}`{'; ' + near if near else ''}")
    click.echo("\n\n".join(known[name]))
    return 0
