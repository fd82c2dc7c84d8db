"""A number below zero."""

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


@rule(Severity.ERROR, bad=_PRODUCT % "-3", good=_PRODUCT % "0")
def negative_number(context: PageContext) -> Iterator[Finding]:
    """A number is negative where none can be.

    The client drops a tag with a negative price or total without a word.
    """
    for _, value in broken(context, "negative-number"):
        yield Finding(
            value.node,
            say("`{name}` is `{text}`: it must not be negative", name=value.name, text=short(value.text)),
            say("leave the property out where there is no value"),
        )
