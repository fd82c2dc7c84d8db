"""An order without products, or a cart that has a total and nothing in it."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.values import decimal
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_TAG = """
<div class="%s" style="display:none">
  <b class="%s">1</b><b class="total_quantity">%s</b><b class="total_price">0</b>
</div>
"""


@rule(
    Severity.ERROR,
    bad=(_TAG % ("cn_cart", "cart_id", "2"), _TAG % ("cn_purchase", "purchase_id", "0")),
    good=_TAG % ("cn_cart", "cart_id", "0"),
)
def missing_lines(context: PageContext) -> Iterator[Finding]:
    """An order has no `product_basket_item`, or a cart has totals and no line.

    Nobody can be reminded of a cart whose products are not known, and an order without lines says
    nothing of what was bought (article 360014651860).
    """
    for use in (*context.of("cn_cart"), *context.of("cn_purchase")):
        if any(part.is_item for part in use.parts[1:]):
            continue
        totals = [decimal(use.parts[0], name) for name in ("total_quantity", "total_price")]
        is_order = use.tag.css_class == "cn_purchase"
        if any(totals) or (is_order and None not in totals):
            what = (
                say("the order has no products") if is_order else say("the cart has a total and no products")
            )
            yield Finding(use.node, what, say("add a `product_basket_item` for each line"))
