"""An amount with its currency."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.values import broken, short
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_PRODUCT = """
<div class="cn_product_visited" style="display:none">
  <span class="url">https://shop.example/p/a/</span><span class="product_id">a</span>
  <span class="name">A</span><span class="unit_price">%s</span>
</div>
"""


@rule(Severity.ERROR, bad=(_PRODUCT % "€45.50", _PRODUCT % "45.50 EUR"), good=_PRODUCT % "45.50")
def currency_sign(context: PageContext) -> Iterator[Finding]:
    """An amount is written with a currency.

    A sign in front makes the value unreadable, and the tag is dropped; the store has one currency.
    """
    for _, value in broken(context, "currency-sign"):
        yield Finding(
            value.node,
            say(
                "`{name}` is `{text}`: remove the currency, amounts are plain numbers",
                name=value.name,
                text=short(value.text),
            ),
            say("write the number alone, such as 45.50"),
        )
