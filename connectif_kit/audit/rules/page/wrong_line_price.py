"""A basket line whose price is not quantity times unit price."""

from collections.abc import Iterator
from decimal import Decimal

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


@rule(Severity.WARNING, bad=_CART % ("2", "12.50"), good=_CART % ("2", "25.00"))
def wrong_line_price(context: PageContext) -> Iterator[Finding]:
    """The price of a basket line is not its quantity times its unit price.

    `price` is what the whole line costs (article 360014704899); with the price of one unit in it,
    carts and orders are worth less than they were.
    """
    for part in context.parts:
        value = part.first("price") if part.is_item else None
        if value is None:
            continue
        quantity, unit, price = (decimal(part, name) for name in ("quantity", "unit_price", "price"))
        if quantity is None or unit is None or price is None:
            continue
        if abs(quantity * unit - price) > Decimal("0.005") * (quantity + 1):
            whole = quantity * unit
            yield Finding(
                value.node,
                say(
                    "the line's `price` is {price}, but {quantity} × {unit} = {whole}",
                    price=price,
                    quantity=quantity,
                    unit=unit,
                    whole=whole,
                ),
                say("`price` is the whole line's, not one unit's") if price == unit else "",
            )
