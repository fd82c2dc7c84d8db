"""A policy in a host's configuration that keeps the client out."""

import json
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urljoin

from connectif_kit.audit import facts
from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import PageFacts, Site
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import count, say
from connectif_kit.page.client_needs import import_kept_out, kept_out, loaded, worker_kept_out
from connectif_kit.page.content_policy import policies
from connectif_kit.page.host_headers import HostHeaders, Sent

_KEY = "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"
_PLAN = f"""
store: {{id: {_KEY}, environment: eu5, url: "https://shop.example"}}
"""
_LOADER = f'<script id="__cn_generic_script__{_KEY}">"https://cdn.connectif.cloud/eu5/client-script/{_KEY}"</script>'
_PAGES = {"/": f"<body>{_LOADER}</body>"}
_WORKER = "service_worker: {path: /service-worker.js}\n"


def _headers(policy: str) -> dict[str, str]:
    return {"/_headers": f"/*\n  Content-Security-Policy: {policy}\n"}


@site_rule(
    Severity.ERROR,
    collect=facts.client_needs,
    bad=(
        SiteExample(_PAGES, _PLAN, _headers("script-src 'self'")),
        SiteExample(
            {"/": "<h1>Mugs</h1>"},
            _PLAN + _WORKER,
            {"/_headers": "/service-worker.js\n  Content-Security-Policy: default-src 'self'\n"},
        ),
    ),
    good=(
        SiteExample(
            _PAGES,
            _PLAN,
            _headers("script-src 'self' 'unsafe-inline' https://cdn.connectif.cloud; connect-src https:"),
        ),
        SiteExample(_PAGES, _PLAN, {"/_headers": "/admin/*\n  Content-Security-Policy: script-src 'self'\n"}),
    ),
    needs_plan=True,
)
def csp_header_blocks_client(site: Site) -> Iterator[Finding]:
    """A policy that a host is configured to send blocks the loader, the client, the dispatcher or the worker.

    Read are `_headers`, `netlify.toml`, `vercel.json`, `firebase.json`, `staticwebapp.config.json` and
    the `.htaccess` of the site's folder, each with its host's own patterns. A page that several of
    their rules cover is held against each policy that is sent. The policy that comes with the service
    worker's script counts for what the worker imports.
    """
    hosting = site.hosting()
    if not hosting.files or site.loaded is None:
        return
    found: dict[tuple[Sent, str], list[PageFacts]] = {}
    for page, asked in site.facts(facts.client_needs):
        for sent in hosting.policies_of(page.url_path, page.name, _shop(site)):
            faults = _of_page(json.dumps(asked), sent.value, _origin(site), worker=_has_worker(site))
            for fault in faults:
                found.setdefault((sent, fault), []).append(page)
    for (sent, fault), pages in found.items():
        yield _finding(sent, _said(pages[0].name, len(pages) - 1, fault), fault)
    yield from _of_worker(site, hosting)


def _said(where: str, others: int, fault: str) -> str:
    if not others:
        return say("the policy of {where} keeps the client out: {fault}", where=where, fault=fault)
    return count(
        others,
        "the policy of {where} and of one page more keeps the client out: {fault}",
        "the policy of {where} and of {n:,} pages more keeps the client out: {fault}",
        where=where,
        fault=fault,
    )


def _finding(sent: Sent, message: str, fault: str) -> Finding:
    return Finding(
        sent.place, message, say("add what is missing"), ("integration",), element=fault, about=sent.name
    )


def _has_worker(site: Site) -> bool:
    return site.loaded is not None and site.loaded.plan.service_worker is not None


def _origin(site: Site) -> str:
    return urljoin(_shop(site), "/")


def _shop(site: Site) -> str:
    return site.loaded.plan.store.url if site.loaded else ""


@lru_cache(maxsize=64)  # the pages of a site ask for the same
def _of_page(asked: str, policy: str, origin: str, *, worker: bool) -> tuple[str, ...]:
    needs = loaded(json.loads(asked))
    found = policies(policy)
    faults = [fault for one in found for fault in kept_out(needs, one, origin)]
    faults += [fault for one in found for fault in worker_kept_out(one, origin)] if worker else []
    return tuple(dict.fromkeys(faults))


def _of_worker(site: Site, hosting: HostHeaders) -> Iterator[Finding]:
    """What the policy of the service worker's own answer keeps out of it."""
    worker = site.loaded.plan.service_worker if site.loaded else None
    if worker is None:
        return
    for sent in hosting.policies_of(worker.path, worker.path, _shop(site)):
        for one in policies(sent.value):
            for fault in import_kept_out(one, _origin(site)):
                message = say(
                    "the policy of {where} keeps the client out: {fault}", where=worker.path, fault=fault
                )
                yield _finding(sent, message, fault)
