"""Kinds of page, by what they hold and by the words of their addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from connectif_kit.adopt import labels, words
from connectif_kit.adopt.evidence.data_layer import names
from connectif_kit.adopt.evidence.products import Source, source_of
from connectif_kit.adopt.line import Line, counted, listed
from connectif_kit.adopt.patterns import FEW, patterns, stray
from connectif_kit.adopt.site import STAND_IN, TEMPLATE, Evidence, SeenPage, Site
from connectif_kit.page.html import Node
from connectif_kit.page.integration import Integration
from connectif_kit.plan import globs

MOST_LINKS = 500
"""Of a page; no list of products is longer."""
_CMS = re.compile(r"netlify-cms|decap-cms|sveltia-cms|tinacms|static-cms", re.IGNORECASE)


class Held(NamedTuple):
    """What a page holds that tells its kind."""

    links: frozenset[str]
    labels: dict[str, str]
    language: str
    search_field: str
    search_page: str
    is_cms: bool
    is_list: bool
    tags: frozenset[str]


def look(there: Integration) -> Held:
    """Links to pages of the site, headings, search forms."""
    page = there.page
    field, action = _search(there)
    language = page.html.attributes.get("lang", "") if page.html else ""
    is_list = '"ItemList"' in there.text or '"CollectionPage"' in there.text or "/ItemList" in there.text
    said = {css: next((node.text for node in page.select(css)[:1]), "") for css in labels.PLACES}
    called = {css: " ".join(text.split()) for css, text in said.items() if text.strip()}
    cms = any(_CMS.search(node.attributes.get("src", "")) for node in there.scripts)
    tags = frozenset(use.tag.css_class for use in there.tags)
    return Held(_links(there), called, language.lower(), field, action, cms, is_list, tags)


_TAGS = {"cn_purchase": "confirmation", "cn_search": "search", "cn_page_category": "category"}
"""Tags that only one kind of page has, and the kind."""


def _tagged(tags: frozenset[str]) -> str:
    return next((kind for name, kind in _TAGS.items() if name in tags), "")


def _links(there: Integration) -> frozenset[str]:
    here = STAND_IN + there.url_path
    hrefs = (node.attributes["href"] for node in there.page.select("a[href]")[:MOST_LINKS])
    return frozenset(path for href in hrefs if (path := _path(here, href)))


def _path(here: str, href: str) -> str:
    try:
        return globs.normal(unquote(urlsplit(urljoin(here, href)).path))
    except ValueError:
        return ""


def _search(there: Integration) -> tuple[str, str]:
    """The name of the field in which visitors search, and the path of the results."""
    for form in there.page.select("form"):
        field = _search_field(form)
        if field and form.attributes.get("method", "get").lower() == "get":
            action = form.attributes.get("action", "")
            return field, _path(STAND_IN + there.url_path, action or there.url_path)
    return "", ""


def _search_field(form: Node) -> str:
    inputs = [node for node in form.descendants() if node.tag == "input" and node.attributes.get("name")]
    searched = [node for node in inputs if node.attributes.get("type", "").lower() == "search"]
    is_search = form.attributes.get("role") == "search" or words.SEARCH.search(
        " ".join(form.attributes.get(name, "") for name in ("id", "class", "action", "name"))
    )
    texts = [node for node in inputs if node.attributes.get("type", "text").lower() in ("text", "search")]
    found = searched or (texts if is_search else [])
    return found[0].attributes["name"] if found else ""


# ------------------------------------------------------------ conclusions


def _base(held: dict[str, Held]) -> str:
    """`/shop`, where the site lives in a folder of its address, as its links show; else nothing."""
    paths = {globs.normal(path) for path in held}
    links = Counter(link for each in held.values() for link in each.links)
    first = Counter[str]()
    for link, times in links.items():
        first[link.partition("/")[2].partition("/")[0]] += times
    folder = f"/{first.most_common(1)[0][0]}" if first else "/"
    hits = sum(times for link, times in links.items() if _inside(link, folder) in paths)
    return folder if hits > sum(times for link, times in links.items() if link in paths) else ""


def _inside(link: str, folder: str) -> str:
    """A link as the pages' own paths have it; nothing where it leads out of the folder."""
    return globs.normal(link.removeprefix(folder)) if f"{link}/".startswith(f"{folder}/") else ""


def _without_base(held: dict[str, Held], folder: str) -> dict[str, Held]:
    """Links as the pages' own paths have them, where the shop lives in a folder of its address."""
    return {
        path: each._replace(links=frozenset(_inside(link, folder) or link for link in each.links))
        for path, each in held.items()
    }


