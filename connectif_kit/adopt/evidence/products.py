"""Where products come from: structured data, or markup; tried on each page, and counted.

It writes no line of its own: `pages` asks it for the product's pages and their source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from connectif_kit.adopt.line import Line, counted, flow
from connectif_kit.adopt.markup import candidates, is_of
from connectif_kit.adopt.site import STAND_IN, Evidence, SeenPage, Site
from connectif_kit.catalog.pages import CALLED, product_on, told
from connectif_kit.diagnostics import Severity
from connectif_kit.page.integration import Integration
from connectif_kit.plan import EXAMPLE_ID, globs
from connectif_kit.plan.models import Plan


class Read(NamedTuple):
    """A page's product as one source reads it: the source, what it is called, why it gives no product."""

    source: Any
    called: str
    fault: str
    sure: bool


def look(there: Integration) -> list[Read]:
    """Every source that tells of the page's one product, and whether a product comes of it."""
    if globs.normal(there.url_path) == "/":
        return []
    address = STAND_IN + there.url_path
    formats = {each.format for each in told(there.page, address)}
    found = [
        Read(name, CALLED[name], _fault(there, name), sure=True)
        for name in CALLED
        if name in formats and (name != "open-graph" or _sells(there))
    ]
    for candidate in candidates(there.page):
        if is_of(candidate, there.page) or "cn_product" in candidate.how:
            sure = candidate.how != "heading and price"
            found.append(Read(candidate.source, candidate.how, _fault(there, candidate.source), sure))
    return found


def _sells(there: Integration) -> bool:
    return any(word in there.text for word in ("product:price", "og:price", 'content="product', "og:product"))


def _fault(there: Integration, source: Any) -> str:
    """Why a source gives no product on the page; nothing where it gives one."""
    plan = _plan(flow({"match": "/**", "product": source}))
    found = product_on(there.page, plan.pages["product"].product, plan, STAND_IN + there.url_path)  # type: ignore[attr-defined]
    if found.record:
        return ""
    errors = [each.message for each in found.diagnostics if each.severity is Severity.ERROR]
    return errors[0] if errors else "no product"


@lru_cache(maxsize=64)
def _plan(described: str) -> Plan:
    """A plan of nothing but one kind of page, to try a source with."""
    from connectif_kit.plan import load

    text = (
        f"store: {{id: {EXAMPLE_ID}, environment: eu5, url: {STAND_IN!r}}}\npages:\n  product: {described}\n"
    )
    return load("try.yaml", text.encode()).plan


class Source(NamedTuple):
    """Where the products of a site come from, on which pages, and how many a dry run gives."""

    value: Any
    pages: list[SeenPage]
    why: str


def source_of(site: Site) -> Source | None:
    """The source that gives most products; of structured data several, in the order that counts."""
    all_seen = [(page, reads) for page, reads in site.saw(EVIDENCE.name)]
    is_sure = any(read.sure for _, reads in all_seen for read in reads)
    seen = [(page, kept) for page, reads in all_seen if (kept := [r for r in reads if r.sure or not is_sure])]
    if not seen:
        return None
    good = Counter(flow(read.source) for _, reads in seen for read in reads if not read.fault)
    known = {flow(read.source): read for _, reads in seen for read in reads}
    best = [key for key, _ in good.most_common()] or list(known)[:1]
    formats = [key for key in best if isinstance(known[key].source, str)]
    chosen = _fewest(formats, seen, best) if formats and formats[0] == best[0] else best[:1]
    return _described([known[key] for key in chosen], chosen, seen)


def _fewest(formats: list[str], seen: list[tuple[SeenPage, list[Read]]], best: list[str]) -> list[str]:
    """The best format, and those that add products to it."""
    chosen = best[:1]
    for key in formats[1:]:
        gives = [{flow(r.source) for r in reads if not r.fault} for _, reads in seen]
        if any(key in page and page.isdisjoint(chosen) for page in gives):
            chosen.append(key)
    return chosen


def _described(reads: list[Read], keys: list[str], seen: list[tuple[SeenPage, list[Read]]]) -> Source:
    told_on = [(page, of) for page, found in seen if (of := [r for r in found if flow(r.source) in keys])]
    pages = [page for page, _ in seen]
    gives = [page for page, of in told_on if any(not read.fault for read in of)]
    called = " or ".join(dict.fromkeys(read.called for read in reads))
    why = f"{counted(len(pages), 'page')} with {called}, such as {pages[0].path}"
    why += f"; {len(gives)} of {len(pages)} give a product"
    lacks = [page for page in pages if page not in gives]
    if lacks:
        fault = next((r.fault for page, of in told_on if page == lacks[0] for r in of), "it has none")
        why += f", not {lacks[0].path}: {fault}"
    value = reads[0].source if len(reads) == 1 else [read.source for read in reads]
    return Source(value, pages, why)


def conclude(_: Site) -> Iterator[Line]:
    """Nothing: `pages` writes the line of the product's pages."""
    return iter(())


EVIDENCE = Evidence("products", conclude, look, order=30)
