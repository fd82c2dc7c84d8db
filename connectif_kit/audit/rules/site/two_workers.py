"""Two service workers for one scope."""

from collections.abc import Iterator
from posixpath import dirname, normpath
from typing import NamedTuple

from connectif_kit.audit import facts
from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import PageFacts, Site, place
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.page.workers import imported, imported_by_worker, registered
from connectif_kit.vocabulary.platform import WORKER_SCRIPT

_PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
service_worker: {path: /service-worker.js}
"""
_IMPORT = 'importScripts("https://cdn.connectif.cloud/scripts/service-worker.js");'


def _registering(path: str) -> dict[str, str]:
    return {"/": f'<script>navigator.serviceWorker.register("{path}")</script>'}


_BY_FILE = {"/": '<script type="module" src="/registerSW.js"></script>'}
_WORKER = {"/service-worker.js": _IMPORT}
_MOST = 300
"""Script files that are read for one site; a page has a few, and they are the same on every page."""


@site_rule(
    Severity.ERROR,
    collect=facts.workers,
    bad=(
        SiteExample(_registering("/sw.js"), _PLAN, _WORKER),
        SiteExample(
            _BY_FILE, _PLAN, {**_WORKER, "/registerSW.js": 'navigator.serviceWorker.register("/sw.js")'}
        ),
        SiteExample(
            _BY_FILE,
            _PLAN,
            {
                **_WORKER,
                "/registerSW.js": 'import "./pwa.js"',
                "/pwa.js": 'new Workbox("/sw.js").register()',
            },
        ),
    ),
    good=(
        SiteExample(_registering("/service-worker.js"), _PLAN, _WORKER),
        SiteExample(_registering("/app/sw.js"), _PLAN, _WORKER),
        SiteExample({"/": _registering("/sw.js")["/"].replace("nav", "// nav")}, _PLAN, _WORKER),
        SiteExample(_BY_FILE, _PLAN, {**_WORKER, "/registerSW.js": 'new Worker("/sw.js")'}),
    ),
    needs_plan=True,
)
def two_workers(site: Site) -> Iterator[Finding]:
    """A page registers another service worker for the scope of the plan's, by itself or in a script file.

    A scope has one worker: the two replace each other on every load, and push subscriptions get
    lost. Import the platform's script in the worker that is there, or put ours in a folder.
    """
    worker = site.loaded.plan.service_worker if site.loaded else None
    if worker is None:
        return
    scripts = _Scripts(site)
    for page, found in site.facts(facts.workers):
        reported = [("", file, scope, spot) for file, scope, spot in found["registered"]]
        for address, spot in found["files"]:
            path = facts.path_of(address, page.url_path, site.loaded) or ""
            reported += [(each.at, each.file, each.scope, spot) for each in scripts.registered(path)]
        for script, file, scope, spot in reported:
            if _clashes(site, page, worker.path, file, scope):
                yield _finding(site, page, worker.path, script, file, spot)


def _finding(site: Site, page: PageFacts, ours: str, script: str, file: str, spot: list[int]) -> Finding:
    by = say(" by {script}", script=script) if script else ""
    path = facts.path_of(file, page.url_path, site.loaded) or file
    taken_in = imported_by_worker(site.read(path) or "")
    joined = any(each == WORKER_SCRIPT or each.endswith(ours) for each in taken_in)
    return Finding(
        place(page, spot),
        say(
            "{file} is registered{by} for the scope {folder}, which is {ours}'s",
            file=file,
            by=by,
            folder=_folder(ours),
            ours=ours,
        ),
        say(
            "name {path} as `service_worker.path` and in the store's settings: it has the platform's script",
            path=path,
        )
        if joined
        else say("import one into the other, or give them different folders"),
        plan=("service_worker", "path"),
        element=f"script {file}",
    )


def _clashes(site: Site, page: PageFacts, ours: str, file: str, scope: str) -> bool:
    """Whether a worker is another one than the plan's, for the same scope."""
    path = facts.path_of(file, page.url_path, site.loaded)
    if path is None or normpath(path) == ours:
        return False
    covered = facts.path_of(scope, page.url_path, site.loaded) if scope else _folder(path)
    return covered is not None and normpath(covered) == _folder(ours)


def _folder(path: str) -> str:
    return dirname(normpath(path))


class _Found(NamedTuple):
    """A worker's file and scope, and the script file that registers it."""

    at: str
    file: str
    scope: str


class _Scripts:
    """The site's script files with what they register, each read once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._read: dict[str, tuple[list[_Found], list[str]]] = {}

    def registered(self, path: str) -> list[_Found]:
        """What a script registers, itself or by what it imports."""
        found: dict[_Found, None] = {}
        waiting, met = [path], {path}
        while waiting:
            reported, imports = self._file(waiting.pop())
            found.update(dict.fromkeys(reported))
            waiting += [each for each in imports if each not in met]
            met.update(imports)
        return list(found)

    def _file(self, path: str) -> tuple[list[_Found], list[str]]:
        if path not in self._read:
            if len(self._read) >= _MOST:
                return [], []
            self._read[path] = self._looked_at(path, self._site.read(path) or "")
        return self._read[path]

    def _looked_at(self, path: str, code: str) -> tuple[list[_Found], list[str]]:
        reported = [
            _Found(path, self._seen_from(path, each.file) if each.by_module else each.file, each.scope)
            for each in registered(code)
        ]
        return reported, [self._seen_from(path, each) for each in imported(code)]

    def _seen_from(self, script: str, address: str) -> str:
        """An address in a script as a path of the site; as it is where it lies elsewhere."""
        return facts.path_of(address, script, self._site.loaded) or address
