"""An address without its domain."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.values import broken, short
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_PRODUCT = """
<div class="cn_product_visited" style="display:none">
  <span class="url">%s</span><span class="product_id">a</span>
  <span class="name">A</span><span class="unit_price">1</span>
</div>
"""


@rule(
    Severity.ERROR,
    bad=(_PRODUCT % "/p/a/", _PRODUCT % "//shop.example/p/a/"),
    good=_PRODUCT % "https://shop.example/p/a/",
)
def relative_url(context: PageContext) -> Iterator[Finding]:
    """An address is relative.

    Emails and the platform's verifier know no page that it could be relative to: links and
    pictures break, products stay unverified.
    """
    for _, value in broken(context, "relative-url"):
        base = context.loaded.plan.store.url if context.loaded else "https://shop.example"
        yield Finding(
            value.node,
            say("`{name}` is `{text}`: it must be absolute", name=value.name, text=short(value.text)),
            say("begin it with {base}", base=base),
        )
