"""A product tag that says something else than the catalogue."""

from collections.abc import Iterator

from connectif_kit.audit import facts
from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.rules.page.contradicted_value import plain
from connectif_kit.audit.site import Row, Site, place
from connectif_kit.audit.values import short
from connectif_kit.core.diagnostics import Place, Severity
from connectif_kit.core.messages import say

_PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
catalog: {source: products.csv}
pages: {product: {match: "/p/*", product: catalog}}
"""
_ROW = Row(Place("products.csv", 2), {"name": "Mug", "unit_price": "12.50"})


def _pages(price: str) -> dict[str, str]:
    held = {"url": "https://shop.example/p/mug/", "product_id": "mug", "name": "Mug", "unit_price": price}
    inside = "".join(f'<b class="{name}">{text}</b>' for name, text in held.items())
    return {"/p/mug/": f'<div class="cn_product_visited" style="display:none">{inside}</div>'}


@site_rule(
    Severity.ERROR,
    collect=facts.catalogued,
    bad=SiteExample(_pages("15"), _PLAN, rows={"mug": _ROW}),
    good=SiteExample(_pages("12.5"), _PLAN, rows={"mug": _ROW}),
    needs_plan=True,
)
def contradicted_catalogue(site: Site) -> Iterator[Finding]:
    """The product tag says something else than the product's row in the catalogue file.

    Compared are price, name, availability and address, where the plan says `product: catalog`. Each
    visit writes the page's value over the catalogue's.
    """
    for page, products in site.facts(facts.catalogued):
        for identity, said, spot in products:
            row = site.rows.get(identity)
            for name, text in said.items() if row else ():
                theirs = row.values.get(name, "") if row else ""
                if row and theirs and plain(name, text) != plain(name, theirs):
                    yield Finding(
                        place(page, spot),
                        say(
                            "`{name}` is `{text}`, but {path}:{line} says `{theirs}`",
                            name=name,
                            text=short(text),
                            path=row.place.path,
                            line=row.place.line,
                            theirs=short(theirs),
                        ),
                        say("build the page again; `connectif-kit inject` renews a tag that it has put in"),
                        plan=("catalog", "source"),
                        element=f"cn_product_visited {identity}",
                        about=name,
                    )
