"""A property that counts once, given twice."""

from collections import Counter
from collections.abc import Iterator

from connectif_kit.audit.context import PageContext, Part
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say


@rule(
    Severity.ERROR,
    bad='<div class="cn_search"><b class="search_text">a</b><b class="search_text">b</b></div>',
    good='<div class="cn_search"><b class="search_text">a</b></div>',
)
def repeated_field(context: PageContext) -> Iterator[Finding]:
    """A property stands in a tag more than once although only one value counts.

    The client takes the first and ignores the others without a word.
    """
    for use in context.tags:
        for part in use.parts:
            if len(part.firsts) < len(part.values):
                yield from _repeated(use.tag.css_class, part)


def _repeated(css_class: str, part: Part) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for value in part.values:
        if value.field and not value.field.many and not value.inside:
            seen[value.name] += 1
            if seen[value.name] == 2:
                yield Finding(
                    value.node,
                    say(
                        "{css_class} has `{name}` more than once: only the first counts",
                        css_class=css_class,
                        name=value.name,
                    ),
                    say("keep one of them"),
                )
