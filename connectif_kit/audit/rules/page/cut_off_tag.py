"""A tag that the parser closes early."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.page.html import Node

_CUT = ("p", "a", "li", "td", "th", "tr", "dt", "dd", "option")
_CART = '<div class="cn_cart" style="display:none"></div>'


@rule(
    Severity.WARNING,
    bad=(
        '<p class="cn_search" style="display:none"><div class="search_text">mug</div></p>',
        f"<p>Your cart{_CART}</p>",
    ),
    good=('<div class="cn_search" style="display:none"><p class="search_text">mug</p></div>', _CART),
)
def cut_off_tag(context: PageContext) -> Iterator[Finding]:
    """A tag is a `<p>` or `<a>`, or stands in one, that the browser closes before it ends.

    A block cannot stand in a paragraph, nor a link in a link: the browser ends the outer element
    first, and what was meant to be in it is outside.
    """
    for use in context.tags:
        node = use.node
        if node.tag in _CUT and node.end_tag is None and node.start_tag is not None:
            yield Finding(
                node,
                say(
                    "{css_class} is a <{tag}>, which the browser closes before its </{tag}>",
                    css_class=use.tag.css_class,
                    tag=node.tag,
                ),
                say("make it a <div>"),
            )
        elif around := _left_behind(node):
            yield Finding(
                node,
                say(
                    "{css_class} was written inside a <{around}>, which the browser closes before it",
                    css_class=use.tag.css_class,
                    around=around,
                ),
                say("put it outside of the <{around}>", around=around),
            )


def _left_behind(node: Node) -> str:
    """The element that was to hold a tag, where the browser's tree says that it does not."""
    if any(above.tag == "a" and above.end_tag is None and above.start_tag for above in node.near()):
        return "a"
    # Only `</p>` without its `<p>` makes an empty paragraph that nobody wrote.
    after = node.after
    if after is None or after.tag != "p" or after.start_tag is not None:
        return ""
    before = node.before
    return "p" if before and before.tag == "p" and before.end_tag is None else ""
