"""What rules across pages take from each page: small JSON, each kind of fact once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import unquote, urljoin, urlsplit

from connectif_kit.audit.context import PageContext
from connectif_kit.page.client_needs import needs
from connectif_kit.page.html import Node
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.models import PAGE_DATA
from connectif_kit.plan.queries import product_data
from connectif_kit.plan.sources.selector import Selector
from connectif_kit.vocabulary.kinds import Json


def spot(context: PageContext, node: Node) -> list[Json]:
    """Where an element stands, for `site.place`."""
    return [*context.page.corners(node)]


def products(context: PageContext) -> Json:
    """`[id, address, price, place]` of each product that the page shows."""
    found: list[Json] = []
    for use in context.products:
        values = [use.parts[0].first(name) for name in ("product_id", "url", "unit_price")]
        texts: list[Json] = [value.text if value else "" for value in values]
        if texts[0]:
            found.append([*texts, spot(context, use.node)])
    return found


CATALOGUED = ("name", "unit_price", "availability", "url")


def catalogued(context: PageContext) -> Json:
    """`[id, {property: text}, place]` of each product whose data the plan takes from the catalogue file."""
    if context.loaded is None or context.described is None or context.kind != "product":
        return None
    plan = context.loaded.plan
    if plan.catalog.source in PAGE_DATA or product_data(plan, context.described) != "catalog":
        return None
    found: list[Json] = []
    for use in context.products:
        part = use.parts[0]
        said = {name: value.text for name in CATALOGUED if (value := part.first(name)) and value.text}
        if (identity := part.first("product_id")) and identity.text:
            found.append([identity.text, dict(said), spot(context, use.node)])
    return found


def trails(context: PageContext) -> Json:
    """`[categories, place]` of the product that a page takes from its own structured data."""
    if (
        context.loaded is None
        or context.described is None
        or context.kind != "product"
        or not context.products
    ):
        return None
    plan = context.loaded.plan
    how = product_data(plan, context.described)
    named = [plan.catalog.source] if how == "catalog" else [how] if isinstance(how, str) else how
    if not isinstance(named, list) or not set(named) <= set(PAGE_DATA):
        return None
    use = context.products[0]
    found: list[Json] = [value.text for value in use.parts[0].named("category") if value.text]
    return [found, spot(context, use.node)] if found else None


def integration(context: PageContext) -> Json:
    """`[address, loader's mark, place, hindrance]` of the dispatcher's script.

    Only a loader of ours has a mark. The hindrance says why `inject` does not renew it: it is written
    by hand, or our marks are not whole.
    """
    for node in context.dispatchers:
        by_hand = "" if context.is_ours(node) else "the page's template asks for it"
        address, why = context.address(node.attributes["src"]), context.marks_fault or by_hand
        return [address, _injected_loader(context), spot(context, node), why]
    return None


def client_needs(context: PageContext) -> Json:
    """What the page's integration asks of a policy, for `client_needs.loaded`."""
    return needs(context).dumped() if context.loaders else None


def path_of(address: str, url_path: str, loaded: LoadedPlan | None) -> str | None:
    """The path in the site's folder of what a page asks for; nothing where it lies on another host."""
    # An address that begins at the root is the same one on every page.
    rooted = address.startswith("/") and not address.startswith("//")
    return _path_of(address, "/" if rooted else url_path, loaded.plan.store.url if loaded else "")


@lru_cache(maxsize=1024)
def _path_of(address: str, url_path: str, shop: str) -> str | None:
    store = urlsplit(shop)
    base = store.path.rstrip("/")
    try:
        found = urlsplit(urljoin(f"//{store.netloc}{base}{url_path}", address))
    except ValueError:
        return None
    if found.netloc.lower() != store.netloc.lower():
        return None
    path = unquote(found.path)
    return path[len(base) :] if base and path.startswith(base + "/") else path


def mark(code: str) -> str:
    """Some digits that change with a script element's text, whatever its newlines."""
    return blake2b("\n".join(code.splitlines()).encode("utf-8", "replace"), digest_size=6).hexdigest()


def text_mark(text: str) -> str:
    """Some digits that change with each character of a file's text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _injected_loader(context: PageContext) -> str:
    for loader in context.loaders if context.blocks else ():
        start, end = loader.node.start_tag, loader.node.end_tag
        if start and end and context.is_ours(loader.node):
            return mark(context.text[start.start : end.end])
    return ""


def selectors(context: PageContext) -> Json:
    """The numbers of the plan's selectors that match something on the page."""
    if context.loaded is None:
        return None
    waited = awaited(context.loaded)
    return [
        number
        for number, (_, css, pages) in enumerate(waited)
        if _expected(context, pages) and _has(context, css)
    ]


def awaited(loaded: LoadedPlan) -> list[tuple[tuple[str | int, ...], str, tuple[str, ...]]]:
    """Every selector that an event waits for or reads: its path in the plan, itself, its pages."""
    found = _AWAITED.get(id(loaded))
    if found is None or found[0] is not loaded:
        found = _AWAITED[id(loaded)] = (loaded, list(_awaited(loaded)))
    return found[1]


_AWAITED: dict[int, tuple[LoadedPlan, list[tuple[tuple[str | int, ...], str, tuple[str, ...]]]]] = {}


def _awaited(loaded: LoadedPlan) -> Iterator[tuple[tuple[str | int, ...], str, tuple[str, ...]]]:
    for name, rule in loaded.plan.events.items():
        if rule.on.how.selectors:
            for css in rule.on.names:
                yield ("events", name, "on"), css, tuple(rule.pages)
        for key, value in rule.given().items():
            if isinstance(value, Selector):
                yield ("events", name, key), value.selector, tuple(rule.pages)


def _expected(context: PageContext, pages: tuple[str, ...]) -> bool:
    return not pages or context.name in pages


def _has(context: PageContext, css: str) -> bool:
    try:
        return context.page.has(css)
    except ValueError:  # no selector: the plan's own check complains
        return True


def workers(context: PageContext) -> Json:
    """What registers service workers: `[file, scope, place]` of inline scripts, and `[address, place]` of
    the scripts in files, which may.
    """
    if context.loaded is None or context.loaded.plan.service_worker is None:
        return None
    reported: list[Json] = [
        [each.worker.file, each.worker.scope, spot(context, each.script)] for each in context.workers
    ]
    files: list[Json] = [
        [address, spot(context, each.script)]
        for each in context.brought
        if path_of(address := context.address(each.address), context.url_path, context.loaded) is not None
    ]
    return {"registered": reported, "files": files} if reported or files else None
