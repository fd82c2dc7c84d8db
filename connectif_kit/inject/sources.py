"""Folders of sources, which `inject` leaves alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from connectif_kit.core.diagnostics import KitError, Place
from connectif_kit.core.files import (
    SiteFile,
    read_page,
    site_pages,
)
from connectif_kit.core.generators import build_command, proposal, signs_of_sources
from connectif_kit.core.messages import say
from connectif_kit.core.wording import shown
from connectif_kit.page.html import template_sign

SAMPLE = 200
"""Pages that are looked at for templates before anything is written."""


def refuse_sources(site: Path, folder: Path) -> None:
    """Raises KitError where a folder holds what pages are made of, and no pages that anybody deploys."""
    found = proposal(site if site.resolve() == folder else folder)
    # A generator that copies what it does not know copies `package.json` too, beside the pages.
    is_output = found.generator is not None and (folder / found.root).resolve() == site.resolve() != folder
    signs = [*(() if is_output else signs_of_sources(site)), *_templates_in(site)]
    if not signs:
        return
    built = found.root if found.root not in ("", ".") else ""
    name = (
        say("the folder that is built, `{built}`", built=built)
        if built
        else say("the folder that you deploy")
    )
    build = (
        say(" (`{build}` makes it)", build=build_command(folder, found.generator))
        if found.generator and not found.is_built
        else ""
    )
    hint = say(
        "name {name}{build}; --force-sources, if the files in here are what you deploy",
        name=name,
        build=build,
    )
    message = say("this folder looks like sources, not like a built site: {signs}", signs="; ".join(signs))
    raise KitError.at(Place(shown(site), 0), "source-tree", message, hint)


def _templates_in(site: Path) -> Iterator[str]:
    """Whether most pages of a folder are templates."""
    pages = (found for found in site_pages(site) if isinstance(found, SiteFile))
    looked, signs = 0, list[str]()
    for file in islice(pages, SAMPLE):
        looked += 1
        try:
            text = read_page(file.file).decode("utf-8", "replace")
        except OSError:
            continue
        if sign := template_sign(text):
            signs.append(
                say("{relative} holds `{split}`", relative=file.relative, split=" ".join(sign.code.split()))
            )
    if 2 * len(signs) >= max(looked, 1):
        yield say(
            "{sign}, {templates} of {looked} pages are templates",
            sign=signs[0],
            templates=len(signs),
            looked=looked,
        )
