"""A page that the plan says nothing of."""

from collections.abc import Iterator

from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import Site
from connectif_kit.core.diagnostics import Place, Severity
from connectif_kit.core.messages import say

_PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
pages: {home: {match: /}}
"""


@site_rule(
    Severity.NOTICE,
    bad=SiteExample({"/": "<h1>Mugs</h1>", "/about/": "<!doctype html><h1>We</h1>"}, _PLAN),
    good=SiteExample({"/": "<h1>Mugs</h1>", "/row.html": "<li>We</li>"}, _PLAN),
    needs_plan=True,
)
def unplanned_page(site: Site) -> Iterator[Finding]:
    """The page matches no kind of the plan: it reports a visit and nothing else.

    That may be what you want; then give it the kind `content`, or name it in `site.ignore`.
    """
    if site.loaded is None or not site.loaded.plan.pages:
        return
    for page in site.pages:
        if page.page is None and page.url_path and not page.special:
            yield Finding(
                Place(page.name, 1, 1),
                say("the page matches no kind of the plan"),
                say("add `content: {match: …}`, or name it in `site.ignore`"),
                plan=("pages",),
            )
