"""A container for content whose id is not unique."""

import re
from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.page.html import Node

_ID = re.compile(".*connectif|cn-", re.IGNORECASE | re.DOTALL)
_PLACEHOLDER = "cn_banner_placeholder"


@rule(
    Severity.WARNING,
    bad='<div id="connectif-top"></div><div id="connectif-top"></div>',
    good='<div id="connectif-top"></div><div id="connectif-bottom"></div>',
)
def shared_container(context: PageContext) -> Iterator[Finding]:
    """A container for the platform's content has an id that another element has too.

    Content is put where the first match is (article 4404735611538): the selector must be unique on
    the page, or the content appears in the wrong place. Looked at are ids that name Connectif.
    """
    seen: set[str] = set()
    for node in context.live(context.named):
        name = node.attributes.get("id") or ""
        if not _takes_content(node, name):
            continue
        if name in seen and node.tag != "script":
            yield Finding(
                node,
                say("a second element with the id `{name}`: content goes to the first", name=name),
                say("rename it"),
            )
        seen.add(name)


def _takes_content(node: Node, name: str) -> bool:
    return _ID.match(name) is not None or bool(name and _PLACEHOLDER in node.classes)
