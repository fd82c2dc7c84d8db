"""A page without the dispatcher that the plan's events need."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext, host_of
from connectif_kit.audit.rule import Example, Finding, rule
from connectif_kit.audit.values import short
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.loaded import LoadedPlan

_SCRIPT = '<script src="/connectif/connectif-events.min.js" defer></script>'
_ELSEWHERE = '<script src="https://cdn.example/connectif/connectif-events.min.js"></script>'


@rule(
    Severity.ERROR,
    bad=(
        Example("<!doctype html><title>Mugs</title><body><h1>Mugs</h1></body>"),
        Example(f"<!doctype html><body><template>{_SCRIPT}</template></body>"),
        Example(f"<!doctype html><body>{_SCRIPT.replace(' src', ' nomodule src')}</body>"),
        Example(f"<!doctype html><body>{_SCRIPT.replace(' src', ' type=application/json src')}</body>"),
        Example(f"<!doctype html><body>{_ELSEWHERE}</body>"),
        Example(
            '<!doctype html><base href="https://cdn.example/"><body>'
            '<script src="connectif-events.min.js"></script></body>'
        ),
        Example('<!doctype html><body><script src="/about-connectif-events.min.js"></script></body>'),
    ),
    good=(
        Example(f"<!doctype html><title>Mugs</title><body>{_SCRIPT}<h1>Mugs</h1></body>"),
        Example(
            '<!doctype html><base href="https://cdn.example/"><body>'
            '<script src="https://shop.example/connectif/connectif-events.js?v=1"></script></body>'
        ),
    ),
    needs_plan=True,
)
def missing_dispatcher(context: PageContext) -> Iterator[Finding]:
    """The page does not load the event dispatcher.

    The dispatcher sends what the plan promises: visits, carts, purchases, the plan's own events. A
    script that no browser runs is none: in a `<template>`, with `nomodule`, or of a type that is no
    JavaScript. One from another domain is reported as a warning: nobody here sees what it holds.
    `<base href>` counts.
    """
    if not context.is_asked or context.loaded is None:
        return
    if not context.dispatchers and not context.comes_later("/connectif-events."):
        where, why = next(iter(context.idle_dispatchers), (context.top, ""))
        yield Finding(
            where,
            say("the event dispatcher here does not run: {why}", why=why)
            if why
            else say("the page does not load the event dispatcher: none of the plan's events is sent"),
            context.way_in,
            plan=("integration",),
            element="html",
        )
    elif context.dispatchers and (hosts := _foreign(context, context.loaded)):
        yield Finding(
            context.dispatchers[0],
            say(
                "the event dispatcher comes from {hosts}, which is not the shop's: nobody here sees it",
                hosts=hosts,
            ),
            say("load it from the shop's own address"),
            plan=("integration",),
            severity=Severity.WARNING,
            element="html",
        )


def _foreign(context: PageContext, loaded: LoadedPlan) -> str:
    """The host of the page's dispatcher, where none comes from the shop's domain or one beside it."""
    found = [host_of(context.address(node.attributes["src"])) for node in context.dispatchers]
    if not all(found):
        return ""
    hosts = {*map(host_of, [loaded.plan.store.url, *loaded.plan.store.domains])}
    own = {host.split(".")[-2:] == each.split(".")[-2:] for host in hosts for each in found}
    return "" if any(own) else short(found[0])
