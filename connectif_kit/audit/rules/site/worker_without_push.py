"""A service worker that knows nothing of push messages."""

from collections.abc import Iterator

from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import Site
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily
from connectif_kit.page.html import without_comments
from connectif_kit.page.workers import lacking

_PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
service_worker: {path: /service-worker.js}
"""
_PAGES = {"/": "<h1>Mugs</h1>"}
_IMPORT = 'importScripts("https://cdn.connectif.cloud/scripts/service-worker.js");'

_HANDLERS = tuple(
    lazily(rf"addEventListener\(\s*[\"'`]{event}[\"'`]|\bon{event}\s*=")
    for event in ("push", "notificationclick")
)


@site_rule(
    Severity.ERROR,
    bad=(
        SiteExample(_PAGES, _PLAN, {"/service-worker.js": "self.addEventListener('fetch', () => {})"}),
        SiteExample(_PAGES, _PLAN, {"/service-worker.js": f"// {_IMPORT}"}),
    ),
    good=(
        SiteExample(_PAGES, _PLAN, {"/service-worker.js": _IMPORT}),
        SiteExample(
            _PAGES,
            _PLAN,
            {
                "/service-worker.js": _IMPORT.replace("importScripts(", "importScripts('/own.js',\n").replace(
                    "https:", ""
                )
            },
        ),
    ),
    needs_plan=True,
)
def worker_without_push(site: Site) -> Iterator[Finding]:
    """The service worker neither imports the platform's script nor handles push messages itself.

    Visitors subscribe, messages arrive, and nothing is shown (article 360014660000).
    """
    worker = site.loaded.plan.service_worker if site.loaded else None
    text = site.read(worker.path) if worker else None
    if worker is None or text is None or site.loaded is None:
        return
    code = without_comments(text)
    if lacking(text, _IMPORT) and not all(handler.search(code) for handler in _HANDLERS):
        yield Finding(
            site.loaded.place("service_worker", "path"),
            say(
                "{path} lacks the platform's `importScripts` line, and has no push handlers", path=worker.path
            ),
            say('add importScripts("https://cdn.connectif.cloud/scripts/service-worker.js");'),
            plan=("service_worker",),
            element=worker.path,
        )
