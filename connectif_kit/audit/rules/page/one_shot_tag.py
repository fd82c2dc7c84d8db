"""A tag that reports by being there, in a page that everybody gets."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Example, Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say


@rule(
    Severity.ERROR,
    bad=Example('<body><div class="cn_login" style="display:none"></div></body>'),
    good=Example("<body><p>You are logged in.</p></body>"),
)
def one_shot_tag(context: PageContext) -> Iterator[Finding]:
    """A tag that means *this has just happened* is written into static HTML.

    `cn_login`, `cn_register`, `cn_purchase` and `cn_newsletter_subscribe` fire by mere presence:
    baked in, they log a login or an order for every view of the page.
    """
    if not context.static:
        return
    for use in context.tags:
        placeholder = use.tag.entity is not None and not use.is_filled
        expected = context.described is not None and use.tag.css_class in context.described.allowed_tags
        if use.tag.one_shot and not placeholder and not expected:
            yield Finding(
                use.node,
                say(
                    "{css_class} counts for every visitor of this page, which is the same for everybody",
                    css_class=use.tag.css_class,
                ),
                say("send the event `{event}` instead, when it happens", event=use.tag.event),
            )
