"""Requests and answers that belong to no one endpoint."""

from __future__ import annotations

import asyncio
import mimetypes
from pathlib import Path

from starlette.requests import ClientDisconnect, Request
from starlette.responses import (
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from connectif_kit.core.diagnostics import KitError, Place
from connectif_kit.core.records import dataclass
from connectif_kit.preview import BASE
from connectif_kit.preview.journal import MAX_BODY
from connectif_kit.preview.proxy import is_document
from connectif_kit.preview.render_page import Dressed

PATIENCE = 10.0


REWRITTEN = (".js", ".mjs", ".css")


FALLBACKS = ("/200.html", "/index.html")
"""What hosts of single-page apps answer an unknown path with."""


_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".wasm": "application/wasm",
    ".xml": "application/xml",
    ".txt": "text/plain",
    ".xhtml": "application/xhtml+xml",
}
"""The same on every machine; the rest is asked of the system."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request wants of the site."""

    path: str
    query: str
    is_document: bool
    says_html: bool

    @classmethod
    def of(cls, request: Request) -> Asked:
        """The question of a request."""
        query = request.scope["query_string"].decode("latin-1")
        says_html = "text/html" in request.headers.get("accept", "")
        return cls(request.scope["path"], f"?{query}" if query else "", is_document(request), says_html)

    @property
    def is_route(self) -> bool:
        """Whether it may be an address of a page, and not a file's."""
        return self.is_document and "." not in self.path.rpartition("/")[2]


def media_type(path: Path) -> str:
    """The type of a file, the same on every machine."""
    known = _TYPES.get(path.suffix.lower())
    return known or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def page_answer(made: Dressed, status: int, suffix: str) -> Response:
    """A page as it is answered."""
    kind = "application/xhtml+xml" if suffix == ".xhtml" else "text/html"
    charset = "; charset=utf-8" if made.encoding == "utf-8" else ""
    return Response(made.data, status, headers={"content-type": kind + charset})


async def body_of(request: Request, limit: int = MAX_BODY) -> bytes | Response:
    """A request's body, not too large and not too slow."""
    try:
        return await asyncio.wait_for(_read(request, limit), PATIENCE)
    except TimeoutError:
        return PlainTextResponse("too slow\n", 408, headers={"connection": "close"})
    except ClientDisconnect:
        return Response(status_code=400)
    except KitError as error:
        return PlainTextResponse(f"{error}\n", 413, headers={"connection": "close"})


async def _read(request: Request, limit: int) -> bytes:
    data, length = bytearray(), 0
    async for chunk in request.stream():  # to its end: an earlier answer would be lost with the connection
        length += len(chunk)
        if length <= limit:
            data += chunk
    if length > limit:
        raise KitError.at(Place("request"), "too-large", f"more than {limit:,} bytes")
    return bytes(data)


async def alive(_: Request) -> Response:
    """That the preview is there."""
    return Response(status_code=204)


async def to_overview(_: Request) -> Response:
    """Where our own pages begin."""
    return RedirectResponse(f"{BASE}/", 302)


async def nothing(_: Request) -> Response:
    """What none of our own addresses answers."""
    return not_there()


def not_there() -> Response:
    """A word for programs."""
    return PlainTextResponse("404: there is no such page\n", 404)
