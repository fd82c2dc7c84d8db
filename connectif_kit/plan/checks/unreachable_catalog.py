"""A catalogue that cannot reach the platform."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.document import Path
from connectif_kit.plan.models import Plan
from connectif_kit.plan.queries import in_html, product_data

_WAY: Path = ("integration", "catalog")


@check(
    Severity.ERROR,
    bad='pages: {product: {match: "/p/*", product: catalog}}',
    good='pages: {product: {match: "/p/*", product: catalog}}\ncatalog: {source: products.csv}',
    rests_on={"integration", "catalog", "pages"},
)
def unreachable_catalog(plan: Plan) -> Iterator[Problem]:
    """The way that the catalogue takes to the platform cannot work.

    By tags, the platform's verifier fetches a product's page and runs no script (article 6078445655324);
    by feed, there must be products to write into it (360016010499).
    """
    products = plan.pages_of("product")
    for name in products:
        yield from _product_page(plan, name)
    if plan.integration.catalog == "tags" and not products and plan.pages:
        message = say("catalog: tags, but no page of kind product is planned: no product would be verified")
        hint = say("add `product: {match: …}`, or choose catalog: feed or api")
        yield Problem(_WAY, message, hint, Severity.WARNING)
    if plan.integration.catalog == "feed" and not _has_products(plan, products):
        message = say("catalog: feed, but nothing says where the products are")
        yield Problem(_WAY, message, say("add `catalog: {source: …}`"))


def _has_products(plan: Plan, pages: list[str]) -> bool:
    in_pages = any(in_html(product_data(plan, plan.pages[name])) for name in pages)
    return bool(plan.catalog.source) or in_pages


def _product_page(plan: Plan, name: str) -> Iterator[Problem]:
    data = product_data(plan, plan.pages[name])
    if data == "catalog" and not plan.catalog.source:
        message = say("`product: catalog`, but `catalog.source` names no file")
        yield Problem(("pages", name, "product"), message, say("add `catalog: {source: …}`"))
    by_templates = plan.integration.activity == "server-tags" or plan.templates.product
    rendered_elsewhere = by_templates and data is None
    if plan.integration.catalog == "tags" and not in_html(data) and not rendered_elsewhere:
        message = say(
            "catalog: tags, but nothing renders cn_product_visited into the raw HTML of "
            "these pages: the platform's verifier fetches the page and runs no script"
        )
        hint = say(
            "take `product: catalog` or `product: json-ld`, or choose catalog: feed or api; where your "
            "templates or components write the tag, say `templates: {product: product}` and no `product` "
            "of the page"
        )
        yield Problem(("pages", name), message, hint, at_value=False)
