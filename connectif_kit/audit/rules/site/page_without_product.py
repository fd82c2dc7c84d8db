"""A product's page that the catalogue does not know."""

from collections.abc import Iterator

from connectif_kit.audit import facts
from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import Site, place
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_TAG = (
    '<div class="cn_product_visited" style="display:none"><b class="url">https://shop.example%s</b>'
    '<b class="product_id">%s</b><b class="name">Mug</b><b class="unit_price">%s</b></div>'
)
_PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
catalog: {source: products.csv}
pages: {product: {match: "/p/*", product: catalog}}
"""
_PAGES = {"/p/mug/": _TAG % ("/p/mug/", "mug", "5")}


@site_rule(
    Severity.WARNING,
    collect=facts.products,
    bad=SiteExample(_PAGES, _PLAN, products={"plate": "/p/plate/"}),
    good=SiteExample(_PAGES, _PLAN, products={"mug": "/p/mug/"}),
    needs_plan=True,
)
def page_without_product(site: Site) -> Iterator[Finding]:
    """A page shows a product that the plan's catalogue does not have.

    Feed and API then know nothing of a product that visitors see: the page is a leftover of an
    earlier build, or the catalogue is not complete.
    """
    if site.products is None:
        return
    for page, products in site.facts(facts.products):
        for identity, _, _, spot in products:
            if identity not in site.products:
                yield Finding(
                    place(page, spot),
                    say("the catalogue has no product `{identity}`", identity=identity),
                    say("add it, or remove the page"),
                    plan=("catalog", "source"),
                    element="cn_product_visited",
                )