class _Kinds:
    """The site's pages by kind; each page has one."""

    def __init__(self, site: Site) -> None:
        self.site = site
        held = {page.path: held for page, held in site.saw(EVIDENCE.name)}
        self.base = _base(held)
        self.held = _without_base(held, self.base) if self.base else held
        self.source: Source | None = source_of(site)
        self.unread = _few_unread(self.source) if self.source else {}
        pages = self.source.pages if self.source else []
        self.products = {page.path for page in pages if page.path not in self.unread}
        own = [page for page in site.own() if page.path in self.held]
        self.left_out = [page.path for page in own if self._is_left_out(page)]
        self.shop = [page.path for page in own if page.path not in self.left_out]
        self.common = self._common()
        self.by_path = {path: self._kind(path) for path in self.shop}

    def _is_left_out(self, page: SeenPage) -> bool:
        return globs.normal(page.path) in ("/404", "/500") or self.held[page.path].is_cms

    def _common(self) -> set[str]:
        """Pages that most others link to: the menu's, which says nothing of the page."""
        counts = Counter(link for path in self.shop for link in self.held[path].links)
        return {link for link, times in counts.items() if len(self.shop) > 4 and times > 0.6 * len(self.shop)}

    def _kind(self, path: str) -> str:
        if self._is_home(path):
            return "home"
        if path in self.products:
            return "product"
        if tagged := _tagged(self.held[path].tags):
            return tagged
        kind = words.kind_of(path)
        if kind and kind != "category":
            return kind
        return "category" if self._is_category(path, named=bool(kind)) else "content"

    def _is_home(self, path: str) -> bool:
        """The first page, and those of other languages: `/es/`, in Spanish."""
        inside = globs.normal(path).strip("/").lower()
        return not inside or (
            re.fullmatch(r"[a-z]{2}(?:-[a-z]{2})?", inside) is not None
            and self.held[path].language.replace("_", "-").startswith(inside[:2])
        )

    def _is_category(self, path: str, *, named: bool) -> bool:
        if words.is_list_of_posts(path):
            return False
        held, below = self.held[path], globs.normal(path) + "/"
        linked = held.links & self._product_paths
        is_above = any(product.startswith(below) for product in self._product_paths)
        if words.is_named(path):
            return True
        if named or is_above or held.is_list:
            return bool(linked) or is_above
        return len(linked - self.common) >= 3

    @cached_property
    def _product_paths(self) -> set[str]:
        return {globs.normal(path) for path in self.products}

    def of(self, kind: str) -> list[str]:
        """The pages of a kind, in order."""
        return [path for path, each in self.by_path.items() if each == kind]

    def others(self, kind: str) -> list[str]:
        """The pages of all other kinds."""
        return [path for path, each in self.by_path.items() if each != kind]


def conclude(site: Site) -> Iterator[Line]:
    """A line for each kind; what is left is content."""
    kinds = _Kinds(site)
    yield from _ignored(kinds)
    if not kinds.shop:
        return
    if kinds.base:
        why = f"an example: put your shop's address here, with {kinds.base}, as its links begin"
        yield Line(("store", "url"), f"{STAND_IN}{kinds.base}", why)
    if home := kinds.of("home"):
        yield Line(("pages", "home"), {"match": _one(sorted(map(globs.normal, home)))})
    for kind in ("search", "cart", "confirmation", "checkout", "account", "category"):
        if paths := kinds.of(kind):
            yield from _line(kinds, kind, paths)
    products = list(_product(kinds))
    yield from products
    if rest := [path for path in kinds.of("content") if globs.normal(path) not in _said(products)]:
        yield Line(
            ("pages", "content"),
            {"match": "/**"},
            f"the rest: {counted(len(rest), 'page')}, such as {rest[0]}",
        )


def _said(lines: Iterable[Line]) -> set[str]:
    """The paths of the pages that kinds of content name one by one."""
    values = [line.value for line in lines if isinstance(line.value, dict) and "kind" in line.value]
    return {path for value in values for path in _many(value["match"])}


def _many(match: str | list[str]) -> list[str]:
    return [match] if isinstance(match, str) else match


def _ignored(kinds: _Kinds) -> Iterator[Line]:
    """Pages that no visitor is meant to see, and those that the generator has not filled in."""
    templates = [page.path for page in kinds.site.pages if page.special == TEMPLATE]
    few = templates if len(templates) <= FEW else []
    why = "not the shop's: error pages, the editors' own" if kinds.left_out else ""
    if few:
        why += f"{'; ' if why else ''}{listed(few, 2)}: template code that has not run"
    if paths := {globs.normal(path) for path in [*kinds.left_out, *few]}:
        yield Line(("site", "ignore"), sorted(paths), why)


