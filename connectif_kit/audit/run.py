"""Many pages: read, looked up in the cache, checked, in one process or several.

A page that cannot be read, that breaks a rule of ours or kills its process becomes a finding; the
others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from connectif_kit.audit import codec
from connectif_kit.audit.cache import Cache, key
from connectif_kit.audit.engine import PageResult, Program, audit, rules
from connectif_kit.diagnostics import Diagnostic, Place, Severity
from connectif_kit.parallel import shared_out

if TYPE_CHECKING:
    from connectif_kit.plan import Loaded

LARGEST = 100_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """A page to look at: what it is called, its address's path, and its file or its bytes.

    `static` pages are files that every visitor gets.
    """

    name: str
    url_path: str
    path: Path | None = None
    data: bytes = b""
    static: bool = True

    def read(self) -> bytes:
        """The page's bytes."""
        if self.path is None:
            return self.data
        with self.path.open("rb", buffering=0) as file:
            return file.read()


@dataclass(frozen=True, slots=True)
class Setup:
    """What is the same for all pages of a run; `stamp` is empty where nothing is cached."""

    loaded: Loaded | None
    rules: tuple[str, ...]
    stamp: bytes = b""
    cache: Path | None = None


class Worker:
    """Looks at pages, in whichever process it is."""

    def __init__(self, setup: Setup) -> None:
        known = rules()
        self._setup = setup
        self._rules = Program([known[name] for name in setup.rules], planned=setup.loaded is not None)
        self._cache = Cache(setup.cache) if setup.cache else None
        if self._cache:
            self._cache.open()

    def look(self, items: Sequence[Item]) -> list[PageResult]:
        """The results of some pages, in their order."""
        if self._cache is None:
            return [self._one(item, None) for item in items]
        read = [(item, _read(item)) for item in items]
        keys = [
            key(self._setup.stamp, item.url_path, data, static=item.static)
            if isinstance(data, bytes)
            else b""
            for item, data in read
        ]
        known = self._cache.get(keys)
        results, new = [], []
        for (item, data), mark in zip(read, keys, strict=True):
            result = _known(known.get(mark), item, mark)
            if result is None:
                result = self._one(item, data)
                if not result.failed:
                    result = replace(result, mark=mark)
                    new.append((mark, codec.dump(result)))
            results.append(result)
        self._cache.put(new)
        return results

    def _one(self, item: Item, data: bytes | OSError | None) -> PageResult:
        data = _read(item) if data is None else data
        if isinstance(data, OSError):
            return _failed(item, "file-error", (data.strerror or str(data)).lower())
        if len(data) > LARGEST:
            return _failed(item, "page-too-large", f"the page has {len(data):,} bytes: no browser shows it")
        try:
            return audit(item.name, data, item.url_path, self._setup.loaded, self._rules, static=item.static)
        except Exception as error:  # one page never ends a run
            message = f"we failed on this page: {type(error).__name__}: {error}"
            return _failed(item, "internal-error", message, "this is a mistake of ours, please report it")


def _read(item: Item) -> bytes | OSError:
    try:
        return item.read()
    except OSError as error:
        return error


def _known(text: str | None, item: Item, mark: bytes) -> PageResult | None:
    if text is None:
        return None
    try:
        return codec.load(text, item.name, item.url_path, mark)
    except (ValueError, TypeError, LookupError):
        return None


def _failed(item: Item, rule: str, message: str, hint: str = "") -> PageResult:
    found = Diagnostic(rule, Severity.ERROR, message, Place(item.name), hint)
    return PageResult(item.name, item.url_path, (found,), failed=True)


def run(items: Iterable[Item], setup: Setup, jobs: int = 1) -> Iterator[PageResult]:
    """The results of all pages, in their order."""
    return shared_out(items, partial(_begin, setup), _killed, jobs)


def _begin(setup: Setup) -> Callable[[Sequence[Item]], list[PageResult]]:
    return Worker(setup).look


def _killed(item: Item) -> PageResult:
    return _failed(item, "internal-error", "the process that looked at this page was killed")
