"""A label that is too long."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say


@rule(
    Severity.WARNING,
    bad='<div class="cn_page_tag" style="display:none">a label that goes on and on and on</div>',
    good='<div class="cn_page_tag" style="display:none">landing-summer</div>',
)
def long_label(context: PageContext) -> Iterator[Finding]:
    """A page's label or category is longer than the platform keeps.

    What goes beyond 25 characters is thrown away silently, and two labels may become one
    (article 360014652160).
    """
    for use in context.tags:
        label = use.tag.label
        most = label.max_length if label and label.beyond(use.text) else None
        if most:
            yield Finding(
                use.node,
                say(
                    "{css_class} has {length} characters; {most} are kept: `{kept}`",
                    css_class=use.tag.css_class,
                    length=len(use.text),
                    most=most,
                    kept=use.text[:most],
                ),
                say("shorten it"),
            )
