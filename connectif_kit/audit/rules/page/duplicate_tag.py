"""A tag that counts once, twice in a page."""

from collections.abc import Iterator
from itertools import groupby

from connectif_kit.audit.context import PageContext, TagOccurrence
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_CART = '<div class="cn_cart" style="display:none"></div>'
_PRODUCT = """
<div class="cn_product_visited" style="display:none">
  <span class="url">https://shop.example/p/a/</span><span class="product_id">a</span>
  <span class="name">A</span><span class="unit_price">1</span>
</div>
"""


@rule(Severity.ERROR, bad=(f"<body>{_CART}{_CART}</body>", _PRODUCT + _PRODUCT), good=f"<body>{_CART}</body>")
def duplicate_tag(context: PageContext) -> Iterator[Finding]:
    """A tag stands in the page more often than it counts.

    The client reads the first `cn_cart` or `cn_client_info` and ignores the others; a second
    `cn_product_visited` for the same product counts as a second visit.
    """
    if len({use.tag.css_class for use in context.tags}) == len(context.tags):
        return
    uses = sorted(context.tags, key=lambda use: use.tag.css_class)
    for css_class, group in groupby(uses, key=lambda use: use.tag.css_class):
        seen: dict[str, TagOccurrence] = {}
        for use in group:
            key = "" if use.tag.first_only else _identity(use)
            if key is None:
                continue
            if key in seen:
                line = context.page.place(seen[key].node).line
                why = (
                    say("only the first counts") if use.tag.first_only else say("it would be reported twice")
                )
                yield Finding(
                    use.node,
                    say(
                        "{css_class} appears a second time, first in line {line}: {why}",
                        css_class=css_class,
                        line=line,
                        why=why,
                    ),
                    say("keep one"),
                )
            seen.setdefault(key, use)


def _identity(use: TagOccurrence) -> str | None:
    """What makes two uses of a repeatable tag the same: its id, or its own text."""
    if use.tag.label:
        return use.text or None
    if not use.parts:
        return None
    first = next(
        (v for v in use.parts[0].values if v.field and v.field.required and v.name.endswith("_id")), None
    )
    return first.text if first and first.text else None
