"""Several plans for one site, one for each store: held against each other, and against the pages."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from connectif_kit.core.diagnostics import Diagnostic, KitError, Place, Severity
from connectif_kit.core.files import SiteFile, site_pages, url_path
from connectif_kit.core.messages import both, count, say
from connectif_kit.core.records import dataclass
from connectif_kit.core.wording import shown
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.locate import file_of
from connectif_kit.plan.workspace import built_site, read_plan

MAX_NAMED = 5


@dataclass(frozen=True, slots=True)
class Store:
    """A store's plan, and the folder that is its part of the site."""

    config: Path
    loaded: LoadedPlan
    root: Path

    @property
    def name(self) -> str:
        """What messages call it."""
        return shown(self.config)


def stores(configs: Sequence[Path]) -> tuple[list[Store], list[Diagnostic]]:
    """The plans, which fit together, and what to say of pages that none of them has.

    Raises KitError, or Misuse where a part of the site is not there.
    """
    found = []
    for config in configs:
        if not file_of(config).is_file():
            raise KitError.at(Place(str(config)), "no-plan", say("there is no plan here"))
        loaded = read_plan(config)
        root = built_site(None, config.parent.resolve(), loaded)
        found.append(Store(config, loaded, root.resolve()))
    problems = [*_same_store(found), *_shared_pages(found)]
    if problems:
        raise KitError(problems)
    return found, list(_without_store(found))


def _same_store(found: list[Store]) -> Iterator[Diagnostic]:
    """Two plans for one store id: the second would write over what the first sends."""
    first: dict[str, Store] = {}
    for store in found:
        known = first.setdefault(str(store.loaded.plan.store.id), store)
        if known is not store:
            message = say(
                "{name} has this store id too; each language and currency needs a store of its own",
                name=known.name,
            )
            yield Diagnostic("same-store", Severity.ERROR, message, store.loaded.place("store", "id"))


def _owners(found: list[Store], file: Path) -> tuple[list[Store], bool]:
    """The stores that a page belongs to, and whether a plan leaves it alone on purpose."""
    around = [store for store in found if file.is_relative_to(store.root)]
    ignoring = [s for s in around if s.loaded.plan.ignored(url_path(file.relative_to(s.root).as_posix()))]
    return [store for store in around if store not in ignoring], bool(ignoring)


def _pages(root: Path) -> Iterator[Path]:
    return (root / page.relative for page in site_pages(root) if isinstance(page, SiteFile))


def _shared_pages(found: list[Store]) -> Iterator[Diagnostic]:
    """Stores whose parts of the site overlap: one page can carry one store."""
    reported = set[tuple[str, ...]]()
    for outer in found:
        if not any(s is not outer and s.root.is_relative_to(outer.root) for s in found):
            continue
        for page in _pages(outer.root):
            owners, _ = _owners(found, page)
            names = tuple(store.name for store in owners)
            if len(owners) < 2 or names in reported:
                continue
            reported.add(names)
            inner = max(owners, key=lambda store: len(store.root.parts))
            part = os.path.relpath(inner.root, outer.root).replace(os.sep, "/")
            message = say(
                "{page} belongs to {names}; a page has one store", page=shown(page), names=both(names)
            )
            hint = say("give each plan its own `site.root`")
            if part != ".":
                hint = say(
                    'leave the other part out: `site: {{ignore: ["/{part}/**"]}}` in {name}',
                    part=part,
                    name=outer.name,
                )
            place = outer.loaded.place("site", "root")
            yield Diagnostic("page-of-two-stores", Severity.ERROR, message, place, hint)


def _without_store(found: list[Store]) -> Iterator[Diagnostic]:
    """Pages beside the stores' parts that no plan speaks of, in one finding."""
    common = Path(os.path.commonpath([store.root for store in found]))
    homes = {store.config.resolve().parent for store in found}
    if any(home.is_relative_to(common) for home in homes):
        return  # the parts have nothing around them that is the site alone
    alone = [page for page in _pages(common) if _owners(found, page) == ([], False)]
    if alone:
        named = ", ".join(shown(page) for page in alone[:MAX_NAMED])
        more = say(" and {alone:,} more", alone=len(alone) - MAX_NAMED) if len(alone) > MAX_NAMED else ""
        message = count(
            len(alone),
            "{n:,} page of no store: {named}{more}",
            "{n:,} pages of no store: {named}{more}",
            named=named,
            more=more,
        )
        hint = say(
            "their visits are not reported; if they should be, give them to a store by its `site.root`"
        )
        yield Diagnostic("page-of-no-store", Severity.NOTICE, message, Place(shown(alone[0])), hint)
