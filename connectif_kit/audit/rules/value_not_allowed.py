"""A value outside a property's list."""

from collections.abc import Iterator

from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.view import View
from connectif_kit.diagnostics import Severity, did_you_mean

_PRODUCT = """
<div class="cn_product_visited" style="display:none">
  <span class="url">https://shop.example/p/a/</span><span class="product_id">a</span>
  <span class="name">A</span><span class="unit_price">1</span><span class="availability">%s</span>
</div>
"""


@rule(Severity.ERROR, bad=_PRODUCT % "available", good=(_PRODUCT % "InStock", _PRODUCT % "instock"))
def value_not_allowed(view: View) -> Iterator[Finding]:
    """A value is none of those that its property may have.

    The platform knows a few words only; what it does with others is documented nowhere.
    """
    for use in view.tags:
        for value in use.values:
            if value.field and value.field.choices and value.text and value.field.fault(value.text):
                yield Finding(
                    value.node,
                    f"`{value.name}` is `{value.text[:60]}`: expected {value.field.fault(value.text)}",
                    did_you_mean(value.text, value.field.choices),
                )
