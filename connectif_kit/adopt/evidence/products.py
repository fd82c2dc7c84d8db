"""Where products come from: structured data, or markup; tried on each page, and counted.

It writes no line of its own: `pages` asks it for the product's pages and their source.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from connectif_kit.adopt.by_sight import BY_SIGHT
from connectif_kit.adopt.line import Line, counted, flow
from connectif_kit.adopt.markup import candidates, is_of
from connectif_kit.adopt.site import STAND_IN, Evidence, SeenPage, Site
from connectif_kit.catalog.page_formats import CALLED, statements
from connectif_kit.catalog.pages import product_on
from connectif_kit.core.diagnostics import Severity
from connectif_kit.page.integration import Integration
from connectif_kit.plan import globs
from connectif_kit.plan.example import EXAMPLE_ID
from connectif_kit.plan.load import load
from connectif_kit.plan.models import Plan


class Read(NamedTuple):
    """A page's product as one source reads it: the source, what it is called, why it gives no product."""

    source: Any
    called: str
    fault: str
    sure: bool
    identity: str = ""


def look(there: Integration) -> list[Read]:
    """Every source that tells of the page's one product, and whether a product comes of it."""
    if globs.normal(there.url_path) == "/":
        return []
    address = STAND_IN + there.url_path
    formats = {each.format for each in statements(there.page, address, there.with_attribute)}
    found = [
        Read(name, CALLED[name], *_tried(there, name))
        for name in CALLED
        if name in formats and (name != "open-graph" or _sells(there))
    ]
    for candidate in candidates(there.page, there.url_path):
        sure = candidate.how != BY_SIGHT
        if not sure or is_of(candidate, there.page) or "cn_product" in candidate.how:
            before = found[-1] if found and candidate.same else None
            fault, _, identity = (
                (before.fault, True, before.identity) if before else _tried(there, candidate.source)
            )
            found.append(Read(candidate.source, candidate.how, fault, sure, identity))
    return found


def _sells(there: Integration) -> bool:
    return any(word in there.text for word in ("product:price", "og:price", 'content="product', "og:product"))


def _tried(there: Integration, source: Any) -> tuple[str, bool, str]:
    """Why a source gives no product on the page, or nothing and the product's id."""
    plan = _plan(json.dumps({"match": "/**", "product": source}))  # which YAML reads too, and sooner
    how = plan.pages["product"].product  # type: ignore[attr-defined]  # the page is of kind product
    found = product_on(there.page, how, plan, STAND_IN + there.url_path)
    if found.record:
        return "", True, str(found.record["product_id"])
    errors = [each.message for each in found.diagnostics if each.severity is Severity.ERROR]
    return errors[0] if errors else "no product", True, ""


@lru_cache(maxsize=64)
def _plan(described: str) -> Plan:
    """A plan of nothing but one kind of page, to try a source with."""
    text = (
        f"store: {{id: {EXAMPLE_ID}, environment: eu5, url: {STAND_IN!r}}}\npages:\n  product: {described}\n"
    )
    return load("try.yaml", text.encode()).plan


class Source(NamedTuple):
    """Where the products of a site come from, on which pages, and how many a dry run gives."""

    value: Any
    pages: list[SeenPage]
    why: str
    address: str = ""
    """`/p/{product_id}`, where the products' addresses are so."""
    gives: int = 0
    catalog: dict[str, Any] | None = None
    """The plan's `catalog:`, where a file has the products."""
    unread: dict[str, str] = {}  # noqa: RUF012  # a NamedTuple's default, never changed
    """Pages whose product cannot be read, and why."""


PageFacts = list[tuple[SeenPage, list[Read]]]


def source_of(site: Site) -> Source | None:
    """The source that gives most products: the pages themselves, else a file that fits more of them."""
    found, best = _in_pages(site), max(site.files, key=lambda file: len(file.pages), default=None)
    if best is None or (found and found.gives >= len(best.pages)):
        return found
    pages = [page for page in site.own() if page.path in best.pages]
    why = f"{counted(len(pages), 'page')} with a product of {best.path}, such as {pages[0].path}"
    return Source(
        "catalog", pages, f"{why}; the file has {counted(best.rows, 'row')}", "", len(pages), best.catalog
    )


