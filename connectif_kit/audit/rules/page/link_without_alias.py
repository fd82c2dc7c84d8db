"""A tracked link without a name."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say


@rule(
    Severity.NOTICE,
    bad=(
        '<a href="javascript:buy()" data-cn-track-click>Buy</a>',
        "<a data-cn-track-click>Buy</a>",
        '<A HREF="/buy" DATA-CN-TRACK-CLICK>Buy</A>',
    ),
    good='<a href="/buy" data-cn-track-click data-cn-alias="buy">Buy</a>',
)
def link_without_alias(context: PageContext) -> Iterator[Finding]:
    """A link with `data-cn-track-click` has no `data-cn-alias`, or no `href`.

    Workflows know a link by its alias; without one they have only the address, which changes.
    `javascript:` links need one, and a link without `href` is not tracked (article 360014785419).
    """
    for node in context.live(context.with_attribute("data-cn-track-click")):
        href = node.attributes.get("href", "").strip()
        if node.tag != "a" or not href:
            yield Finding(
                node,
                say("only an <a> with an `href` is tracked"),
                say("give it one"),
                severity=Severity.WARNING,
            )
        elif not node.attributes.get("data-cn-alias", "").strip():
            script = href.lower().startswith("javascript:")
            yield Finding(
                node,
                say("a tracked link without `data-cn-alias`: it is not tracked")
                if script
                else say("a tracked link without `data-cn-alias`"),
                say('name it, such as data-cn-alias="buy"'),
                severity=Severity.WARNING if script else None,
            )
