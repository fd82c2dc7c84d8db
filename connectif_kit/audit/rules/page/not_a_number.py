"""A word of a programming language instead of a number."""

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


@rule(Severity.ERROR, bad=(_PRODUCT % "NaN", _PRODUCT % "undefined"), good=_PRODUCT % "12.50")
def not_a_number(context: PageContext) -> Iterator[Finding]:
    """`NaN`, `undefined`, `null` and the like stand where a number should.

    The template printed the result of a failed calculation; the tag is dropped.
    """
    for _, value in broken(context, "not-a-number"):
        yield Finding(
            value.node,
            say(
                "`{name}` is `{text}`: the template printed no number",
                name=value.name,
                text=short(value.text),
            ),
            say("print the number, or leave an optional property out"),
        )
