"""The preview in front of another dev server: Eleventy's own, and one that does what is awkward."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.serving import STARTER, preview, shop
from tests.tools import Server

PRODUCT = "/p/harbour-mug/"


@contextmanager
def eleventy(folder: Path, command: Path) -> Iterator[str]:
    """Eleventy's dev server with its live reload, on a free port."""
    source = folder / "eleventy"
    shutil.copytree(STARTER / "public", source / "src")
    (source / "eleventy.config.js").write_text(
        "module.exports = (config) => {\n"
        '  config.setInputDirectory("src");\n'
        '  for (const one of ["assets", "img", "products.json"]) config.addPassthroughCopy(`src/${one}`);\n'
        "};\n"
    )
    process = subprocess.Popen(
        ["node", command, "--serve", "--port", "0"],
        cwd=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert process.stdout
    lines = []
    port = ""
    for line in process.stdout:
        lines.append(line)
        if found := re.search(r"http://localhost:(\d+)", line):
            port = found[1]
            break
    drain = threading.Thread(target=process.stdout.read, daemon=True)
    drain.start()
    try:
        assert port, "".join(lines)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(10)
        drain.join(5)
        process.stdout.close()


def test_in_front_of_eleventy(tmp_path: Path, page: Page, node_tool: Callable[[str], Path]) -> None:
    folder = shop(tmp_path)
    with (
        eleventy(tmp_path, node_tool("eleventy")) as upstream,
        preview(folder, "--proxy", upstream) as running,
    ):
        with page.expect_response("**/__connectif/collect*"), page.expect_websocket() as socket:
            page.goto(running.base + PRODUCT)
        assert str(running.port) in socket.value.url
        expect(page.get_by_role("button", name="Connectif inspector")).to_contain_text("1 tag")
        types = [event["type"] for record in running.session()["records"] for event in record["events"]]
        assert types == ["product-visited", "page-visit"]
        source = tmp_path / "eleventy" / "src" / "p" / "harbour-mug" / "index.html"
        source.write_text(source.read_text().replace("<h1>Harbour Mug", "<h1>Haven Mug"))
        # Eleventy's own reload, through the passed WebSocket.
        expect(page.get_by_role("heading", level=1)).to_have_text("Haven Mug")


class Awkward(BaseHTTPRequestHandler):
    """Compressed and chunked pages, redirects to itself, policies, cross-origin headers."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        page = b"<!doctype html><html><head><title>a</title></head><body><h1>Awkward</h1></body></html>"
        if self.path == "/cookie":
            data = str(self.headers["Cookie"]).encode()
            self.send_response(200)
            self.send_header("Set-Cookie", "visitor=ana; Path=/")
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        elif self.path == "/lost":
            self.send_response(302)
            self.send_header("Location", "http://[bad")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path in ("/cut.html", "/cut.bin"):
            self.send_response(200)
            self.send_header("Content-Type", "text/html" if "html" in self.path else "image/png")
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"<p>half")
            self.close_connection = True
        elif self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", f"http://{self.headers['Host']}/there?x=1")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path == "/stream":
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for part in (page[:30], page[30:]):
                self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
            self.wfile.write(b"0\r\n\r\n")
        else:
            data = gzip.compress(page)
            self.send_response(200)
            for name, value in (
                ("Content-Type", "text/html; charset=utf-8"),
                ("Content-Encoding", "gzip"),
                ("Content-Length", str(len(data))),
                ("Content-Security-Policy", "script-src 'none'"),
                ("Access-Control-Allow-Origin", "*"),
                ("X-Host", str(self.headers["Host"])),
            ):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's name)
        """Say nothing."""


@pytest.fixture
def awkward() -> Iterator[str]:
    with Server(("127.0.0.1", 0), Awkward) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_compressed_chunked_and_redirected_answers(tmp_path: Path, awkward: str) -> None:
    with preview(shop(tmp_path), "--proxy", awkward) as running:
        for path in ("/", "/stream"):
            with urllib.request.urlopen(running.base + path, timeout=10) as answer:
                text = answer.read().decode()
                assert "<h1>Awkward</h1>" in text
                assert "__connectif" in text
                assert answer.headers["content-encoding"] is None
                assert answer.headers["content-security-policy"] is None
                assert answer.headers["access-control-allow-origin"] is None
                if path == "/":
                    assert answer.headers["x-host"] == awkward.removeprefix("http://")
        with urllib.request.urlopen(f"{running.base}/moved", timeout=10) as answer:
            assert answer.url == f"{running.base}/there?x=1"
        with urllib.request.urlopen(f"{running.base}/echo", data=b"a=1", timeout=10) as answer:
            assert answer.read() == b"a=1"


def test_visitors_do_not_share_cookies(tmp_path: Path, awkward: str) -> None:
    with preview(shop(tmp_path), "--proxy", awkward) as running:
        for own in ("None", "mine=1", "None"):
            request = urllib.request.Request(f"{running.base}/cookie")
            if own != "None":
                request.add_header("Cookie", own)
            with urllib.request.urlopen(request, timeout=10) as answer:
                assert answer.headers["set-cookie"] == "visitor=ana; Path=/"
                assert answer.read().decode() == own


def test_an_upstream_that_errs_is_no_mistake_of_ours(tmp_path: Path, awkward: str) -> None:
    with preview(shop(tmp_path), "--proxy", awkward) as running:
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)
        for path, status in (("/lost", 302), ("/cut.html", 502)):
            connection.request("GET", path)
            given = connection.getresponse()
            given.read()
            assert given.status == status
        connection.close()
        answer = urllib.request.urlopen(f"{running.base}/cut.bin", timeout=10)
        with answer, pytest.raises(http.client.IncompleteRead):
            answer.read()
    assert not [line for line in running.said.queue if "Traceback" in line]


def test_a_server_that_is_down_is_said_and_waited_for(tmp_path: Path) -> None:
    with preview(shop(tmp_path), "--proxy", "http://127.0.0.1:9") as running:
        with pytest.raises(urllib.error.HTTPError) as raised:
            urllib.request.urlopen(running.base, timeout=10)
        with raised.value as answer:
            assert answer.code == 502
            assert "Nothing answers at" in answer.read().decode()


def test_a_foreign_websocket_is_refused(tmp_path: Path, awkward: str) -> None:
    with preview(shop(tmp_path), "--proxy", awkward) as running:
        for origin in (Origin("https://evil.example"), None):
            with pytest.raises(InvalidStatus) as raised:
                connect(f"{running.base.replace('http', 'ws')}/socket", origin=origin, proxy=None)
            assert raised.value.response.status_code == 403
