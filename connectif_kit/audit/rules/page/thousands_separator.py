"""A number whose thousands are set apart."""

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


@rule(
    Severity.ERROR,
    bad=(_PRODUCT % "1,234.50", _PRODUCT % "1.234,50", _PRODUCT % "1 234"),
    good=_PRODUCT % "1234.50",
)
def thousands_separator(context: PageContext) -> Iterator[Finding]:
    """A number has separators between its thousands.

    `1,234.50` is read as 1 and `1.234,50` as 1.234: the amount is wrong by a factor of a thousand.
    """
    for _, value in broken(context, "thousands-separator"):
        yield Finding(
            value.node,
            say(
                "`{name}` is `{text}`: it has thousands separators",
                name=value.name,
                text=short(value.text),
            ),
            say("write digits only, with at most one decimal point"),
        )
