"""The edge to the disk: where a project says its site is published, beside its generator's configuration."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from connectif_kit.core.files import read_start

_SITEMAP = re.compile(r"^\s*sitemap:\s*(https?://[^/\s]+)", re.IGNORECASE | re.MULTILINE)
_LOC = re.compile(r"<loc>\s*(https?://[^/\s<]+)", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.IGNORECASE)
_MOST = 100_000
_SOURCES = ("", "public", "static", "src", "source")


def addresses(folder: Path, root: str) -> Iterator[tuple[str, str]]:
    """Addresses of the site, each with the file that says it, the surest first."""
    site = f"{root}/" if root and root != "." else ""
    for name in (f"{site}robots.txt", f"{site}sitemap.xml", f"{site}sitemap_index.xml"):
        pattern = _SITEMAP if name.endswith(".txt") else _LOC
        if found := pattern.search(_text(folder / name)):
            yield found[1], name
    for place in dict.fromkeys((root, *_SOURCES)):
        name = f"{place}/CNAME".lstrip("/")
        if host := _HOST.fullmatch(_text(folder / name).strip()):
            yield f"https://{host[0].lower()}", name
    yield from _of_package(folder)


def _of_package(folder: Path) -> Iterator[tuple[str, str]]:
    try:
        found = json.loads(_text(folder / "package.json"))
    except ValueError:
        return
    home = found.get("homepage") if isinstance(found, dict) else None
    if isinstance(home, str) and "github.com" not in home and "gitlab.com" not in home:
        yield home.rstrip("/"), "package.json"


def _text(path: Path) -> str:
    return read_start(path, _MOST).decode("utf-8", "replace") if path.is_file() else ""
