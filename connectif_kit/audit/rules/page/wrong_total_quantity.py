"""A total that is not the sum of its lines."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.values import decimal
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_CART = """
<div class="cn_cart" style="display:none">
  <b class="cart_id">c-1</b><b class="total_quantity">%s</b><b class="total_price">25.00</b>
  <div class="product_basket_item">
    <b class="quantity">2</b><b class="price">%s</b><b class="unit_price">12.50</b>
    <b class="url">https://shop.example/p/a/</b><b class="product_id">a</b><b class="name">A</b>
  </div>
</div>
"""


@rule(Severity.WARNING, bad=_CART % ("1", "25.00"), good=_CART % ("2", "25.00"))
def wrong_total_quantity(context: PageContext) -> Iterator[Finding]:
    """`total_quantity` is not the sum of the lines' quantities.

    It counts units, not lines: three of one product and seven of another are ten (article
    360014651660).
    """
    for use in context.tags:
        items = [part for part in use.parts if part.is_item]
        value = use.parts[0].first("total_quantity") if items else None
        if value is None:
            continue
        quantities = [decimal(item, "quantity") for item in items]
        known = [quantity for quantity in quantities if quantity is not None]
        total = decimal(use.parts[0], "total_quantity")
        if len(known) < len(items) or total is None:
            continue
        if sum(known) != total:
            yield Finding(
                value.node,
                say("`total_quantity` is {total}, but the lines hold {held}", total=total, held=sum(known)),
                say("count units, not lines") if total == len(items) else "",
            )
