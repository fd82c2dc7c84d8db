"""A tag that is no longer to be used."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan
from connectif_kit.vocabulary import TAGS


@check(
    Severity.ERROR,
    bad="pages: {content: {match: /gone, tags: [cn_product_not_found]}}",
    good="pages: {content: {match: /gone, tags: [cn_page_tag]}}",
)
def retired_tag(plan: Plan) -> Iterator[Problem]:
    """A page is planned with a tag that the kit does not generate; the message says why not."""
    for name, page in plan.pages.items():
        named = [("tags", *one) for one in enumerate(page.tags)]
        named += [("optional_tags", *one) for one in enumerate(page.optional_tags)]
        for key, index, css_class in named:
            if TAGS[css_class].retired:
                yield Problem(("pages", name, key, index), css_class + ": " + say(TAGS[css_class].retired))
