"""`connectif-kit serve`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from connectif_kit.cli._language import lang_option, of_terminal
from connectif_kit.cli._side_by_side import side_by_side
from connectif_kit.cli._stores import plans_option
from connectif_kit.cli._terminal import check_parser, console, load_plan, show

PORT = 4400


@click.command()
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
@plans_option(side_by_side)
@lang_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="The next free one, if taken.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--proxy", metavar="URL", help="Stand in front of another dev server instead of SITE.")
@click.option("--open", "open_", is_flag=True, help="Open the browser.")
@click.option(
    "--record", type=click.Path(path_type=Path, dir_okay=False), help="Keep the session in this file."
)
def command(config: Path | None, **given: Any) -> int:
    """Preview SITE with its integration: every tag and event seen, checked, explained, with no account.

    Pages are injected on the way to the browser; no file is touched. A stand-in for the vendor's
    client sends to this machine only. SITE is `site.root` of the plan, if not given.
    CONNECTIF_KIT_EDITOR is the address that opens a file, `vscode://file/{path}:{line}:{column}`.
    """
    from connectif_kit.preview.session import Options, run

    check_parser()
    language = of_terminal()
    reported = partial(show, language=language)  # the watching thread knows no command line
    return run(*load_plan(config), Options(**given), console(), reported, click.launch, language)
