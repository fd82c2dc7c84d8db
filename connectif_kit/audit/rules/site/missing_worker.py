"""No service worker where the plan says."""

from collections.abc import Iterator

from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import Site
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
service_worker: {path: /service-worker.js}
"""
_PAGES = {"/": "<h1>Mugs</h1>"}
_IMPORT = 'importScripts("https://cdn.connectif.cloud/scripts/service-worker.js");'


@site_rule(
    Severity.ERROR,
    bad=SiteExample(_PAGES, _PLAN),
    good=SiteExample(_PAGES, _PLAN, {"/service-worker.js": _IMPORT}),
    needs_plan=True,
)
def missing_worker(site: Site) -> Iterator[Finding]:
    """The site has no file at the service worker's path.

    Web push cannot be subscribed to: the client registers a worker that is not there (article
    360014285999).
    """
    if site.loaded is None or not site.complete or site.loaded.plan.service_worker is None:
        return
    worker = site.loaded.plan.service_worker
    if site.read(worker.path) is None:
        yield Finding(
            site.loaded.place("service_worker", "path"),
            say("the site has no file {path}", path=worker.path),
            say("`connectif-kit inject` writes it"),
            plan=("service_worker",),
            element=worker.path,
        )
