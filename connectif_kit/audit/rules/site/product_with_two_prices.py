"""One product with two prices."""

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
    bad=SiteExample({"/p/a/": _TAG % ("/p/a/", "mug", "5"), "/p/a.html": _TAG % ("/p/a/", "mug", "7")}),
    good=SiteExample({"/p/a/": _TAG % ("/p/a/", "mug", "5"), "/p/a.html": _TAG % ("/p/a/", "mug", "5")}),
)
def product_with_two_prices(site: Site) -> Iterator[Finding]:
    """Two pages give one `product_id` two prices.

    Each visit overwrites the other page's price in the catalogue, and carts are worth either.
    """
    first: dict[str, tuple[PageFacts, str]] = {}
    for page, products in site.facts(facts.products):
        for identity, _, price, spot in products:
            other, known = first.setdefault(identity, (page, price))
            if known != price and other is not page:
                yield Finding(
                    place(page, spot),
                    say(
                        "the product `{identity}` costs {price} here and {known} in {name}",
                        identity=identity,
                        price=price,
                        known=known,
                        name=other.name,
                    ),
                    say("build both pages from the same data"),
                    element=f"cn_product_visited {identity}",
                )
