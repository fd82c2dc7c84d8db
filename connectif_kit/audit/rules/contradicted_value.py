"""A value that the page itself contradicts."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from urllib.parse import unquote, urlsplit

from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.structured import Told, told
from connectif_kit.audit.values import short, sound
from connectif_kit.audit.view import Part, View
from connectif_kit.diagnostics import Severity

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
    bad=(_PAGE % ("InStock", "15.00"), _PAGE % ("OutOfStock", "12.50")),
    good=_PAGE % ("InStock", "12.5"),
)
def contradicted_value(view: View) -> Iterator[Finding]:
    """The product tag says something else than the page's JSON-LD, microdata or Open Graph.

    Compared are price, name, availability, address and currency. Search engines and the platform then show
    different things, and one of them is wrong. A page that tells of several products is not compared.
    """
    if len(view.products) != 1:
        return
    part = view.products[0].parts[0]
    for other in told(view):
        identity = part.first("product_id")
        if identity and other.values.get("product_id", identity.text) != identity.text:
            continue  # another product, or a number of another kind
        yield from _compared(view, part, other)


def _compared(view: View, part: Part, other: Told) -> Iterator[Finding]:
    for name, theirs in other.values.items():
        value = part.first(name)
        if value is None or value.text == theirs or not (value := sound(part, name)):
            continue
        if plain(name, value.text) != plain(name, theirs):
            yield Finding(
                value.node,
                f"`{name}` is `{short(value.text)}`, but {other.source} says `{short(theirs)}`",
                "write both from the same data",
            )
        elif name == "unit_price" and "," in theirs:
            yield Finding(
                other.node,
                f"{other.source} has a decimal comma in its price, `{short(theirs)}`",
                f"write {value.text} there: schema.org wants a point",
                severity=Severity.NOTICE,
                about="decimal comma",
            )
    store = view.loaded.plan.store.currency if view.loaded else ""
    if store and other.values.get("currency", store).upper() != store:
        currency = other.values["currency"]
        yield Finding(
            other.node,
            f"the page's {other.source} is in {short(currency)}, the store in {store}",
            "a store has one currency: each other one needs a store of its own",
            plan=("store", "currency"),
        )


def plain(name: str, text: str) -> object:
    """What two spellings of one value have in common; the text itself where nothing else is sure."""
    if name == "unit_price":
        from connectif_kit.catalog.convert import number  # as `inject` reads it

        try:
            return Decimal(number(text) or text)
        except InvalidOperation:
            return text
    if name == "availability":
        word = re.sub(r"[\s_-]", "", text.rpartition("/")[2]).lower()
        return "instock" if word in _SOLD else "outofstock" if word in _GONE else word
    if name == "url":
        parts = urlsplit(text)
        return parts.netloc.lower() or None, unquote(parts.path).rstrip("/")
    return " ".join(text.split())


_SOLD = ("instock", "limitedavailability", "onlineonly", "instoreonly", "preorder", "presale", "backorder")
_GONE = ("outofstock", "soldout", "discontinued", "oos")
