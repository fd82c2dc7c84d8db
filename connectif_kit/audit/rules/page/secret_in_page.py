"""An API key in a page."""

import re
from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.mask import headers, settings
from connectif_kit.core.messages import say
from connectif_kit.page.html import Span

_CALL = '<script>fetch(u, {headers: {Authorization: "apiKey %s"}})</script>'


@rule(
    Severity.ERROR,
    bad=(
        _CALL % "5f1e2d3c4b5a69788796a5b4:c2VjcmV0LXNlY3JldC1zZWNyZXQ",
        '<script>env = {CONNECTIF_API_KEY: "c2VjcmV0LXNlY3JldC1zZWNyZXQ"}</script>',
    ),
    good=(_CALL % "{keyId}:{keySecret}", '<script>f("https://cdn.connectif.cloud/eu5/")</script>'),
)
def secret_in_page(context: PageContext) -> Iterator[Finding]:
    """An API key of the store stands in the page's source.

    Everybody who opens the page can read, change and delete the store's contacts and orders with
    it. The store id of the loader is public; a key never is.
    """
    for found in _keys(context):
        yield Finding(
            Span(*found.span(1)),
            say("an API key stands in the page: {start}…", start=found[1][:4]),
            say("revoke it now in Store settings › API and IP access, and call the API from a server"),
        )


def _keys(context: PageContext) -> Iterator[re.Match[str]]:
    """A request's header anywhere in the page; a setting that a bundler wrote into a script."""
    yield from headers(context.text)
    for script in context.all_scripts:
        if "connectif_" in script.text.lower():
            start, end = script.start_tag, script.end_tag
            yield from settings(context.text, start.end, end.start) if start and end else ()
