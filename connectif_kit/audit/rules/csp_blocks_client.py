"""A content security policy that keeps the client out."""

from collections.abc import Iterator

from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.view import View, host_of
from connectif_kit.diagnostics import Severity
from connectif_kit.vocabulary.platform import CDN, api_of

_LOADER = (
    '<script id="__cn_generic_script__3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11">'
    '"https://cdn.connectif.cloud/eu5/client-script/3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"</script>'
)

_OWN = "'self'"
_CDN = CDN


def _page(policy: str, script: str = "") -> str:
    return (
        f'<head><meta http-equiv="Content-Security-Policy" content="{policy}"></head>'
        f"<body>{_LOADER}{script}</body>"
    )


_OURS = '<script src="/connectif/connectif-events.min.js"></script>'


@rule(
    Severity.ERROR,
    bad=(
        _page("default-src 'self'"),
        _page("script-src 'self' 'unsafe-inline'"),
        _page("script-src 'self' https://cdn.connectif.cloud"),
        _page("script-src https: 'unsafe-inline'; connect-src 'self'"),
        _page("script-src 'unsafe-inline' https://cdn.connectif.cloud", _OURS),
        _page("script-src 'nonce-r4nd0m' 'strict-dynamic'", _OURS),
    ),
    good=(
        _page("script-src 'self' 'unsafe-inline' https://cdn.connectif.cloud"),
        _page("script-src 'nonce-r4nd0m' 'strict-dynamic'; connect-src https:"),
        _page("img-src 'self'"),
        _page("script-src 'self' 'unsafe-inline' https://cdn.connectif.cloud", _OURS),
        _page("script-src 'unsafe-inline' https://*.connectif.cloud https://shop.example", _OURS),
        _page("script-src 'nonce-r4nd0m' 'strict-dynamic'", _OURS.replace(" src", ' nonce="r4nd0m" src')),
    ),
)
def csp_blocks_client(view: View) -> Iterator[Finding]:
    """The page's own `<meta>` policy blocks the loader, the client script, what it sends, or the dispatcher.

    The browser then drops them with a line in the console that no visitor reads. What the platform
    needs: `script-src` for the loader, https://cdn.connectif.cloud and, where the page loads the
    dispatcher, its host (`'self'`); `connect-src` for the API.
    """
    if not view.loaders:
        return
    for node in view.page.select('meta[http-equiv="content-security-policy" i]'):
        policy = _directives(node.attributes.get("content", ""))
        missing = [*_missing(policy, _api(view)), *_dispatcher(view, policy)]
        if missing:
            yield Finding(
                node,
                "the policy keeps the client out: " + "; ".join(missing),
                "add what is missing, or a nonce",
            )


def _directives(policy: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for directive in policy.split(";"):
        name, *sources = directive.split() or [""]
        found.setdefault(name.lower(), sources)
    return found


def _api(view: View) -> str:
    environments = [name for loader in view.loaders for name in loader.environments]
    return api_of(environments[0]) if environments else ""


def _missing(policy: dict[str, list[str]], api: str) -> Iterator[str]:
    scripts = _scripts(policy)
    connections = policy.get("connect-src", policy.get("default-src"))
    if scripts is not None:
        trusted = any(
            source.startswith(("'nonce-", "'sha256-", "'sha384-", "'sha512-")) for source in scripts
        )
        if not trusted and "'unsafe-inline'" not in scripts:
            yield "script-src allows no inline loader"
        if not (trusted and "'strict-dynamic'" in scripts) and not _allows(scripts, _CDN):
            yield f"script-src lacks {_CDN}"
    if connections is not None and api and not _allows(connections, api):
        yield f"connect-src lacks {api}"


def _dispatcher(view: View, policy: dict[str, list[str]]) -> Iterator[str]:
    scripts = _scripts(policy)
    if scripts is None or not view.dispatchers:
        return
    script = view.dispatchers[0]
    if "nonce" in script.attributes or "integrity" in script.attributes:
        return  # whether it is the policy's, the server knows
    host = host_of(view.address(script.attributes["src"]))
    shop = host_of(view.loaded.plan.store.url) if view.loaded else ""
    if "'strict-dynamic'" in scripts:
        yield "'strict-dynamic' wants a nonce on the dispatcher"
    elif not (_OWN in scripts and (not shop or host in ("", shop))) and not _may_allow(scripts, host or shop):
        yield f"script-src lacks {host or _OWN} for the dispatcher"


def _may_allow(sources: list[str], host: str) -> bool:
    if host:
        return _allows(sources, f"https://{host}")
    # Without a plan nobody knows the page's own host: it may be any that is named.
    return any(not source.startswith("'") and "connectif.cloud" not in source for source in sources)


def _scripts(policy: dict[str, list[str]]) -> list[str] | None:
    return policy.get("script-src-elem", policy.get("script-src", policy.get("default-src")))


def _allows(sources: list[str], origin: str) -> bool:
    host = origin.partition("://")[2]
    for source in map(str.lower, sources):
        bare = source.partition("://")[2] if "://" in source else source
        bare = bare.partition("/")[0].removesuffix(":443")
        if source in ("*", "https:") or bare == host or (bare[:2] == "*." and host.endswith(bare[1:])):
            return True
    return False
