"""What `audit` looks at: folders, files, standard input, addresses, sitemaps."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from connectif_kit.cli._shared import shown

if TYPE_CHECKING:
    from connectif_kit.audit.fetch import Fetcher
    from connectif_kit.audit.run import Item
    from connectif_kit.diagnostics import Diagnostic
    from connectif_kit.plan import Loaded


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a command line names: `paths`, and how to take pages from the network."""

    paths: tuple[str, ...]
    loaded: Loaded | None
    folder: Path
    as_path: str | None = None
    limit: int | None = None
    rate: float = 5.0
    timeout: float = 15.0

    @property
    def root(self) -> Path | None:
        """The plan's built site."""
        return self.folder / self.loaded.plan.site.root if self.loaded else None

    @property
    def named(self) -> tuple[str, ...]:
        """The paths, or the plan's site where none are given. Raises UsageError where there is no site."""
        if self.paths:
            return self.paths
        if self.root is None:
            raise click.UsageError("name a folder or a file to check")
        if not self.root.is_dir():
            raise click.UsageError(
                f"there is no folder {shown(self.root)}: build your site, or name its folder"
            )
        return (shown(self.root),)

    @property
    def site(self) -> Path | None:
        """The folder that is the whole site, where one was named; what is missing there is missing."""
        folders = [Path(path) for path in self.named if path != "-" and Path(path).is_dir()]
        return folders[0] if len(folders) == len(self.named) == 1 and self.limit is None else None

    def items(self) -> Iterator[Item | Diagnostic]:
        """The pages in a fixed order, and what cannot be one. Raises UsageError for a path that is none."""
        fetcher: Fetcher | None = None
        for given in self.named:
            if given == "-":
                yield self._standard_input()
            elif given.startswith(("http://", "https://")):
                fetcher = fetcher or self._fetcher()
                yield from _fetched(fetcher, given)
            elif not Path(given).exists():
                raise click.UsageError(f"there is no file or folder {given}")
            elif Path(given).is_dir():
                yield from self._folder(Path(given))
            else:
                yield self._file(given)
        if fetcher:
            fetcher.close()

    def _standard_input(self) -> Item:
        from connectif_kit.audit.run import Item

        return Item("<stdin>", self.as_path or "/", data=sys.stdin.buffer.read())

    def _file(self, given: str) -> Item:
        from connectif_kit.audit.run import Item
        from connectif_kit.files import url_path

        path, root = Path(given).resolve(), self.root
        inside = root is not None and path.is_relative_to(root.resolve())
        relative = path.relative_to(root.resolve()).as_posix() if inside and root else path.name
        return Item(given, self.as_path or url_path(relative), Path(given))

    def _folder(self, folder: Path) -> Iterator[Item | Diagnostic]:
        from connectif_kit.audit.run import Item
        from connectif_kit.files import SiteFile, site_pages

        for file in site_pages(folder):
            if not isinstance(file, SiteFile):
                yield file
            elif not (self.loaded and self.loaded.plan.ignored(file.url_path)):
                yield Item(shown(file.path), file.url_path, file.path)

    def _fetcher(self) -> Fetcher:
        from connectif_kit.audit.fetch import Fetcher, hosts_of

        urls = [path for path in self.named if path.startswith(("http://", "https://"))]
        return Fetcher(hosts_of(urls), self.rate, self.timeout, self.limit or 1000)


def _fetched(fetcher: Fetcher, url: str) -> Iterator[Item | Diagnostic]:
    from connectif_kit.audit.fetch import Fetched
    from connectif_kit.audit.run import Item

    for found in fetcher.pages(url):
        if isinstance(found, Fetched):
            yield Item(found.url, urlsplit(found.url).path or "/", data=found.data, static=False)
        else:
            yield found
