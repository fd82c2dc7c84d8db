"""A tag that visitors can see."""

from collections.abc import Iterator

from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.view import View, hides
from connectif_kit.diagnostics import Edit, Severity
from connectif_kit.html import Node


@rule(
    Severity.NOTICE,
    bad='<div class="cn_page_tag">sale</div>',
    good=(
        '<div class="cn_page_tag" style="display:none">sale</div>',
        '<div hidden><div class="cn_page_tag">sale</div></div>',
    ),
)
def visible_tag(view: View) -> Iterator[Finding]:
    """A tag is not hidden: visitors see its text on the page.

    The client reads it all the same. A style sheet may hide it: then switch this rule off.
    """
    for use in view.tags:
        shown = not hides(use.node) and not any(map(hides, use.node.near()))
        if shown and use.node.text.strip():
            yield Finding(
                use.node,
                f"{use.tag.css_class} is not hidden: visitors see its text",
                'add style="display:none"',
                edits=_hide(use.node),
            )


def _hide(node: Node) -> tuple[Edit, ...]:
    """Where the element has no style of its own, one can be added before the tag's end."""
    if node.start_tag is None or "style" in node.attributes:
        return ()
    at = node.start_tag.start + 1 + len(node.tag)
    return (Edit(at, at, ' style="display:none"'),)
