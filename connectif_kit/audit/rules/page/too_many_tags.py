"""More tags than any shop's page has."""

from collections.abc import Iterator

from connectif_kit.audit.context import MOST_TAGS, PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_TAG = '<div class="cn_cart"></div>'


@rule(Severity.WARNING, bad=_TAG * (MOST_TAGS + 1), good=_TAG)
def too_many_tags(context: PageContext) -> Iterator[Finding]:
    """A page has more than a thousand tags: only the first are looked at.

    A template that loops where it should not makes such pages.
    """
    if len(context.all_tags) > MOST_TAGS:
        yield Finding(
            context.all_tags[MOST_TAGS].node,
            say(
                "the page has more than {most:,} tags; from here on they are not looked at",
                most=MOST_TAGS,
            ),
            say("check whether a template repeats itself"),
        )
