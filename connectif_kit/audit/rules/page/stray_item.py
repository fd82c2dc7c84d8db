"""A basket item outside of cart and purchase."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_ITEM = '<div class="product_basket_item"><span class="product_id">a</span></div>'
_CART = """
<div class="cn_cart" style="display:none">
  <b class="cart_id">c-1</b><b class="total_quantity">1</b><b class="total_price">1</b>%s
</div>
"""


@rule(Severity.ERROR, bad=_ITEM, good=_CART % _ITEM)
def stray_item(context: PageContext) -> Iterator[Finding]:
    """A `product_basket_item` stands outside of `cn_cart` and `cn_purchase`.

    The client looks for items inside those two only: the line is missing from cart and order.
    """
    if not context.basket_items:
        return
    held = {id(part.node) for use in context.all_tags for part in use.parts}
    for node in context.live(context.basket_items):
        if id(node) not in held:
            yield Finding(
                node,
                say("a basket item outside of cn_cart and cn_purchase is not seen"),
                say("move it into its tag"),
            )
