"""Two service workers for one scope."""

from collections.abc import Iterator
from posixpath import dirname, join, normpath

from connectif_kit.audit import facts
from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import Site, place
from connectif_kit.diagnostics import Severity

_PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
service_worker: {path: /service-worker.js}
"""
_PAGES = {"/": "<h1>Mugs</h1>"}
_IMPORT = 'importScripts("https://cdn.connectif.cloud/scripts/service-worker.js");'


def _registering(path: str) -> dict[str, str]:
    return {"/": f'<script>navigator.serviceWorker.register("{path}")</script>'}


@site_rule(
    Severity.ERROR,
    collect=facts.workers,
    bad=SiteExample(_registering("/sw.js"), _PLAN, {"/service-worker.js": _IMPORT}),
    good=(
        SiteExample(_registering("/service-worker.js"), _PLAN, {"/service-worker.js": _IMPORT}),
        SiteExample(_registering("/app/sw.js"), _PLAN, {"/service-worker.js": _IMPORT}),
        SiteExample(
            {"/": _registering("/sw.js")["/"].replace("nav", "// nav")},
            _PLAN,
            {"/service-worker.js": _IMPORT},
        ),
    ),
    needs_plan=True,
)
def two_workers(site: Site) -> Iterator[Finding]:
    """A page registers another service worker for the scope of the plan's.

    A scope has one worker: the two replace each other on every load, and push subscriptions get
    lost. Import the platform's script in the worker that is there, or put ours in a folder.
    """
    worker = site.loaded.plan.service_worker if site.loaded else None
    if worker is None:
        return
    ours = _scope(worker.path, "", "/")
    for page, registered in site.facts(facts.workers):
        for path, scope, spot in registered:
            full = join(dirname(page.url_path), path)
            if (
                "://" not in path
                and normpath(full) != worker.path
                and _scope(full, scope, page.url_path) == ours
            ):
                yield Finding(
                    place(page, spot),
                    f"{path} is registered for the scope {ours}, which is {worker.path}'s",
                    "import one into the other, or give them different folders",
                    plan=("service_worker", "path"),
                    element=f"script {path}",
                )


def _scope(path: str, scope: str, url_path: str) -> str:
    return normpath(join(dirname(url_path), scope)) if scope else dirname(normpath(path))
