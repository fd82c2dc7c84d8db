"""An event that waits for an element that is nowhere."""

from collections.abc import Iterator

from connectif_kit.audit import facts
from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import Site
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import either, say

_PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
pages: {home: {match: /}}
events:
  news: {on: {submit: "form#newsletter"}, send: newsletter-subscribe, email: a@b.example, pages: home}
"""


@site_rule(
    Severity.WARNING,
    collect=facts.selectors,
    bad=SiteExample({"/": "<form id=news></form>"}, _PLAN),
    good=SiteExample({"/": "<form id=newsletter></form>"}, _PLAN),
    needs_plan=True,
)
def unmatched_selector(site: Site) -> Iterator[Finding]:
    """The plan's event waits for an element that no page has where it is promised.

    The event will never be sent. Either the page's markup has changed, or the selector is wrong; if
    a script makes the element, switch this rule off with `--ignore`. What an app in one file
    (`spa: true`) draws is in no page, so it is not looked at.
    """
    if site.loaded is None or not site.complete or site.is_one_file:
        return
    names = {name for page in site.pages if (name := page.page)}
    matched = {(page.page, number) for page, numbers in site.facts(facts.selectors) for number in numbers}
    anywhere = {number for _, number in matched}
    for number, (path, css, pages) in enumerate(facts.awaited(site.loaded)):
        missing = [name for name in pages if name in names and (name, number) not in matched]
        if missing or (not pages and number not in anywhere and site.pages):
            where = (
                say("no page of kind {missing} has one", missing=either(missing))
                if missing
                else say("no page has one")
            )
            yield Finding(
                site.loaded.place(*path),
                say("the event `{event}` waits for `{css}`: {where}", event=path[1], css=css, where=where),
                say("correct the selector, or the page"),
                plan=path,
                element=css,
            )
