"""A tag on a kind of page where it does not belong."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Example, Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import either, say
from connectif_kit.plan.queries import may_carry

_PRODUCT = '<body><div class="cn_product_visited" style="display:none"></div></body>'


@rule(
    Severity.ERROR,
    bad=Example(_PRODUCT, "/"),
    good=Example(_PRODUCT, "/p/blue-mug/"),
    needs_plan=True,
)
def misplaced_tag(context: PageContext) -> Iterator[Finding]:
    """A tag stands on a kind of page where it reports something that did not happen.

    `cn_product_visited` on the home page logs a product visit for everybody who comes there.
    """
    if context.kind is None or context.described is None:
        return
    for use in context.tags:
        if not use.tag.retired and not may_carry(context.described, context.kind, use.tag):
            yield Finding(
                use.node,
                say(
                    "{css_class} belongs on pages of kind {pages}; this page is `{name}`",
                    css_class=use.tag.css_class,
                    pages=either(use.tag.pages),
                    name=context.name,
                ),
                say("remove it, or name it under `tags` or `optional_tags` of this page"),
                plan=("pages", context.name or ""),
            )
