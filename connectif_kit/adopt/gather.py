"""The edge to the disk: a built site's pages and scripts, read into values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from connectif_kit.adopt import evidence
from connectif_kit.adopt.evidence import store as store_evidence
from connectif_kit.adopt.javascript import MOST_BYTES, Script, read
from connectif_kit.adopt.site import TEMPLATE, Evidence, SeenPage, Site
from connectif_kit.core.diagnostics import KitError
from connectif_kit.core.files import SiteFile, read_page, read_start, site_pages
from connectif_kit.core.registry import collect
from connectif_kit.page.html import Source, decode, parse, template_sign
from connectif_kit.page.integration import Integration
from connectif_kit.page.marks import without_blocks

MOST_PAGES = 2_000
"""Pages that are looked at, evenly from all of a larger site."""
MOST_SCRIPTS = 300
MOST_SOURCE = 20_000_000
"""Characters of scripts that are parsed in all."""
_TELLING = re.compile(
    r"(?:local|session)Storage|cookie|data_?layer|gtag|sendEvents|serviceWorker|pushState|CustomEvent",
    re.IGNORECASE,
)


@cache
def kinds_of_evidence() -> list[Evidence]:
    """All kinds, in the order in which they conclude."""
    return sorted(collect(evidence, Evidence), key=lambda each: each.order)


def gather(root: Path, ignored: Iterable[str] = ()) -> Site:
    """The site in a folder; files below `ignored` paths are none of it."""
    left_out = tuple(ignored)
    others: list[str] = []
    found = [each for each in site_pages(root, others) if isinstance(each, SiteFile)]
    files = [file for file in found if not file.relative.startswith(left_out or ("\0",))]
    step = max(1, -(-len(files) // MOST_PAGES))
    inline: dict[str, Script] = {}
    pages = [page for file in files[::step] if (page := _page(file, inline))]
    scripts = (
        *inline.values(),
        *_scripts(root, [o for o in others if not o.startswith(left_out or ("\0",))]),
    )
    return Site(tuple(pages), scripts, tuple(others), total=len(files))


def _page(file: SiteFile, inline: dict[str, Script]) -> SeenPage | None:
    try:
        return look(file.relative, file.url_path, read_page(file.file), inline)
    except (OSError, KitError):
        return None


def look(name: str, url_path: str, data: bytes, inline: dict[str, Script]) -> SeenPage:
    """What each evidence sees on a page; its inline scripts go to `inline`, each text once."""
    source = decode(name, data)
    bare = replace(source, text=without_blocks(source.text))
    page = parse(bare)
    try:
        there = Integration(page, url_path)
        if there.special or template_sign(bare.text):
            return SeenPage(url_path, name, there.special or TEMPLATE)
        for node in there.inline_code:
            if node.text not in inline and _TELLING.search(node.text):
                inline[node.text] = read(name, node.text, page.place(node).line)
        seen = {each.name: each.look(there) for each in kinds_of_evidence() if each.look}
        return SeenPage(url_path, name, "", seen, ours=_ours(source, url_path) if bare != source else ())
    finally:
        page.release()


def _ours(source: Source, url_path: str) -> tuple[tuple[str, str], ...]:
    """The stores that what `inject` once wrote loads."""
    page = parse(source)
    try:
        return tuple(store_evidence.look(Integration(page, url_path)))
    finally:
        page.release()


def _scripts(root: Path, others: list[str]) -> Iterator[Script]:
    """Script files that may tell anything; what is ours tells nothing of the shop."""
    left = MOST_SOURCE
    names = [name for name in others if name.endswith((".js", ".mjs")) and "connectif-events" not in name]
    for name in names[:MOST_SCRIPTS]:
        code = read_start(root / name, MOST_BYTES).decode("utf-8", "replace")
        if _TELLING.search(code) and (left := left - len(code)) > 0:
            yield read(name, code)
