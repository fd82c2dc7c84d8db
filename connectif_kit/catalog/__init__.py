"""Products from where they live: a file beside the plan, or the pages themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias
from urllib.parse import unquote

from connectif_kit.catalog.bulk import Bulk
from connectif_kit.catalog.causes import FindingGroups
from connectif_kit.catalog.columns import Columns
from connectif_kit.catalog.entry import Again, Entry
from connectif_kit.catalog.fields import Mapper, usable
from connectif_kit.catalog.found import MISSING, Found
from connectif_kit.catalog.index import Index
from connectif_kit.catalog.reading import Reading
from connectif_kit.catalog.row import Block, Rows, bad
from connectif_kit.catalog.rows import Row, blocks, format_of, rows
from connectif_kit.catalog.spelling import address
from connectif_kit.catalog.where import Where
from connectif_kit.core.diagnostics import Diagnostic, KitError, Place, Severity
from connectif_kit.core.files import reason
from connectif_kit.core.messages import say
from connectif_kit.plan.globs import normal
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.models import PAGE_DATA
from connectif_kit.plan.queries import in_html, product_data
from connectif_kit.vocabulary.model import Record
from connectif_kit.vocabulary.product import PRODUCT

if TYPE_CHECKING:
    from connectif_kit.page.html import Page
    from connectif_kit.plan.models import PageBase, Plan
    from connectif_kit.plan.source import Source

    ProductOn: TypeAlias = Callable[[Page, str, PageBase], Found]

MAX_PROBLEMS = 1000
MAX_REFUSED = 100_000

__all__ = ["Catalogue", "Row", "from_page", "lookup", "open_catalogue", "rows"]


class Catalogue:
    """The products of a catalogue; read again for each pass, so that any number fits in memory.

    `records` streams; `at` and `by_id` ask an index, made on first use. `problems` are those of the
    last pass, one for each cause: a row with an error is left out, the others go on. `seen` and
    `left_out` count its rows; `set_aside` those that the plan or the preset leaves out on purpose.
    """

    def __init__(
        self, name: str, opened: Callable[[], BinaryIO] | None, mapper: Mapper, plan: Plan, rows_: Reading
    ) -> None:
        self.name = name
        self.seen = 0
        self.left_out = 0
        self.set_aside: Counter[str] = Counter()
        self._causes = FindingGroups()
        self._refused: dict[str, Place] = {}
        self._opened = opened
        self._mapper = mapper
        self._base = plan.store.base
        self._reading = rows_
        self._index: Index | None = None
        self._bulk = lru_cache(maxsize=8)(lambda header: Bulk(mapper, header))

    @property
    def problems(self) -> list[Diagnostic]:
        """What is wrong with the rows of the last pass."""
        return self._causes.reported()

    @property
    def records(self) -> Iterator[Record]:
        """The good products in the file's order."""
        return (record for _, record in self.placed())

    def placed(self) -> Iterator[tuple[Place, Record]]:
        """The good products, and where each begins. Raises KitError where the file cannot be read."""
        self._causes = FindingGroups()
        self.seen = self.left_out = 0
        self.set_aside.clear()
        if self._opened is None:
            return
        try:
            with self._opened() as stream:
                yield from self._usable(self._reading.rows(blocks(self.name, stream), self.set_aside))
        except OSError as error:
            raise reason(error, self.name) from None

    def _usable(self, found: Rows) -> Iterator[tuple[Place, Record]]:
        """Those of a file's rows that are products; the others are reported."""
        columns = Columns(self.name, format_of(self.name).name == "csv", self._mapper, MAX_PROBLEMS)
        where = self._reading.where()
        for each in found:
            if type(each) is not Block:
                yield from self._row(each, columns, where)  # type: ignore[arg-type]  # a row
            elif columns.new(each.header) or where or not self._bulk(each.header).able:
                for row in each.rows():
                    yield from self._row(row, columns, where)
            else:
                yield from self._block(each, columns)
        self._tell([*columns.reported(), *(where.reported() if where else ())])

    def _row(self, row: Row, columns: Columns, where: Where | None) -> Iterator[tuple[Place, Record]]:
        if row.problem:
            self._causes.add(row.problem)
        if not row.data:
            self.left_out += row.problem is not None and row.problem.severity is Severity.ERROR
            return
        self.seen += 1
        if where and not where.wants(row.data):
            self.set_aside["rows that `where` does not want"] += 1
            return
        record, wrong = self._mapper.record(row.data, row.place)
        good = not wrong or usable(wrong)
        if columns.waits:
            wrong = columns.sift(row.data, wrong)
        if wrong:
            self._tell(wrong)
        if good:
            yield row.place, record
        else:
            self._refuse(row.place, record)

    def _block(self, block: Block, columns: Columns) -> Iterator[tuple[Place, Record]]:
        """Many rows at once; their header has been seen."""
        self.seen += len(block.cells)
        path = block.path
        for line, record, wrong in self._bulk(block.header).records(block):
            good = not wrong or usable(wrong)
            if wrong:
                self._tell(columns.sift({}, wrong) if columns.waits else wrong)
            if good:
                yield Place(path, line), record
            else:
                self._refuse(Place(path, line), record)

    def _refuse(self, place: Place, record: Record) -> None:
        """Remember, within reason, whose page will lack its product."""
        self.left_out += 1
        if "url" in record and len(self._refused) < MAX_REFUSED:
            self._refused.setdefault(self._path(_path_of(str(record["url"]))), place)

    def refused_at(self, url_path: str) -> Place | None:
        """The row of the product with this address, where the row was refused."""
        self.load()
        return self._refused.get(self._path(url_path))

    def why_absent(self, url_path: str) -> str:
        """Why a page has no product here, and what to do; empty where it has one."""
        if self.at(url_path):
            return ""
        return ": ".join(_absence(self, url_path))

    def _tell(self, reported: Iterable[Diagnostic]) -> None:
        for problem in reported:
            self._causes.add(problem)

    def at(self, url_path: str) -> Record | None:
        """The product whose address has this path, below the shop's folder or with it."""
        return self.load().at(self._path(url_path))

    def by_id(self, product_id: str) -> Record | None:
        """The product with this id."""
        return self.load().by_id(product_id)

    def place_of(self, product_id: str) -> Place | None:
        """Where the product with this id stands."""
        return self.load().place_of(product_id)

    def load(self) -> Index:
        """The index, made unless it is there."""
        if self._index is None:
            index, before = Index(), ""
            for place, record in self.placed():
                url = str(record["url"])
                # Variants share a page, and a shop system's export has them one below the other.
                only = "?" not in url and not (self._reading.variants and url == before)
                path = self._path(_path_of(url))
                index.add(Entry(place, str(record["product_id"]), path, only, record))
                before = url
            self._tell(_again(what, again) for what, again in index.close().items())
            self._index = index
        return self._index

    def _path(self, url_path: str) -> str:
        path = normal(unquote(url_path))
        inside = self._base and (path == self._base or path.startswith(self._base + "/"))
        return normal(path[len(self._base) :]) if inside else path


