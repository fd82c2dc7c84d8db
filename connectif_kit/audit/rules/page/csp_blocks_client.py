"""A content security policy that keeps the client out."""

from collections.abc import Iterator
from urllib.parse import urljoin

from connectif_kit.audit.context import Loader, PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import joined, say
from connectif_kit.core.patterns import lazily
from connectif_kit.page.content_policy import Policy, Script, Sources, digest, policies
from connectif_kit.page.html import Node
from connectif_kit.vocabulary.platform import CDN, CLIENT_FOLDER, api_of

_KEY = "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"
_LOADER = f'<script id="__cn_generic_script__{_KEY}">"https://cdn.connectif.cloud/eu5/client-script/{_KEY}"</script>'
_EVENTS = "/integration-type/system/scrippet-notification/"
"""Where below the API's host the client sends what it records."""
_OURS = '<script src="/connectif/connectif-events.min.js"></script>'
_WITH_NONCE = lazily(r"\.nonce\s*=|setAttribute\(\s*[\"']nonce")
_OUR_NONCE = lazily(r"plan\.nonce\s*\?")
_DEFAULT_TYPE = lazily(r"createPolicy\(\s*[\"'`]default[\"'`]")


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
    """The page's own `<meta>` policy blocks the loader, the client script, what it sends, or the dispatcher.

    The browser then drops them with a line in the console that no visitor reads. What the platform
    needs: `script-src` for the loader, https://cdn.connectif.cloud and, where the page loads the
    dispatcher, its host (`'self'`); `connect-src` for the API. A nonce, a hash or `'strict-dynamic'`
    makes browsers ignore `'unsafe-inline'`; each of several policies must allow everything.
    """
    if not context.loaders:
        return
    for node in context.live(context.page.select('meta[http-equiv="content-security-policy" i]')):
        if not _in_head(node):
            continue
        found = policies(node.attributes.get("content", ""))
        missing = list(dict.fromkeys(fault for policy in found for fault in _faults(context, node, policy)))
        if missing:
            yield Finding(
                node,
                say("the policy keeps the client out: {missing}", missing=joined(missing, "; ")),
                _hint(context, missing),
                about="; ".join(missing),
            )


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


def _faults(context: PageContext, meta: Node, policy: Policy) -> Iterator[str]:
    """What one policy keeps out; of several loaders the best one counts."""
    shop = context.loaded.plan.store.url if context.loaded else ""
    origin = urljoin(shop, "/") if shop else ""
    yield from min((list(_loader(loader, meta, policy, origin)) for loader in context.loaders), key=len)
    yield from _connections(context, policy, origin)
    yield from _dispatcher(context, meta, policy, origin)
    if policy.wants_trusted_types and _writes_address(context) and not _has_default_type(context, policy):
        yield say("require-trusted-types-for refuses the address that the loader writes")


def _loader(loader: Loader, meta: Node, policy: Policy, origin: str) -> Iterator[str]:
    sources = policy.sources("script-src-elem")
    if sources is None:
        return
    node = loader.node
    if "src" in node.attributes:
        if _is_after(node, meta) and not sources.loads(_script(node, node.attributes["src"]), origin):
            yield _lacks(sources, CDN, parsed=True)
        return
    nonce = node.attributes.get("nonce", "")
    if _is_after(node, meta) and not sources.runs(Script(text=node.text, nonce=nonce)):
        yield _no_inline(sources)
    client = Script(_client(loader), nonce=nonce if _hands_on_nonce(node.text) else "", parsed=False)
    if not sources.loads(client, origin):
        yield _lacks(sources, CDN)


def _no_inline(sources: Sources) -> str:
    if sources.has("unsafe-inline"):
        return say(
            "{directive} allows no inline loader: beside a nonce, a hash or "
            "'strict-dynamic', 'unsafe-inline' counts for nothing",
            directive=sources.directive,
        )
    return say("{directive} allows no inline loader", directive=sources.directive)


def _lacks(sources: Sources, wanted: str, *, parsed: bool = False) -> str:
    if parsed and sources.has("strict-dynamic"):
        return say("'strict-dynamic' requires a nonce on the script of the client")
    return say("{directive} lacks {wanted}", directive=sources.directive, wanted=wanted)


def _client(loader: Loader) -> str:
    environment, key = (*loader.environments, "eu")[0], (*loader.keys, "-")[0]
    return f"{CDN}/{environment}{CLIENT_FOLDER}{key}"


def _hands_on_nonce(code: str) -> bool:
    """Whether a loader gives its own nonce to the client: ours does where the plan has one."""
    if _OUR_NONCE.search(code):
        return '"nonce":true' in code
    return _WITH_NONCE.search(code) is not None


def _is_after(node: Node, meta: Node) -> bool:
    """Whether the policy was there when the script was met."""
    if node.start_tag is None or meta.start_tag is None:
        return True
    return node.start_tag.start > meta.start_tag.start


def _script(node: Node, url: str) -> Script:
    given = node.attributes
    address = f"https:{url.strip()}" if url.strip().startswith("//") else url.strip()
    return Script(address, "", given.get("nonce", ""), given.get("integrity", ""))


def _connections(context: PageContext, policy: Policy, origin: str) -> Iterator[str]:
    sources = policy.sources("connect-src")
    environments = [name for loader in context.loaders for name in loader.environments]
    if sources is None or not environments:
        return
    if not any(sources.allows(api_of(name) + _EVENTS, origin) for name in environments):
        yield say("{directive} lacks {api}", directive=sources.directive, api=api_of(environments[0]))


def _dispatcher(context: PageContext, meta: Node, policy: Policy, origin: str) -> Iterator[str]:
    sources = policy.sources("script-src-elem")
    scripts = [node for node in context.dispatchers if _is_after(node, meta)]
    if sources is None or len(scripts) < len(context.dispatchers) or not scripts:
        return
    written = context.address(scripts[0].attributes["src"])
    script = _script(scripts[0], urljoin(origin, written))
    if sources.loads(script, origin) or (not origin and _may_load(sources, script)):
        return
    if sources.has("strict-dynamic"):
        yield say("'strict-dynamic' requires a nonce on the dispatcher")
    else:
        host = script.url.partition("://")[2].partition("/")[0]
        yield say(
            "{directive} lacks {host} for the dispatcher", directive=sources.directive, host=host or _SELF
        )


_SELF = "'self'"


def _may_load(sources: Sources, script: Script) -> bool:
    """Whether a page whose host nobody knows may load its own dispatcher."""
    if sources.has("strict-dynamic"):
        return False
    if "://" in script.url:
        return sources.has("self")
    return sources.has("self") or any(
        not word.startswith("'") and "connectif.cloud" not in word.lower() for word in sources.words
    )


def _writes_address(context: PageContext) -> bool:
    return all("src" not in loader.node.attributes for loader in context.loaders)


def _has_default_type(context: PageContext, policy: Policy) -> bool:
    """Whether the page makes the one policy that lets plain strings pass."""
    return policy.allows_default_type and any(
        _DEFAULT_TYPE.search(node.text) for node in context.inline_code if "createPolicy" in node.text
    )
