"""The results of a run's pages, in their order: those that the cache knows, the others from the workers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from connectif_kit.audit.batch import Item, Setup, holds, kept_result
from connectif_kit.audit.batch import run as look
from connectif_kit.audit.options import Options
from connectif_kit.audit.page_run import PageResult
from connectif_kit.core.cache import Cache, key
from connectif_kit.core.console import Console
from connectif_kit.core.known_files import KnownFiles
from connectif_kit.core.parallel import PAYS, jobs_for


def results(
    items: Iterator[Item], setup: Setup, options: Options, console: Console, files: KnownFiles | None = None
) -> Iterator[PageResult]:
    """What the rules say of each page; `files` are known already, if the run's memory has asked for them."""
    cache = Cache(setup.cache) if setup.cache else None
    if cache and files is None:
        with cache.opened():
            files = KnownFiles(cache.contents())
    if cache and files:
        every = list(items)
        found = _merged(every, _kept(every, setup, cache, files), setup, options)
        return console.track(found, len(every)) if _is_shown(every, console) else found
    first = list(islice(items, PAYS))
    jobs = options.jobs or jobs_for(len(first))
    if not _is_shown(first, console):
        return look(chain(first, items), setup, jobs)
    every = [*first, *items]
    return console.track(look(every, setup, jobs), len(every))


def _is_shown(items: list[Item], console: Console) -> bool:
    return len(items) >= PAYS and console.is_watched


_Kept = tuple[bytes, str]
"""What the cache knows a page by, and its result as text."""


def _kept(items: list[Item], setup: Setup, cache: Cache, files: KnownFiles) -> list[_Kept | None]:
    """The results of pages that are as they were; nothing for the others.

    Spares them a way to another process and back, and the reading: a tenth of the time where all are known.
    """
    marks = [_mark(item, setup, files) for item in items]
    with cache.opened():
        found = {mark: text for mark, text in cache.get(list(filter(None, marks))).items() if holds(text)}
    return [(mark, found[mark]) if mark in found else None for mark in marks]


def _mark(item: Item, setup: Setup, files: KnownFiles) -> bytes:
    content = files.content(item.file) if item.file else b""
    return key(setup.stamp, item.url_path, content, static=item.static) if content else b""


def _merged(
    items: list[Item], kept: list[_Kept | None], setup: Setup, options: Options
) -> Iterator[PageResult]:
    rest = [item for item, known in zip(items, kept, strict=True) if known is None]
    fresh = look(rest, setup, options.jobs or jobs_for(len(rest))) if rest else iter(())
    for item, known in zip(items, kept, strict=True):
        if known is None:
            yield next(fresh)
        else:  # what is damaged is made again
            mark, text = known
            yield kept_result(text, item, mark) or next(look([item], setup))
