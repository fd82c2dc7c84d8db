"""A discount that the prices do not give."""

from collections.abc import Iterator
from decimal import Decimal

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.values import decimal
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_PRODUCT = """
<div class="cn_product_visited" style="display:none">
  <span class="url">https://shop.example/p/a/</span><span class="product_id">a</span>
  <span class="name">A</span><span class="unit_price">12.50</span>
  <span class="unit_price_original">15.00</span><span class="discounted_amount">%s</span>
</div>
"""


@rule(Severity.WARNING, bad=_PRODUCT % "16.67", good=_PRODUCT % "2.50")
def wrong_discount(context: PageContext) -> Iterator[Finding]:
    """`discounted_amount` is not the original price less the unit price.

    Often a percentage stands where the amount should (article 360014655140).
    """
    for part in context.parts:
        if (value := part.first("discounted_amount")) is None:
            continue
        unit, original = decimal(part, "unit_price"), decimal(part, "unit_price_original")
        amount = decimal(part, "discounted_amount")
        if unit is None or original is None or amount is None:
            continue
        if abs(original - unit - amount) > Decimal("0.01"):
            yield Finding(
                value.node,
                say(
                    "`discounted_amount` is {amount}, but {original} − {unit} = {difference}",
                    amount=amount,
                    original=original,
                    unit=unit,
                    difference=original - unit,
                ),
                say("it is an amount, not a percentage"),
            )
