"""A visit that the page reports by hand beside the integration."""

import re
from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Example, Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily

_LOADER = (
    '<script id="__cn_generic_script__3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11">'
    '"https://cdn.connectif.cloud/eu5/client-script/3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"</script>'
    '<script src="/connectif/connectif-events.min.js" defer></script>'
)

# A script that waits for something else than the page's start reports something else.
_LATER = lazily(
    r"popstate|pushState|\brout|\.on(?:click|submit|change)\b|\.on\("
    r"""|addEventListener\(\s*["'`](?!connectif\.|DOMContentLoaded|load\b|pageshow)""",
    re.IGNORECASE,
)


def _page(code: str, url_path: str = "/") -> Example:
    return Example(f"<!doctype html><body>{_LOADER}<script>{code}</script></body>", url_path)


@rule(
    Severity.WARNING,
    bad=(
        _page('connectif.managed.sendEvents([{type: "page-visit"}])'),
        _page('connectif.managed.sendEvents([{type: "product-visited", product: mug}])', "/p/mug/"),
    ),
    good=(
        _page('connectif.managed.sendEvents([{type: "search", searchText: "mug"}])'),
        _page('connectif.managed.sendEvents([{type: "product-visited", product: mug}])'),
        _page('// connectif.managed.sendEvents([{type: "page-visit"}])'),
        _page('router.afterEach(() => connectif.managed.sendEvents([{type: "page-visit"}]))'),
    ),
    needs_plan=True,
)
def second_report(context: PageContext) -> Iterator[Finding]:
    """An inline script sends a visit that the plan's integration already sends.

    The dispatcher, or the client that reads the tags, reports each page and each product page once;
    a `sendEvents` beside it makes two activities of one, and both are billed (article 360014699620).
    """
    if not _reported(context):
        return
    ours = {"page-visit", "product-visited"} if _shows_product(context) else {"page-visit"}
    for script, code, events in context.calls:
        for event in sorted(ours & events) if not _LATER.search(code) else ():
            yield Finding(
                script,
                say(
                    "this script sends `{event}`, which the plan's integration sends too: it counts twice",
                    event=event,
                ),
                say("keep one of them"),
                plan=("integration",),
                about=event,
            )


def _reported(context: PageContext) -> bool:
    by_events = context.loaded is not None and context.loaded.plan.integration.activity == "js-events"
    return bool(context.loaders) and (not by_events or bool(context.dispatchers))


def _shows_product(context: PageContext) -> bool:
    return context.kind == "product" or bool(context.products)
