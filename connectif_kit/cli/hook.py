"""`connectif-kit hook`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("generator")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File. [default: standard output]")
def command(generator: str, output: Path | None) -> int:
    """Print the hook for GENERATOR's own build: Astro, Eleventy, MkDocs or Pelican.

    With it, their build ends with `connectif-kit check`. A file goes beside their configuration, as in
    connectif-kit hook eleventy -o connectif-hook.mjs; its first line says how to name it there.
    """
    from connectif_kit.core.diagnostics import did_you_mean
    from connectif_kit.core.files import write
    from connectif_kit.hooks import hooks

    found = hooks().get(generator.lower())
    if found is None:
        near = did_you_mean(generator.lower(), hooks()) or f"known: {', '.join(hooks())}"
        raise click.UsageError(f"no hook for `{generator}`; {near}")
    if output:
        write(output, found.text.encode())
    else:
        click.echo(found.text, nl=False)
    return 0
