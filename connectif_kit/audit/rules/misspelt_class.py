"""A class that is almost a tag's."""

from collections.abc import Iterator

from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.view import View, is_dead
from connectif_kit.diagnostics import Severity, did_you_mean
from connectif_kit.vocabulary import TAGS

# The client's own containers, and the vendor's, that are no tags.
_KNOWN = ("cn_content", "cn_modal", "cn_style", "cn__", "cn_private_client_info", "cn_embedded")


@rule(
    Severity.ERROR,
    bad=(
        '<div class="cn_product_visit" style="display:none"></div>',
        '<div class="cn-cart" style="display:none"></div>',
        '<div class="CN_Cart" style="display:none"></div>',
    ),
    good=('<div class="cn_cart" style="display:none"></div>', '<div class="cn_content"></div>'),
)
def misspelt_class(view: View) -> Iterator[Finding]:
    """A class looks like a tag and is none: the client does not see it.

    Classes are matched to the letter: `cn-cart`, `CN_cart` and `cn_product_visit` are nothing.
    """
    for node in view.marked:
        if is_dead(node):
            continue
        for css_class in node.classes:
            if meant := _meant(css_class):
                yield Finding(
                    node,
                    f"`{css_class}` is no tag: the client does not see it",
                    meant,
                )


def _meant(css_class: str) -> str:
    """The hint for a class that is almost a tag; nothing for one that is a tag or another thing."""
    plain = css_class.lower().replace("-", "_")
    if css_class in TAGS or not plain.startswith("cn_") or css_class.startswith(_KNOWN):
        return ""
    if plain in TAGS:
        return f"did you mean `{plain}`?"
    return did_you_mean(plain, TAGS)
