"""`connectif-kit explain`."""

from __future__ import annotations

import click

from connectif_kit.cli._completing import explained
from connectif_kit.cli._language import lang_option, of_terminal


@click.command()
@lang_option
@click.argument("name", shell_complete=explained)
def command(name: str) -> int:
    """Explain a rule, tag, event, property or setting."""
    from connectif_kit.core.diagnostics import did_you_mean
    from connectif_kit.explain import explanations

    known = explanations(of_terminal())
    if name not in known:
        near = did_you_mean(name, known)
        raise click.UsageError(f"nothing is called `{name}`{'; ' + near if near else ''}")
    click.echo("\n\n".join(known[name]))
    return 0
