"""A product page with the tags of several products."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Example, Finding, rule
from connectif_kit.audit.values import short
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_TAG = (
    '<div class="cn_product_visited" style="display:none"><b class="url">https://shop.example/p/%s/</b>'
    '<b class="product_id">%s</b><b class="name">Mug</b><b class="unit_price">1</b></div>'
)
_A, _B = (_TAG % (name, name) for name in "ab")


@rule(
    Severity.WARNING,
    bad=Example(_A + _B, "/p/a/"),
    good=(Example(_A, "/p/a/"), Example(_A + _B, "/c/mugs/")),
    needs_plan=True,
)
def two_products(context: PageContext) -> Iterator[Finding]:
    """A page of the kind `product` has `cn_product_visited` tags of different products.

    Each is reported as visited, though the visitor sees one. Most often a list of related products
    prints the tag too (article 360014650320).
    """
    first = ""
    for use in context.products if context.kind == "product" else ():
        value = use.parts[0].first("product_id")
        first = first or (value.text if value else "")
        if value and value.text and value.text != first:
            yield Finding(
                use.node,
                say(
                    "a second product, {text}, beside {first}: both count as visited",
                    text=short(value.text),
                    first=short(first),
                ),
                say("keep the tag of the page's own product"),
                about=short(value.text),
            )
