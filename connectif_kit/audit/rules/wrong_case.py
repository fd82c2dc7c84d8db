"""A class in the wrong case."""

from collections.abc import Iterator

from connectif_kit.audit.mend import replace_class
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.view import View
from connectif_kit.diagnostics import Severity
from connectif_kit.html import Node
from connectif_kit.vocabulary import TAGS

_SEARCH = '<div class="%s" style="display:none"><b class="%s">mug</b></div>'


@rule(
    Severity.ERROR,
    bad=(_SEARCH % ("CN_Search", "search_text"), _SEARCH % ("cn_search", "Search_Text")),
    good=_SEARCH % ("cn_search", "search_text"),
)
def wrong_case(view: View) -> Iterator[Finding]:
    """A tag's or a property's class is written with capitals.

    Classes are matched to the letter, save in pages without a doctype: `CN_Cart` is nothing.
    """
    for node in view.live(view.marked):
        for css_class in node.classes:
            if css_class not in TAGS and css_class.lower() in TAGS:
                yield _finding(view, node, css_class, css_class.lower())
    for part in view.parts:
        unknown = [value for value in part.values if value.field is None]
        spelt = {name.lower(): name for name in part.entity.by_html} if unknown else {}
        for value in unknown:
            if meant := spelt.get(value.name.lower()):
                yield _finding(view, value.node, value.name, meant)


def _finding(view: View, node: Node, css_class: str, meant: str) -> Finding:
    return Finding(
        node,
        f"`{css_class}` is written in the wrong case: the client does not see it",
        f"write `{meant}`",
        about=css_class,
        edits=replace_class(view, node, css_class, meant),
    )
