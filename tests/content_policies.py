"""Content security policies in a page, and whether the integration works there as Chromium decides it."""

from __future__ import annotations

from typing import NamedTuple

from connectif_kit.build import render
from connectif_kit.page.content_policy import digest
from connectif_kit.plan.load import load

KEY = "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"
CLIENT = f"https://cdn.connectif.cloud/eu5/client-script/{KEY}"
API = "https://eu5-api.connectif.cloud/integration-type/system/scrippet-notification/"
PLAN = f'store: {{id: {KEY}, environment: eu5, url: "https://shop.example"}}\n'
WORKING = "script-src 'self' 'unsafe-inline' https://cdn.connectif.cloud"
NONCE = "script-src 'nonce-abc' 'strict-dynamic'"


def _loader(plan: str) -> str:
    text = render(load("connectif.yaml", plan.encode()), dict[str, str]().__getitem__)["loader.html"]
    return text[text.index("<script") :].strip()


OURS = _loader(PLAN)
OURS_NONCE = _loader(PLAN + "integration: {nonce: abc}\n")
BARE_NONCE = OURS.replace("<script", "<script nonce=abc", 1)
DIRECT = f'<script src="{CLIENT}"></script>'
EVENTS = '<script src="/connectif/connectif-events.min.js" defer></script>'
EVENTS_NONCE = EVENTS.replace("<script", "<script nonce=abc", 1)
HASH = f"'sha256-{digest(OURS[OURS.index('>') + 1 : -len('</script>')])}='"
DEFAULT_TYPE = "<script>trustedTypes.createPolicy('default', {createScriptURL: url => url})</script>"


class Case(NamedTuple):
    """A page's policies, whether all of the integration works under them, and its scripts."""

    name: str
    policies: str | tuple[str, ...]
    works: bool
    loader: str = OURS
    dispatcher: str = EVENTS
    early: str = ""
    """What stands in the head before the policies."""

    @property
    def html(self) -> str:
        """The page."""
        given = (self.policies,) if isinstance(self.policies, str) else self.policies
        metas = "".join(f'<meta http-equiv="Content-Security-Policy" content="{text}">' for text in given)
        return (
            f"<!doctype html><html><head><meta charset=utf-8><title>x</title>{self.early}{metas}</head>"
            f"<body>{self.loader}{self.dispatcher}</body></html>"
        )


