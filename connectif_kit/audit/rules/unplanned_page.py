"""Pages that the plan says nothing of."""

from collections.abc import Iterator

from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import Site
from connectif_kit.diagnostics import Place, Severity

_PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
pages: {home: {match: /}}
"""
_SHOWN = 5


@site_rule(
    Severity.NOTICE,
    bad=SiteExample({"/": "<h1>Mugs</h1>", "/about/": "<h1>We</h1>"}, _PLAN),
    good=SiteExample({"/": "<h1>Mugs</h1>"}, _PLAN),
    needs_plan=True,
)
def unplanned_page(site: Site) -> Iterator[Finding]:
    """Pages match no kind of the plan: they report a visit and nothing else.

    That may be what you want; then give them the kind `content`, or name them in `site.ignore`.
    """
    if site.loaded is None or not site.loaded.plan.pages:
        return
    unplanned = [page for page in site.pages if page.page is None and page.url_path]
    if unplanned:
        shown = ", ".join(page.url_path for page in unplanned[:_SHOWN])
        more = f" and {len(unplanned) - _SHOWN:,} more" if len(unplanned) > _SHOWN else ""
        noun = "page matches" if len(unplanned) == 1 else "pages match"
        yield Finding(
            Place(unplanned[0].name),
            f"{len(unplanned):,} {noun} no kind of the plan: {shown}{more}",
            "add `content: {match: …}`, or name them in `site.ignore`",
            plan=("pages",),
        )
