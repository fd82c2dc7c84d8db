"""`connectif-kit wave`."""

import click


@click.command()
def command() -> int:
    """Say hello."""
    click.echo("hello")
    return 0
