"""A tag that visitors can see."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext, TagOccurrence
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Edit, Severity
from connectif_kit.core.messages import say
from connectif_kit.page.certainty import hides, is_bare_data


@rule(
    Severity.NOTICE,
    bad='<div class="cn_page_tag">sale</div>',
    good=(
        '<div class="cn_page_tag" style="display:none">sale</div>',
        '<div hidden><div class="cn_page_tag">sale</div></div>',
    ),
)
def visible_tag(context: PageContext) -> Iterator[Finding]:
    """A tag is not hidden: visitors see its text on the page.

    The client reads it all the same. A style sheet may hide it, or it is meant to be seen, as a heading
    with the class `cn_page_category`: then switch this rule off. `--fix` hides only what nobody was to
    read: a tag of bare properties, addresses among them.
    """
    for use in context.tags:
        shown = not hides(use.node) and not any(map(hides, use.node.near()))
        if shown and use.node.text.strip():
            yield Finding(
                use.node,
                say("{css_class} is not hidden: visitors see its text", css_class=use.tag.css_class),
                say('add style="display:none", unless visitors are to see it'),
                edits=_hide(use) if is_bare_data(use) else (),
            )


def _hide(use: TagOccurrence) -> tuple[Edit, ...]:
    """Where the element has no style of its own, one can be added before the tag's end."""
    node = use.node
    if node.start_tag is None or "style" in node.attributes:
        return ()
    at = node.start_tag.start + 1 + len(node.tag)
    return (Edit(at, at, ' style="display:none"'),)
