"""`connectif-kit demo`."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import click

STEPS = (
    ("new shop", "a small shop of static pages, and the plan of what it tells Connectif"),
    ("build", "loader, tags, dispatcher, service worker and the store's checklist, from the plan"),
    ("inject public", "into the built pages, between marks, every other byte untouched"),
    ("audit public", "every page against the plan: what is missing, wrong, misplaced or leaking"),
    ("inject public --check", "a second time: nothing is left to do"),
)
PROOF = ("verify public", "in a real browser: every kind of page, every event of the plan")


@click.command()
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="Use this folder.")
def command(keep: Path | None) -> int:
    """Go through the whole loop on a small shop."""
    folder = keep or Path(tempfile.mkdtemp(prefix="connectif-kit-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.chdir(folder):
        status = _steps()
    if status == 0:
        _next(folder / "shop")
    return status


def _steps() -> int:
    from connectif_kit.cli import run

    for arguments, what in (*STEPS, *_proof()):
        click.secho(f"\n$ connectif-kit {arguments}", bold=True, err=True)
        click.secho(f"  {what}", dim=True, err=True)
        inside = Path("shop") if Path("shop").is_dir() else Path()
        with contextlib.chdir(inside):
            status = run(arguments.split())
        if status:
            click.secho(f"\nthe step ended with status {status}", fg="red", err=True)
            return status
    return 0


def _proof() -> list[tuple[str, str]]:
    """The last step, where there is a browser to take it."""
    from connectif_kit.verify.browser import HOW, is_available

    if is_available():
        return [PROOF]
    click.echo(f"the demo ends before `verify`, which needs `connectif-kit[browser]`: {HOW}", err=True)
    return []


def _next(shop: Path) -> None:
    click.secho("\nThat was the whole loop. What to do next", bold=True, err=True)
    for line in (
        f"look at it:      {shop}",
        f"the page's end:  {shop / 'public' / 'p' / 'harbour-mug' / 'index.html'}",
        f"the settings:    {shop / 'connectif' / 'checklist.html'}",
        "break something: take a price out of a page and run `connectif-kit audit public` there",
        "your own site:   run `connectif-kit new --here` in its folder",
    ):
        click.echo(f"  {line}", err=True)
