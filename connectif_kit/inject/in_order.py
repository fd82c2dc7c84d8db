"""Pages that `inject` found or left in order: until they, the plan or our code change, it leaves them alone.

What is kept is what a run says of such a page, under a hash of its content and of all that the page's
integration is made of. What a page's content is, its file's `identity` says without reading it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from connectif_kit.core.cache import Cache, hash_of, key
from connectif_kit.core.day import today
from connectif_kit.core.diagnostic_json import diagnostic, dumped
from connectif_kit.core.files import SiteFile
from connectif_kit.core.known_files import KnownFiles
from connectif_kit.core.records import dataclass
from connectif_kit.inject.run import Done, Options
from connectif_kit.page.html.engine import stamp
from connectif_kit.plan import frozen


@dataclass(frozen=True, slots=True)
class Memory:
    """The cache beside a plan; `plan` is the plan's key, `read` what its catalogue's files hold.

    `stamp` stands for all that pages depend on besides themselves.
    """

    beside: Path
    plan: bytes
    stamp: bytes
    read: tuple[tuple[Path, str], ...] = ()

    def is_still(self, options: Options) -> bool:
        """Whether what was read since is what the stamp says."""
        unchanged = all(hash_of(path) == digest for path, digest in self.read)
        return unchanged and frozen.key_here(options.config) == self.plan

    def key(self, file: SiteFile, content: bytes) -> bytes:
        """What a page with this content is known by."""
        return key(self.stamp, file.url_path, content)

    def known(self, files: list[SiteFile], names: Iterable[str]) -> list[Done | None]:
        """What is said of pages that are in order, as far as that is known without reading them."""
        cache = Cache(self.beside)
        with cache.opened():
            there = KnownFiles(cache.contents())
            if not there:
                return [None] * len(files)
            pairs = [(file, there.content(file.file)) for file in files]
            keys = [content and self.key(file, content) for file, content in pairs]
            texts = cache.get([each for each in keys if each])
        return [recalled(texts.get(each), name) for each, name in zip(keys, names, strict=True)]


def memory_of(
    options: Options, folder: Path, plan: bytes, integration: bytes = b"", catalogue: Iterable[str] = ()
) -> Memory | None:
    """The memory of such runs, by the plan's key, what goes into all pages, and the catalogue's files.

    Ask before the catalogue is read. Prices may hold on some days only.
    """
    if options.no_cache or not plan:
        return None
    read = tuple((folder / name, hash_of(folder / name)) for name in catalogue)
    asked = [options.remove, options.force, options.force_sources, options.hydrated, today()]
    said = ["inject", integration.hex(), *map(str, asked), *(digest for _, digest in read)]
    return Memory(folder, plan, stamp(plan, said), read)


def kept(done: Done) -> str:
    """What a run says of a page that is in order, as text."""
    if not done.findings:
        return _plain(done.page, done.left_alone, done.injected)
    findings = [dumped(each, done.name) for each in done.findings]
    return json.dumps([done.page, done.left_alone, done.injected, findings])


@lru_cache(maxsize=1000)
def _plain(page: str | None, left_alone: str, injected: bool) -> str:
    return json.dumps([page, left_alone, injected, []])


def recalled(text: str | None, name: str) -> Done | None:
    """What `kept` gave, of the page of this name; nothing where that is damaged."""
    if text is None:
        return None
    try:
        page, left_alone, injected, found = _loaded(text)
        findings = tuple(diagnostic(each, name) for each in found)
    except (ValueError, TypeError, LookupError):
        return None
    return Done(name, findings, page, read=True, injected=injected, left_alone=left_alone)


@lru_cache(maxsize=1000)  # most pages of a site say the same: nothing but their kind
def _loaded(text: str) -> tuple[str | None, str, bool, list[list[object]]]:
    page, left_alone, injected, found = json.loads(text)
    if not (page is None or isinstance(page, str)) or not isinstance(injected, bool):
        raise TypeError("none of ours")
    return page, str(left_alone), injected, list(found)
