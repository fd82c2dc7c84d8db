"""A site of one page."""

from collections.abc import Iterator

from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import Site
from connectif_kit.core.diagnostics import Place, Severity


@site_rule(
    Severity.NOTICE,
    bad=SiteExample({"/": "<h1>Mugs</h1>"}),
    good=SiteExample({"/": "<h1>Mugs</h1>", "/a/": "<h1>Cups</h1>"}),
)
def lonely_site(site: Site) -> Iterator[Finding]:
    """A site of one page."""
    if len(site.pages) == 1:
        yield Finding(Place("index.html"), "this is the only page")
