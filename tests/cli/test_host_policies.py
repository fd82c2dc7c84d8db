"""Policies that the shop's host is told to send, or sends: `audit` meets them as visitors do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread

import pytest

from tests.tools import Cli

STRICT = "script-src 'self'"


@pytest.fixture
def shop(cli: Cli) -> Cli:
    """The starter, built and injected, with a command line in its folder."""
    assert cli("new", "shop").code == 0
    there = Cli(cli.cwd / "shop")
    assert there("build").code == 0
    assert there("inject").code == 0
    return there


def policies(shop: Cli, *more: str) -> list[tuple[str, str]]:
    done = shop("audit", "--format", "json", *more)
    assert done.code in (0, 1), done.stderr
    found = json.loads(done.stdout)["findings"]
    return sorted(
        {(one["rule"], f"{one['path']}:{one['line']}") for one in found if "polic" in json.dumps(one)}
    )


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("public/_headers", f"# all\n/*\n  Content-Security-Policy: {STRICT}\n", 3),
        (
            "netlify.toml",
            f'[[headers]]\nfor = "/*"\n[headers.values]\nContent-Security-Policy = "{STRICT}"\n',
            4,
        ),
        (
            "vercel.json",
            '{"headers": [{"source": "/(.*)", "headers": [\n'
            f'{{"key": "Content-Security-Policy", "value": "{STRICT}"}}]}}]}}',
            2,
        ),
        ("public/.htaccess", f'Header set Content-Security-Policy "{STRICT}"\n', 1),
    ],
)
def test_the_file_and_line_of_a_policy_that_blocks_are_named(
    shop: Cli, name: str, text: str, line: int
) -> None:
    assert policies(shop) == []
    (shop.cwd / name).write_text(text, "utf-8")
    assert policies(shop) == [("csp-header-blocks-client", f"{name}:{line}")]
    assert policies(shop, "public/p/harbour-mug/index.html") == [
        ("csp-header-blocks-client", f"{name}:{line}")
    ]


def test_a_policy_that_is_not_understood_is_said(shop: Cli) -> None:
    (shop.cwd / "Caddyfile").write_text(":80\nheader Content-Security-Policy x", "utf-8")
    assert policies(shop) == [("unread-policy", "Caddyfile:2")]


def test_a_file_of_the_repository_above_the_plan_counts(shop: Cli) -> None:
    toml = f'[[headers]]\nfor = "/*"\n[headers.values]\nContent-Security-Policy = "{STRICT}"\n'
    (shop.cwd.parent / "netlify.toml").write_text(toml, "utf-8")
    assert policies(shop) == []
    (shop.cwd.parent / ".git").mkdir()
    assert [rule for rule, _ in policies(shop)] == ["csp-header-blocks-client"]


class _Guarded(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", STRICT)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def guarded(folder: Path) -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), partial(_Guarded, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_policy_of_a_servers_answer_counts(shop: Cli) -> None:
    with guarded(shop.cwd / "public") as origin:
        done = shop("audit", f"{origin}/p/harbour-mug/", "--rate", "100")
    assert done.code == 1
    assert "csp-blocks-client" in done.stdout
    assert "policy of the server's answer" in " ".join(done.stdout.split())
