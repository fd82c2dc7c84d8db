"""`connectif-kit explain`."""

from __future__ import annotations

import inspect

import click

from connectif_kit.cli._completing import explained


def everything() -> dict[str, list[str]]:
    """What `explain` knows: the kit's words, and its commands with their help."""
    from connectif_kit.cli import app
    from connectif_kit.explain import explanations

    found = explanations()
    context = click.Context(app)
    for name in app.list_commands(context):
        command = app.get_command(context, name)
        if command and command.help:
            said = inspect.cleandoc(command.help.partition("\f")[0])
            text = f"{name}: a command\n\n{said}\n\nIts options: connectif-kit {name} --help"
            found.setdefault(name, []).insert(0, text)
    return found


@click.command()
@click.argument("name", shell_complete=explained)
def command(name: str) -> int:
    """Explain a rule, tag, event, property, setting, command, or any other word that is printed."""
    from connectif_kit.core.diagnostics import did_you_mean

    known = everything()
    if name not in known:
        near = did_you_mean(name, known)
        raise click.UsageError(f"nothing is called `{name}`{'; ' + near if near else ''}")
    click.echo("\n\n".join(known[name]))
    return 0