def _again(what: str, again: Again) -> Diagnostic:
    more = say(" ({times:,} such rows in all)", times=again.times) if again.times > 1 else ""
    said = (
        say("duplicate id `{value}`", value=again.value)
        if what == "id"
        else say("another product has the address {value}", value=again.value)
    )
    return bad(
        again.place,
        say("{said}{more}; pages take the first", said=said, more=more),
        severity=Severity.WARNING,
    )


def _path_of(url: str) -> str:
    return "/" + url.partition("://")[2].partition("/")[2]


def open_catalogue(loaded: LoadedPlan, folder: Path) -> Catalogue:
    """The plan's catalogue; an empty one where the plan names no file.

    Raises KitError where the file is not there or its format is unknown.
    """
    plan, source = loaded.plan, loaded.plan.catalog.source
    reading = reading_of(loaded, folder)
    if source is None or _in_pages(plan):
        return Catalogue("", None, Mapper({}, PRODUCT, reading.context), plan, reading)
    path = folder / source
    _check_file(source, path, loaded.place("catalog", "source"))
    mapper = Mapper(reading.fields, PRODUCT, reading.context)
    return Catalogue(source, lambda: path.open("rb"), mapper, plan, reading)


def reading_of(loaded: LoadedPlan, folder: Path) -> Reading:
    """How the plan's catalogue is read, with the file of combinations that it names.

    Raises KitError where that is not there or its format is unknown.
    """
    named = loaded.plan.catalog.combinations
    if named is None:
        return Reading.of(loaded)
    path = folder / named
    _check_file(named, path, loaded.place("catalog", "combinations"))
    return Reading.of(loaded, lambda: path.open("rb"))


