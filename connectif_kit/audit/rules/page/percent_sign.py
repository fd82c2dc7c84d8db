"""A percentage with its sign."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.edits import replace_text
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.values import broken
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_PRODUCT = """
<div class="cn_product_visited" style="display:none">
  <span class="url">https://shop.example/p/a/</span><span class="product_id">a</span>
  <span class="name">A</span><span class="unit_price">1</span><span class="discounted_percentage">%s</span>
</div>
"""


@rule(Severity.WARNING, bad=_PRODUCT % "20 %", good=_PRODUCT % "20")
def percent_sign(context: PageContext) -> Iterator[Finding]:
    """A percentage is written with `%`.

    The platform wants the number alone, from 0 to 100 (article 360014655140).
    """
    for part, value in broken(context, "percent-sign"):
        plain = value.text.replace("%", "").strip()
        is_right = value.field is not None and not value.field.fault(plain)
        edits = replace_text(context, part, value, plain) if is_right else ()
        yield Finding(
            value.node,
            say("`{name}` is `{text}`: without the sign", name=value.name, text=value.text),
            say("write {text}", text=plain),
            edits=edits,
        )
