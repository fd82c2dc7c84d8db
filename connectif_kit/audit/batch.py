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
from connectif_kit.core.cache import Cache, Seen, content_of, key
from connectif_kit.core.day import today
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.files import read_known
from connectif_kit.core.known_files import KnownFiles
from connectif_kit.core.messages import say
from connectif_kit.core.parallel import parallel_map
from connectif_kit.core.records import dataclass

if TYPE_CHECKING:
    from connectif_kit.plan.loaded import LoadedPlan

LARGEST = 100_000_000
TOGETHER = 16
TOGETHER_BYTES = 2_000_000
_VISITED = "cn_product_visited"
_DAYS = (b"validFrom", b"validThrough", b"ValidUntil", b"sale_price_dates")
"""How a page says on which days a price holds, in structured data of any format."""


class Item(NamedTuple):
    """A page to look at: what it is called, its address's path, and its file or its bytes; `failure` says
    why there are none.

    `static` pages are files that every visitor gets. Thousands go to other processes, and a name is
    sooner sent than a `Path`. `policies` are those that came with an answer.
    """

    name: str
    url_path: str
    file: str = ""
    data: bytes = b""
    static: bool = True
    failure: str = ""
    policies: tuple[str, ...] = ()

    def read(self) -> tuple[bytes, str]:
        """The page's bytes, and the `identity` of its file, if it has one. Raises OSError without bytes."""
        if self.failure:
            raise OSError(errno.EIO, self.failure)
        return read_known(self.file) if self.file else (self.data, "")


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
        self._files = KnownFiles({})

    def look(self, items: Sequence[Item]) -> list[PageResult]:
        """The results of some pages, in their order."""
        results: list[PageResult] = []
        new: list[tuple[bytes, str]] = []
        seen: list[Seen] = []
        for group in _groups(map(self._read, items)):
            seen += [read.seen for read in group if read.seen]
            known = self._cache.get([read.mark for read in group]) if self._cache else {}
            found = [kept_result(known.get(read.mark), read.item, read.mark) for read in group]
            fresh = iter(self._fresh([read for read, result in zip(group, found, strict=True) if not result]))
            made = [result or next(fresh) for result in found]
            pairs = zip(group, made, found, strict=True)
            new += [(each.mark, _kept(read.data, each)) for read, each, old in pairs if each.mark and not old]
            results += made
        if self._cache:
            self._cache.put(new, seen)
        return results

    def _read(self, item: Item) -> _Read:
        try:
            data, identity = item.read()
        except OSError as error:
            return _Read(
                item, b"", refusal=_failed(item, "file-error", (error.strerror or str(error)).lower())
            )
        if len(data) > LARGEST:
            message = say("the page has {size:,} bytes: no browser shows it", size=len(data))
            return _Read(item, b"", refusal=_failed(item, "page-too-large", message))
        if self._cache is None:
            return _Read(item, data)
        content = content_of(data)
        mark = key(self._setup.stamp, item.url_path, content, static=item.static)
        seen = (self._files.named(item.file), identity, content) if identity else None
        return _Read(item, data, mark, seen=seen)

    def _fresh(self, group: list[_Read]) -> list[PageResult]:
        """What the rules say of some pages."""
        given = [
            PageInput(
                read.item.name, read.data, read.item.url_path, read.item.static, read.mark, read.item.policies
            )
            for read in group
            if not read.refusal
        ]
        found = iter(audit_all(given, self._setup.loaded, self._rules))
        return [read.refusal or _outcome(read, next(found)) for read in group]


@dataclass(frozen=True, slots=True)
class _Read:
    """A page's bytes, what the cache knows them by; why there are none; what is kept of the file."""

    item: Item
    data: bytes
    mark: bytes = b""
    refusal: PageResult | None = None
    seen: Seen | None = None

    @property
    def given(self) -> PageInput:
        """The page for the rules."""
        item = self.item
        return PageInput(item.name, self.data, item.url_path, item.static, self.mark, item.policies)


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


def _kept(data: bytes, result: PageResult) -> str:
    """A result for the cache; what is said of a price that holds on some days is right on one day."""
    is_dated = _VISITED in result.tags and any(word in data for word in _DAYS)
    return f"{today()}{codec.dump(result)}" if is_dated else codec.dump(result)


def holds(text: str) -> bool:
    """Whether what the cache keeps of a page is right today."""
    return text.startswith(("[", str(today())))


def kept_result(text: str | None, item: Item, mark: bytes) -> PageResult | None:
    """What the cache keeps of a page; nothing where it holds no more, or is none of ours."""
    if text is None or not holds(text):
        return None
    try:
        return codec.load(text[text.index("[") :], item.name, item.url_path, mark)
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
