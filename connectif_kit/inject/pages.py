"""`inject` on many pages: what the cache knows to be in order is left alone, processes work on the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from connectif_kit.core.cache import Cache, Seen, content_of
from connectif_kit.core.diagnostics import Diagnostic, KitError, Place, Severity
from connectif_kit.core.files import SiteFile, read_known, reason
from connectif_kit.core.known_files import KnownFiles
from connectif_kit.core.messages import say
from connectif_kit.core.parallel import forks, in_order, jobs_for, parallel_map
from connectif_kit.core.records import dataclass
from connectif_kit.core.wording import shown, shown_in
from connectif_kit.inject.in_order import Memory, kept, recalled
from connectif_kit.inject.page import Injected, Kit, ProductOn, inject, located, strip
from connectif_kit.inject.run import Done, written
from connectif_kit.page.html import Source, TemplateSign, decode, template_sign


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done to each page of a site; without a `kit` our blocks are taken out.

    `dry` writes nothing, `force` replaces edited blocks, `anything` works on templates too.
    """

    site: Path
    dry: bool
    force: bool
    anything: bool
    kit: Kit | None
    product: ProductOn | None


def worked_on(files: list[SiteFile], work: Work, memory: Memory | None) -> Iterator[Done]:
    """What became of each page, in their order."""
    name = shown_in(work.site)
    known = memory.known(files, (name(file.relative) for file in files)) if memory else [None] * len(files)
    return in_order(files, known, partial(_rest, work=work, memory=memory))


def _rest(files: list[SiteFile], work: Work, memory: Memory | None) -> Iterator[Done]:
    # A catalogue is not sent to other processes, only inherited.
    jobs = jobs_for(len(files)) if forks() else 1
    return parallel_map(files, lambda: Worker(work, memory).pages, _killed, jobs)


def _killed(file: SiteFile) -> Done:
    message = say("the process that worked on this page was killed")
    found = Diagnostic("internal-error", Severity.ERROR, message, Place(shown(file.path)))
    return Done(shown(file.path), (found,), failed=True)


class Worker:
    """Works on pages, in whichever process it is."""

    def __init__(self, work: Work, memory: Memory | None) -> None:
        self._work = work
        self._memory = memory
        self._name = shown_in(work.site)
        self._files = KnownFiles({})
        self._cache = Cache(memory.beside) if memory else None
        if self._cache:
            self._cache.open()

    def pages(self, files: Sequence[SiteFile]) -> list[Done]:
        """What became of some pages, in their order."""
        new: list[tuple[bytes, str]] = []
        seen: list[Seen] = []
        found = [self._page(file, self._name(file.relative), new, seen) for file in files]
        if self._cache:
            self._cache.put(new, seen)
        return found

    def _page(self, file: SiteFile, name: str, new: list[tuple[bytes, str]], seen: list[Seen]) -> Done:
        """Work on a page; what goes wrong with it is reported, and the others go on."""
        try:
            data, identity = read_known(file.file)
            if self._memory is None or self._cache is None:
                return _one_page(self._work, file, name, data)[0]
            content = content_of(data)
            if identity:
                seen.append((self._files.named(file.file), identity, content))
            key = self._memory.key(file, content)
            if known := recalled(self._cache.get([key]).get(key), name):
                return known
            done, now = _one_page(self._work, file, name, data)
            if now is not None:
                new.append((key if now is data else self._memory.key(file, content_of(now)), kept(done)))
        except KitError as error:
            return Done(name, error.diagnostics)
        except OSError as error:
            return Done(name, reason(error, name).diagnostics, failed=True)
        return done


def _one_page(work: Work, file: SiteFile, name: str, data: bytes) -> tuple[Done, bytes | None]:
    """What became of a page, and what its file holds now, where nothing more is to be done to that."""
    source = decode(name, data)
    stripped = strip(source, force=work.force)
    if stripped.problems:
        return Done(name, stripped.problems, read=True), data
    bare = source if stripped.text is source.text else replace(source, text=stripped.text)
    injected = Injected(bare.text)
    if work.kit and not work.anything and (sign := template_sign(bare.text)):
        return Done(name, tuple(located([_template(bare, sign)], bare, source)), read=True), data
    if work.kit and work.product:
        injected = inject(bare, file.url_path, work.kit, work.product)
    new = source.encode(injected.text)
    wrong = written(file.path, new) if new != data and not work.dry else ()
    changed = new != data and not wrong
    lies = replace(source, text=injected.text) if changed and not work.dry else source
    done = Done(
        name,
        (*located(injected.notes, bare, lies), *wrong),
        injected.page,
        changed,
        read=True,
        injected=work.kit is not None,
        failed=bool(wrong),
        left_alone=injected.left_alone,
    )
    return done, None if wrong or (changed and work.dry) else data if new == data else new


def _template(source: Source, sign: TemplateSign) -> Diagnostic:
    code = " ".join(sign.code.split())
    message = say(
        "the file is a template, not a built page: `{code}` has not run; it is left alone", code=code
    )
    hint = say("leave it out with `site.ignore`, or use --force-sources")
    place = source.place(sign.offset, sign.offset + len(sign.code))
    return Diagnostic("page-is-template", Severity.WARNING, message, place, hint)
