"""A class that is almost a tag's."""

from collections.abc import Iterator
from difflib import get_close_matches

from connectif_kit.audit.context import MOST_TAGS, PageContext
from connectif_kit.audit.edits import replace_class
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.page.certainty import is_meant, speaks_of
from connectif_kit.page.html import Node
from connectif_kit.vocabulary import TAGS

# The client's own containers, and the vendor's, that are not tags.
_KNOWN = ("cn_content", "cn_modal", "cn_style", "cn__", "cn_private_client_info", "cn_embedded")


_PRODUCT = """
<div class="%s" style="display:none">
  <span class="url">https://shop.example/p/a/</span><span class="product_id">a</span>
  <span class="name">A</span><span class="unit_price">1</span>
</div>
"""


@rule(
    Severity.ERROR,
    bad=(
        _PRODUCT % "cn_product_visit",
        _PRODUCT % "cn-product-visited",
        '<a class="cn-cart" href="/">Cart</a>',
    ),
    good=('<div class="cn_cart" style="display:none"></div>', '<div class="cn_content"></div>'),
)
def misspelt_class(context: PageContext) -> Iterator[Finding]:
    """A class looks like a tag and is none: the client does not see it.

    `cn-cart` and `cn_product_visit`, which two of the vendor's guides print, are nothing. Where the
    element holds no property of the tag and the page has nothing else of the platform's, it may as
    well be a class of the site's own: that is a notice, and `--fix` leaves it alone.
    """
    known: dict[str, tuple[str, bool]] = {}
    for node in context.live(context.marked):
        for css_class in dict.fromkeys(node.classes):
            if css_class not in known and len(known) < MOST_TAGS:
                known[css_class] = _meant(css_class)
            meant, only = known.get(css_class, ("", False))
            if meant:
                yield _finding(context, node, css_class, meant, only=only)


def _finding(context: PageContext, node: Node, css_class: str, meant: str, *, only: bool) -> Finding:
    tag = TAGS[meant]
    exact = css_class.lower().replace("-", "_") == meant
    sure = is_meant(context, tag, node) if exact else speaks_of(tag, node)
    return Finding(
        node,
        say("unknown tag `{css_class}`: the client ignores it", css_class=css_class),
        say("did you mean `{meant}`?", meant=meant),
        severity=None if sure else Severity.NOTICE,
        about=css_class,
        edits=replace_class(context, node, css_class, meant, tag) if sure and only else (),
    )


def _meant(css_class: str) -> tuple[str, bool]:
    """The tag that a class is like, and whether it is like no other."""
    plain = css_class.lower().replace("-", "_")
    if not plain.startswith("cn_"):
        return "", False
    if plain in TAGS:
        return (plain, True) if css_class.lower() != plain else ("", False)
    if css_class.startswith(_KNOWN):
        return "", False
    near = get_close_matches(plain, list(TAGS), n=2, cutoff=0.8)
    return (near[0], len(near) == 1) if near else ("", False)
