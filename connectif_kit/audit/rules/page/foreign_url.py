"""An address outside the authorised domains."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.values import short, sound
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.queries import authorised

_PRODUCT = """
<div class="cn_product_visited" style="display:none">
  <span class="url">%s</span><span class="product_id">a</span>
  <span class="name">A</span><span class="unit_price">1</span>
</div>
"""

_OWN = ("url", "cart_recovery_url")


@rule(
    Severity.ERROR,
    bad=_PRODUCT % "http://localhost:1313/p/a/",
    good=_PRODUCT % "https://shop.example/p/a/",
    needs_plan=True,
)
def foreign_url(context: PageContext) -> Iterator[Finding]:
    """A product's or a cart's address lies outside the store's authorised domains.

    Most often it is the address of the development server. The platform does not store such a
    product or recovery link (articles 6088128435740, 12317493610908).
    """
    for part in context.parts if context.loaded else ():
        for name in _OWN:
            value = sound(part, name)
            if value and context.loaded and not authorised(context.loaded.plan, value.text):
                yield Finding(
                    value.node,
                    say(
                        "`{name}` is {text}: outside the authorised domains",
                        name=name,
                        text=short(value.text),
                    ),
                    say("known: {names}", names=", ".join(context.loaded.plan.store.allowed)),
                    plan=("store", "domains" if context.loaded.plan.store.domains else "url"),
                )
