"""The site on a loopback origin, byte for byte as it lies in its folder."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from connectif_kit.core.files import shop_root
from connectif_kit.core.records import dataclass
from connectif_kit.core.templates import environment
from connectif_kit.page.host_headers import HostHeaders, Sent, adapted
from connectif_kit.page.hosting import from_disk
from connectif_kit.preview.paths import RefusedError, resolve
from connectif_kit.vocabulary.platform import CDN, WORKER_SCRIPT

if TYPE_CHECKING:
    from connectif_kit.plan.loaded import LoadedPlan

VENDOR = "/__connectif_kit__"
"""Where scripts of a service worker find the platform's: a worker's requests pass by the browser's routes."""
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".html": "text/html",
    ".htm": "text/html",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answers."""

    status: int
    data: bytes = b""
    kind: str = "text/plain; charset=utf-8"
    location: str = ""
    policies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """A built site; `prefix` is what an address has before the path of its file."""

    root: Path
    prefix: str
    worker_script: bytes
    hosting: HostHeaders = field(default_factory=HostHeaders)
    store: str = ""
    """The shop's own public address."""

    def policies(self, path: str) -> list[Sent]:
        """The content security policies that the shop's host is told to send with a page."""
        file = self.file_of(path)
        return self.hosting.policies_of(path.removeprefix(self.prefix), file.name if file else "", self.store)

    def answer(self, path: str, *, for_worker: bool = False) -> Answer:
        """The file of an address's path; a service worker's scripts name the platform's on this origin."""
        if path == VENDOR + WORKER_SCRIPT.removeprefix(CDN):
            return Answer(200, self.worker_script, _TYPES[".js"])
        try:
            found = resolve(self.root, unquote(path).removeprefix(self.prefix) or "/")
        except RefusedError:
            return Answer(403, b"refused\n")
        if found is None:
            return self._lost()
        if found.redirect:
            return Answer(302, location=quote(self.prefix) + found.redirect)
        if found.path is None:
            return Answer(404, b"404\n")
        data = found.path.read_bytes()
        if for_worker:
            data = data.replace(CDN.encode(), VENDOR.encode())
        kind = kind_of(found.path)
        sent = self.policies(unquote(path)) if kind == _TYPES[".html"] else []
        return Answer(200, data, kind, policies=tuple(each.value for each in sent))

    def _lost(self) -> Answer:
        page = self.root / "404.html"
        return Answer(404, page.read_bytes(), "text/html") if page.is_file() else Answer(404, b"404\n")

    def file_of(self, path: str) -> Path | None:
        """The file of an address's path."""
        try:
            found = resolve(self.root, unquote(path).removeprefix(self.prefix) or "/")
        except RefusedError:
            return None
        return found.path if found else None


def kind_of(path: Path) -> str:
    """A file's media type."""
    known = _TYPES.get(path.suffix.lower())
    return known or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _handler(folder: SiteFolder) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            referer = urlsplit(self.headers.get("Referer", "")).path
            for_worker = "Service-Worker" in self.headers or referer.endswith((".js", ".mjs"))
            self._send(folder.answer(urlsplit(self.path).path, for_worker=for_worker))

        do_HEAD = do_POST = do_GET  # noqa: N815 - the base class's names

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.data)))
            self.send_header("Cache-Control", "no-store")
            for policy in answer.policies:
                value = adapted(policy, folder.store, f"http://{self.headers.get('Host', '')}")
                self.send_header("Content-Security-Policy", value)
            if answer.location:
                self.send_header("Location", answer.location)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002, ARG002 - the base class's
            return

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser hangs up whenever a page is left: no word about it."""


@contextmanager
def served(folder: SiteFolder) -> Iterator[str]:
    """The site's origin, such as `http://localhost:40123`, as long as the block lasts."""
    server = _Server(("127.0.0.1", 0), _handler(folder))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def site_folder(loaded: LoadedPlan, root: Path, project: Path) -> SiteFolder:
    """The shop's part of a built site, with the address that it has on the origin.

    `project` is the plan's folder, where files may say what the shop's host sends.
    """
    base = loaded.plan.store.base
    inside = shop_root(root, base)
    prefix = base if inside == root else ""
    hosting, script = from_disk(root, project), worker_script().encode()
    return SiteFolder(root.resolve(), prefix, script, hosting, loaded.plan.store.url)


def worker_script() -> str:
    """The stand-in for the vendor's worker script."""
    return environment().get_template("preview/push-worker.js").render()
