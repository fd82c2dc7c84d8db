"""A number outside its range."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_PRODUCT = """
<div class="cn_product_visited" style="display:none">
  <span class="url">https://shop.example/p/a/</span><span class="product_id">a</span>
  <span class="name">A</span><span class="unit_price">1</span><span class="%s">%s</span>
</div>
"""


@rule(
    Severity.WARNING,
    bad=(_PRODUCT % ("rating_value", "9.2"), _PRODUCT % ("discounted_percentage", "120")),
    good=(_PRODUCT % ("rating_value", "4.6"), _PRODUCT % ("discounted_percentage", "20")),
)
def value_out_of_range(context: PageContext) -> Iterator[Finding]:
    """A rating is not between 0 and 5, or a percentage not between 0 and 100.

    Ratings on another scale must be converted (article 360014655140).
    """
    for part in context.parts:
        for value in part.values:
            field = value.field
            if field is None or field.maximum is None or value.inside or field.malformed(value.text):
                continue
            if field.beyond(value.text):
                yield Finding(
                    value.node,
                    say(
                        "`{name}` is {text}: it must be between 0 and {maximum}",
                        name=value.name,
                        text=value.text,
                        maximum=field.maximum,
                    ),
                    say("convert it to that scale"),
                )
