"""Every request is hostile until it shows otherwise: Host, Origin, fetch metadata, token."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from connectif_kit.core.records import dataclass
from connectif_kit.preview import BASE
from connectif_kit.preview.policy import wants_policy

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

OPEN = (f"{BASE}/", f"{BASE}/alive")
"""Ours, and without token: the overview, which carries it, and the sign of life."""

LEAVE_TO_FINISH = 1.0
"""Seconds for a refused request to come to its end; whoever sends longer may not see our answer."""

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"same-origin"),
)


def new_token() -> str:
    """A secret for one run."""
    return secrets.token_urlsafe(18)


@dataclass(frozen=True, slots=True)
class Guard:
    """ASGI middleware: refuses what does not come from the preview's own pages."""

    app: ASGIApp
    hosts: frozenset[str]
    token: str
    policy: Callable[[], str]
    """What the pages may ask other hosts for, as the header says it."""
    any_port: int = 0
    """Where we listen on every address: a host that is an IP address and this port is ours, too."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        why = self.refusal(scope)
        if why and scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": why})
        elif why:
            await _refuse(scope, receive, send, why)
        else:
            await self.app(scope, receive, self._protected(send, scope))

    def refusal(self, scope: Scope) -> str:
        """Why a request is refused, or nothing."""
        headers = _headers(scope)
        if not self._known(headers.get("host", "").lower()):
            return "this host name is not the preview's (DNS rebinding?)"
        origin = headers.get("origin", "")
        if (origin or scope["type"] == "websocket") and not self._own(origin):
            return "a page of another origin asks"
        if _is_foreign_fetch(headers):
            return "a page of another site asks"
        path: str = scope["path"]
        if path.startswith(f"{BASE}/") and path not in OPEN and not self._has_token(scope):
            return "the token is missing or of another run"
        return ""

    def _own(self, origin: str) -> bool:
        scheme, _, host = origin.partition("://")
        return scheme in ("http", "https") and self._known(host.lower())

    def _known(self, host: str) -> bool:
        return host in self.hosts or bool(self.any_port and _is_address(host, self.any_port))

    def _has_token(self, scope: Scope) -> bool:
        query = dict(parse_qsl(scope["query_string"][:2000].decode("latin-1")))
        given = [query.get("t", ""), *scope["path"].split("/")[2:5]]
        return any(secrets.compare_digest(one.encode(), self.token.encode()) for one in given)

    def _protected(self, send: Send, scope: Scope) -> Send:
        """The sender of answers that no other site can read, no cache keeps, and that ask no vendor."""
        own = scope["path"].startswith(f"{BASE}/")

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message.get("headers", [])
                policies = [_FRAMELESS] if own else []
                if not own and wants_policy(_headers(scope)):
                    policies.append((b"content-security-policy", self.policy().encode("ascii")))
                kept = [(name, value) for name, value in given if not _is_ours_to_say(name.lower())]
                message["headers"] = [*kept, *HEADERS, (b"cache-control", b"no-store"), *policies]
            await send(message)

        return sent


_FRAMELESS = (b"content-security-policy", b"frame-ancestors 'none'")


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _is_ours_to_say(name: bytes) -> bool:
    return name.startswith(b"access-control-") or name == b"cache-control"


def _is_address(host: str, port: int) -> bool:
    """Whether it is an IP address with this port: unlike a name, nobody can make it resolve elsewhere."""
    name, _, given = (host if port != 80 or host.endswith(":80") else f"{host}:80").rpartition(":")
    if given != str(port):
        return False
    try:
        if name.startswith("[") and name.endswith("]"):
            IPv6Address(name[1:-1])
        else:
            IPv4Address(name)
    except ValueError:
        return False
    return True


def _is_foreign_fetch(headers: Mapping[str, str]) -> bool:
    """Whether another site asks for anything but a page in a tab of its own."""
    if headers.get("sec-fetch-site") not in ("cross-site", "same-site"):
        return False
    return headers.get("sec-fetch-mode") != "navigate" or headers.get("sec-fetch-dest") != "document"


async def _refuse(scope: Scope, receive: Receive, send: Send, why: str) -> None:
    # A connection that is closed with a request still coming in is reset, and our answer with it. Whoever
    # asks first whether to send (`Expect: 100-continue`) sends nothing yet, and is not invited to.
    if all(name != b"expect" for name, _ in scope["headers"]):
        with suppress(TimeoutError):
            await asyncio.wait_for(_passed(receive), LEAVE_TO_FINISH)
    body = f"refused: {why}\n".encode()
    headers = [*HEADERS, (b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _passed(receive: Receive) -> None:
    """Let a request's body go by."""
    while (await receive()).get("more_body", False):
        pass
