"""One visitor's data in a page that everybody gets."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Example, Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_CONTACT = '<div class="cn_client_info" style="display:none"><span class="primary_key">%s</span></div>'


@rule(Severity.ERROR, bad=Example(_CONTACT % "ana@shop.example"), good=Example(_CONTACT % ""))
def personal_data(context: PageContext) -> Iterator[Finding]:
    """A contact, a cart or a search of one visitor is written into static HTML.

    Every visitor gets this page: all of them become that contact, or own that cart, and the
    contact's data is public (article 360017857779). Empty tags that a script fills in are fine.
    """
    if not context.static:
        return
    for use in context.tags:
        expected = context.described is not None and use.tag.css_class in context.described.allowed_tags
        if use.tag.personal and not use.tag.one_shot and use.is_filled and not expected:
            yield Finding(
                use.node,
                say(
                    "{css_class} holds one visitor's data in a page that everybody gets",
                    css_class=use.tag.css_class,
                ),
                say("leave it empty for a script to fill in, or send it as an event"),
            )
