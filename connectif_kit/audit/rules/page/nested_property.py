"""A contact's property that does not lie directly in its tag."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.vocabulary import TAGS

_CONTACT = '<div class="cn_client_info" style="display:none">%s</div>'
_PROPERTY = '<span class="primary_key"></span>'


@rule(Severity.ERROR, bad=_CONTACT % f"<p>{_PROPERTY}</p>", good=_CONTACT % _PROPERTY)
def nested_property(context: PageContext) -> Iterator[Finding]:
    """A property of the contact stands inside another element of `cn_client_info`.

    The client reads the direct children of the tag and nothing below them: the contact stays without
    this property, and without `primary_key` the visitor stays anonymous.
    """
    entity = TAGS["cn_client_info"].entity
    known = entity.by_html if entity else {}
    for use in context.of("cn_client_info"):
        direct = {child.start_tag for child in use.node.children}
        for node in use.node.descendants():
            name = next((name for name in node.classes if name in known), "")
            if name and node.start_tag not in direct:
                yield Finding(
                    node,
                    say(
                        "`{name}` is not a direct child of cn_client_info: the client does not read it",
                        name=name,
                    ),
                    say("move it directly into the tag"),
                )
