"""The local API on a socket of this machine, where connections may also stall, break or end early."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from urllib.parse import parse_qsl, urlsplit

from connectif_kit.core.records import dataclass
from connectif_kit.fakeapi.faults import Faults
from connectif_kit.fakeapi.http import Reply, Request, refuse
from connectif_kit.fakeapi.limit import Window
from connectif_kit.fakeapi.routes import Api
from connectif_kit.fakeapi.store import Store

MAX_BODY = 60_000_000
ABORT = struct.pack("ii", 1, 0)
"""SO_LINGER: closing sends a reset."""


@dataclass(slots=True)
class FakeApi:
    """A running local API: its account, its faults, its address."""

    api: Api
    faults: Faults = field(default_factory=Faults)
    stall: float = 2.0
    latency: float = 0.0
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def store(self) -> Store:
        """What the account holds."""
        return self.api.store

    def answer(self, request: Request) -> tuple[Reply, str]:
        """The reply, and what happens to it on its way."""
        with self.lock:
            fault = "" if request.path.startswith("/files/") else self.faults.strike()
            if fault == "429":
                after = self.faults.retry_after
                return Reply(429, headers={"Retry-After": after} if after else {}), ""
            if fault == "500":
                return refuse(500, "Something went wrong.").reply, ""
            if fault in ("stall", "reset"):
                return Reply(500), fault
            reply = self.api.handle(request)
            if fault == "500-after":
                return refuse(500, "Something went wrong.").reply, ""
            return reply, fault


def new(
    *,
    limit: int = 100,
    window: float = 60.0,
    family: str = "x-ratelimit",
    faults: Faults | None = None,
    stall: float = 2.0,
    latency: float = 0.0,
    domains: tuple[str, ...] = (),
) -> FakeApi:
    """An empty account with one key, `demo:demo`."""
    store = Store(domains=domains)
    return FakeApi(Api(store, Window(limit, window, time.time, family)), faults or Faults(), stall, latency)


class Handler(BaseHTTPRequestHandler):
    """One connection; the account is the server's."""

    protocol_version = "HTTP/1.1"
    fake: FakeApi

    def handle_one_request(self) -> None:
        """As the base class does; a client that is gone is no news."""
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def do_GET(self) -> None:
        """Any method is one request to the account."""
        length = min(int(self.headers.get("Content-Length") or 0), MAX_BODY)
        body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True
            return
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, parts.path, dict(parse_qsl(parts.query)), headers, body)
        if self.fake.latency:
            time.sleep(self.fake.latency)
        reply, fault = self.fake.answer(request)
        if fault == "stall":
            time.sleep(self.fake.stall)
        if fault.startswith("reset") or fault == "stall":
            self._abort()
        else:
            self._send(reply, half=fault == "half")

    do_POST = do_PATCH = do_DELETE = do_PUT = do_GET  # noqa: N815 - the base class's names

    def _send(self, reply: Reply, *, half: bool) -> None:
        data = reply.file if reply.file is not None else _bytes(reply)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if data:
            self.send_header("Content-Type", "text/csv" if reply.file is not None else "application/json")
        if reply.status != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if half else data)
        if half:
            self.close_connection = True

    def _abort(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


def _bytes(reply: Reply) -> bytes:
    return b"" if reply.json is None else json.dumps(reply.json).encode()


class Server(ThreadingTCPServer):
    """Not `HTTPServer`: that one asks the resolver for our name, which can take seconds."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 50


@contextmanager
def running(fake: FakeApi, port: int = 0) -> Iterator[FakeApi]:
    """Serve an account on loopback until the block ends; `fake.url` is where."""
    handler = type("Bound", (Handler,), {"fake": fake})
    with Server(("127.0.0.1", port), handler) as server:
        fake.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()
