"""A page without the loader."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Example, Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.page.html import Node, Span
from connectif_kit.page.html.hidden import hidden_tags
from connectif_kit.page.hydration import LOADER_WORDS
from connectif_kit.vocabulary.platform import LOADER_ID

_LOADER = (
    '<script id="__cn_generic_script__3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11">'
    '"https://cdn.connectif.cloud/eu5/client-script/3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"</script>'
)


@rule(
    Severity.ERROR,
    bad=(
        Example("<!doctype html><title>Mugs</title><body><h1>Mugs</h1></body>"),
        Example(f"<!doctype html><body>{_LOADER.replace(' id', ' nomodule id')}</body>"),
        Example('<!doctype html><body><script src="/js/client-script/app.js"></script></body>'),
        Example("<!doctype html><body><script id='__cn_generic_script__{{ ID }}'>load()</script></body>"),
        Example(f"<!doctype html><body>{_LOADER.replace(' id', ' type=application/json id')}</body>"),
    ),
    good=(
        Example(f"<!doctype html><title>Mugs</title><body>{_LOADER}<h1>Mugs</h1></body>"),
        Example(
            f"<!doctype html><body>{_LOADER.replace(' id', ' type=text/plain data-category=ads id')}</body>"
        ),
        Example(f"<!doctype html><body><script{_LOADER[_LOADER.index('>') :]}</body>"),
        Example('<!doctype html><meta http-equiv="refresh" content="0; url=/mugs/"><body></body>'),
        Example("<!doctype html><html amp><body><h1>Mugs</h1></body></html>"),
    ),
    needs_plan=True,
)
def missing_loader(context: PageContext) -> Iterator[Finding]:
    """The page does not load the client script.

    Without the loader the page sends nothing: no visit, no product, no cart. It belongs on every
    page (article 360014628900). A loader that no browser runs is none: one in a `<template>`, a
    `<noscript>` or a comment, with `nomodule` or a type that is not JavaScript, or with a placeholder
    where the store's id should be. `text/plain` that a consent manager has marked with a `data-`
    attribute is one. Redirect stubs, AMP pages, site verification files and fragments need none.
    """
    if not context.loaders and context.is_asked and not context.comes_later(*LOADER_WORDS):
        where, why = next(_idle(context), (context.top, ""))
        yield Finding(
            where,
            say("the loader here does not run: {why}", why=why)
            if why
            else say("the page does not load the client script: nothing on it is recorded"),
            context.way_in,
            plan=("store", "id"),
            element="html",
        )


def _idle(context: PageContext) -> Iterator[tuple[Node | Span, str]]:
    yield from ((loader.node, loader.hindrance) for loader in context.idle_loaders)
    for place, name, span in hidden_tags(context.page):
        if name.startswith(LOADER_ID):
            yield (
                span,
                say("it is text in a comment")
                if place == "comment"
                else say("it stands in <{place}>", place=place),
            )
