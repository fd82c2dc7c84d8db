"""A category path that does not begin with a slash."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.values import short
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_PRODUCT = """
<div class="cn_product_visited" style="display:none">
  <span class="url">https://shop.example/p/a/</span><span class="product_id">a</span>
  <span class="name">A</span><span class="unit_price">1</span><span class="category">%s</span>
</div>
"""


@rule(Severity.NOTICE, bad=_PRODUCT % "Kitchen > Mugs", good=_PRODUCT % "/Kitchen/Mugs")
def category_without_slash(context: PageContext) -> Iterator[Finding]:
    """A product's category does not begin with `/`.

    A category is a full path, its levels led and separated by slashes (article 360014655140).
    """
    for part in context.parts:
        for value in part.named("category"):
            if value.field and value.text and not value.text.startswith("/"):
                yield Finding(
                    value.node,
                    say("the category `{text}` does not begin with `/`", text=short(value.text)),
                    say("write the full path, such as /Kitchen/Mugs"),
                )
