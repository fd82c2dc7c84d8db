"""Elements inside a value."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_PRODUCT = """
<div class="cn_product_visited" style="display:none">
  <span class="url">https://shop.example/p/a/</span><span class="product_id">a</span>
  <span class="name">A</span><span class="unit_price">1</span><div class="description">%s</div>
</div>
"""


@rule(
    Severity.WARNING,
    bad=(_PRODUCT % "<p>For <b>tea</b>.</p>", _PRODUCT % '<b class="name">Other</b>'),
    good=_PRODUCT % "&lt;p&gt;For &lt;b&gt;tea&lt;/b&gt;.&lt;/p&gt;",
)
def markup_in_value(context: PageContext) -> Iterator[Finding]:
    """A value holds HTML that is not escaped.

    The client takes the text and loses the markup; an element in it whose class is a property's
    name overrides that property. HTML in a description must be escaped.
    """
    for part in context.parts:
        names = part.entity.by_html
        for value in part.values:
            if value.field is None or value.inside or not value.node.children:
                continue
            inner = [name for node in value.node.descendants() for name in node.classes if name in names]
            also = (
                say("; the one with class `{inner}` counts as that property", inner=inner[0]) if inner else ""
            )
            yield Finding(
                value.node,
                say("`{name}` holds elements: their markup is lost{also}", name=value.name, also=also),
                say("escape `<` and `&` in values"),
                severity=Severity.ERROR if inner else None,
            )
