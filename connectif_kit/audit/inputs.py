"""What `audit` looks at: folders, also in object storage, files, standard input, addresses, sitemaps."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from connectif_kit.audit.batch import Item
from connectif_kit.audit.options import Options
from connectif_kit.audit.published import digest
from connectif_kit.audit.run_cache import Folder, Walked
from connectif_kit.core.diagnostics import Diagnostic, Misuse
from connectif_kit.core.files import SiteFile, site_pages, url_path
from connectif_kit.core.objects import is_remote, pages, read_ahead
from connectif_kit.core.records import dataclass
from connectif_kit.core.wording import shown, shown_in
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.workspace import built_site

if TYPE_CHECKING:
    from connectif_kit.audit.fetch import Fetcher


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the options' paths name, and how to take pages from the network; `say` takes a hint."""

    options: Options
    loaded: LoadedPlan | None
    folder: Path
    say: Callable[[str], None]
    folders: list[Folder] = field(default_factory=list)
    """The folders that `items` has gone through so far."""
    others: dict[str, list[str]] = field(default_factory=dict)
    """The files in each of them that are not pages."""
    walked: Mapping[str, Walked] = field(default_factory=dict)
    """Folders that this process has gone through before, a moment ago."""

    @property
    def root(self) -> Path | None:
        """The plan's built site."""
        return self.folder / self.loaded.plan.site.root if self.loaded else None

    @property
    def named(self) -> tuple[str, ...]:
        """The paths, or the plan's site where none are given. Raises Misuse where there is no site."""
        if self.options.paths:
            return self.options.paths
        if self.root is None:
            raise Misuse("name a folder or a file to check")
        if self.loaded:
            built_site(None, self.folder, self.loaded)
        return (shown(self.root),)

    @property
    def site(self) -> Path | None:
        """The folder that is the whole site, where one was named; what is missing there is missing."""
        folders = [Path(path) for path in self.named if path != "-" and Path(path).is_dir()]
        if len(folders) != 1 or len(self.named) != 1 or self.options.limit is not None:
            return None
        return None if self._below(folders[0]) else folders[0]

    @property
    def base(self) -> str:
        """The folder from which pages are named: the plan's site, or the one folder outside it."""
        folders = [Path(path) for path in self.options.paths if Path(path).is_dir()]
        if len(folders) != 1 or (self.root and folders[0].resolve().is_relative_to(self.root.resolve())):
            return shown(self.root) if self.root else ""
        return str(folders[0])

    @property
    def remote(self) -> str | None:
        """The folder in object storage that is the whole site, where one was named."""
        alone = len(self.named) == 1 and self.options.limit is None
        return self.named[0] if alone and is_remote(self.named[0]) else None

    @property
    def is_whole(self) -> bool:
        """Whether all of a site's pages are looked at."""
        return self.site is not None or self.remote is not None

    def _below(self, path: Path) -> str:
        """Where a path lies below the plan's site, such as `p/mug`; empty for the site and other places."""
        root, path = self.root and self.root.resolve(), path.resolve()
        inside = root is not None and path != root and path.is_relative_to(root)
        return path.relative_to(root).as_posix() if inside and root else ""

    @property
    def _page(self) -> str:
        """The path that `--as` names, below `store.url` where it is a full address; empty without one."""
        if not self.options.as_path or not self.options.as_path.startswith(("http://", "https://")):
            return self.options.as_path or ""
        path = urlsplit(self.options.as_path).path or "/"
        base = self.loaded.plan.store.base if self.loaded else ""
        return path[len(base) :] or "/" if base and f"{path}/".startswith(f"{base}/") else path

    def items(self) -> Iterator[Item | Diagnostic]:
        """The pages in a fixed order, and what cannot be one. Raises Misuse for a path that is none."""
        fetcher: Fetcher | None = None
        for given in self.named:
            if given == "-":
                yield self._standard_input()
            elif is_remote(given):
                yield from self._objects(given)
            elif given.startswith(("http://", "https://")):
                fetcher = fetcher or self._fetcher()
                yield from _fetched(fetcher, given)
            elif not Path(given).exists():
                raise Misuse(f"there is no file or folder {given}")
            elif Path(given).is_dir():
                yield from self._folder(Path(given))
            else:
                yield self._file(given)
        if fetcher:
            fetcher.close()

    def _standard_input(self) -> Item:
        if self.loaded and not self._page:
            message = "the page is held against no kind of the plan: say which page it is with --as"
            self.say(message)
        return Item("<stdin>", self._page, data=sys.stdin.buffer.read())

    def _file(self, given: str) -> Item:
        path = Path(given)
        return Item(given, self._page or url_path(self._below(path) or path.name), given)

    def _folder(self, folder: Path) -> Iterator[Item | Diagnostic]:
        below, name, known = self._below(folder), shown_in(folder), self.walked.get(str(folder))
        others = known.others if known else list[str]()
        seen = Folder(str(folder), below)
        self.folders.append(seen)
        written = self.options.written
        for file in known.pages if known else site_pages(folder, others):
            if not isinstance(file, SiteFile):
                yield file
                continue
            at = file.at(below)
            own = bool(written) and Path(file.file).resolve() in written
            if own or self._is_ignored(at):
                seen.left_out.append(at)
            else:
                yield Item(name(file.relative), at, file.file)
        seen.others.append(digest(str(folder), others))
        self.others[str(folder)] = others

    def _objects(self, folder: str) -> Iterator[Item]:
        """The pages; of those that another shard looks at, the names alone."""
        index, shards = self.options.part or (1, 1)
        files = (file for file in pages(folder) if not self._is_ignored(file.url_path))
        for file, data in read_ahead(files, (number % shards == index - 1 for number in count())):
            if isinstance(data, OSError):
                yield Item(file.file, file.url_path, failure=data.strerror or str(data))
            else:
                yield Item(file.file, file.url_path, data=data)

    def _is_ignored(self, url_path: str) -> bool:
        return self.loaded is not None and self.loaded.plan.ignored(url_path)

    def _fetcher(self) -> Fetcher:
        from connectif_kit.audit.fetch import Fetcher, hosts_of

        urls = [path for path in self.named if path.startswith(("http://", "https://"))]
        limit = self.options.limit or 1000
        return Fetcher(hosts_of(urls), self.options.rate, self.options.timeout, limit, self.say)


def _fetched(fetcher: Fetcher, url: str) -> Iterator[Item | Diagnostic]:
    for found in fetcher.pages(url):
        if isinstance(found, Diagnostic):
            yield found
        else:
            yield Item(
                found.url,
                unquote(urlsplit(found.url).path) or "/",
                data=found.data,
                static=False,
                policies=found.policies,
            )
