"""The preview's state: the last plan that was right, what is wrong with the newest, what pages sent."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectif_kit.catalog import lookup_in, open_catalogue
from connectif_kit.core.diagnostics import Diagnostic, KitError, Severity
from connectif_kit.core.files import reason, shop_root
from connectif_kit.core.records import dataclass
from connectif_kit.inject import kit_for
from connectif_kit.plan.queries import walk
from connectif_kit.plan.sources.selector import Selector
from connectif_kit.preview import BASE
from connectif_kit.preview.addresses import Places, origin_of
from connectif_kit.preview.journal import Journal
from connectif_kit.preview.policy import policy
from connectif_kit.preview.render_page import Dressed, PreviewAssets, digest, dress

if TYPE_CHECKING:
    from connectif_kit.plan.loaded import LoadedPlan

MAX_CACHED = 2_000
MAX_HOSTS = 200
MAX_PAGE = 20_000_000


@dataclass(slots=True)
class Preview:
    """Everything that one run of `serve` knows.

    `reload` reads the plan again: where it is broken, its problems are kept and the last good one stays.
    """

    config: Path
    root: Path | None
    token: str
    read_plan: Callable[[], tuple[LoadedPlan, dict[str, str]]]
    line_of: Callable[[Any], str]
    loaded: LoadedPlan = field(init=False)
    wardrobe: PreviewAssets = field(init=False)
    carries_base: bool = False
    journal: Journal = field(default_factory=Journal)
    problems: tuple[Diagnostic, ...] = ()
    catalogue: tuple[Diagnostic, ...] = ()
    version: int = 0
    upstream: str = ""
    hosts: set[str] = field(default_factory=set)
    cache: dict[tuple[str, str, int, bool], Dressed] = field(default_factory=dict)
    loads: Any = field(default_factory=lambda: itertools.count(1))

    def reload(self) -> bool:
        """Take the newest plan; whether it is whole. The first time, a broken one raises KitError."""
        try:
            loaded, files = self.read_plan()
            catalogue = open_catalogue(loaded, self.config.parent)
            product, problems = lookup_in(catalogue, loaded)
        except (KitError, OSError) as error:
            found = reason(error) if isinstance(error, OSError) else error
            if self.version == 0:
                raise found from None
            self.problems = found.diagnostics
            return False
        self.loaded = loaded
        self.carries_base = self.root is not None and shop_root(self.root, self.base) != self.root
        self.wardrobe = PreviewAssets(
            kit_for(loaded, files, development=True),
            product,
            self._places(loaded),
            _assets(loaded, files),
            kit_for(loaded, files),
            files,
            catalogue,
            _read_attributes(loaded),
        )
        self.problems, self.catalogue = (), tuple(problems)
        self.version += 1
        self.cache.clear()
        return True

    @property
    def prefix(self) -> str:
        """What an address has before the path of its file in the site."""
        return "" if self.carries_base else self.base

    @property
    def base(self) -> str:
        """The folder that the shop lives in, `` or `/shop`."""
        return self.loaded.plan.store.base

    def _places(self, loaded: LoadedPlan) -> Places:
        own = {origin_of(address) for address in (loaded.plan.store.url, self.upstream)}
        return Places(self.token, own - {""})

    def policy(self) -> str:
        """The header that keeps pages from asking the vendor."""
        return policy(self.hosts, f"{BASE}/blocked?t={self.token}")

    def page(self, relative: str, data: bytes, url_path: str, *, fetched: bool = False) -> Dressed:
        """A page with everything in it; the same bytes are dressed once."""
        key = (url_path, digest(data), self.version, fetched)
        made = self.cache.get(key)
        if made is None:
            made = dress(relative, data, url_path, self.wardrobe, fetched=fetched)
            self.hosts |= set(itertools.islice(made.hosts - self.hosts, MAX_HOSTS - len(self.hosts)))
            if len(self.cache) >= MAX_CACHED:
                self.cache.clear()
            self.cache[key] = made
        return made

    def overlay(self) -> list[dict[str, Any]]:
        """What is wrong with the plan, for the browser."""
        return [self.shown(problem) for problem in self.problems]

    def shown(self, found: Diagnostic) -> dict[str, Any]:
        """A diagnostic for the browser, with its source line."""
        return {
            "rule": found.rule,
            "severity": found.severity.value,
            "message": found.message,
            "hint": found.hint,
            "place": str(found.place),
            "path": found.place.path,
            "file": str(Path(found.place.path).resolve()),
            "line": found.place.line,
            "column": found.place.column,
            "source": self.line_of(found.place),
            "plan": str(found.plan) if found.plan else "",
            "element": found.element,
        }

    def serious(self, found: Iterable[Diagnostic]) -> list[dict[str, Any]]:
        """Diagnostics without mere notices."""
        return [self.shown(one) for one in found if one.severity is not Severity.NOTICE]


def _read_attributes(loaded: LoadedPlan) -> frozenset[tuple[str, str]]:
    """The attributes whose values the plan reads, each with its selector."""
    found = (source for _, source in walk(loaded.plan) if isinstance(source, Selector))
    return frozenset((source.selector, source.attribute) for source in found if source.attribute)


def _assets(loaded: LoadedPlan, files: dict[str, str]) -> dict[str, str]:
    """What `inject` would write beside the pages: path in the site → text."""
    plan = loaded.plan
    made = {
        f"{plan.store.base}{plan.site.assets}/{name}": files[name]
        for name in files
        if name.startswith("connectif-events") and name.endswith(".js")
    }
    if plan.service_worker and "service-worker.js" in files:
        made[f"{plan.store.base}{plan.service_worker.path}"] = files["service-worker.js"]
    return made
