"""What the tests stand on: the browser, Node's tools, a loopback server, our command as a process.

`python tests/tools.py` prints the browser that the tests will use, or fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler
from io import BytesIO, TextIOWrapper
from pathlib import Path
from socketserver import ThreadingTCPServer

import pytest

ROOT = Path(__file__).resolve().parent.parent
NODE_MODULES = ROOT / "tests" / "node" / "node_modules"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


SHELL = "chromium-headless-shell"
"""The same engine without a window's worth of interface: a page costs a quarter."""


def find_shell() -> Path | None:
    """Chromium's headless shell where it is installed, else whichever Chromium there is."""
    installed = shutil.which(SHELL)
    return Path(installed) if installed else find_chromium()


def find_chromium() -> Path | None:
    """An installed Chromium, or the one that Playwright downloaded."""
    installed = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    return Path(installed) if installed else playwright_chromium()


def playwright_chromium() -> Path | None:
    """Playwright's own download, where it is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


ENGLISH = {"LC_ALL": "C.UTF-8"}
"""For every command: whatever language the developer's terminal speaks."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a finished process leaves behind."""

    code: int
    stdout: str
    stderr: str


def run(
    *command: str | Path,
    cwd: Path,
    stdin: str = "",
    env: Mapping[str, str] | None = None,
    timeout: float = 120,
) -> Run:
    """Run a command to its end, without colour and without a terminal."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        input=stdin,
        env={**os.environ, "NO_COLOR": "1", **ENGLISH, **(env or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True, slots=True)
class Cli:
    """`connectif-kit` in this process, which costs a thirtieth of a new one; `cwd` is where it runs.

    `process` starts a real one: for what only a process has, such as its start, its signals, its end.
    """

    cwd: Path

    def __call__(
        self,
        *args: str | Path,
        cwd: Path | None = None,
        stdin: str = "",
        env: Mapping[str, str] | None = None,
    ) -> Run:
        """Run one command."""
        from connectif_kit.cli import run as command_line

        with _surroundings(cwd or self.cwd, env), _standard_streams(stdin) as (out, err):
            code = command_line(list(map(str, args)))
        return Run(code, out.getvalue().decode(), err.getvalue().decode())

    def process(
        self,
        *args: str | Path,
        cwd: Path | None = None,
        stdin: str = "",
        env: Mapping[str, str] | None = None,
    ) -> Run:
        """Run one command as a process of its own."""
        found = {"PYTHONPATH": str(ROOT), **(env or {})}
        return run(sys.executable, "-m", "connectif_kit", *args, cwd=cwd or self.cwd, stdin=stdin, env=found)


@contextmanager
def _surroundings(folder: Path, env: Mapping[str, str] | None) -> Iterator[None]:
    """A working folder and environment variables, as a process of its own would have them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name, value in {"NO_COLOR": "1", **ENGLISH, **(env or {})}.items():
            patch.setenv(name, value)
        yield


@contextmanager
def _standard_streams(stdin: str) -> Iterator[tuple[BytesIO, BytesIO]]:
    """Standard streams with bytes behind them, as those of a process in UTF-8; gives output and error."""
    out, err = BytesIO(), BytesIO()
    streams = [
        TextIOWrapper(binary, encoding="utf-8", newline="") for binary in (BytesIO(stdin.encode()), out, err)
    ]
    with pytest.MonkeyPatch.context() as patch:
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        yield out, err
        for stream in streams[1:]:
            stream.detach()  # flushes it; a wrapper that is let go of closes the bytes behind it


class Pages(SimpleHTTPRequestHandler):
    """Static files; the same types on every machine, whatever its mime.types says."""

    extensions_map = {  # noqa: RUF012  (the base class has it as a plain dict)
        "": "application/octet-stream",
        ".css": "text/css",
        ".csv": "text/csv",
        ".html": "text/html",
        ".jpg": "image/jpeg",
        ".js": "text/javascript",
        ".json": "application/json",
        ".mjs": "text/javascript",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain",
        ".webmanifest": "application/manifest+json",
        ".xml": "application/xml",
    }

    cache_control = "no-store"

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Our table only."""
        suffix = Path(path).suffix.lower()
        return self.extensions_map.get(suffix, self.extensions_map[""])

    def end_headers(self) -> None:
        """A test that changes a file must see the change."""
        self.send_header("Cache-Control", self.cache_control)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's name)
        """Say nothing."""


class KeptPages(Pages):
    """Pages that the browser's back/forward cache may keep: it takes none that is not to be stored."""

    cache_control = "no-cache"


class Server(ThreadingTCPServer):
    """Not `HTTPServer`: that one asks the resolver for our name, which can take seconds."""

    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no news."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as the library calls it


@contextmanager
def serve(folder: Path, pages: type[Pages] = Pages) -> Iterator[str]:
    """Serve a folder on a free loopback port; gives `http://127.0.0.1:PORT`."""
    with Server(("127.0.0.1", 0), partial(pages, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


if __name__ == "__main__":
    chromium = find_chromium()
    if chromium is None:
        sys.exit("no Chromium")
    print(chromium)  # noqa: T201 - setup.sh reads it
