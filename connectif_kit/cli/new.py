"""`connectif-kit new`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connectif_kit.core.wording import shown

if TYPE_CHECKING:
    from connectif_kit.adopt.plan_text import Drawn
    from connectif_kit.adopt.site import Site
    from connectif_kit.adopt.starter import Answers
    from connectif_kit.core.generators import Proposal


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=None, required=False)
@click.option("--here", is_flag=True, help="Only a connectif.yaml, for the site in this folder.")
@click.option("--from", "address", metavar="URL", help="Like --here, from the published pages of a shop.")
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
    address: str | None,
    store_id: str | None,
    environment: str | None,
    url: str | None,
    method: str | None,
) -> int:
    """Make a shop to try, or a plan for a site.

    Without --here: a small shop of static pages in FOLDER (default: shop), with its plan. With
    --here: only a connectif.yaml, fitted to the generator, the built pages and the scripts that are
    there. With --from: the same from a published shop, of which a sample is fetched."""
    from connectif_kit.adopt.starter import Answers

    given = {"store_id": store_id, "environment": environment, "url": url, "method": method}
    _check(Answers(**{name: value for name, value in given.items() if value}))
    if here or address:
        return _here(folder or Path(), given, address)
    return _shop(folder or Path("shop"), Answers(**{name: value for name, value in given.items() if value}))


_OPTIONS = {"store.id": "--store-id", "store.environment": "--environment", "store.url": "--url"}


def _check(answers: Answers) -> None:
    """Raises KitError with each fault under the option that gave it; the plan it is in is not written."""
    from dataclasses import replace

    from connectif_kit.adopt.starter import first_plan
    from connectif_kit.core.diagnostics import KitError, Place
    from connectif_kit.plan.load import load

    try:
        load("the answers", first_plan(answers, "public").encode())
    except KitError as error:
        found = []
        for fault in error.diagnostics:
            key, _, message = fault.message.partition(": ")
            known = key in _OPTIONS
            found.append(replace(fault, place=Place(_OPTIONS[key]), message=message) if known else fault)
        raise KitError(found) from None


_QUESTIONS = {
    "store_id": "Client id of the store (Store settings › Channels › Web)",
    "environment": "Environment: the part of the loader's address before /client-script/",
    "url": "Address of the shop",
}


def _asked(plan: Drawn, given: dict[str, str | None]) -> dict[str, str | None]:
    """The answers, asked for on a terminal where neither options nor the site give them."""
    from connectif_kit.adopt.starter import ANSWERED, Answers

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return given
    unknown = [name for name in _QUESTIONS if plan.is_example(*ANSWERED[name])]
    asked = {
        name: click.prompt(_QUESTIONS[name], default=getattr(Answers, name), err=True) for name in unknown
    }
    return {**given, **asked}


def _shop(folder: Path, answers: Answers) -> int:
    from connectif_kit.adopt.starter import starter_files
    from connectif_kit.core.files import write
    from connectif_kit.core.templates import BUNDLED

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

    from connectif_kit.core.files import write
    from connectif_kit.plan.schema import schema

    write(folder / "connectif.schema.json", f"{json.dumps(schema(), indent=2)}\n".encode())


def _here(folder: Path, given: dict[str, str | None], address: str | None) -> int:
    from connectif_kit.adopt.starter import drawn, look
    from connectif_kit.core.files import write
    from connectif_kit.core.generators import proposal
    from connectif_kit.plan.locate import FILE

    plan = folder / FILE
    if plan.exists():
        raise click.UsageError(f"{shown(plan)} is there already and is left alone")
    if not folder.is_dir() and not address:
        raise click.UsageError(f"there is no folder {shown(folder)}")
    found = proposal(folder)
    site = _published(address) if address else look(folder, found)
    if address and not given["url"]:
        given = {**given, "url": _url_of(site, address)}
    first = drawn(found, given, site)
    if (answers := _asked(first, given)) != given:
        first = drawn(found, answers, site)
    write(plan, first.text.encode())
    _schema(folder)
    for line in _said(plan, folder, found, first):
        click.echo(line, err=True)
    for line in ("build", f"inject {found.root or 'FOLDER'}", f"audit {found.root or 'FOLDER'}"):
        click.echo(f"  connectif-kit {line}")
    return 0


def _published(address: str) -> Site:
    """A sample of the pages at an address."""
    from connectif_kit.adopt.published import nowhere, survey
    from connectif_kit.audit.fetch import Fetcher, hosts_of

    if not address.startswith(("https://", "http://")):
        raise nowhere(address)
    fetcher = Fetcher(hosts_of([address]), rate=4)
    try:
        site = survey(address, fetcher)
    finally:
        fetcher.close()
    click.echo(f"looked at {len(site.pages)} pages and {len(site.scripts)} scripts of {address}", err=True)
    return site


def _url_of(site: Site, address: str) -> str | None:
    """The address that was given, unless the pages name another."""
    from connectif_kit.adopt.evidence.address import EVIDENCE

    is_named = any(line.at == ("store", "url") for line in EVIDENCE.conclude(site))
    return None if is_named else address.rstrip("/")


def _said(plan: Path, folder: Path, found: Proposal, first: Drawn) -> Iterator[str]:
    """What was written, for which folder, and what is left to do."""
    from connectif_kit.adopt.javascript import can_read

    generator = found.generator
    kind = generator.name if generator else "plain HTML" if found.root else "a site"
    yield f"{shown(plan)} is written for {kind}; each line says what shows it"
    yield from (f"found: {each}" for each in first.found)
    if not can_read():
        yield "scripts were not read: tree-sitter and tree-sitter-javascript have no wheels for this machine"
    if products := first.sure("pages", "product"):
        yield f"products: {products.why}"
    if open_lines := first.examples():
        yield f"put in what nobody but you can know: {', '.join(open_lines)}"
    if not found.root:
        why = f" ({found.why})" if found.why else ""
        yield f"which folder your pages are built into is not known here{why}"
        yield "put it at `site.root` in the plan: the folder you deploy, not the one with sources"
    elif not found.is_built:
        yield from _unbuilt(plan, folder, found)
    if generator and generator.leaves_out:
        yield f"so that {generator.name} copies none of our files into the site, add to {found.why}:"
        yield f"  {generator.leaves_out}"
    if found.root == ".":
        yield "this folder is the site itself: do not deploy connectif.yaml, its schema, connectif/"
    after = f" after `{_command(folder, found)}`" if generator else ""
    yield f"add these three lines to your build{after}:"


def _unbuilt(plan: Path, folder: Path, found: Proposal) -> Iterator[str]:
    """What is not known before there are pages, and how to make them."""
    command = f" with `{_command(folder, found)}`" if found.generator else ""
    yield f"`{found.root}` is not built yet: build your site first{command}"
    yield f"then remove {shown(plan)} and run `connectif-kit new --here` again: it reads the pages"


def _command(folder: Path, found: Proposal) -> str:
    from connectif_kit.core.generators import build_command

    return build_command(folder, found.generator) if found.generator else ""
