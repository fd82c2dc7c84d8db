"""`connectif-kit completion`."""

from __future__ import annotations

import click

SHELLS = ("bash", "fish", "zsh")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> int:
    """Print the script that completes commands, options, rules and formats in SHELL.

    bash: eval "$(connectif-kit completion bash)" in ~/.bashrc; zsh: the same in ~/.zshrc;
    fish: connectif-kit completion fish > ~/.config/fish/completions/connectif-kit.fish
    """
    from click.shell_completion import get_completion_class

    from connectif_kit.cli import app

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"{shell}: this version of click has no completion for it")
    click.echo(kind(app, {}, "connectif-kit", "_CONNECTIF_KIT_COMPLETE").source())
    return 0
