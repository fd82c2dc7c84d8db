"""A tag inside another tag."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.vocabulary import TAGS

_CART = '<div class="cn_cart" style="display:none"></div>'


@rule(
    Severity.WARNING,
    bad=f'<div class="cn_page_tag" style="display:none">sale{_CART}</div>',
    good=f'<div class="cn_page_tag" style="display:none">sale</div>{_CART}',
)
def nested_tag(context: PageContext) -> Iterator[Finding]:
    """A tag stands inside another one.

    The client looks for a property among everything below a tag: the inner tag's values are taken
    for the outer one's. Often the outer tag was never closed.
    """
    if len(context.tags) < 2:
        return
    for use in context.tags:
        around = next((name for node in use.node.near() for name in node.classes if name in TAGS), "")
        if around:
            yield Finding(
                use.node,
                say("{css_class} is inside {around}", css_class=use.tag.css_class, around=around),
                say("put them beside each other"),
            )
