"""A total price that is not the sum of its lines."""

from collections.abc import Iterator
from decimal import Decimal

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.values import decimal
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_CART = """
<div class="cn_cart" style="display:none">
  <b class="cart_id">c-1</b><b class="total_quantity">2</b><b class="total_price">%s</b>
  <div class="product_basket_item">
    <b class="quantity">2</b><b class="price">25.00</b><b class="unit_price">12.50</b>
    <b class="url">https://shop.example/p/a/</b><b class="product_id">a</b><b class="name">A</b>
  </div>
</div>
"""


@rule(Severity.WARNING, bad=_CART % "12.50", good=_CART % "25.00")
def wrong_total_price(context: PageContext) -> Iterator[Finding]:
    """`total_price` is not the sum of the lines' prices.

    Carts and orders are valued by it: a total of something else makes them worth more or less than
    what is in them (article 360014651660).
    """
    for use in context.tags:
        items = [part for part in use.parts if part.is_item]
        value = use.parts[0].first("total_price") if items else None
        if value is None:
            continue
        prices = [decimal(item, "price") for item in items]
        known = [price for price in prices if price is not None]
        total = decimal(use.parts[0], "total_price")
        if len(known) < len(items) or total is None:
            continue
        if abs(sum(known) - total) > Decimal("0.01"):
            yield Finding(
                value.node,
                say("`total_price` is {total}, but the lines cost {cost}", total=total, cost=sum(known)),
            )
