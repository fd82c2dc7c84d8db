"""A product of the catalogue that no page shows."""

from collections.abc import Iterator

from connectif_kit.audit import facts
from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import Site
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
_NAMED = 5


@site_rule(
    Severity.WARNING,
    collect=facts.products,
    bad=SiteExample(_PAGES, _PLAN, products={"mug": "/p/mug/", "plate": "/p/plate/"}),
    good=SiteExample(_PAGES, _PLAN, products={"mug": "/p/mug/", "mug-red": "/p/mug/"}),
    needs_plan=True,
)
def product_without_page(site: Site) -> Iterator[Finding]:
    """The catalogue has a product that no page of the site shows.

    Its page was not built, or its tag is missing there: the platform will not verify it, or takes
    it for discontinued.
    """
    if not site.complete or site.products is None or site.loaded is None:
        return
    shown = {identity for _, products in site.facts(facts.products) for identity, *_ in products}
    # Variants share a page, which shows one of them.
    pages = {site.products[identity] for identity in shown if identity in site.products}
    missing = [each for each, url in site.products.items() if each not in shown and url not in pages]
    if not missing or not shown:
        return  # where no page has a tag, `missing-tag` says so
    count = len(missing) + site.unseen
    named = ", ".join(f"`{identity}`" for identity in missing[:_NAMED])
    more = say(" and {count:,} more", count=count - _NAMED) if count > _NAMED else ""
    yield Finding(
        site.loaded.place("catalog", "source"),
        say(
            "catalogue products without a page ({count:,}): {named}{more}",
            count=count,
            named=named,
            more=more,
        ),
        say("build their pages, or take them out of the catalogue"),
        plan=("catalog", "source"),
        element="catalog",
    )