def _check_file(source: str, path: Path, place: Place) -> None:
    if "://" in source:
        raise KitError.at(
            place, "catalog-file", say("the catalogue must be a file"), say("download it before this runs")
        )
    try:
        format_of(source)
    except KitError as error:
        raise KitError(replace(d, place=place) for d in error.diagnostics) from None
    if not path.is_file():
        hint = say("the path is taken from the plan's folder")
        raise KitError.at(place, "catalog-file", say("there is no file {source}", source=source), hint)


def _in_pages(plan: Plan) -> bool:
    return plan.catalog.source in PAGE_DATA


def lookup(loaded: LoadedPlan, folder: Path) -> tuple[ProductOn, list[Diagnostic]]:
    """How to find the product that a page shows, and the problems of the catalogue's rows.

    The function takes a page, its address's path and what the plan says of it; a page without a
    product is a finding. Raises KitError as `open_catalogue` does.
    """
    return lookup_in(open_catalogue(loaded, folder), loaded)


def lookup_in(catalogue: Catalogue, loaded: LoadedPlan) -> tuple[ProductOn, list[Diagnostic]]:
    """`lookup`, in a catalogue that is open."""
    plan = loaded.plan
    used = any(product_data(plan, plan.pages[name]) == "catalog" for name in plan.pages_of("product"))
    if used:
        catalogue.load()

    def product(page: Page, url_path: str, described: PageBase) -> Found:
        how = product_data(plan, described)
        if how == "catalog" and not _in_pages(plan):
            return _from_file(catalogue, page, url_path)
        return from_page(page, plan.catalog.source if how == "catalog" else how, plan, url_path)

    return product, catalogue.problems


def _from_file(catalogue: Catalogue, page: Page, url_path: str) -> Found:
    record = catalogue.at(url_path)
    if record:
        return Found(record)
    message, hint = _absence(catalogue, url_path)
    return Found(None, (Diagnostic(MISSING, Severity.ERROR, message, Place(page.source.path), hint),))


def _absence(catalogue: Catalogue, url_path: str) -> tuple[str, str]:
    """Why a page has no product, and what to do."""
    refused = catalogue.refused_at(url_path)
    if refused:
        return (
            say("its product, {path} line {line}, was refused", path=refused.path, line=refused.line),
            say("correct what is reported of that row"),
        )
    hint = say("check the catalogue's `url`, or `catalog.url` in the plan")
    if catalogue.left_out:
        hint = say(
            "correct the refused rows ({left_out:,}): one may be its product; or {hint}",
            left_out=catalogue.left_out,
            hint=hint,
        )
    return say(
        "no product of {name} has the address {url_path}", name=catalogue.name, url_path=url_path
    ), hint


def from_page(page: Page, how: str | list[str] | Source | None, plan: Plan, url_path: str) -> Found:
    """What the page says; nothing where only a browser can ask it."""
    if how is None or not in_html(how):
        return Found()
    from connectif_kit.catalog.pages import product_on

    return product_on(page, how, plan, address(plan.store.url, url_path))
