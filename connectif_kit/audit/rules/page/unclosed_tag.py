"""A tag that nobody closes."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
_CUT = ("p", "a", "li", "td", "th", "tr", "dt", "dd", "option")


@rule(
    Severity.ERROR,
    bad='<body><div class="cn_page_tag" style="display:none">sale<h1>Mugs</h1></body>',
    good='<body><div class="cn_page_tag" style="display:none">sale</div><h1>Mugs</h1></body>',
)
def unclosed_tag(context: PageContext) -> Iterator[Finding]:
    """A tag's element is never closed: the rest of the page is inside it.

    It is hidden with it, and every value further down counts as the tag's.
    """
    for use in context.tags:
        node = use.node
        if node.end_tag is None and node.start_tag is not None and node.tag not in (*_VOID, *_CUT):
            yield Finding(
                node,
                say("{css_class} is never closed: what follows is inside it", css_class=use.tag.css_class),
                say("close it with </{tag}>", tag=node.tag),
            )