def _in_pages(site: Site) -> Source | None:
    """The source in pages that gives most; of structured data several, in the order that counts."""
    all_seen = [(page, reads) for page, reads in site.saw(EVIDENCE.name)]
    is_sure = any(read.sure and not read.fault for _, reads in all_seen for read in reads)
    seen = [(page, kept) for page, reads in all_seen if (kept := [r for r in reads if r.sure or not is_sure])]
    seen = seen if is_sure else _without_lists(seen)
    if not seen:
        return None
    good = Counter(key for _, reads in seen for key in dict.fromkeys(_key(r) for r in reads if not r.fault))
    known = {_key(read): read for _, reads in seen for read in reads}
    best = [key for key, _ in good.most_common()] or list(known)[:1]
    formats = [key for key in best if isinstance(known[key].source, str)]
    chosen = best[:1]
    if formats and formats[0] == best[0]:
        chosen = _fewest(formats, seen)
    elif not is_sure:
        chosen = _fewest([key for key in best if _alike(known[key], known[best[0]])], seen)
        seen = [(page, kept) for page, reads in seen if (kept := [r for r in reads if _key(r) in chosen])]
    of_best = [read.source for _, reads in seen for read in reads if _key(read) == chosen[0]]
    value: Any = chosen if len(chosen) > 1 else chosen[0]
    if chosen[0] not in formats:
        value = _with_prices(_merged(of_best), [known[key] for key in chosen])
    called = " or ".join(dict.fromkeys(known[key].called for key in chosen))
    address = _address(seen, chosen)
    gives = sum(any(not read.fault for read in reads) for _, reads in seen)
    lacks = _lacks(seen, chosen)
    why = _why(seen, lacks, called)
    if isinstance(value, dict) and value["fields"].get("product_id") == {"page": "path"}:
        why += "; the page's path stands for the id: put your own there, if pages have it"
    return Source(value, [page for page, _ in seen], why, address, gives, unread=lacks)


def _address(seen: PageFacts, keys: list[str]) -> str:
    """The one form that all addresses have, if they hold the product's id as their last step."""
    forms = set()
    for page, reads in seen:
        ids = [read.identity for read in reads if _key(read) in keys and read.identity]
        path = page.path.rstrip("/")
        if not ids or path.rpartition("/")[2] != ids[0]:
            return ""
        forms.add(page.path.replace(f"/{ids[0]}", "/{product_id}"))
    return forms.pop() if len(forms) == 1 else ""


def _without_lists(seen: PageFacts) -> PageFacts:
    """A page above other products' pages is a list of them, though only one price may stand on it."""
    paths = [page.path.rstrip("/") for page, _ in seen]
    return [each for each in seen if not any(p.startswith(each[0].path.rstrip("/") + "/") for p in paths)]


def _key(read: Read) -> str:
    """One word for a format, or for a way to read markup, whose pages have some fields or others."""
    if isinstance(read.source, str):
        return read.source
    if read.called == BY_SIGHT:  # what is only seen must be the same element on all pages
        fields = read.source["fields"]
        return json.dumps([read.called, *(fields[name] for name in ("name", "unit_price", "product_id"))])
    return f"{read.called} {read.source['selector']}"


def _merged(sources: list[dict[str, Any]]) -> dict[str, Any]:
    """One source for all pages: each field as most pages have it."""
    fields: dict[str, Counter[str]] = {}
    values = {flow(value): value for source in sources for value in source["fields"].values()}
    for source in sources:
        for name, value in source["fields"].items():
            fields.setdefault(name, Counter())[flow(value)] += 1
    chosen = {name: values[counts.most_common(1)[0][0]] for name, counts in fields.items()}
    return {"selector": sources[0]["selector"], "fields": chosen}


def _alike(one: Read, other: Read) -> bool:
    """Whether two ways differ in nothing but the price's place."""
    ways = [read.source["fields"] for read in (one, other)]
    same = [(way["name"], way["product_id"], way["unit_price"]["number"]) for way in ways]
    return same[0] == same[1]


def _with_prices(source: dict[str, Any], ways: list[Read]) -> dict[str, Any]:
    """A source that finds the price wherever one of the ways does."""
    if len(ways) == 1:
        return source
    places = [{"selector": way.source["fields"]["unit_price"]["selector"]} for way in ways]
    return {
        **source,
        "fields": {
            **source["fields"],
            "unit_price": {"first_of": places, "number": ways[0].source["fields"]["unit_price"]["number"]},
        },
    }


def _fewest(formats: list[str], seen: PageFacts) -> list[str]:
    """The best format, and those that add products to it."""
    gives = [{_key(read) for read in reads if not read.fault} for _, reads in seen]
    chosen = formats[:1]
    for key in formats[1:]:
        if any(key in page and page.isdisjoint(chosen) for page in gives):
            chosen.append(key)
    return chosen


def _lacks(seen: PageFacts, keys: list[str]) -> dict[str, str]:
    """The pages that the chosen source gives no product of, each with the reason."""
    faults = {page.path: [r.fault for r in reads if _key(r) in keys] for page, reads in seen}
    return {path: next(iter(found), "it has none") for path, found in faults.items() if all(found)}


def _why(seen: PageFacts, lacks: dict[str, str], called: str) -> str:
    total = len(seen)
    why = f"{counted(total, 'page')} with {called}, such as {seen[0][0].path}"
    why += f"; {total - len(lacks)} of {total} give a product"
    return f"{why}, not {next(iter(lacks))}: {next(iter(lacks.values()))}" if lacks else why


def conclude(_: Site) -> Iterator[Line]:
    """Nothing: `pages` writes the line of the product's pages."""
    return iter(())


EVIDENCE = Evidence("products", conclude, look, order=30)
