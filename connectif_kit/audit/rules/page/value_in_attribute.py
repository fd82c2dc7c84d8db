"""A value in an attribute instead of the text."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.values import short
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say


@rule(
    Severity.ERROR,
    bad='<div class="cn_search" style="display:none"><meta class="search_text" content="mug"></div>',
    good='<div class="cn_search" style="display:none"><span class="search_text">mug</span></div>',
)
def value_in_attribute(context: PageContext) -> Iterator[Finding]:
    """A property's value stands in an attribute, and its element has no text.

    The client reads the text only; `content`, `value` and the like are microdata's way.
    """
    for part in context.parts:
        for value in part.values:
            if value.field and (name := value.in_attribute):
                held = short(value.node.attributes[name].strip())
                yield Finding(
                    value.node,
                    say(
                        "`{name}` has its value in `{attribute}`, where the client does not look: `{held}`",
                        name=value.name,
                        attribute=name,
                        held=held,
                    ),
                    f'<span class="{value.name}">{held}</span>',
                )
