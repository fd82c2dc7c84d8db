"""`connectif-kit new`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connectif_kit.wording import shown

if TYPE_CHECKING:
    from connectif_kit.starter import Answers, Proposal


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=None, required=False)
@click.option("--here", is_flag=True, help="Only a connectif.yaml, for the site in this folder.")
@click.option("--store-id", help="The store's public client id, a UUID.")
@click.option("--environment", help="The part of the loader's address before /client-script/, such as eu5.")
@click.option("--url", help="The shop's address.")
@click.option(
    "--method",
    type=click.Choice(["js-events", "client-tags", "server-tags"]),
    help="How visits and carts are reported. [default: js-events]",
)
def command(
    folder: Path | None,
    here: bool,
    store_id: str | None,
    environment: str | None,
    url: str | None,
    method: str | None,
) -> int:
    """Make a shop to try, or a plan for a site.

    Without --here: a small shop of static pages in FOLDER (default: shop), with its plan. With
    --here: only a connectif.yaml, fitted to the generator that the folder shows."""
    from connectif_kit.starter import Answers

    given = {"store_id": store_id, "environment": environment, "url": url, "method": method}
    answers = _asked(given) if here else Answers(**{k: v for k, v in given.items() if v})
    _check(answers)
    return _here(folder or Path(), answers) if here else _shop(folder or Path("shop"), answers)


_OPTIONS = {"store.id": "--store-id", "store.environment": "--environment", "store.url": "--url"}


def _check(answers: Answers) -> None:
    """Raises KitError with each fault under the option that gave it; the plan it is in is not written."""
    from dataclasses import replace

    from connectif_kit.diagnostics import KitError, Place
    from connectif_kit.plan import load
    from connectif_kit.starter import first_plan

    try:
        load("the answers", first_plan(answers, "public").encode())
    except KitError as error:
        found = []
        for fault in error.diagnostics:
            key, _, message = fault.message.partition(": ")
            known = key in _OPTIONS
            found.append(replace(fault, place=Place(_OPTIONS[key]), message=message) if known else fault)
        raise KitError(found) from None


def _asked(given: dict[str, str | None]) -> Answers:
    """The answers, asked for on a terminal where they are not given."""
    from connectif_kit.starter import Answers

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return Answers(**{k: v for k, v in given.items() if v})
    asked = {}
    for name, question in (
        ("store_id", "Client id of the store (Store settings › Channels › Web)"),
        ("environment", "Environment"),
        ("url", "Address of the shop"),
        ("method", "Report by js-events, client-tags or server-tags"),
    ):
        asked[name] = given[name] or click.prompt(question, default=getattr(Answers, name), err=True)
    return Answers(**asked)


def _shop(folder: Path, answers: Answers) -> int:
    from connectif_kit.files import write
    from connectif_kit.render.templates import BUNDLED
    from connectif_kit.starter import starter_files

    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(
            f"{shown(folder)} is not empty; name a new folder, or use --here for a plan beside your own site"
        )
    files = starter_files(BUNDLED / "starter", answers)
    for path, data in files.items():
        write(folder / path, data)
    _schema(folder)
    click.echo(f"{len(files) + 1} files in {shown(folder)}: a small shop, and connectif.yaml", err=True)
    click.echo("next:", err=True)
    for line in (
        f"cd {shown(folder)}",
        "connectif-kit build",
        "connectif-kit inject public",
        "connectif-kit audit public",
    ):
        click.echo(f"  {line}", err=True)
    return 0


def _schema(folder: Path) -> None:
    """The schema that the plan's first line names, so that editors know it at once."""
    import json

    from connectif_kit.files import write
    from connectif_kit.plan.schema import schema

    write(folder / "connectif.schema.json", f"{json.dumps(schema(), indent=2)}\n".encode())


def _here(folder: Path, answers: Answers) -> int:
    from connectif_kit.files import write
    from connectif_kit.plan import FILE
    from connectif_kit.starter import first_plan, proposal

    plan = folder / FILE
    if plan.exists():
        raise click.UsageError(f"{shown(plan)} is there already and is left alone")
    if not folder.is_dir():
        raise click.UsageError(f"there is no folder {shown(folder)}")
    found = proposal(folder)
    write(plan, first_plan(answers, found.root).encode())
    _schema(folder)
    for line in _said(plan, found):
        click.echo(line, err=True)
    for line in ("build", f"inject {found.root or 'FOLDER'}", f"audit {found.root or 'FOLDER'}"):
        click.echo(f"  connectif-kit {line}")
    return 0


def _said(plan: Path, found: Proposal) -> Iterator[str]:
    """What was written, for which folder, and what is left to do."""
    generator = found.generator
    kind = generator.name if generator else "plain HTML" if found.root else "a site"
    yield f"{shown(plan)} is written for {kind}; change its `pages:` to fit your paths"
    if not found.root:
        why = f" ({found.why})" if found.why else ""
        yield f"which folder your pages are built into is not known here{why}"
        yield "put it at `site.root` in the plan: the folder you deploy, not the one with sources"
    elif not found.is_built:
        yield f"`{found.root}` is not built yet: build your site first"
    if generator and generator.leaves_out:
        yield f"so that {generator.name} copies none of our files into the site, add to {found.why}:"
        yield f"  {generator.leaves_out}"
    if found.root == ".":
        yield "this folder is the site itself: do not deploy connectif.yaml, its schema, connectif/"
    after = f" after `{generator.build}`" if generator else ""
    yield f"add these three lines to your build{after}:"
