"""More labels than the platform keeps."""

from collections import Counter
from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.vocabulary import TAGS

_LEAST_LIMIT = min(tag.at_most for tag in TAGS.values() if tag.at_most)
_LABELS = [f'<div class="cn_page_tag" style="display:none">label {n}</div>' for n in range(11)]


@rule(Severity.WARNING, bad="".join(_LABELS), good="".join(_LABELS[:10]))
def too_many_labels(context: PageContext) -> Iterator[Finding]:
    """A page has more labels or categories than the platform keeps.

    The first ten count; the rest is thrown away silently (article 360014652160).
    """
    if len(context.tags) <= _LEAST_LIMIT:
        return
    seen: Counter[str] = Counter()
    for use in context.tags:
        seen[use.tag.css_class] += 1
        if use.tag.at_most and seen[use.tag.css_class] == use.tag.at_most + 1:
            total = len(context.of(use.tag.css_class))
            yield Finding(
                use.node,
                say(
                    "the page has {total} {css_class}; the first {at_most} count",
                    total=total,
                    css_class=use.tag.css_class,
                    at_most=use.tag.at_most,
                ),
                say("keep those that matter"),
            )
