"""A content security policy that keeps the client out."""

from collections.abc import Iterator
from urllib.parse import urljoin

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import joined, say
from connectif_kit.page.client_needs import Needs, kept_out, needs, worker_kept_out
from connectif_kit.page.content_policy import Policy, digest, policies
from connectif_kit.page.html import Node

_KEY = "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"
_LOADER = f'<script id="__cn_generic_script__{_KEY}">"https://cdn.connectif.cloud/eu5/client-script/{_KEY}"</script>'
_OURS = '<script src="/connectif/connectif-events.min.js"></script>'


def _page(policy: str, script: str = "", loader: str = _LOADER) -> str:
    return (
        f'<head><meta http-equiv="Content-Security-Policy" content="{policy}"></head>'
        f"<body>{loader}{script}</body>"
    )


def _nonce(html: str) -> str:
    return html.replace("<script", '<script nonce="r4nd0m"', 1)


@rule(
    Severity.ERROR,
    bad=(
        _page("default-src 'self'"),
        _page("script-src 'self' 'unsafe-inline'"),
        _page("script-src 'self' https://cdn.connectif.cloud"),
        _page("script-src https: 'unsafe-inline'; connect-src 'self'"),
        _page("script-src 'unsafe-inline' https://cdn.connectif.cloud", _OURS),
        _page("script-src 'nonce-r4nd0m' 'strict-dynamic'", _OURS, _nonce(_LOADER)),
        _page("script-src 'nonce-r4nd0m' 'unsafe-inline' https:"),
        _page("script-src https://cdn.connectif.cloud/other/ 'unsafe-inline'"),
        _page("require-trusted-types-for 'script'"),
    ),
    good=(
        _page("script-src 'self' 'unsafe-inline' https://cdn.connectif.cloud"),
        _page("script-src 'nonce-r4nd0m' 'strict-dynamic'; connect-src https:", "", _nonce(_LOADER)),
        _page("img-src 'self'"),
        _page("script-src 'SELF' 'Unsafe-Inline' https://CDN.connectif.cloud", _OURS),
        _page("script-src 'unsafe-inline' https://*.connectif.cloud https://shop.example", _OURS),
        _page("script-src 'nonce-r4nd0m' 'strict-dynamic'", _nonce(_OURS), _nonce(_LOADER)),
    ),
)
def csp_blocks_client(context: PageContext) -> Iterator[Finding]:
    """A policy of the page blocks the loader, the client script, what it sends, or the dispatcher.

    It stands in a `<meta>`, or comes with the answer of the server that was asked for the page.

    The browser then drops them with a line in the console that no visitor reads. What the platform
    needs: `script-src` for the loader, https://cdn.connectif.cloud and, where the page loads the
    dispatcher, its host (`'self'`); `connect-src` for the API. A nonce, a hash or `'strict-dynamic'`
    makes browsers ignore `'unsafe-inline'`; each of several policies must allow everything.
    """
    if not context.loaders:
        return
    for node in context.live(context.page.select('meta[http-equiv="content-security-policy" i]')):
        if _in_head(node) and (missing := _missing(context, node.attributes.get("content", ""), node)):
            message = say("the policy keeps the client out: {missing}", missing=joined(missing, "; "))
            yield Finding(node, message, _hint(context, missing), about="; ".join(missing))
    if missing := _missing(context, ",".join(context.policies)):
        message = say(
            "the policy of the server's answer keeps the client out: {missing}", missing=joined(missing, "; ")
        )
        about = "; ".join(["header", *missing])
        yield Finding(context.top, message, _hint(context, missing), about=about)


def _missing(context: PageContext, content: str, node: Node | None = None) -> list[str]:
    """What the policies keep out that stand in an element of the page, or came with it."""
    shop = context.loaded.plan.store.url if context.loaded else ""
    asked, origin = needs(context, node), urljoin(shop, "/") if shop else ""
    faults = (fault for one in policies(content) for fault in _kept_out(context, asked, one, origin))
    return list(dict.fromkeys(faults))


def _kept_out(context: PageContext, asked: Needs, policy: Policy, origin: str) -> Iterator[str]:
    yield from kept_out(asked, policy, origin)
    if context.loaded and context.loaded.plan.service_worker:
        yield from worker_kept_out(policy, origin)


def _in_head(node: Node) -> bool:
    """Whether browsers look at a `<meta>` policy: only below `<head>` itself."""
    return node.parent is None or node.parent.tag == "head"


def _hint(context: PageContext, missing: list[str]) -> str:
    inline = next((loader.node for loader in context.loaders if "src" not in loader.node.attributes), None)
    if inline is None or not any("inline loader" in fault for fault in missing):
        return say("add what is missing")
    return say(
        "add what is missing; for the loader a nonce, or 'sha256-{digest}'",
        digest=_padded(digest(inline.text)),
    )


def _padded(base64: str) -> str:
    return base64 + "=" * (-len(base64) % 4)
