"""A number with a decimal comma."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.edits import replace_text
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


@rule(Severity.ERROR, bad=_PRODUCT % "45,50", good=_PRODUCT % "45.50")
def decimal_comma(context: PageContext) -> Iterator[Finding]:
    """A number is written with a comma where the platform wants a point.

    The client reads numbers as JavaScript does: `45,50` becomes 45, without an error.
    """
    for part, value in broken(context, "decimal-comma"):
        yield Finding(
            value.node,
            say(
                "`{name}` is `{text}`: the client reads what is before the comma",
                name=value.name,
                text=short(value.text),
            ),
            say("write {text}", text=_pointed(value.text)),
            edits=replace_text(context, part, value, _pointed(value.text)),
        )


def _pointed(text: str) -> str:
    whole, _, cents = text.partition(",")
    return f"{whole or 0}.{cents}"
