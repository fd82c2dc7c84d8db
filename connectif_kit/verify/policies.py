"""Content security policies: what they block in the browser, and where they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from connectif_kit.core.diagnostics import Place
from connectif_kit.core.messages import say
from connectif_kit.vocabulary.platform import CDN_HOST

if TYPE_CHECKING:
    from connectif_kit.page.host_headers import Sent
    from connectif_kit.page.html import Node
    from connectif_kit.verify.recorder import Tell
    from connectif_kit.verify.visit import Visit

_VENDOR = CDN_HOST.partition(".")[2]


def blocked(visit: Visit) -> tuple[str, Tell] | None:
    """What of the integration a policy has blocked, with what the browser said of it."""
    for tell in visit.of("blocked"):
        if message := _message(tell, has_client=bool(visit.of("client"))):
            return message, tell
    return None


def _message(tell: Tell, *, has_client: bool) -> str:
    uri, directive = str(tell.data.get("blockedURI")), str(tell.data.get("effectiveDirective"))
    host = urlsplit(uri).hostname or ""
    if host == _VENDOR or host.endswith(f".{_VENDOR}"):
        return say("the page's policy blocks {host} ({directive})", host=host, directive=directive)
    if uri == "inline" and not has_client and directive.startswith("script-src"):
        return say("the page's policy blocks the inline loader ({directive})", directive=directive)
    if "connectif-events" in uri:
        return say("the page's policy blocks the dispatcher ({directive})", directive=directive)
    return ""


def where(visit: Visit, tell: Tell, configured: list[Sent]) -> Node | Place | None:
    """Where the policy that has blocked something is written: a host's file, or the page itself."""
    raw = visit.raw
    metas = raw.page.select('meta[http-equiv="Content-Security-Policy" i]') if raw else []
    own = {_words(meta.attributes.get("content", "")): meta for meta in metas}
    said = _words(str(tell.data.get("originalPolicy", "")))
    if said in own:
        return own[said]
    # On our origin a policy has words more, and lacks its reports: the most alike is it.
    alike = {sent.place: len(set(said).intersection(_words(sent.value))) for sent in configured}
    if alike:
        return max(alike, key=lambda place: alike[place])
    return metas[0] if metas else None


def _words(policy: str) -> tuple[str, ...]:
    return tuple(policy.replace(";", " ").split())
