"""The one place that reads what hosts are told to send: `_headers`, `vercel.json` and their like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from connectif_kit.core.registry import collect
from connectif_kit.core.wording import shown
from connectif_kit.page import hosts
from connectif_kit.page.host_headers import HostFile, HostHeaders, Parsed

_LARGEST = 1_000_000
_HIGHEST = 5
"""Folders above the plan's in which a repository's root is looked for."""


@cache
def host_files() -> list[HostFile]:
    """Every kind of file that is known."""
    return collect(hosts, HostFile)


def from_disk(root: Path, project: Path, saw: Callable[[Path], Path] = lambda path: path) -> HostHeaders:
    """What the hosts of a site are told: `root` is what is published, `project` the plan's folder.

    `saw` takes down the files that count, those that are missing too.
    """
    above = list(_repository(project))
    found: list[tuple[str, str, Parsed]] = []
    for kind in host_files():
        folders = [root] if kind.published else [root, project, *above]
        for path in dict.fromkeys((folder / kind.name).absolute() for folder in folders):
            if saw(path).is_file():
                text = path.read_bytes()[:_LARGEST].decode("utf-8", "replace")
                found.append((kind.host, shown(path), kind.parse(text)))
    return HostHeaders(tuple(found))


def from_texts(read: Callable[[str], str | None]) -> HostHeaders:
    """What is said by the files of a site that is no folder; `read` gives the text at an address's path."""
    texts = ((kind, read(f"/{kind.name}")) for kind in host_files())
    return HostHeaders(
        tuple((kind.host, f"/{kind.name}", kind.parse(text)) for kind, text in texts if text is not None)
    )


def _repository(project: Path) -> Iterator[Path]:
    """The folders above a plan's up to the root of its repository; none where it lies in no repository."""
    above = [project, *project.absolute().parents][: _HIGHEST + 1]
    root = next((number for number, folder in enumerate(above) if (folder / ".git").exists()), 0)
    yield from above[1 : root + 1]