def _line(kinds: _Kinds, kind: str, paths: list[str]) -> Iterator[Line]:
    grows = kind == "category" or len(paths) > 2
    found = patterns(paths, kinds.others(kind)) if grows else None
    match = found or sorted(map(globs.normal, paths))[:100]
    extra, note = _extra(kinds, kind, paths)
    why = f"{counted(len(paths), 'page')}, such as {listed(paths, 2)}{note}"
    yield Line(("pages", kind), {"match": _one(match), **extra}, why)


def _extra(kinds: _Kinds, kind: str, paths: list[str]) -> tuple[dict[str, Any], str]:
    """What a kind of page reports besides its visit, and what there is to know of it."""
    if kind == "category":
        return labels.label({path: kinds.held[path].labels for path in paths})
    if kind == "search":
        fields = (held.search_field for held in kinds.held.values() if held.search_field)
        return {"search_text": {"query": next(iter(Counter(fields)), "q")}}, ""
    if kind == "confirmation" and _pushes_purchase(kinds.site) and kinds.source and kinds.source.address:
        return {"purchase": {"data_layer": "purchase"}}, ""
    return {}, ""


def _pushes_purchase(site: Site) -> bool:
    return "purchase" in names(site)


def _product(kinds: _Kinds) -> Iterator[Line]:
    source = kinds.source
    paths = kinds.of("product")
    if source is None or not paths:
        likely = [path for path in kinds.of("content") if words.is_of_products(path)]
        where = patterns(likely, [path for path in kinds.shop if path not in likely]) or ["/p/*"]
        said = "no page says in its HTML what it sells; `product:` may also be a file: see `explain catalog`"
        value = {"match": _one(where), "product": "json-ld"}
        yield Line(("pages", "product"), value, said, sure=False)
        why = "no page holds a product: they reach the platform by its API, or choose feed"
        yield Line(("integration", "catalog"), "api", why)
        return
    why = "products are read from cn_product_visited in the pages; or feed, or api"
    yield Line(("integration", "catalog"), "tags", why)
    yield from _without_product(kinds.unread)
    others = [path for path in kinds.others("product") if path not in kinds.unread]
    match = patterns(paths, others)
    if match is None or len(match) > FEW // 2 or (len(paths) > 1 and "*" not in "".join(match)):
        match = yield from _among_others(paths, others, match)
    yield Line(("pages", "product"), {"match": _one(match), "product": source.value}, source.why)
    for key, value in (source.catalog or {}).items():
        yield Line(("catalog", key), value)
    if _pushes_purchase(kinds.site) and source.catalog is None:
        yield from _purchase(kinds, source)


def _few_unread(source: Source) -> dict[str, str]:
    """Pages whose product cannot be read, where they are few beside those that give one."""
    is_few = 2 * len(source.unread) <= len(source.pages) and len(source.unread) <= FEW
    return source.unread if is_few else {}


def _without_product(unread: dict[str, str]) -> Iterator[Line]:
    """They are said first, so that the others are reported and nothing is reported wrong."""
    if unread:
        path, fault = next(iter(unread.items()))
        value = {"match": _one(sorted(map(globs.normal, unread))), "kind": "content"}
        why = f"no product can be read, such as {path}: {fault}; correct the page, then delete this line"
        yield Line(("pages", "unread"), value, why)


def _purchase(kinds: _Kinds, source: Source) -> Iterator[Line]:
    """GA4's items have no address: only where all products' have one form can an order's lines be sent."""
    if source.address:
        yield Line(("catalog", "url"), source.address, "the products' own addresses; GA4's items have none")
    if not source.address or not kinds.of("confirmation"):
        why = "scripts push it; needs `catalog: {url: …}`, the form of your products' addresses"
        value = {"on": {"data_layer": "purchase"}, "send": "purchase"}
        yield Line(("events", "purchase"), value, why, sure=bool(source.address))


def _among_others(paths: list[str], others: list[str], listed_all: list[str] | None) -> Any:
    """Products beside other pages in one folder: these are said first, and a new product is still one."""
    found = stray(paths, others)
    if found is None:
        return listed_all or sorted(map(globs.normal, paths))
    match, before = found
    if before:
        why = f"no products, in the folder of the products: {counted(len(before), 'page')}"
        yield Line(("pages", "other"), {"match": _one(before), "kind": "content"}, why)
    return match


def _one(values: Iterable[str]) -> str | list[str]:
    found = list(values)
    return found[0] if len(found) == 1 else found


EVIDENCE = Evidence("pages", conclude, look, order=40)
