"""Which pages are visited: some of each kind, or all; and where an element stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from connectif_kit.core.diagnostics import Diagnostic, KitError, Place
from connectif_kit.core.files import site_pages
from connectif_kit.core.records import dataclass
from connectif_kit.page.html import decode, parse
from connectif_kit.page.integration import Integration

if TYPE_CHECKING:
    from connectif_kit.plan.loaded import LoadedPlan
    from connectif_kit.verify.origin import SiteFolder

EACH = 1
PRODUCTS = 2
"""Of products more than one: a value that is right on one page by accident is wrong on the next."""
SEARCH_FOR = "mug"
_PLAIN = "%/!$&'()*+,:;=@[]|"
"""What browsers leave as it is in a path (https://url.spec.whatwg.org/#path-percent-encode-set)."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A page to visit: its kind's name in the plan, its path, its query, the file as a message names it."""

    name: str
    kind: str
    path: str
    query: str
    file: str
    data: bytes | None = None
    """Its HTML, where it lies in no file."""

    @property
    def address(self) -> str:
        """Path and query."""
        return self.path + self.query

    @property
    def place(self) -> Place:
        """The page as a whole."""
        return Place(self.file)


def pages_by_name(
    loaded: LoadedPlan, folder: SiteFolder, shown: Callable[[str], str] = str
) -> dict[str, list[Sample]]:
    """Every page of the site that the plan knows, by its name in the plan."""
    found: dict[str, list[Sample]] = {name: [] for name in loaded.plan.pages}
    for file in site_pages(folder.root):
        if isinstance(file, Diagnostic):
            continue
        if sample := sample_at(
            loaded, quote(folder.prefix + file.url_path, safe=_PLAIN[1:]), shown(file.file)
        ):
            found[sample.name].append(sample)
    return found


def sample_at(loaded: LoadedPlan, path: str, file: str, data: bytes | None = None) -> Sample | None:
    """The page at an address's path, if the plan knows it."""
    plan = loaded.plan
    name = plan.page_of(path)
    if name is None or plan.ignored(unquote(path)):
        return None
    return Sample(name, plan.kind_of(name), quote(path, safe=_PLAIN), _query(loaded, name), file, data)


def _query(loaded: LoadedPlan, name: str) -> str:
    """What a page needs in its address to report: a search's words."""
    for event in loaded.plan.pages[name].reports().values():
        for source in event.values():
            if getattr(source, "NAME", "") == "query":
                return f"?{source.query}={SEARCH_FOR}"  # type: ignore[union-attr]  # only Query has this name
    return ""


def chosen(found: Mapping[str, list[Sample]], *, every: bool = False) -> Iterator[Sample]:
    """Some of each kind, or all: only pages that take an integration."""
    for samples in found.values():
        if every:
            yield from (one for one in samples if takes_integration(one))
            continue
        most = PRODUCTS if samples and samples[0].kind == "product" else EACH
        yield from _first(samples, most)


def _first(samples: Iterable[Sample], most: int) -> Iterator[Sample]:
    left = most
    for one in samples:
        if left and takes_integration(one):
            left -= 1
            yield one


def takes_integration(sample: Sample) -> bool:
    """Whether the file is a page of its own: no redirect, no AMP page, no fragment."""
    page = raw(sample)
    return page is not None and not page.special and page.is_document


def raw(sample: Sample) -> Integration | None:
    """The page as the platform's verifier sees it: its HTML, no JavaScript."""
    try:
        data = Path(sample.file).read_bytes() if sample.data is None else sample.data
        return Integration(parse(decode(sample.file, data)), sample.path)
    except (OSError, KitError):
        return None


def live(html: str, sample: Sample) -> Integration:
    """The page as it is in the browser, read by the same reader."""
    return Integration(parse(decode(sample.file, html.encode("utf-8", "replace"))), sample.path)


def having(selectors: Iterable[str], samples: Iterable[Sample]) -> Sample | None:
    """The first page with an element that one of some selectors matches in its HTML."""
    wanted = list(selectors)
    for one in samples:
        page = raw(one)
        if page is not None and any(_matches(page, selector) for selector in wanted):
            return one
    return None


def _matches(page: Integration, selector: str) -> bool:
    try:
        return bool(page.live(page.page.select(selector)))
    except Exception:  # only browsers know this selector
        return False
