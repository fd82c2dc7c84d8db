"""What lies around the page in view: the files that it loads, its product's row, held against the plan.

The rules across pages are asked about this one page. Where the page on the disk has no integration yet, it
is judged as `inject` would leave it, with the files that `inject` would write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectif_kit.audit import facts
from connectif_kit.audit.expected import expected_output
from connectif_kit.audit.page_run import PageInput, PageResult, RuleSet, audit, chosen, judge
from connectif_kit.audit.rule import SiteRule
from connectif_kit.audit.site import Row, Site
from connectif_kit.audit.site_context import LARGEST_FILE
from connectif_kit.build.stamp import is_ours
from connectif_kit.core.diagnostics import Diagnostic
from connectif_kit.core.records import dataclass
from connectif_kit.page.host_headers import HostHeaders
from connectif_kit.page.hosting import from_disk
from connectif_kit.preview.disk import differing
from connectif_kit.preview.paths import RefusedError, resolve
from connectif_kit.vocabulary.platform import DISPATCHERS

if TYPE_CHECKING:
    from connectif_kit.preview.state import Preview

_OF_FILES = ("missing-dispatcher-file", "missing-worker")
"""Rules that wait for the whole site; of these files the preview knows that they should be there."""
_STALE = ("stale-integration", "contradicted-catalogue")
_FOR_READERS = (DISPATCHERS[0], DISPATCHERS[2])
"""What no visitor loads."""
_SAID = ("unplanned-page",)
"""What the inspector says in its own words."""


@dataclass(frozen=True, slots=True)
class Around:
    """The findings on a page and on what it loads, and how the files of ours differ from the plan's."""

    findings: tuple[Diagnostic, ...]
    files: tuple[dict[str, Any], ...] = ()


def around(preview: Preview, given: PageInput, *, injected: bool, stale: bool) -> Around:
    """Judge a page with what lies around it.

    `injected`: its integration is on the disk; `stale`: it is known to be an older plan's or catalogue's.
    """
    loaded = preview.loaded
    rules = chosen(ignore=[*loaded.plan.audit.off, *_SAID, *(_STALE if stale else ())])
    result = audit(given, loaded, RuleSet(rules, planned=True))
    read = _reader(preview, injected=injected)
    expected = expected_output(preview.wardrobe.files, preview.wardrobe.plain.loader)
    site = Site(
        loaded,
        [result.seen],
        False,
        read,
        rows=_rows(preview, result),
        wanted=lambda: expected,
        hosting=lambda: _hosting(preview),
    )
    across = [rule for rule in rules if isinstance(rule, SiteRule)]
    of_files = [rule for rule in across if rule.name in _OF_FILES and injected]
    held = {result.name: [one for one in result.held if one.rule not in _OF_FILES]}
    of_page = judge(site, [rule for rule in across if rule not in of_files], held)
    held = {result.name: [one for one in result.held if one.rule in _OF_FILES]}
    of_page += judge(replace(site, complete=True), of_files, held)
    files = tuple(_differing(preview, read)) if injected and not stale else ()
    return Around((*result.findings, *of_page), files)


def _hosting(preview: Preview) -> HostHeaders:
    """What the site's hosts are told to send; of a proxied site, its own server's answers say it."""
    return from_disk(preview.root, preview.config.parent) if preview.root else HostHeaders()


def _reader(preview: Preview, *, injected: bool) -> Callable[[str], str | None]:
    """The text of a file by its path in the shop; what `inject` has yet to write is as it would be."""
    base = preview.base
    wanted = {} if injected else {path[len(base) :]: text for path, text in preview.wardrobe.assets.items()}

    def read(path: str) -> str | None:
        if path in wanted:
            return wanted[path]
        file = _file(preview, path)
        return file.read_bytes()[:LARGEST_FILE].decode("utf-8", "replace") if file else None

    return read


def _file(preview: Preview, path: str) -> Path | None:
    if preview.root is None:
        return None
    inside = preview.base if preview.carries_base else ""
    try:
        found = resolve(preview.root, inside + path)
    except RefusedError:
        return None
    return found.path if found else None


def _rows(preview: Preview, result: PageResult) -> Mapping[str, Row]:
    """The catalogue's rows of the products that the page shows."""
    catalogue = preview.wardrobe.catalogue
    on_show: Any = result.facts.get(facts.catalogued.__name__) or ()
    rows = {}
    for identity, *_ in on_show:
        record, place = catalogue.by_id(identity), catalogue.place_of(identity)
        if record and place:
            values = {name: str(record[name]) for name in facts.CATALOGUED if name in record}
            rows[identity] = Row(place, values)
    return rows


def _differing(preview: Preview, read: Callable[[str], str | None]) -> Iterator[dict[str, Any]]:
    """The files of ours that lie in the site and are not what the plan gives, with where they differ."""
    for path, text in preview.wardrobe.assets.items():
        there = None if path.endswith(_FOR_READERS) else read(path[len(preview.base) :])
        if there is not None and there != text and is_ours(path, there):
            yield {"path": path, "lines": [list(line) for line in differing(there, text)]}
