"""The guard alone, asked as a server asks it: who is let through, who is refused, what an answer carries."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from connectif_kit.preview.guard import Guard, new_token

PAGE = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
FORBIDDEN = 403


class Server:
    """What a server is to the guard: an application behind it, and the messages that go by."""

    def __init__(self, **how: Any) -> None:
        self.passed: list[str] = []
        self.sent: list[dict[str, Any]] = []
        self.heard: list[dict[str, Any]] = []
        self.bodies: list[dict[str, Any]] = [
            {"more_body": True},
            {"more_body": True},
            {"more_body": False},
            {"extra": True},
        ]
        given = {"hosts": frozenset(("127.0.0.1:8000", "localhost:8000")), "token": "secret"}
        self.guard = Guard(self.app, policy=lambda: "connect-src 'self'", **(given | how))

    async def app(self, scope: Any, _: Any, send: Any) -> None:
        self.passed.append(scope["type"])
        if scope["type"] == "http":
            headers = [
                (b"Access-Control-Allow-Origin", b"*"),
                (b"cache-control", b"max-age=9"),
                (b"x-own", b"1"),
            ]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b"page"})

    def ask(self, path: str = "/", query: str = "", kind: str = "http", **headers: str) -> int:
        """One request; its status, or the code that a socket is closed with, 0 where it was let through."""
        named = {"host": "127.0.0.1:8000", **{name.replace("_", "-"): text for name, text in headers.items()}}
        pairs = [(name.encode(), text.encode()) for name, text in named.items()]
        scope = {"type": kind, "path": path, "query_string": query.encode(), "headers": pairs}
        bodies = iter(self.bodies)
        self.sent, self.heard = [], []

        async def receive() -> Any:
            self.heard.append(next(bodies))
            return self.heard[-1]

        async def send(message: Any) -> None:
            self.sent.append(message)

        asyncio.run(self.guard(scope, receive, send))
        first = self.sent[0] if self.sent else {}
        return int(first.get("status", first.get("code", 0)))

    @property
    def headers(self) -> dict[bytes, list[bytes]]:
        """The headers of the last answer."""
        found: dict[bytes, list[bytes]] = {}
        for name, value in self.sent[0]["headers"]:
            found.setdefault(name, []).append(value)
        return found

    @property
    def body(self) -> bytes:
        """The body of the last answer."""
        return b"".join(each.get("body", b"") for each in self.sent)


def test_what_comes_from_the_previews_own_pages_is_let_through() -> None:
    server = Server()
    assert server.ask() == 200
    assert server.ask(host="LocalHost:8000") == 200
    assert server.ask(origin="http://127.0.0.1:8000") == 200
    assert server.ask(origin="https://LOCALHOST:8000") == 200
    assert server.ask(sec_fetch_site="same-origin", sec_fetch_mode="cors") == 200
    assert server.ask(sec_fetch_site="none", sec_fetch_mode="navigate") == 200
    assert server.passed == ["http"] * 6


def test_the_servers_own_start_and_end_pass() -> None:
    server = Server()
    assert server.ask(kind="lifespan", host="evil.example") == 0
    assert server.passed == ["lifespan"]


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"host": "evil.example"}, b"host name"),
        ({"host": "127.0.0.1:8001"}, b"host name"),
        ({"host": ""}, b"host name"),
        ({"origin": "http://evil.example"}, b"another origin"),
        ({"origin": "null"}, b"another origin"),
        ({"origin": "ftp://127.0.0.1:8000"}, b"another origin"),
        ({"origin": "127.0.0.1:8000"}, b"another origin"),
        ({"sec-fetch-site": "cross-site"}, b"another site"),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"}, b"another site"),
        ({"sec-fetch-site": "cross-site", **PAGE, "sec-fetch-dest": "iframe"}, b"another site"),
        ({"sec-fetch-site": "cross-site", **PAGE, "sec-fetch-mode": "cors"}, b"another site"),
    ],
)
def test_who_asks_from_elsewhere_is_refused_with_the_reason(headers: dict[str, str], why: bytes) -> None:
    server = Server()
    assert server.ask(**headers) == FORBIDDEN
    assert server.passed == []
    assert [each["type"] for each in server.sent] == ["http.response.start", "http.response.body"]
    assert server.body.startswith(b"refused: ")
    assert why in server.body
    assert server.body.endswith(b"\n")
    assert server.headers[b"connection"] == [b"close"]
    assert server.headers[b"content-type"] == [b"text/plain; charset=utf-8"]
    assert server.headers[b"x-content-type-options"] == [b"nosniff"]


def test_a_link_on_another_site_may_open_a_page() -> None:
    assert (
        Server().ask(sec_fetch_site="cross-site", **{k.replace("-", "_"): v for k, v in PAGE.items()}) == 200
    )


OURS = "/__connectif"


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        (f"{OURS}/", "", 200),
        (f"{OURS}/alive", "", 200),
        (OURS, "", 200),
        (f"{OURS}-else/state", "", 200),
        (f"{OURS}/state", "", 403),
        (f"{OURS}/state", "t=secret", 200),
        (f"{OURS}/state", "a=1&t=secret", 200),
        (f"{OURS}/state", "t=wrong", 403),
        (f"{OURS}/state", "t=", 403),
        (f"{OURS}/state", "x=secret", 403),
        (f"{OURS}/state", "x=" + "y" * (2000 - len("x=&t=secret")) + "&t=secret", 200),
        (f"{OURS}/state", "x=" + "y" * (2001 - len("x=&t=secret")) + "&t=secret", 403),
        (f"{OURS}/cdn/secret/eu5/x", "", 200),
        (f"{OURS}/assets/secret/x.js", "", 200),
        (f"{OURS}/secret/x.js", "", 200),
        (f"{OURS}/a/b/secret", "", 200),
        (f"{OURS}/a/b/c/secret", "", 403),
        (f"{OURS}/assets/wrong/x.js", "", 403),
    ],
)
def test_what_is_ours_wants_the_token(path: str, query: str, status: int) -> None:
    assert Server().ask(path, query) == status


def test_tokens_are_long_and_never_the_same() -> None:
    assert len({new_token() for _ in range(20)}) == 20
    assert all(len(new_token()) >= 24 for _ in range(20))


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("192.0.2.7:8000", True),
        ("[::1]:8000", True),
        ("[2001:db8::7]:8000", True),
        ("[::ffff:192.0.2.7]:8000", True),
        ("127.0.0.1:8000", True),
        ("localhost:8000", True),
        ("192.0.2.7:8001", False),
        ("192.0.2.7", False),
        ("[::1]:8001", False),
        ("[::1]", False),
        ("::1:8000", False),
        ("[192.0.2.7]:8000", False),
        ("[::1:8000", False),
        ("::1]:8000", False),
        ("192.0.2:8000", False),
        ("evil.example:8000", False),
        ("192.0.2.7.evil.example:8000", False),
        ("[evil]:8000", False),
        (":8000", False),
        ("", False),
    ],
)
def test_a_preview_on_every_address_is_reached_by_number_old_and_new(host: str, known: bool) -> None:
    server = Server(any_port=8000)
    assert server.ask(host=host) == (200 if known else FORBIDDEN)
    if host not in ("127.0.0.1:8000", "localhost:8000"):
        assert Server().ask(host=host) == FORBIDDEN, "and only there"


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("192.0.2.7", True),
        ("[::1]", True),
        ("192.0.2.7:80", True),
        ("[::1]:80", True),
        ("192.0.2.7:8000", False),
        ("evil.example", False),
    ],
)
def test_the_port_of_the_web_is_not_named(host: str, known: bool) -> None:
    assert Server(any_port=80).ask(host=host) == (200 if known else FORBIDDEN)


def test_a_socket_of_another_origin_is_closed_before_it_opens() -> None:
    server = Server()
    for headers in ({}, {"origin": "http://evil.example"}, {"host": "evil.example"}):
        assert server.ask("/__connectif/x", "t=secret", "websocket", **headers) == 1008
        [closed] = server.sent
        assert closed["type"] == "websocket.close"
        assert closed["reason"]
        assert len(server.heard) == 1, "the server wants its message taken first"
    assert server.passed == []
    assert server.ask("/x", kind="websocket", origin="http://localhost:8000") == 0
    assert server.passed == ["websocket"]


def test_a_refused_request_is_heard_to_its_end_and_no_further() -> None:
    server = Server()
    server.ask(host="evil.example")
    assert [each["more_body"] for each in server.heard] == [True, True, False]
    server.bodies = [{"more_body": True}, {"type": "http.disconnect"}, {"extra": True}]
    server.ask(host="evil.example")
    assert server.heard == server.bodies[:2], "whoever has gone sends no more"
    server.ask(host="evil.example", expect="100-continue")
    assert server.heard == []


def test_no_other_site_reads_an_answer_and_nothing_keeps_it() -> None:
    server = Server()
    server.ask("/p/mug/", accept="text/html", sec_fetch_dest="document")
    assert server.headers == {
        b"x-own": [b"1"],
        b"x-content-type-options": [b"nosniff"],
        b"cross-origin-resource-policy": [b"same-origin"],
        b"referrer-policy": [b"same-origin"],
        b"cache-control": [b"no-store"],
        b"content-security-policy": [b"connect-src 'self'"],
    }
    assert server.body == b"page"


def test_our_own_pages_are_in_nobodys_frame() -> None:
    server = Server()
    server.ask(f"{OURS}/", accept="text/html", sec_fetch_dest="document")
    assert server.headers[b"content-security-policy"] == [b"frame-ancestors 'none'"]


def test_what_is_no_document_needs_no_policy() -> None:
    server = Server()
    server.ask("/img/mug.svg", sec_fetch_dest="image")
    assert b"content-security-policy" not in server.headers
