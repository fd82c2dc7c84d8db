"""A property that the platform does not know."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity, did_you_mean
from connectif_kit.core.messages import say


@rule(
    Severity.WARNING,
    bad='<div class="cn_search"><b class="search_text">mug</b><b class="search_txt">mug</b></div>',
    good='<div class="cn_search"><b class="search_text">mug</b></div>',
)
def unknown_field(context: PageContext) -> Iterator[Finding]:
    """A tag has a child whose class is not a property of it: the platform ignores the value.

    Most often it is a slip of the keyboard, and the property that was meant is missing.
    """
    for use in context.tags:
        for part in use.parts:
            if part.entity.open:
                continue
            for value in part.values:
                if value.field is None and len(value.node.classes) == 1 and not value.inside:
                    known = list(part.entity.by_html)
                    if value.name.lower() in known:
                        continue  # wrong-case says so
                    near = did_you_mean(value.name, known)
                    yield Finding(
                        value.node,
                        say(
                            "{css_class} has no property `{name}`: its value is ignored",
                            css_class=use.tag.css_class,
                            name=value.name,
                        ),
                        near or say("known: {names}", names=", ".join(known)),
                        about=value.name,
                    )
