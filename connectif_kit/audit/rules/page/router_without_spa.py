"""A page whose links a router takes over, in a plan that knows of no single-page app."""

import re
from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Example, Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.page.html import Node

_STORE = 'store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}\n'
_SPA = _STORE + "integration: {spa: true}"
_TURBO = '<script type="module" src="/assets/turbo.min.js"></script>'
_SHELL = '<body><div id="root"></div><script type="module" src="/assets/index-4f2a.js"></script></body>'
_SCRIPTS = {
    "Turbo": re.compile(r"@hotwired/turbo|/turbo(\.es2017-umd|\.es2017-esm)?(\.min)?\.js").search,
    "swup": re.compile(r"(^|/|@)swup[@./]", re.IGNORECASE).search,
    "Next": re.compile(r"/_next/static/").search,
    "Nuxt": re.compile(r"/_nuxt/").search,
}
_ASTRO = 'meta[name="astro-view-transitions-enabled"]'
_ROOTS = ("root", "app", "svelte")


@rule(
    Severity.NOTICE,
    bad=(
        Example(f"<!doctype html><head>{_TURBO}</head><body><h1>Mugs</h1></body>", plan=_STORE),
        Example(f"<!doctype html>{_SHELL}", plan=_STORE),
        Example('<!doctype html><body hx-boost="true"><h1>Mugs</h1></body>', plan=_STORE),
    ),
    good=(
        Example(f"<!doctype html><head>{_TURBO}</head><body><h1>Mugs</h1></body>", plan=_SPA),
        Example(f"<!doctype html>{_SHELL}", plan=_SPA),
        Example("<!doctype html><body><div id=root><h1>Mugs</h1></div></body>", plan=_STORE),
    ),
    needs_plan=True,
)
def router_without_spa(context: PageContext) -> Iterator[Finding]:
    """A router changes pages without loading them, and the plan does not say `spa: true`.

    Then only the page that a visitor lands on is a visit: what the router shows afterwards is told by
    nobody. With `integration: {spa: true}` each of its routes is a view.
    """
    if context.loaded is None or not context.is_document:
        return
    how = context.loaded.plan.integration
    if how.spa or how.activity != "js-events":
        return
    if found := _router(context):
        where, name = found
        yield Finding(
            where,
            say("{name} changes pages without loading them, and the plan does not know of it", name=name),
            say("write `integration: {spa: true}`, or see that each page is loaded"),
            plan=("integration",),
            element=name,
        )


def _router(context: PageContext) -> tuple[Node, str] | None:
    """Where a router shows itself, and its name."""
    body = context.body
    for script in context.scripts:
        address = script.attributes.get("src")
        if address and (name := next((name for name, like in _SCRIPTS.items() if like(address)), "")):
            return script, name
    if body and context.page.has(_ASTRO):
        return body, "Astro's ClientRouter"
    if body and context.mentions("hx-boost"):
        return body, "htmx's hx-boost"
    if body is None or not any(script.attributes.get("type") == "module" for script in context.scripts):
        return None
    shell = next(filter(_is_empty_root, body.children), None)
    return (shell, say("an app in an empty element")) if shell else None


def _is_empty_root(node: Node) -> bool:
    return node.attributes.get("id") in _ROOTS and not node.children and not node.text.strip()
