"""A second class on a contact's property."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_CONTACT = '<div class="cn_client_info" style="display:none"><span class="%s"></span></div>'


@rule(
    Severity.ERROR,
    bad=(_CONTACT % "primary_key hidden", _CONTACT % "primary_key "),
    good=_CONTACT % "primary_key",
)
def extra_class(context: PageContext) -> Iterator[Finding]:
    """A child of `cn_client_info` has more than one class, or a blank around it.

    The client takes the whole `class` attribute for the property's name: `primary_key hidden` is
    stored under that name, blanks included, and the contact has no email.
    """
    for use in context.of("cn_client_info"):
        for child in use.node.children:
            written = child.attributes.get("class", "")
            if child.classes and written != child.classes[0]:
                yield Finding(
                    child,
                    say("the client reads `{written}` as the name of one property", written=written),
                    say("leave one class; style it otherwise"),
                )
