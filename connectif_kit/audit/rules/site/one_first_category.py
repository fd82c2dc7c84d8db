"""Categories that all begin with one name, which may be the shop's start page."""

from collections.abc import Iterator

from connectif_kit.audit import facts
from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import Site, place
from connectif_kit.audit.values import short
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

FEWEST = 5
"""Pages from which on a name that all have in common is no accident."""

_PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
pages: {product: {match: "/p/*", product: json-ld}}
"""
_TAG = (
    '<div class="cn_product_visited" style="display:none"><b class="url">https://shop.example/p/%s/</b>'
    '<b class="product_id">%s</b><b class="name">Mug</b><b class="unit_price">5</b>'
    '<b class="category">%s</b></div>'
)


def _site(*categories: str) -> SiteExample:
    pages = {f"/p/{n}/": _TAG % (n, n, category) for n, category in enumerate(categories)}
    return SiteExample(pages, _PLAN)


@site_rule(
    Severity.NOTICE,
    collect=facts.trails,
    bad=_site("/Barro/Mugs", "/Barro/Plates", "/Barro/Mugs", "/Barro/Vases", "/Barro/Lamps"),
    good=_site("/Mugs/Blue", "/Plates", "/Mugs/Red", "/Vases", "/Lamps"),
    needs_plan=True,
)
def one_first_category(site: Site) -> Iterator[Finding]:
    """The breadcrumbs of every product page begin with one name.

    It may be the shop's start page under a name that is not known as one: then every category is one level
    too deep. `connectif-kit explain breadcrumbs` says by what a start is known.
    """
    found = [(page, *each) for page, each in site.facts(facts.trails)]
    paths = {category for _, categories, _ in found for category in categories}
    names = {path.split("/")[1] for path in paths if path.startswith("/")}
    deeper = [path for path in paths if path.count("/") > 1]
    if len(found) >= FEWEST and len(names) == 1 and len(deeper) > 1:
        page, _, spot = found[0]
        yield Finding(
            place(page, spot),
            say(
                "the categories of all {count:,} products begin with `{name}`: is it the start page?",
                count=len(found),
                name=short(names.pop()),
            ),
            say("then link it to `store.url` in the breadcrumbs, or call it Home"),
            element="cn_product_visited",
            about="category",
        )
