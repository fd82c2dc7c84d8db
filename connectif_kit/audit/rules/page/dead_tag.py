"""A tag where the client cannot see it."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.page.html.hidden import hidden_tags
from connectif_kit.vocabulary import TAGS

_TAG = '<div class="cn_page_tag" style="display:none">sale</div>'


@rule(
    Severity.WARNING,
    bad=(
        f"<template>{_TAG}</template>",
        f"<noscript>{_TAG}</noscript>",
        f"<!-- {_TAG} -->",
        f"<textarea>{_TAG}</textarea>",
        f"<iframe>{_TAG}</iframe>",
    ),
    good=(_TAG, f"<svg><title>{_TAG}</title></svg>"),
)
def dead_tag(context: PageContext) -> Iterator[Finding]:
    """A tag stands inside a comment, `<template>`, `<noscript>`, or an element that holds only text.

    For the client it is not there: browsers that run scripts keep such markup out of the page. Only
    text is in `<textarea>`, `<iframe>`, `<title>`, `<style>`, `<xmp>`, `<noembed>`, `<noframes>`.
    """
    for where, css_class, span in hidden_tags(context.page):
        if css_class in TAGS:
            place = say("a comment") if where == "comment" else f"<{where}>"
            yield Finding(
                span,
                say(
                    "{css_class} is inside {place}: the client does not see it",
                    css_class=css_class,
                    place=place,
                ),
                say("move it out, or remove it"),
                element=f"{where} {css_class}",
            )
