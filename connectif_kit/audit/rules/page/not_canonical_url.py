"""A product's address that is not its page's."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from connectif_kit.audit.context import PageContext, host_of
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.values import short, sound
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_PRODUCT = """
<div class="cn_product_visited" style="display:none">
  <span class="url">%s</span><span class="product_id">a</span>
  <span class="name">A</span><span class="unit_price">1</span>
</div>
"""

_HEAD = '<link rel="canonical" href="https://shop.example/p/a/">'


@rule(
    Severity.WARNING,
    bad=_HEAD + _PRODUCT % "https://shop.example/p/b/",
    good=_HEAD + _PRODUCT % "https://shop.example/p/a/",
)
def not_canonical_url(context: PageContext) -> Iterator[Finding]:
    """The product's `url` is not the page's canonical address.

    The platform's verifier fetches `url` and expects this product there (article 360014650320); two
    addresses of one page make two entries of one product's visits.
    """
    if len(context.products) != 1 or not context.canonical:
        return
    value = sound(context.products[0].parts[0], "url")
    if value and value.text != context.canonical and _plain(value.text) != _plain(context.canonical):
        foreign = host_of(value.text) != host_of(context.canonical)
        yield Finding(
            value.node,
            say(
                "`url` is {text}, but the page calls itself {canonical}",
                text=short(value.text),
                canonical=short(context.canonical),
            ),
            say(
                'if `url` is right, correct the page: `<link rel="canonical" href="{url}">`; '
                "else correct `store.url`",
                url=value.text,
            )
            if foreign
            else say("use the canonical address in both"),
        )


def _plain(url: str) -> tuple[str, str, str]:
    """What two spellings of one address have in common."""
    parts = urlsplit(url)
    return parts.netloc.lower(), unquote(parts.path).rstrip("/"), parts.query
