"""A dispatcher that pages ask for and the site does not have."""

from collections.abc import Iterator

from connectif_kit.audit import facts
from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import Site, place
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.vocabulary.platform import DISPATCHERS

_FILE = "/connectif/connectif-events.min.js"
_PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
"""
_PAGES = {"/": f'<!doctype html><body><script src="{_FILE}" defer></script>'}


@site_rule(
    Severity.ERROR,
    collect=facts.integration,
    bad=(
        SiteExample(_PAGES, _PLAN),
        SiteExample(
            {"/": _PAGES["/"].replace("<body>", "<base href=/en/><body>").replace('"/', '"')},
            _PLAN,
            {_FILE: "send()"},
        ),
    ),
    good=SiteExample(_PAGES, _PLAN, {_FILE: "send()"}),
    needs_plan=True,
)
def missing_dispatcher_file(site: Site) -> Iterator[Finding]:
    """Pages ask for the event dispatcher, and the site has no such file.

    None of the plan's events is sent. A rebuild may have emptied the folder after `inject`.
    """
    if not site.complete:
        return
    asked: set[str] = set()
    for page, (address, _, spot, _) in site.facts(facts.integration):
        path = facts.path_of(address, page.url_path, site.loaded)
        if path and path not in asked:
            asked.add(path)
            if site.read(path) is None:
                yield Finding(
                    place(page, spot),
                    say("the site has no file {path}: none of the plan's events is sent", path=path),
                    _way(site, path),
                    element=path,
                )


def _way(site: Site, path: str) -> str:
    """`inject` writes the files of the plan's folder; a script written by hand may ask for another."""
    folder = site.loaded.plan.site.assets if site.loaded else ""
    if path in [f"{folder}/{name}" for name in DISPATCHERS]:
        return say("`connectif-kit inject` writes it")
    return say(
        "the plan's is {folder}/{file}: let the script ask for that",
        folder=folder,
        file=DISPATCHERS[1],
    )
