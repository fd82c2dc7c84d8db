"""Where rows come from: a file, or the product tags of built pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from pathlib import Path
from typing import TypeAlias

from connectif_kit.catalog.row import Row
from connectif_kit.catalog.rows import format_of, rows
from connectif_kit.core import files
from connectif_kit.core.diagnostics import Diagnostic, KitError, Place, Severity
from connectif_kit.core.records import dataclass
from connectif_kit.page.html import Page, decode, parse
from connectif_kit.sync.items import whole_orders
from connectif_kit.vocabulary.product import PRODUCT

Shape: TypeAlias = Callable[[Iterator[Row], Counter[str]], Iterator[Row]]
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a folder of built pages; `name` is how messages call it.

    `notes` collects what is doubtful in the file as a whole; `shape` makes a shop system's rows ours,
    and counts what it leaves out on purpose.
    """

    path: Path
    name: str
    format: str | None = None
    orders: bool = False
    notes: list[str] = field(default_factory=list)
    shape: Shape | None = None

    @property
    def is_table(self) -> bool:
        """Whether rows go back as CSV; all else goes back as JSON Lines."""
        return not self.path.is_dir() and format_of(self.name, self.format).name == "csv"

    @property
    def fingerprint(self) -> str:
        """Changes when the file does; pages have none."""
        if self.path.is_dir():
            return ""
        found = self.path.stat()
        return f"{found.st_size}-{found.st_mtime_ns}"

    def rows(self) -> Iterator[Row]:
        """Every row in a fixed order; a purchase file's lines are still single. Raises OSError, KitError."""
        if self.path.is_dir():
            yield from _from_pages(self.path)
            return
        with self.path.open("rb") as stream:
            if stream.read(2) in UTF_16:
                hint = "save it as UTF-8"
                raise KitError.at(Place(self.name, 0), "utf-16", "this file is in UTF-16", hint)
            stream.seek(0)
            for row in self._shaped(rows(self.name, stream, self.format)):
                if row.problem and row.problem.severity is not Severity.ERROR:
                    self.notes.append(f"{row.problem.place}: {row.problem.message}")
                    row = row._replace(problem=None)
                    if not row.data:
                        continue
                yield row

    def _shaped(self, found: Iterator[Row]) -> Iterator[Row]:
        if self.shape is None:
            yield from found
            return
        left_out: Counter[str] = Counter()
        yield from self.shape(found, left_out)
        self.notes.extend(f"not taken: {count:,} {what}" for what, count in left_out.items())

    def numbered(self) -> Iterator[tuple[int, Row]]:
        """Rows as the plan counts them: whole orders, from 1."""
        found: Iterable[Row] = whole_orders(self.rows()) if self.orders else self.rows()
        return enumerate(found, 1)


def _from_pages(root: Path) -> Iterator[Row]:
    """The product of each page with a product tag, each product once."""
    known: dict[str, dict[str, object]] = {}
    for file in files.site_pages(root):
        if isinstance(file, Diagnostic):
            continue
        data = file.path.read_bytes()
        if b"cn_product_visited" not in data:
            continue
        page = parse(decode(file.relative, data))
        products = list(_products(page, file.relative))
        page.release()
        for place, found in products:
            number = str(found.get("product_id", ""))
            if known.get(number) != found:
                known.setdefault(number, found)
                yield Row(place, found)


def _products(page: Page, name: str) -> Iterator[tuple[Place, dict[str, object]]]:
    """What the live product tags of a page say, property by property."""
    for node in page.select(".cn_product_visited"):
        if any(above.tag == "template" for above in node.ancestors()):
            continue
        found: dict[str, object] = {}
        for inner in node.descendants():
            for known in filter(None, map(PRODUCT.by_html.get, inner.classes)):
                text = inner.text.strip()
                if known.many and text:
                    held = found.setdefault(known.html, [])
                    found[known.html] = [*held, text] if isinstance(held, list) else [text]
                elif text:
                    found.setdefault(known.html, text)
        yield Place(name, page.place(node).line), found
