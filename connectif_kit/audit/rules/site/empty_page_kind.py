"""A kind of page that no page is."""

from collections.abc import Iterator

from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import Site
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
pages: {home: {match: /}, search: {match: /search}}
"""


@site_rule(
    Severity.WARNING,
    bad=SiteExample({"/": "<h1>Mugs</h1>"}, _PLAN),
    good=SiteExample({"/": "<h1>Mugs</h1>", "/search/": "<h1>Search</h1>"}, _PLAN),
    needs_plan=True,
)
def empty_page_kind(site: Site) -> Iterator[Finding]:
    """The plan describes a kind of page, and no page of the site matches it.

    Nothing sends what it promises: the address has changed, or the glob is wrong. An app in one
    file (`spa: true`, with a 404 page at most) has its other pages in its router.
    """
    if site.loaded is None or not site.complete or not site.pages:
        return
    if site.is_one_file:
        return
    there = {page.page for page in site.pages}
    for name, described in site.loaded.plan.pages.items():
        if name not in there:
            yield Finding(
                site.loaded.place("pages", name),
                say(
                    "no page matches the kind `{name}` ({match})", name=name, match=", ".join(described.match)
                ),
                say("correct `match`, or remove the kind"),
                plan=("pages", name),
                element=name,
            )
