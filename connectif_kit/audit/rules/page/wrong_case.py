"""A class in the wrong case."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.edits import replace_class
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.page.certainty import is_meant
from connectif_kit.page.html import Node
from connectif_kit.vocabulary import TAGS
from connectif_kit.vocabulary.model import Tag

_SEARCH = '<div class="%s" style="display:none"><b class="%s">mug</b></div>'


@rule(
    Severity.ERROR,
    bad=(_SEARCH % ("CN_Search", "search_text"), _SEARCH % ("cn_search", "Search_Text")),
    good=_SEARCH % ("cn_search", "search_text"),
)
def wrong_case(context: PageContext) -> Iterator[Finding]:
    """A tag's or a property's class is written with capitals.

    Classes are matched to the letter, save in pages without a doctype: `CN_Cart` is nothing. Where
    neither the element's content nor the page says that a tag is meant, it is a notice.
    """
    for node in context.live(context.marked):
        for css_class in node.classes:
            if css_class not in TAGS and (tag := TAGS.get(css_class.lower())):
                sure = is_meant(context, tag, node)
                yield _finding(context, node, (css_class, tag.css_class), tag, sure=sure)
    for use in context.tags:
        for part in use.parts:
            unknown = [value for value in part.values if value.field is None]
            spelt = {name.lower(): name for name in part.entity.by_html} if unknown else {}
            for value in unknown:
                if meant := spelt.get(value.name.lower()):
                    yield _finding(context, value.node, (value.name, meant), use.tag, sure=True)


def _finding(context: PageContext, node: Node, names: tuple[str, str], tag: Tag, *, sure: bool) -> Finding:
    css_class, meant = names
    return Finding(
        node,
        say("`{css_class}` is written in the wrong case: the client does not see it", css_class=css_class),
        say("write `{text}`", text=meant),
        severity=None if sure else Severity.NOTICE,
        about=css_class,
        edits=replace_class(context, node, css_class, meant, tag) if sure else (),
    )
