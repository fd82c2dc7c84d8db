"""Many pages: read, looked up in the cache, checked, in one process or several.

A page that cannot be read, that breaks a rule of ours or kills its process becomes a finding; the
others go on.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from connectif_kit.audit import codec
from connectif_kit.audit.page_run import PageInput, PageResult, RuleSet, audit_all, rules
from connectif_kit.audit.result_cache import Cache, key
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.files import read_page
from connectif_kit.core.messages import say
from connectif_kit.core.parallel import parallel_map
from connectif_kit.core.records import dataclass

if TYPE_CHECKING:
    from connectif_kit.plan.loaded import LoadedPlan

LARGEST = 100_000_000
TOGETHER = 16
TOGETHER_BYTES = 2_000_000


class Item(NamedTuple):
    """A page to look at: what it is called, its address's path, and its file or its bytes; `failure` says
    why there are none.

    `static` pages are files that every visitor gets. Thousands go to other processes, and a name is
    sooner sent than a `Path`.
    """

    name: str
    url_path: str
    file: str = ""
    data: bytes = b""
    static: bool = True
    failure: str = ""

    def read(self) -> bytes:
        """The page's bytes. Raises OSError where there are none."""
        if self.failure:
            raise OSError(errno.EIO, self.failure)
        if not self.file:
            return self.data
        return read_page(self.file)


@dataclass(frozen=True, slots=True)
class Setup:
    """What is the same for all pages of a run; `stamp` is empty where nothing is cached."""

    loaded: LoadedPlan | None
    rules: tuple[str, ...]
    stamp: bytes = b""
    cache: Path | None = None


class Worker:
    """Looks at pages, in whichever process it is."""

    def __init__(self, setup: Setup) -> None:
        known = rules()
        self._setup = setup
        self._rules = RuleSet([known[name] for name in setup.rules], planned=setup.loaded is not None)
        self._cache = Cache(setup.cache) if setup.cache else None
        if self._cache:
            self._cache.open()

    def look(self, items: Sequence[Item]) -> list[PageResult]:
        """The results of some pages, in their order."""
        results: list[PageResult] = []
        new: list[tuple[bytes, str]] = []
        for group in _groups(map(self._read, items)):
            known = self._cache.get([read.mark for read in group]) if self._cache else {}
            found = [_known(known.get(read.mark), read) for read in group]
            fresh = iter(self._fresh([read for read, result in zip(group, found, strict=True) if not result]))
            made = [result or next(fresh) for result in found]
            new += [(each.mark, codec.dump(each)) for each in made if each.mark and each.mark not in known]
            results += made
        if self._cache:
            self._cache.put(new)
        return results

    def _read(self, item: Item) -> _Read:
        try:
            data = item.read()
        except OSError as error:
            return _Read(
                item, b"", refusal=_failed(item, "file-error", (error.strerror or str(error)).lower())
            )
        if len(data) > LARGEST:
            message = say("the page has {size:,} bytes: no browser shows it", size=len(data))
            return _Read(item, b"", refusal=_failed(item, "page-too-large", message))
        stamp = self._setup.stamp
        mark = key(stamp, item.url_path, data, static=item.static) if self._cache else b""
        return _Read(item, data, mark)

    def _fresh(self, group: list[_Read]) -> list[PageResult]:
        """What the rules say of some pages."""
        given = [
            PageInput(read.item.name, read.data, read.item.url_path, read.item.static, read.mark)
            for read in group
            if not read.refusal
        ]
        found = iter(audit_all(given, self._setup.loaded, self._rules))
        return [read.refusal or _outcome(read, next(found)) for read in group]


@dataclass(frozen=True, slots=True)
class _Read:
    """A page's bytes, what the cache knows them by; why there are none."""

    item: Item
    data: bytes
    mark: bytes = b""
    refusal: PageResult | None = None


def _groups(pages: Iterable[_Read]) -> Iterator[list[_Read]]:
    """Pages to be looked at together: a few, and fewer where they are large."""
    group: list[_Read] = []
    size = 0
    for page in pages:
        group.append(page)
        size += len(page.data)
        if len(group) == TOGETHER or size > TOGETHER_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _outcome(read: _Read, result: PageResult | Exception) -> PageResult:
    """One page never ends a run."""
    if isinstance(result, PageResult):
        return result
    message = say("internal error on this page: {kind}: {error}", kind=type(result).__name__, error=result)
    return _failed(
        read.item, "internal-error", message, say("this is a bug in connectif-kit, please report it")
    )


def _known(text: str | None, read: _Read) -> PageResult | None:
    if text is None:
        return None
    try:
        return codec.load(text, read.item.name, read.item.url_path, read.mark)
    except (ValueError, TypeError, LookupError):
        return None


def _failed(item: Item, rule: str, message: str, hint: str = "") -> PageResult:
    found = Diagnostic(rule, Severity.ERROR, message, Place(item.name), hint)
    return PageResult(item.name, item.url_path, (found,), failed=True)


def run(items: Iterable[Item], setup: Setup, jobs: int = 1) -> Iterator[PageResult]:
    """The results of all pages, in their order."""
    return parallel_map(items, partial(_begin, setup), _killed, jobs)


def _begin(setup: Setup) -> Callable[[Sequence[Item]], list[PageResult]]:
    return Worker(setup).look


def _killed(item: Item) -> PageResult:
    return _failed(item, "internal-error", say("the process that looked at this page was killed"))
