"""Categories from a page's breadcrumbs: without the shop's start, and without the product itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from datetime import date
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from connectif_kit.catalog.structured.graph import Graph, Thing, address, first, kinds, prop
from connectif_kit.catalog.structured.microdata import Link, joined
from connectif_kit.core.day import today
from connectif_kit.core.records import dataclass
from connectif_kit.plan.globs import normal

CHOICE = """\
Each BreadcrumbList is one category path, /A/B, without
  1. its first step where that is the shop's start: `store.url`, also as http:, www., /index.html or
     /index.php; the start of a language such as /es/; without an address a name such as Home or Inicio, or
     the site's own name;
  2. its last step where that is the product: its name, the page's address, or the only step without a link.
A trail of which nothing is left says nothing: the product's own `category` counts. A `/` in a name
becomes `-`, since it would part two levels."""

STARTS = frozenset({
    "home", "homepage", "home page", "start", "main page", "inicio", "página de inicio", "portada",
    "principal", "inici", "hasiera", "início", "página inicial", "accueil", "page d'accueil", "startseite",
    "startpagina", "pagina iniziale", "hem", "hjem", "pagina principale", "strona główna", "domov", "domů",
    "úvod", "etusivu", "kezdőlap", "acasă", "начало", "главная", "αρχική", "ana sayfa", "⌂", "🏠",
})  # fmt: skip
"""What shops call their start page, in small letters."""

_TAGS = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE).sub
_AROUND = re.compile(r"^\W+(?=\w)|(?<=\w)\W+$").sub
_FILE = re.compile(r"(?<=/)(index|default|home)\.(html?|php|aspx?|jsp)/?$", re.IGNORECASE).sub
_IS_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|[/?#]", re.IGNORECASE).match
_LANGUAGE = re.compile(r"/[a-z]{2}([-_][a-z]{2,4})?", re.IGNORECASE).fullmatch
_BETWEEN = re.compile(r"\s*[>›»→]\s*|\s+[/|·]\s+").split


@dataclass(frozen=True, slots=True)
class PageUrls:
    """What the page itself knows: its address, its canonical one, the shop's address and currency.

    `today` is the day on which prices must hold.
    """

    url: str
    canonical: str = ""
    store_url: str = ""
    currency: str = ""
    language: str = ""
    today: date = field(default_factory=today)


class Crumb(NamedTuple):
    """A step of a trail."""

    name: str
    url: str


def trails(graph: Graph, thing: Thing, around: PageUrls) -> Iterator[str]:
    """`/A/B` for each trail that leads through a category."""
    sites = _site_names(graph)
    for crumbs in _lists(graph):
        if crumbs and _is_start(crumbs[0], around, sites):
            crumbs = crumbs[1:]
        if crumbs and _is_product(crumbs, thing, around):
            crumbs = crumbs[:-1]
        names = [crumb.name.replace("/", "-") for crumb in crumbs if crumb.name]
        if names:
            yield "".join(f"/{name}" for name in names)


def _lists(graph: Graph) -> Iterator[list[Crumb]]:
    lists = [each for each in graph.top if "BreadcrumbList" in kinds(each)]
    lists += [each for top in graph.top for each in graph.things(top, "breadcrumb")]
    for each in lists:
        steps = sorted(graph.things(each, "itemListElement"), key=_position)
        yield [Crumb(_name(step, graph), _url(step)) for step in steps]
    for top in graph.top:
        for text in (each for each in prop(top, "breadcrumb") if isinstance(each, str)):
            names = [name for name in _BETWEEN(text.strip()) if name]
            yield [Crumb(name, "") for name in names] if len(names) > 1 else []


def _position(crumb: Thing) -> int:
    text = first(crumb, "position")
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _name(crumb: Thing, graph: Graph) -> str:
    inside = (first(item, "name") for item in graph.things(crumb, "item"))
    name = first(crumb, "name") or next(filter(None, inside), "") or _shown(crumb)
    return " ".join(_TAGS(" ", name).split()).strip(" »›→|")


def _shown(crumb: Thing) -> str:
    """What a step's link shows; an address is no name."""
    text = first(crumb, "item", "name")
    links = [each.text for each in prop(crumb, "item") if isinstance(each, Link)]
    return next(filter(None, links), "") if links or _IS_ADDRESS(text) else text


def _url(crumb: Thing) -> str:
    return address(crumb, "item", "@id", "url") or address(crumb, "url")


def _site_names(graph: Graph) -> set[str]:
    return {first(each, "name").casefold() for each in graph.top if kinds(each) & {"WebSite", "Organization"}}


def _is_start(crumb: Crumb, around: PageUrls, sites: set[str]) -> bool:
    """Whether a trail's first step is the shop's start: by its address, else by its name."""
    name = _AROUND("", crumb.name.casefold())
    if not crumb.url:
        return name in STARTS or (name != "" and name in sites)
    own, store = urlsplit(joined(around.url, crumb.url)), urlsplit(around.store_url)
    if _host(own.netloc) not in (_host(store.netloc), _host(urlsplit(around.url).netloc)):
        return name in STARTS
    path, base = normal(_FILE("", unquote(own.path))), normal(store.path)
    below = path.removeprefix(base) if base != "/" else path
    # A department Home lies deeper, as `/c/home/`.
    if name in STARTS and below.count("/") <= 1:
        return True
    return path in (base, "/") or (bool(_LANGUAGE(below)) and _fits(below, name, around, sites))


def _fits(below: str, name: str, around: PageUrls, sites: set[str]) -> bool:
    """Whether `/es/` is a language's start and no category of two letters: `/tv/`."""
    here = normal(unquote(urlsplit(around.url).path))
    language = below[1:3].lower()
    return (
        name in STARTS
        or name in sites
        or language == around.language[:2].lower()
        or (below.lower() + "/") in here.lower() + "/"
    )


def _host(netloc: str) -> str:
    return netloc.lower().removeprefix("www.")


def _is_product(crumbs: list[Crumb], thing: Thing, around: PageUrls) -> bool:
    """Whether a trail's last step is the product: by name, by address, or as the one without a link."""
    last = crumbs[-1]
    if last.name.casefold() == first(thing, "name").casefold():
        return True
    if last.url:
        own = {path_of(around.url), path_of(around.canonical)} - {""}
        return path_of(joined(around.url, last.url)) in own
    return any(crumb.url for crumb in crumbs[:-1])


def path_of(url: str) -> str:
    """An address's path in one form."""
    return normal(unquote(urlsplit(url).path)) if url else ""
