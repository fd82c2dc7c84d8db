"""The preview in front of another dev server: pages dressed, everything else passed through."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import field
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse

from connectif_kit.core.records import dataclass
from connectif_kit.preview.addresses import Places

if TYPE_CHECKING:
    from httpx2 import AsyncClient
    from httpx2 import Response as Upstream
    from starlette.requests import Request
    from starlette.types import Send
    from starlette.websockets import WebSocket

    from connectif_kit.preview.render_page import Dressed

HOP = {
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}
MAX_PAGE = 20_000_000
MAX_FRAME = 16_000_000
_COOKIE_DOMAIN = re.compile(rb";\s*domain=[^;]*", re.IGNORECASE)
_REWRITTEN = {
    "text/javascript": ".js",
    "application/javascript": ".js",
    "application/x-javascript": ".js",
    "text/css": ".css",
}


@dataclass(slots=True)
class Proxy:
    """A client for one upstream; `dress` makes a page of its bytes and its address's path."""

    upstream: str
    dress: Callable[[bytes, str, bool], Dressed]
    places: Callable[[], Places]
    down: Callable[[str], str]
    client: AsyncClient = field(init=False)

    def open(self) -> None:
        """Make the client; inside the running loop."""
        from httpx2 import AsyncClient, Limits, Timeout

        # Cookies belong to the browsers: one visitor's must never go out with another's request.
        self.client = AsyncClient(
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            timeout=Timeout(10, read=None),
            limits=Limits(max_connections=256),
            trust_env=False,
        )

    async def close(self) -> None:
        """Hang up."""
        await self.client.aclose()

    async def __call__(self, request: Request) -> Response:
        """Pass a request on and bring the answer back."""
        from httpx2 import HTTPError, InvalidURL

        url = self.upstream + request.scope["raw_path"].decode("latin-1")
        if request.url.query:
            url += f"?{request.url.query}"
        has_body = request.headers.get("content-length") or request.headers.get("transfer-encoding")
        try:
            asked = self.client.build_request(
                request.method,
                url,
                headers=self._headers(request.headers.raw),
                content=request.stream() if has_body else None,
            )
        except InvalidURL as error:
            return PlainTextResponse(f"refused: {error}\n", 400)
        try:
            answer = await self.client.send(asked, stream=True)
        except HTTPError as error:
            return HTMLResponse(self.down(str(error)), 502)
        try:
            return await self._answered(request, answer)
        except HTTPError as error:
            await answer.aclose()
            return HTMLResponse(self.down(str(error)), 502)

    def _headers(self, raw: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """The request's headers as the upstream expects them: from itself, and uncompressed if it can."""
        netloc = urlsplit(self.upstream).netloc.encode()
        own = {b"host": netloc, b"accept-encoding": b"identity"}
        kept = [
            (name, self.upstream.encode() if name == b"origin" else value)
            for name, value in raw
            if name.decode("latin-1") not in HOP and name not in own and name != b"if-none-match"
        ]
        return [*kept, *own.items()]

    async def _answered(self, request: Request, answer: Upstream) -> Response:
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        whole = (
            request.method != "HEAD" and answer.status_code not in (204, 206, 304) and _is_readable(answer)
        )
        if whole and kind in ("text/html", "application/xhtml+xml"):
            return await self._page(request, answer)
        if whole and kind in _REWRITTEN:
            return await self._rewritten(answer, _REWRITTEN[kind])
        response = _Passing(_raw(answer), answer.status_code)
        response.raw_headers = self._back(answer, drop=set())
        return response

    async def _page(self, request: Request, answer: Upstream) -> Response:
        data = await _all(answer)
        if data is None:
            return HTMLResponse(self.down(f"the page has more than {MAX_PAGE:,} bytes"), 502)
        fetched = not is_document(request)
        made = await run_in_threadpool(self.dress, data, request.scope["path"], fetched)
        return self._whole(answer, made.data)

    async def _rewritten(self, answer: Upstream, suffix: str) -> Response:
        data = await _all(answer)
        if data is None:
            return Response(status_code=502)
        return self._whole(answer, self.places().in_file(suffix, data))

    def _whole(self, answer: Upstream, data: bytes) -> Response:
        response = Response(data, answer.status_code)
        # The policy was written without the stand-in; its nonces and hashes no longer fit.
        dropped = {"content-encoding", "content-length", "etag", "content-security-policy", "last-modified"}
        response.raw_headers = [
            *self._back(answer, dropped),
            (b"content-length", str(len(data)).encode()),
        ]
        return response

    def _back(self, answer: Upstream, drop: set[str]) -> list[tuple[bytes, bytes]]:
        """The answer's headers; what points to the upstream points to us."""
        return [
            (name.lower(), self._ours(name.lower(), value))
            for name, value in answer.headers.raw
            if name.decode("latin-1").lower() not in HOP | drop
        ]

    def _ours(self, name: bytes, value: bytes) -> bytes:
        """A header whose address or domain is the shop's own, as it is here."""
        if name in (b"location", b"content-location", b"refresh"):
            start, url, address = value.decode("latin-1").rpartition("url=")
            local = self.places().local(address)
            return value if local is None else f"{start}{url}{local}".encode("latin-1")
        return _COOKIE_DOMAIN.sub(b"", value) if name == b"set-cookie" else value

    async def socket(self, socket: WebSocket) -> None:
        """Pass a WebSocket through, in both directions, until one side ends it."""
        from websockets.asyncio.client import connect
        from websockets.exceptions import WebSocketException

        scheme = "wss" if self.upstream.startswith("https") else "ws"
        url = f"{scheme}://{urlsplit(self.upstream).netloc}{socket.scope['raw_path'].decode('latin-1')}"
        if socket.url.query:
            url += f"?{socket.url.query}"
        offered: Any = socket.scope.get("subprotocols") or None
        cookie = socket.headers.get("cookie")
        try:
            async with connect(
                url,
                origin=self.upstream,  # type: ignore[arg-type]  # a NewType of str
                subprotocols=offered,
                additional_headers={"cookie": cookie} if cookie else None,
                max_size=MAX_FRAME,
                proxy=None,
            ) as upstream:
                await socket.accept(upstream.subprotocol)
                await _pumped(socket, upstream)
        except (WebSocketException, OSError):
            await _hung_up(socket)


class _Passing(StreamingResponse):
    """What the upstream cuts in the middle ends in the middle here, too, and is not a mistake of ours."""

    async def stream_response(self, send: Send) -> None:
        """Send what comes; the server hangs up on a body that is not whole."""
        from httpx2 import HTTPError

        with contextlib.suppress(HTTPError):
            await super().stream_response(send)


def _is_readable(answer: Upstream) -> bool:
    """Whether the body can be decoded here; brotli and zstd only where their libraries are installed."""
    encodings = answer.headers.get("content-encoding", "").lower().split(",")
    return all(name.strip() in _decoded() for name in encodings)


@cache
def _decoded() -> frozenset[str]:
    """The encodings that the HTTP client undoes; brotli and zstd if their libraries are installed."""
    more = {
        "br": _is_installed("brotli", "brotlicffi"),
        "zstd": _is_installed("compression.zstd", "backports.zstd"),
    }
    return frozenset(("", "identity", "gzip", "deflate", *(name for name, there in more.items() if there)))


def _is_installed(*modules: str) -> bool:
    for module in modules:
        with contextlib.suppress(ModuleNotFoundError):
            if find_spec(module):
                return True
    return False


async def _all(answer: Upstream) -> bytes | None:
    """A whole decoded body; nothing where it is too large."""
    data = bytearray()
    async for chunk in answer.aiter_bytes():
        data += chunk
        if len(data) > MAX_PAGE:
            await answer.aclose()
            return None
    await answer.aclose()
    return bytes(data)


async def _raw(answer: Upstream) -> AsyncIterator[bytes]:
    """A body as it comes, compressed or not."""
    try:
        async for chunk in answer.aiter_raw():
            yield chunk
    finally:
        await answer.aclose()


def is_document(request: Request) -> bool:
    """A page for a tab or a frame, or for our own comparison; fragments that scripts fetch stay."""
    asked = request.headers.get("sec-fetch-dest", "document")
    return asked in ("document", "iframe", "frame") or "x-connectif-kit" in request.headers


async def _pumped(socket: WebSocket, upstream: Any) -> None:
    async def there() -> None:
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            text = message.get("text")
            await upstream.send(text if text is not None else message["bytes"])

    async def back() -> None:
        async for message in upstream:
            if isinstance(message, str):
                await socket.send_text(message)
            else:
                await socket.send_bytes(message)

    tasks = [asyncio.ensure_future(there()), asyncio.ensure_future(back())]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await _hung_up(socket)


async def _hung_up(socket: WebSocket) -> None:
    try:
        await socket.close()
    except RuntimeError:  # the other side was first
        return
