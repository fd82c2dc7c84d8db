"""An account of the platform as its documentation prints it: replies are given, requests are kept.

It knows nothing of the kit and works nothing out; what is answered stands in the test.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.tools import Server


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: `PATCH /contacts/email/ana%40mail.example`, its headers in lower case, its body."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, and what documentation shows with it; `after` holds it back until it is set."""

    status: int
    json: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    after: threading.Event | None = None
    given: threading.Event = field(default_factory=threading.Event)
    """Set once it has gone out."""


@dataclass(slots=True)
class Account:
    """`replies` are given in their order for each request line, the last one for good."""

    replies: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    url: str = ""

    @property
    def lines(self) -> list[str]:
        """What was asked for, in order."""
        return [each.line for each in self.asked]

    def answer(self, asked: Asked) -> Answer:
        """The next reply to a request; 404 where the test has none."""
        self.asked.append(asked)
        waiting = self.replies.get(asked.line, [Answer(404, {"status": 404, "title": "Not Found"})])
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    account: Account

    def do_GET(self) -> None:
        """Any method."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.account.answer(Asked(f"{self.command} {self.path}", headers, body))
        if answer.after:
            answer.after.wait(60)
        data = b"" if answer.json is None else json.dumps(answer.json).encode()
        self.send_response(answer.status)
        given = {**({"Content-Type": "application/json"} if data else {}), **answer.headers}
        for name, value in {**given, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
        answer.given.set()

    do_POST = do_PATCH = do_DELETE = do_GET  # noqa: N815 - the base class's names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@contextmanager
def answering(account: Account) -> Iterator[Account]:
    """Serve an account on loopback until the block ends."""
    with Server(("127.0.0.1", 0), type("Bound", (Handler,), {"account": account})) as server:
        account.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield account
        finally:
            server.shutdown()
            thread.join()
