"""A value that the page itself contradicts."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from urllib.parse import unquote, urljoin, urlsplit

from connectif_kit.audit.context import PageContext, Part
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.values import short, sound
from connectif_kit.catalog.convert import number
from connectif_kit.catalog.page_formats import Statement, statements
from connectif_kit.catalog.spelling import address, availability
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_PAGE = """
<script type="application/ld+json">
{"@context": "https://schema.org", "@type": "Product", "name": "Blue mug",
 "offers": {"@type": "Offer", "price": "12.50", "availability": "https://schema.org/%s"}}
</script>
<div class="cn_product_visited" style="display:none">
  <span class="url">https://shop.example/p/a/</span><span class="product_id">a</span>
  <span class="name">Blue mug</span><span class="unit_price">%s</span>
  <span class="availability">InStock</span>
</div>
"""


@rule(
    Severity.WARNING,
    bad=(
        _PAGE % ("InStock", "15.00"),
        _PAGE % ("OutOfStock", "12.50"),
        (_PAGE % ("InStock", "15.00")).replace('"Product"', '"https://schema.org/Product"'),
    ),
    good=(
        _PAGE % ("InStock", "12.5"),
        f"<template>{_PAGE % ('OutOfStock', '1')}</template>",
        '<link rel="canonical" href="https://shop.example/p/a/">'
        + (_PAGE % ("InStock", "12.5")).replace(
            '"price"', '"url": "https://shop.example/checkout/", "price"'
        ),
    ),
)
def contradicted_value(context: PageContext) -> Iterator[Finding]:
    """The product tag says something else than the page's JSON-LD, microdata, RDFa or Open Graph.

    Compared are price, name, availability, address and currency. Search engines and the platform then show
    different things, and one of them is wrong. A page that tells of several products is not compared.
    """
    if len(context.products) != 1:
        return
    part = context.products[0].parts[0]
    identity = part.first("product_id")
    for other in statements(context.page, _base(context), context.with_attribute, context.canonical):
        if not identity or other.identity in ("", identity.text):
            yield from _compared(part, _without_own_address(context, part, other))
            yield from _in_other_currency(context, other)


def _without_own_address(context: PageContext, part: Part, other: Statement) -> Statement:
    """The statement, without an offer's address, such as a checkout's, where the tag has the page's own."""
    said = part.first("url")
    own = {plain("url", each) for each in (context.canonical, _base(context)) if each}
    if said is None or plain("url", said.text) not in own:
        return other
    values = {name: text for name, text in other.values.items() if name != "url"}
    return other._replace(values=values)


def _base(context: PageContext) -> str:
    """What the page's addresses are relative to, as far as a plan says where it lies."""
    own = address(context.loaded.plan.store.url, context.url_path) if context.loaded else ""
    written = context.address("")
    return urljoin(own, written) if written else own


def _compared(part: Part, other: Statement) -> Iterator[Finding]:
    for name, theirs in other.values.items():
        first = part.first(name)
        if first is None or (first.text == theirs and not other.comma):
            continue
        value = sound(part, name)
        if not value or (name == "url" and "://" not in theirs):
            continue
        if plain(name, value.text) != plain(name, theirs):
            yield Finding(
                value.node,
                say(
                    "`{name}` is `{text}`, but {source} says `{theirs}`",
                    name=name,
                    text=short(value.text),
                    source=other.source,
                    theirs=short(theirs),
                ),
                say("write both from the same data"),
            )
        elif name == "unit_price" and other.comma:
            yield Finding(
                other.node,
                say(
                    "{source} has a decimal comma in its price, `{comma}`",
                    source=other.source,
                    comma=short(other.comma),
                ),
                say("write {text} there: schema.org requires a decimal point", text=value.text),
                severity=Severity.NOTICE,
                about="decimal comma",
            )


def _in_other_currency(context: PageContext, other: Statement) -> Iterator[Finding]:
    store = context.loaded.plan.store.currency if context.loaded else ""
    if store and other.currency not in ("", store):
        yield Finding(
            other.node,
            say(
                "the page's {source} is in {currency}, the store in {store}",
                source=other.source,
                currency=short(other.currency),
                store=store,
            ),
            say("a store has one currency: each other one needs a store of its own"),
            plan=("store", "currency"),
        )


def plain(name: str, text: str) -> object:
    """What two spellings of one value have in common; the text itself where nothing else is sure."""
    if name == "unit_price":
        try:
            return Decimal(number(text) or text)
        except InvalidOperation:
            return text
    if name == "availability":
        return availability(text) or text.strip().lower()
    if name == "url":
        parts = urlsplit(text)
        return parts.netloc.lower() or None, unquote(parts.path).rstrip("/")
    return " ".join(text.split())
