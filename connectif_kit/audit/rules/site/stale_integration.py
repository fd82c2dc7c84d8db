"""Pages that carry what an older plan has rendered."""

import re
from collections.abc import Iterator

from connectif_kit.audit import facts
from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import ExpectedOutput, Site, place
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_OURS = re.compile(r"connectif-kit\b[^\n]{0,80}; content ")
_HINT = say("`connectif-kit inject` replaces it; where includes bring it, `build` and copy them again")
_FILE = "/connectif/connectif-events.min.js"
_PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
"""
_NEW = "/* connectif-kit: generated from connectif.yaml, do not edit; content 0123456789ab */\nsend();\n"
_WORKER = _NEW.replace("send", "receive")
_WANTED = ExpectedOutput(
    facts.mark("<script></script>"),
    {"connectif-events.min.js": ("0123456789ab", facts.text_mark(_NEW))},
    facts.text_mark(_WORKER),
)


def _page(version: str) -> dict[str, str]:
    return {"/": f'<!doctype html><body><script src="{_FILE}?v={version}" defer></script>'}


@site_rule(
    Severity.ERROR,
    collect=facts.integration,
    bad=(
        SiteExample(_page("ba9876543210"), _PLAN, {_FILE: _NEW}, wanted=_WANTED),
        SiteExample(_page("0123456789ab"), _PLAN, {_FILE: _NEW + "old()"}, wanted=_WANTED),
        SiteExample(
            _page("0123456789ab"),
            _PLAN,
            {_FILE: "/* connectif-kit; content ba9876543210 */\nold()"},
            wanted=_WANTED,
        ),
        SiteExample(_page("0123456789ab"), _PLAN, {_FILE: ""}, wanted=_WANTED),
        SiteExample(
            _page("0123456789ab"),
            f"{_PLAN}service_worker: {{path: /service-worker.js}}\n",
            {_FILE: _NEW, "/service-worker.js": f"{_WORKER}edited();"},
            wanted=_WANTED,
        ),
    ),
    good=SiteExample(_page("0123456789ab"), _PLAN, {_FILE: _NEW}, wanted=_WANTED),
    needs_plan=True,
)
def stale_integration(site: Site) -> Iterator[Finding]:
    """The site carries the loader or the dispatcher of an older plan.

    The plan was changed after they were put in: the site still sends what the old one promised. A
    page that asks for the dispatcher without a version is held against the file alone. A dispatcher or
    a service worker of ours that was edited, or emptied, is reported as well.
    """
    found = list(site.facts(facts.integration))
    wanted = site.wanted() if found else None
    if wanted is None:
        return
    files: set[str] = set()
    for page, (address, loader, spot, why) in found:
        fault = _of_page(address, loader, wanted)
        hint = say("{why}: `connectif-kit build` says what it should be", why=why) if why else _HINT
        path = facts.path_of(address, page.url_path, site.loaded) or ""
        if not fault and path and path not in files:
            files.add(path)
            fault, hint = _of_file(site, path, wanted), _HINT
        if fault:
            yield Finding(place(page, spot), fault, hint, element="integration")
    yield from _of_worker(site, wanted)


def _of_worker(site: Site, wanted: ExpectedOutput) -> Iterator[Finding]:
    """A worker that bears our mark and is not what the plan gives; another's is `worker-without-push`'s."""
    worker = site.loaded.plan.service_worker if site.loaded else None
    there = site.read(worker.path) if worker and wanted.worker else None
    edited = bool(there) and facts.text_mark(there or "") != wanted.worker
    if site.loaded and worker and there and edited and _OURS.search(there[:200]):
        message = say(
            "the service worker in the site, {path}, is not the one that the plan gives now", path=worker.path
        )
        at = site.loaded.place("service_worker", "path")
        yield Finding(at, message, _HINT, plan=("service_worker",), element=worker.path)


def _of_page(address: str, loader: str, wanted: ExpectedOutput) -> str:
    name, _, version = address.rpartition("/")[2].partition("?v=")
    now, _ = wanted.dispatchers.get(name, ("", ""))
    if version and now and version != now:
        return say(
            "the page asks for an older dispatcher ({version}); the plan now gives {now}",
            version=version,
            now=now,
        )
    if loader and loader != wanted.loader:
        return say("the page carries a loader that the plan no longer gives")
    return ""


def _of_file(site: Site, path: str, wanted: ExpectedOutput) -> str:
    there, (_, mark) = site.read(path), wanted.dispatchers.get(path.rpartition("/")[2], ("", ""))
    if there is None or not mark or facts.text_mark(there) == mark:
        return ""
    if not there.strip():
        return say("the site's dispatcher, {path}, is empty: none of the plan's events is sent", path=path)
    if not _OURS.search(there[:200]):
        return ""
    return say("the dispatcher in the site, {path}, is not the one that the plan gives now", path=path)
