"""An API key in a page."""

import re
from collections.abc import Iterator

from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.view import View
from connectif_kit.diagnostics import Severity
from connectif_kit.html import Span

_ID = r"[0-9A-Za-z][0-9A-Za-z_-]{7,}"
_KEYS = (
    re.compile(rf"\bapiKey[ ]({_ID}:[0-9A-Za-z+/=_-]{{16,}})"),
    re.compile(
        r"CONNECTIF_(?:API_KEY|SECRET(?:_KEY)?)[\"']?\s*[:=]\s*[\"']([^\"'\s]{16,})[\"']", re.IGNORECASE
    ),
)
_CALL = '<script>fetch(u, {headers: {Authorization: "apiKey %s"}})</script>'


@rule(
    Severity.ERROR,
    bad=_CALL % "5f1e2d3c4b5a69788796a5b4:c2VjcmV0LXNlY3JldC1zZWNyZXQ",
    good=(_CALL % "{keyId}:{keySecret}", '<script>f("https://cdn.connectif.cloud/eu5/")</script>'),
)
def secret_in_page(view: View) -> Iterator[Finding]:
    """An API key of the store stands in the page's source.

    Everybody who opens the page can read, change and delete the store's contacts and orders with
    it. The store id of the loader is public; a key never is.
    """
    if not any(word in view.text for word in ("apiKey", "CONNECTIF_", "connectif_", "Connectif_")):
        return
    for pattern in _KEYS:
        for found in pattern.finditer(view.text):
            yield Finding(
                Span(*found.span(1)),
                f"an API key stands in the page: {found[1][:4]}…",
                "revoke it now in Store settings › API and IP access, and call the API from a server",
            )
