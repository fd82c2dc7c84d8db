"""`verify` of a site that somebody else serves: behind a login, behind a command, on one host alone."""

from __future__ import annotations

import base64
import socket
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from connectif_kit.verify.origin import SiteFolder
from tests.tools import Cli

LOGIN = "Basic " + base64.b64encode(b"ana:secret").decode()


@pytest.fixture
def staging(starter: Path) -> Iterator[tuple[str, list[str]]]:
    """A staging site that wants a login and a header; and what it was asked for in vain."""
    folder, refused = SiteFolder((starter / "public").resolve(), "", b""), []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.headers["Authorization"] != LOGIN or self.headers["X-Staging"] != "1":
                refused.append(self.path)
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="staging"')
                self.end_headers()
                return
            answer = folder.answer(self.path.partition("?")[0])
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            if answer.location:
                self.send_header("Location", answer.location)
            self.end_headers()
            self.wfile.write(answer.data)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}", refused
    server.shutdown()
    server.server_close()


def test_a_staging_site_behind_a_login_is_proved(starter: Path, staging: tuple[str, list[str]]) -> None:
    url, _ = staging
    done = Cli(starter)(
        "verify", url, "--auth", "ana:secret", "--header", "X-Staging: 1", "--only", "product"
    )
    assert (done.code, done.stdout) == (0, "no findings in 2 pages\n"), done.stderr
    assert "2. proved   Product: /p/" in done.stderr


def test_a_site_that_a_command_serves_is_proved_and_the_command_ended(starter: Path) -> None:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    command = f"{sys.executable} -m http.server {port} --bind 127.0.0.1 --directory public"
    done = Cli(starter)("verify", f"http://localhost:{port}", "--command", command, "--only", "home")
    assert (done.code, done.stdout) == (0, "no findings in 1 page\n"), done.stderr
    with socket.socket() as asked:
        assert asked.connect_ex(("127.0.0.1", port)) != 0
