"""A tag where the client cannot see it."""

from collections.abc import Iterator

from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.view import View
from connectif_kit.diagnostics import Severity
from connectif_kit.vocabulary import TAGS

_PLACES = {"comment": "a comment", "noscript": "<noscript>", "template": "<template>"}
_TAG = '<div class="cn_page_tag" style="display:none">sale</div>'


@rule(
    Severity.WARNING,
    bad=(f"<template>{_TAG}</template>", f"<noscript>{_TAG}</noscript>", f"<!-- {_TAG} -->"),
    good=_TAG,
)
def dead_tag(view: View) -> Iterator[Finding]:
    """A tag stands inside `<template>`, `<noscript>` or a comment.

    For the client it is not there: browsers that run scripts keep such markup out of the page.
    """
    for where, css_class, span in view.page.hidden_markup():
        if css_class in TAGS:
            yield Finding(
                span,
                f"{css_class} stands inside {_PLACES[where]}: the client does not see it",
                "move it out, or remove it",
                element=f"{where} {css_class}",
            )
