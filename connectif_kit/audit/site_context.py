"""What lies around a run's pages: files of the site, the catalogue, what the plan renders now."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from connectif_kit.audit import facts
from connectif_kit.audit.expected import expected
from connectif_kit.audit.informed import informed
from connectif_kit.audit.inputs import Inputs
from connectif_kit.audit.page_run import PageResult
from connectif_kit.audit.published import Published, published
from connectif_kit.audit.run_cache import InputTracker
from connectif_kit.audit.site import ExpectedOutput, PageFacts, Row, Site
from connectif_kit.catalog import Catalogue, open_catalogue
from connectif_kit.core import objects
from connectif_kit.core.diagnostics import KitError
from connectif_kit.core.files import real, shop_root, site_pages
from connectif_kit.core.wording import shown
from connectif_kit.page.host_headers import HostHeaders
from connectif_kit.page.hosting import from_disk, from_texts
from connectif_kit.plan.models import Catalog

LARGEST_FILE = 5_000_000


def site(
    given: Inputs,
    seen: list[PageFacts],
    witness: InputTracker,
    *,
    complete: bool | None = None,
    key: bytes = b"",
) -> Site:
    """What rules across pages may ask: pages, files of the site, the catalogue.

    `witness` sees files; `key` is as in `expected`.
    """
    root = given.site or given.root
    if root and root.is_dir() and given.loaded:
        root = shop_root(root, given.loaded.plan.store.base)

    def read(path: str) -> str | None:
        if given.remote:
            return _object(given.remote, path)
        file = real(witness.saw(root / path.lstrip("/"))) if root else None
        if file is None or root is None or not file.is_relative_to(real(root)) or not file.is_file():
            return None
        return file.read_bytes()[:LARGEST_FILE].decode("utf-8", "replace")

    whole = given.is_whole if complete is None else complete
    products, rows, unseen = _catalogue(given, seen, witness, whole=whole)
    return Site(
        given.loaded,
        seen,
        whole,
        read,
        products,
        rows,
        lambda: _expected(given, witness, key),
        lambda: _published(given, whole=whole),
        unseen,
        lambda: _hosting(given, read, witness),
    )


def _hosting(given: Inputs, read: Callable[[str], str | None], witness: InputTracker) -> HostHeaders:
    """What the site's hosts are told to send, also where only some of its pages are looked at."""
    if given.remote:
        return from_texts(read)
    root = given.site or given.root
    if given.loaded is None or root is None or any("://" in path for path in given.named):
        return HostHeaders()
    return from_disk(root, given.folder, witness.saw)


def _expected(given: Inputs, witness: InputTracker, key: bytes) -> ExpectedOutput | None:
    if given.loaded is None:
        return None
    return expected(given.loaded, given.folder, witness, key, keeps=not given.options.no_cache)


def _object(folder: str, path: str) -> str | None:
    try:
        data = objects.read(f"{folder.rstrip('/')}/{path.lstrip('/')}")
    except OSError:
        return None
    return data[:LARGEST_FILE].decode("utf-8", "replace")


def _published(given: Inputs, *, whole: bool) -> Iterator[Published]:
    """Files of the kit's own in the folders that were looked at, here or by the shards that are joined."""
    ours, folders = given.folder if given.loaded else None, dict(given.others)
    if whole and not folders and given.root and not given.remote:
        others = folders[str(given.root)] = []
        deque(site_pages(given.root, others), maxlen=0)
    for folder, others in folders.items():
        for found in published(Path(folder), others, ours):
            yield found._replace(path=shown(Path(found.path)))


def informing(given: Inputs, witness: InputTracker) -> Callable[[PageResult], PageResult]:
    """What completes a page's findings by the catalogue file, which is read where one waits for it."""
    loaded = given.loaded
    if loaded is None or loaded.plan.catalog.source is None:
        return lambda result: result

    @cache
    def catalogue() -> Catalogue | None:
        _saw(given.folder, loaded.plan.catalog, witness)
        try:
            found = open_catalogue(loaded, given.folder)
            found.load()
        except KitError:  # `inject` and `feed` say so
            return None
        return found

    def why_absent(url_path: str) -> str | None:
        found = catalogue()
        return found.why_absent(url_path) if found else None

    return lambda result: informed(result, loaded.plan, why_absent)


def _saw(folder: Path, catalog: Catalog, witness: InputTracker) -> None:
    for name in catalog.files:
        witness.saw(folder / name)


MAX_UNSEEN = 50_000
"""Products of which more is kept than their number, though no page shows them."""


def _catalogue(
    given: Inputs, seen: list[PageFacts], witness: InputTracker, *, whole: bool
) -> tuple[dict[str, str] | None, dict[str, Row], int]:
    """Ids and addresses where all pages are there; the rows of products that pages show; how many products
    beyond those are on no page.

    One pass; what is wrong with the rows is `inject`'s and `feed`'s to say.
    """
    on_show = _shown_products(seen)
    if given.loaded is None or given.loaded.plan.catalog.source is None or not (whole or on_show):
        return None, {}, 0
    _saw(given.folder, given.loaded.plan.catalog, witness)
    catalogue = open_catalogue(given.loaded, given.folder)
    products: dict[str, str] = {}
    rows: dict[str, Row] = {}
    on_pages, addresses = _on_pages(seen)
    unseen = kept = 0
    for place, record in catalogue.placed():
        identity, url = str(record["product_id"]), str(record.get("url", ""))
        if identity in on_pages:
            products[identity] = url
        elif kept < MAX_UNSEEN:
            products[identity] = url
            kept += 1
        else:
            unseen += url not in addresses
        if identity in on_show and identity not in rows:
            rows[identity] = Row(
                place, {name: str(record[name]) for name in facts.CATALOGUED if name in record}
            )
            if not whole and len(rows) == len(on_show):
                break
    return (products if whole and catalogue.name else None), rows, unseen


def _on_pages(seen: list[PageFacts]) -> tuple[set[str], set[str]]:
    """The ids and the addresses of the products that pages show."""
    reported: list[Any] = [page.facts.get(facts.products.__name__) or () for page in seen]
    found = [(identity, url) for each in reported for identity, url, *_ in each]
    return {identity for identity, _ in found}, {url for _, url in found}


def _shown_products(seen: list[PageFacts]) -> set[str]:
    found: list[Any] = [page.facts.get(facts.catalogued.__name__) or () for page in seen]
    return {identity for products in found for identity, *_ in products}
