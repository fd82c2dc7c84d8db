"""`connectif-kit sync`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from connectif_kit.cli._formats import format_option
from connectif_kit.cli._options import config_option, verbose_option
from connectif_kit.cli._reports import deliver, reported
from connectif_kit.cli._terminal import console

SUBJECTS = ("contacts", "products", "purchases", "coupons")


@click.command()
@click.argument(
    "subject", required=False, type=click.Choice(SUBJECTS), metavar="[contacts|products|purchases|coupons]"
)
@click.argument("source", required=False)
@config_option
@click.option("--dry-run", is_flag=True, help="Plan and show the cost; send nothing.")
@click.option("--diff", is_flag=True, help="Show the first rows that are new or changed since the last sync.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--resume/--no-resume", default=None, help="Go on with the unfinished run, or drop it. [default: go on]"
)
@click.option("--limit", type=click.IntRange(min=1), help="Send so many rows at most, the rest another time.")
@click.option("--rate", type=click.IntRange(min=1), help="Calls a minute at most. [default: 100]")
@click.option(
    "--via",
    "way",
    type=click.Choice(["auto", "import", "calls"]),
    default="auto",
    help="Bulk imports or single calls. [default: whichever is cheaper]",
)
@click.option("--set", "coupon_set", metavar="ID", help="The coupon set that codes go into.")
@click.option("--keep-existing", is_flag=True, help="Import only what is new; leave what is there alone.")
@click.option("--only-empty", is_flag=True, help="Of what is there, fill only empty fields.")
@click.option("--no-trigger", is_flag=True, help="Purchases start no `On purchase` workflow.")
@click.option(
    "--file-size",
    type=click.IntRange(1_000, 50_000_000),
    default=50_000_000,
    help="Bytes in one import file. [default: 50000000]",
)
@click.option(
    "--field",
    multiple=True,
    metavar="NAME=COLUMN",
    help="Which column holds a property; may be given several times.",
)
@click.option(
    "--input",
    "input_format",
    metavar="FORMAT",
    help="csv, json, jsonl or yaml. [default: by the file's name]",
)
@click.option(
    "--rejected",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for bad rows. [default: .connectif/rejected.csv]",
)
@format_option()
@verbose_option
@click.option(
    "--api-url", metavar="URL", help="Another address of the API, such as `connectif-kit fake-api` prints."
)
@click.option("--history", is_flag=True, help="List past syncs.")
@click.option("--status", is_flag=True, help="With coupons: list the sets and how many codes are left.")
@click.option(
    "--delete-contact",
    multiple=True,
    metavar="EMAIL",
    help="Erase a contact (email or external id; `-`: read them from standard input).",
)
@click.option("--delete-purchase", multiple=True, metavar="ID", help="Delete a purchase.")
def command(formats: tuple[str, ...], **given: Any) -> int:
    """Send contacts, products, purchases or coupons through the API.

    SOURCE is a CSV, JSON, JSON Lines or YAML file; for products also a folder of built pages.
    [default for products: catalog.source of the plan, else site.root]

    The plan comes first: rows, calls, files, minutes. What was sent before and has not changed is
    not sent again; what is bad goes to a file with the reason. The key is read from
    CONNECTIF_API_KEY only. Killed at any moment, the same command goes on where it was.
    """
    with reported(formats):
        from connectif_kit.cli._progress import Progress
        from connectif_kit.sync.options import Options
        from connectif_kit.sync.running import listing, run

        options = Options(**given)
        if options.is_listing:
            return listing(options, console(() if "json" in formats else formats), formats)
        done = run(options, console(formats), Progress())
    deliver(done.report, formats)
    return done.status
