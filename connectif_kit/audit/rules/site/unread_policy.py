"""A policy in a host's configuration that nobody here understands."""

from collections.abc import Iterator

from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import Site
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
"""
_PAGES = {"/": "<h1>Mugs</h1>"}
_POLICY = "Content-Security-Policy"


@site_rule(
    Severity.WARNING,
    bad=(
        SiteExample(_PAGES, _PLAN, {"/Caddyfile": f"shop.example {{\n  header {_POLICY} default-src\n}}"}),
        SiteExample(_PAGES, _PLAN, {"/.htaccess": f"<If true>\nHeader set {_POLICY} default-src\n</If>"}),
    ),
    good=SiteExample(_PAGES, _PLAN, {"/Caddyfile": "shop.example {\n  file_server\n}"}),
    needs_plan=True,
)
def unread_policy(site: Site) -> Iterator[Finding]:
    """A host's file names a content security policy, and how it applies is not understood.

    Whether that policy keeps the client out is for you to see: `connectif/checklist.html` lists what the
    client needs, and `connectif-kit verify` of the published address meets it as visitors do.
    """
    for place, why in site.hosting().unread:
        yield Finding(
            place,
            say("this policy is not checked: {why}", why=why),
            say("hold it against the end of connectif/checklist.html, or verify the published address"),
            element=f"{place.path} {place.line}",
        )
