"""What a rule across pages sees: every page's facts, the plan, files of the site, the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, NamedTuple

from connectif_kit.audit.published import Published
from connectif_kit.core.diagnostics import Place
from connectif_kit.core.records import dataclass
from connectif_kit.page.host_headers import HostHeaders
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.vocabulary.kinds import Json


class PageFacts(NamedTuple):
    """A page that the run went through: its file, its address's path, its name in the plan, its facts.

    `special` is the kind of a file that takes no integration.
    """

    name: str
    url_path: str
    page: str | None = None
    facts: Mapping[str, Json] = {}
    special: str = ""


@dataclass(frozen=True, slots=True)
class ExpectedOutput:
    """What the plan renders now: the loader's `facts.mark`; each dispatcher's version and `facts.text_mark`;
    the service worker's, where the plan has one.
    """

    loader: str
    dispatchers: Mapping[str, tuple[str, str]]
    worker: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A product of the catalogue file as pages should show it, and where it begins."""

    place: Place
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Site:
    """All pages of a run.

    `complete` says that no page of the site was left out, so that what is missing here is missing.
    `read` gives the text of a file by its address's path; `products` are the catalogue's ids with
    their addresses, or nothing where there is no catalogue file; of those that no page shows only the
    first, and `unseen` counts the others. `rows` are those of the products that the pages show, by id.
    `wanted` renders the plan, so it is asked late and once; `published` are files of the kit's own that
    lie in the site; `hosting` is what its hosts are told to send.
    """

    loaded: LoadedPlan | None
    pages: Sequence[PageFacts]
    complete: bool = True
    read: Callable[[str], str | None] = lambda _: None
    products: Mapping[str, str] | None = None
    rows: Mapping[str, Row] = field(default_factory=dict)
    wanted: Callable[[], ExpectedOutput | None] = lambda: None
    published: Callable[[], Iterable[Published]] = tuple
    unseen: int = 0
    hosting: Callable[[], HostHeaders] = HostHeaders

    @property
    def is_one_file(self) -> bool:
        """Whether the site is an app in one file, whose pages its script draws."""
        app = self.loaded is not None and self.loaded.plan.integration.spa
        return bool(app) and len(self.pages) <= _ONE_FILE

    def facts(self, collect: Callable[..., Json]) -> Iterator[tuple[PageFacts, Any]]:
        """The pages from which something was collected, with it."""
        name = collect.__name__
        return ((page, page.facts[name]) for page in self.pages if page.facts.get(name))


_ONE_FILE = 2
"""Pages of an app in one file: itself, and a page for what is not found."""


def place(page: PageFacts, spot: Sequence[int]) -> Place:
    """A place that `collect` has kept as `[line, column, end line, end column]`."""
    return Place(page.name, *spot)