CASES = [
    Case("what the checklist says", f"{WORKING}; connect-src 'self' https://eu5-api.connectif.cloud", True),
    Case("the loader's hash", f"script-src 'self' {HASH} https://cdn.connectif.cloud", True),
    Case("another hash", "script-src 'self' 'sha256-aaaa' https://cdn.connectif.cloud", False),
    Case("a hash in capitals", f"script-src 'self' {HASH.replace('sha', 'SHA')} https:", True),
    Case("nonce voids unsafe-inline", f"{WORKING} 'nonce-abc'", False),
    Case("hash voids unsafe-inline", f"{WORKING} 'sha256-aaaa'", False),
    Case("strict-dynamic voids unsafe-inline", f"{WORKING} 'strict-dynamic'", False),
    Case("no real nonce voids nothing", f"{WORKING} 'nonce-'", True),
    Case("no real hash voids nothing", f"{WORKING} 'sha256-'", True),
    Case("an odd nonce voids nothing", f"{WORKING} 'nonce-a!b'", True),
    Case("a nonce that the loader has", "script-src 'nonce-abc'", True, OURS_NONCE, EVENTS_NONCE),
    Case("another nonce", "script-src 'nonce-xyz' https:", False, OURS_NONCE, EVENTS_NONCE),
    Case("nonces keep their case", "script-src 'nonce-ABC' https:", False, OURS_NONCE),
    Case("nonce in capitals", "script-src 'NONCE-abc'", True, OURS_NONCE, EVENTS_NONCE),
    Case("a nonce not handed on", "script-src 'self' 'nonce-abc'", False, BARE_NONCE),
    Case("a nonce not handed on, host named", "script-src 'self' 'nonce-abc' https:", True, BARE_NONCE),
    Case("strict-dynamic", NONCE, True, BARE_NONCE, EVENTS_NONCE),
    Case("strict-dynamic, dispatcher without nonce", f"{NONCE} 'self'", False, BARE_NONCE),
    Case("strict-dynamic, host ignored", f"{NONCE} 'self' https:", False, DIRECT, EVENTS_NONCE),
    Case(
        "strict-dynamic and a hash",
        f"script-src {HASH} 'strict-dynamic' 'nonce-abc'",
        True,
        OURS,
        EVENTS_NONCE,
    ),
    Case("the client's element", "script-src 'self' https://cdn.connectif.cloud", True, DIRECT),
    Case("no client's element", "script-src 'self' 'unsafe-inline'", False, DIRECT),
    Case("connect-src self", f"{WORKING}; connect-src 'self'", False),
    Case("connect-src none", f"{WORKING}; connect-src 'none'", False),
    Case("connect-src empty", f"{WORKING}; connect-src", False),
    Case("connect-src star", f"{WORKING}; connect-src *", True),
    Case("connect-src scheme", f"{WORKING}; connect-src https:", True),
    Case("connect-src wrong scheme", f"{WORKING}; connect-src data: blob:", False),
    Case("connect-src plain scheme", f"{WORKING}; connect-src http:", True),
    Case("connect-src sockets", f"{WORKING}; connect-src wss:", False),
    Case("connect-src plain sockets", f"{WORKING}; connect-src ws:", False),
    Case("connect-src subdomains", f"{WORKING}; connect-src *.connectif.cloud", True),
    Case("connect-src the domain alone", f"{WORKING}; connect-src connectif.cloud", False),
    Case(
        "connect-src of another environment", f"{WORKING}; connect-src https://eu3-api.connectif.cloud", False
    ),
    Case("connect-src the main API", f"{WORKING}; connect-src https://api.connectif.cloud", False),
    Case(
        "connect-src a path",
        f"{WORKING}; connect-src https://eu5-api.connectif.cloud/integration-type/",
        True,
    ),
    Case("connect-src another path", f"{WORKING}; connect-src https://eu5-api.connectif.cloud/v2/", False),
    Case(
        "connect-src by default-src", "default-src 'self' 'unsafe-inline' https://cdn.connectif.cloud", False
    ),
    Case("default-src for all", "default-src 'self' 'unsafe-inline' *.connectif.cloud", True),
    Case("default-src none", "default-src 'none'", False),
    Case("default-src none, rest named", f"default-src 'none'; {WORKING}; connect-src https:", True),
    Case(
        "default-src with strict-dynamic",
        "default-src 'nonce-abc' 'strict-dynamic' https:",
        True,
        BARE_NONCE,
        EVENTS_NONCE,
    ),
    Case("no script-src", "img-src 'self'; style-src 'none'", True),
    Case("script-src-elem counts first", f"script-src 'none'; {WORKING.replace('src', 'src-elem', 1)}", True),
    Case("script-src-elem alone blocks", f"{WORKING}; script-src-elem 'self'", False),
    Case("script-src-attr is for handlers", f"{WORKING}; script-src-attr 'none'", True),
    Case("the first of two counts", f"{WORKING}; script-src 'none'", True),
    Case("the first of two blocks", f"script-src 'none'; {WORKING}", False),
    Case("two policies, one blocks", (WORKING, "script-src 'self'"), False),
    Case("two policies, both allow", (WORKING, "connect-src https:"), True),
    Case("two policies in one, one blocks", f"{WORKING}, script-src 'self'", False),
    Case("two policies in one, both allow", f"{WORKING}, connect-src https:", True),
    Case(
        "capitals", "SCRIPT-SRC 'SELF' 'Unsafe-Inline' HTTPS://CDN.Connectif.Cloud; Connect-Src HTTPS:", True
    ),
    Case(
        "strict-dynamic in capitals",
        "script-src 'nonce-abc' 'Strict-Dynamic'",
        True,
        BARE_NONCE,
        EVENTS_NONCE,
    ),
    Case("no inline word", "script-src 'self' https://cdn.connectif.cloud", False),
    Case("unsafe-hashes is for handlers", "script-src 'self' 'unsafe-hashes' https:", False),
    Case("unsafe-eval is for eval", "script-src 'self' 'unsafe-eval' https:", False),
    Case("keywords without quotes", "script-src self unsafe-inline https:", False),
    Case("a path that fits", f"{WORKING}/eu5/client-script/", True),
    Case("a path of another environment", f"{WORKING}/eu1/", False),
    Case("a path without its slash", f"{WORKING}/eu5", False),
    Case("a whole path", f"{WORKING}/eu5/client-script/{KEY}", True),
    Case("a path in capitals", f"{WORKING}/EU5/client-script/", False),
    Case("an escaped path", f"{WORKING}/eu5/client%2Dscript/", True),
    Case("a bare slash", f"{WORKING}/", True),
    Case("the port that it has", f"{WORKING}:443", True),
    Case("another port", f"{WORKING}:8443", False),
    Case("any port", f"{WORKING}:*", True),
    Case("plain http, which is lifted", "script-src 'self' 'unsafe-inline' http://cdn.connectif.cloud", True),
    Case("plain http and its port", "script-src 'self' 'unsafe-inline' http://cdn.connectif.cloud:80", True),
    Case("port 80 alone", "script-src 'self' 'unsafe-inline' cdn.connectif.cloud:80", False),
    Case("port 443 alone", "script-src 'self' 'unsafe-inline' cdn.connectif.cloud:443", True),
    Case("a host without scheme", "script-src 'self' 'unsafe-inline' cdn.connectif.cloud", True),
    Case("a longer host", "script-src 'self' 'unsafe-inline' cdn.connectif.cloud.evil.example", False),
    Case("subdomains", "script-src 'self' 'unsafe-inline' https://*.connectif.cloud", True),
    Case("subdomains of a subdomain", "script-src 'self' 'unsafe-inline' *.cdn.connectif.cloud", False),
    Case("a star in the middle", "script-src 'self' 'unsafe-inline' cdn.*.cloud", False),
    Case("any host of a scheme", "script-src 'self' 'unsafe-inline' https://*", True),
    Case("star", "script-src * 'unsafe-inline'", True),
    Case("none beside others counts not", f"{WORKING} 'none'", True),
    Case("the dispatcher left out", "script-src 'unsafe-inline' https://cdn.connectif.cloud", False),
    Case("the shop by name", "script-src 'unsafe-inline' cdn.connectif.cloud shop.example", True),
    Case("the shop's folder", "script-src 'unsafe-inline' cdn.connectif.cloud shop.example/connectif/", True),
    Case(
        "another folder of the shop", "script-src 'unsafe-inline' cdn.connectif.cloud shop.example/js/", False
    ),
    Case("subdomains of the shop", "script-src 'unsafe-inline' cdn.connectif.cloud *.shop.example", False),
    Case(
        "plain http of the shop", "script-src 'unsafe-inline' cdn.connectif.cloud http://shop.example", True
    ),
    Case("trusted types", "require-trusted-types-for 'script'", False),
    Case("trusted types in capitals", "Require-Trusted-Types-For 'SCRIPT'", True),
    Case("trusted types, their name in capitals", "Require-Trusted-Types-For 'script'", False),
    Case("trusted types without quotes", "require-trusted-types-for script", True),
    Case("trusted types not required", "trusted-types none", True),
    Case("a default trusted type", "require-trusted-types-for 'script'", True, DEFAULT_TYPE + OURS),
    Case("no default allowed", "require-trusted-types-for 'script'; trusted-types mine", False),
    Case(
        "default allowed",
        "require-trusted-types-for 'script'; trusted-types default",
        True,
        DEFAULT_TYPE + OURS,
    ),
    Case("trusted types, the client's element", "require-trusted-types-for 'script'", True, DIRECT),
    Case("the policy comes after the loader", "script-src 'self' https:", True, "", EVENTS, OURS),
    Case("after it, the client is kept out", "script-src 'self'", False, "", EVENTS, OURS),
    Case(
        "newlines and tabs", "\nscript-src\t'self'\n\t'unsafe-inline' https:\n;\n;connect-src\nhttps:", True
    ),
    Case("an empty policy", "", True),
    Case("a no-break space", "script-src\u00a0'self'", True),
    Case("a directive with an accent", f"{WORKING}; connect-src 'self' caf\u00e9.example", True),
    Case("frame-ancestors counts not", "frame-ancestors 'none'; sandbox", True),
    Case("integrity is not an inline hash", f"script-src 'self' {HASH}", False),
]
