"""A page without the dispatcher that the plan's events need."""

from collections.abc import Iterator

from connectif_kit.audit.rule import Example, Finding, rule
from connectif_kit.audit.view import View
from connectif_kit.diagnostics import Severity

_SCRIPT = '<script src="/connectif/connectif-events.min.js" defer></script>'


@rule(
    Severity.ERROR,
    bad=Example("<!doctype html><title>Mugs</title><body><h1>Mugs</h1></body>"),
    good=Example(f"<!doctype html><title>Mugs</title><body>{_SCRIPT}<h1>Mugs</h1></body>"),
    needs_plan=True,
)
def missing_dispatcher(view: View) -> Iterator[Finding]:
    """The page does not load the event dispatcher.

    The dispatcher sends what the plan promises: visits, carts, purchases, the plan's own events.
    """
    if view.is_document and not view.page.has('script[src*="connectif-events"]'):
        yield Finding(
            view.top,
            "the page does not load the event dispatcher: none of the plan's events is sent",
            "`connectif-kit inject` puts it in",
            plan=("integration",),
        )
