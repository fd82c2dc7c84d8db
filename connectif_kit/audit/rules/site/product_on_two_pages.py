"""One product at two addresses."""

from collections.abc import Iterator

from connectif_kit.audit import facts
from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import PageFacts, Site, place
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_TAG = (
    '<div class="cn_product_visited" style="display:none"><b class="url">https://shop.example%s</b>'
    '<b class="product_id">%s</b><b class="name">Mug</b><b class="unit_price">%s</b></div>'
)


@site_rule(
    Severity.ERROR,
    collect=facts.products,
    bad=SiteExample({"/p/a/": _TAG % ("/p/a/", "mug", "5"), "/p/b/": _TAG % ("/p/b/", "mug", "5")}),
    good=SiteExample({"/p/a/": _TAG % ("/p/a/", "mug-a", "5"), "/p/b/": _TAG % ("/p/b/", "mug-b", "5")}),
)
def product_on_two_pages(site: Site) -> Iterator[Finding]:
    """Two pages give one `product_id` two addresses.

    The id is the catalogue's key: each visit to one page overwrites what the other told, and emails
    link to either. Variants that are products of their own need ids of their own.
    """
    first: dict[str, tuple[PageFacts, str]] = {}
    for page, products in site.facts(facts.products):
        for identity, url, _, spot in products:
            other, known = first.setdefault(identity, (page, url))
            if known != url and other is not page:
                yield Finding(
                    place(page, spot),
                    say(
                        "the product `{identity}` has the address {url} here and {known} in {name}",
                        identity=identity,
                        url=url,
                        known=known,
                        name=other.name,
                    ),
                    say("give each product one page, or each its own id"),
                    element=f"cn_product_visited {identity}",
                )
