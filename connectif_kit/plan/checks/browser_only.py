"""A label from a source that only a browser can answer."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan
from connectif_kit.vocabulary import TAGS


@check(
    Severity.ERROR,
    bad='pages: {category: {match: "/c/*", page_category: {query: c}}}',
    good='pages: {category: {match: "/c/*", page_category: {selector: h1}}}',
)
def browser_only(plan: Plan) -> Iterator[Problem]:
    """A page's category or label comes from a source that only a browser can answer.

    Labels are written into the HTML at build time.
    """
    for name, page in plan.pages.items():
        for css_class, values in page.labels().items():
            label = TAGS[css_class].label
            for index, source in enumerate(values):
                if not source.static and label:
                    message = say(
                        "`{NAME}` is known in the browser only; {css_class} is written at build time",
                        NAME=source.NAME,
                        css_class=css_class,
                    )
                    yield Problem(
                        ("pages", name, label.html, index), message, say("use a text, `selector` or `meta`")
                    )
