"""`connectif-kit schema`."""

import click


@click.command()
def command() -> None:
    """Print the JSON Schema of connectif.yaml, for editors."""
    import json

    from connectif_kit.plan.schema import schema

    click.echo(json.dumps(schema(), indent=2))
