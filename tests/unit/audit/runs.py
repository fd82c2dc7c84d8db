"""A site to audit, and the report of a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.audit_pages import PLAN, page, product
from tests.tools import Cli


def build(folder: Path, prices: list[str], **more: str) -> Path:
    """A site of product pages with these prices, and its plan."""
    (folder / "connectif.yaml").write_bytes(PLAN)
    files = {f"p/{n}/index.html": page(product(n, price)) for n, price in enumerate(prices, 1)}
    files |= {"connectif/connectif-events.min.js": "send()"}
    for name, text in {"index.html": page("<h1>Home</h1>"), **files, **more}.items():
        path = folder / "public" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "public"


def report(cli: Cli, *arguments: str | Path, stdin: str = "") -> tuple[int, dict[str, Any]]:
    done = cli("audit", "--format", "json", *arguments, stdin=stdin)
    assert done.stdout, done.stderr
    return done.code, json.loads(done.stdout)
