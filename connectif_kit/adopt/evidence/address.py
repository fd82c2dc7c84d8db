"""The shop's address, language and currency, from the configuration and the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from connectif_kit.adopt.line import Line, counted, listed
from connectif_kit.adopt.site import STAND_IN, Evidence, Site
from connectif_kit.page.html import Page
from connectif_kit.page.integration import Integration
from connectif_kit.plan import globs
from connectif_kit.plan.checks.bad_language import is_language_code

_NOBODYS = re.compile(
    r"(?:^|\.)(?:example(?:\.(?:com|org|net))?|test|localhost|invalid|local)$|^(?:\d+\.){3}\d+$"
    r"|^(?:your|my)-?(?:site|domain|shop|store|website)\.|^domain\.com$"
)
MOST_ADDRESSES = 20
"""Of a page's structured data."""
_CURRENCY = re.compile(r"[A-Z]{3}")


class Said(NamedTuple):
    """What a page says of its address, its language, and the currency of its prices."""

    addresses: tuple[str, ...]
    language: str
    currency: str


def look(there: Integration) -> Said:
    """Canonical address first, then Open Graph's, then those of structured data."""
    page = there.page
    canonical = _first(page, 'link[rel~="canonical" i][href]', "href")
    graph = _first(page, 'meta[property="og:url" i][content]', "content")
    written = _first(page, "[itemprop=url][href]", "href")
    in_data = re.findall(r'"(?:url|@id)"\s*:\s*"(https?://[^"\\]+)"', there.text)[:MOST_ADDRESSES]
    language = page.html.attributes.get("lang", "").strip() if page.html else ""
    currency = _first(page, 'meta[property$="price:currency" i][content]', "content")
    currency = currency or _first(page, "[itemprop=priceCurrency][content]", "content")
    found = re.search(r'"priceCurrency"\s*:\s*"([A-Z]{3})"', there.text)
    return Said((canonical, graph, written, *in_data), language, currency or (found[1] if found else ""))


def _first(page: Page, css: str, attribute: str) -> str:
    found = [node for node in page.select(css) if not node.in_template]
    return found[0].attributes[attribute].strip() if found else ""


def conclude(site: Site) -> Iterator[Line]:
    """Address, language, currency."""
    said = [(page.path, found) for page, found in site.saw(EVIDENCE.name)]
    url = list(_url(site, said))
    yield from url
    yield from _wrong_canonical(said, str(url[0].value) if url else STAND_IN)
    codes = (found.language for _, found in said)
    yield from _language(site, Counter(code for code in codes if is_language_code(code)))
    currencies = Counter(found.currency for _, found in said if _CURRENCY.fullmatch(found.currency))
    if currencies:
        currency, times = currencies.most_common(1)[0]
        others = [each for each in currencies if each != currency]
        more = f"; also {listed(others)}" if others else ""
        yield Line(("store", "currency"), currency, f"of the prices on {counted(times, 'page')}{more}")
    elif site.configured.get("currency"):
        value, where = site.configured["currency"]
        yield Line(("store", "currency"), value, where)


def _url(site: Site, said: list[tuple[str, Said]]) -> Iterator[Line]:
    bases = Counter(
        base for path, found in said if (base := next(filter(None, own_bases(path, found.addresses)), ""))
    )
    configured, where = site.configured.get("url", ("", ""))
    configured = configured.rstrip("/")
    # Any address ends with the first page's path, and themes forget their author's there.
    inner = [
        path
        for path, found in said
        if path != "/" and next(filter(None, own_bases(path, found.addresses)), "")
    ]
    if bases and (inner or not is_real(configured)):
        base, times = bases.most_common(1)[0]
        differs = f"; {where} says {configured}" if is_real(configured) and configured != base else ""
        total = sum(1 for _ in site.own())
        yield Line(
            ("store", "url"), base, f"canonical address of {times} of {counted(total, 'page')}{differs}"
        )
    elif is_real(configured):
        yield Line(("store", "url"), configured, where)


def _wrong_canonical(said: list[tuple[str, Said]], url: str) -> Iterator[Line]:
    """That most pages name a theme's address, or one for all, as their own: the site's fault, said once."""
    named = [(path, found.addresses[0]) for path, found in said if _host(found.addresses[0])]
    times = Counter(address for _, address in named)
    wrong = [
        (path, address)
        for path, address in named
        if _host(address) != _host(url) or (times[address] > 2 and not any(own_bases(path, (address,))))
    ]
    if not wrong or 2 * len(wrong) <= len(named):
        return
    path, address = max(wrong, key=lambda each: len(each[0]))
    right = f'<link rel="canonical" href="{url}{path}">'
    what = f"{counted(len(wrong), 'page')} name another address as their own, {path} names {address}"
    yield Line(("found", "canonical"), f"{what}: put {right} there")
    why = f"{what}; put {right} there, then delete this line"
    yield Line(("audit", "rules"), {"not-canonical-url": "off"}, why)


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower().removeprefix("www.")
    except ValueError:
        return ""


def own_bases(path: str, addresses: tuple[str, ...]) -> Iterator[str]:
    """The shop's address, where a page's own address ends with its path."""
    for address in addresses:
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        own, inside = globs.normal(unquote(parts.path)), globs.normal(path)
        if is_real(address) and (own + "/").endswith(inside.rstrip("/") + "/"):
            yield f"{parts.scheme}://{parts.netloc}{own.removesuffix(inside.rstrip('/'))}".rstrip("/")


def is_real(address: str) -> bool:
    """Whether an address can be a shop's, and is not a theme's example."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in host and not _NOBODYS.search(host)


def _language(site: Site, languages: Counter[str]) -> Iterator[Line]:
    if languages:
        language, times = languages.most_common(1)[0]
        others = [f"{each} ({n})" for each, n in languages.most_common() if each != language]
        more = f"; also {listed(others)}: a store of its own has a plan of its own" if others else ""
        yield Line(("store", "language"), language, f"<html lang> of {counted(times, 'page')}{more}")
    elif site.configured.get("language"):
        value, where = site.configured["language"]
        yield Line(("store", "language"), value, where)


EVIDENCE = Evidence("address", conclude, look, order=20)
