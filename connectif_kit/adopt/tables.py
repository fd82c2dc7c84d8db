"""The edge to the disk: files of the project that hold the products whose pages the site has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from connectif_kit.adopt.line import flow
from connectif_kit.catalog import open_catalogue
from connectif_kit.catalog.rows import rows
from connectif_kit.core.diagnostics import KitError
from connectif_kit.plan import globs
from connectif_kit.plan.example import EXAMPLE_ID
from connectif_kit.plan.load import load

FOLDERS = (
    "",
    "data",
    "_data",
    "src/data",
    "src/_data",
    "app/data",
    "assets",
    "assets/data",
    "catalog",
    "products",
)
SUFFIXES = (".csv", ".tsv", ".json", ".jsonl", ".yaml", ".yml", ".xml")
MOST_FILES = 60
MOST_BYTES = 20_000_000
MOST_ROWS = 5_000
_NOT = (
    "package",
    "tsconfig",
    "connectif",
    "composer",
    "manifest",
    "_config",
    "mkdocs",
    "hugo",
    "config",
    "angular",
)
COLUMNS: dict[str, tuple[str, ...]] = {
    "product_id": ("product_id", "sku", "id", "code", "ref", "reference", "item_id"),
    "name": ("name", "title", "product_name", "nombre", "nome", "nom"),
    "unit_price": ("unit_price", "price", "precio", "preco", "prix", "prezzo", "amount"),
    "url": ("url", "permalink", "link", "path", "href"),
    "image_url": ("image_url", "image", "image_link", "img", "photo", "picture", "thumbnail"),
    "description": ("description", "desc", "summary"),
    "brand": ("brand", "vendor", "manufacturer"),
    "availability": ("availability", "stock"),
}
_STEPS = ("slug", "handle", "permalink", "url", "path", "sku", "id", "code")


class FromFile(NamedTuple):
    """A file of products that fit the site: the plan's `catalog:`, and the pages that have a product."""

    path: str
    catalog: dict[str, Any]
    rows: int
    pages: frozenset[str]


def tables(folder: Path, paths: Collection[str]) -> Iterator[FromFile]:
    """The files whose rows are the products of some of the site's pages."""
    wanted = {globs.normal(path) for path in paths}
    for path in islice(_files(folder), MOST_FILES):
        name = path.relative_to(folder).as_posix()
        rows = _rows(path, name)
        catalog = _catalog(name, rows, wanted)
        if catalog and (pages := _tried(folder, catalog, paths)):
            yield FromFile(name, catalog, len(rows), pages)


def _files(folder: Path) -> Iterator[Path]:
    for each in FOLDERS:
        found = sorted((folder / each).glob("*")) if (folder / each).is_dir() else []
        for path in found:
            is_data = path.suffix.lower() in SUFFIXES and not path.name.lower().startswith(_NOT)
            if is_data and path.is_file() and path.stat().st_size < MOST_BYTES:
                yield path


def _rows(path: Path, name: str) -> list[dict[str, Any]]:
    try:
        with path.open("rb") as stream:
            return [dict(row.data) for row in islice(rows(name, stream), MOST_ROWS) if row.data]
    except (KitError, OSError, ValueError):
        return []


def _catalog(name: str, rows: list[dict[str, Any]], paths: set[str]) -> dict[str, Any] | None:
    """The plan's `catalog:` for a file that has an id, a name and a price for each row."""
    if not rows:
        return None
    columns = {str(key).lower(): str(key) for key in rows[0]}
    fields = {
        field: columns[word]
        for field, words in COLUMNS.items()
        if (word := next((word for word in words if word in columns), ""))
    }
    if not {"product_id", "name", "unit_price"} <= fields.keys():
        return None
    if "url" in fields and _hits(rows, fields["url"], paths, "{}"):
        return {"source": name, "fields": fields}
    fields.pop("url", None)
    form = _form(rows, columns, paths)
    return {"source": name, "fields": {**fields, "url": {"template": form}}} if form else None


def _form(rows: list[dict[str, Any]], columns: dict[str, str], paths: set[str]) -> str:
    """`/p/{slug}/`: the folder and the column that most rows' pages are called by."""
    folders = Counter(path.rpartition("/")[0] for path in paths)
    found = (
        (_hits(rows, columns[word], paths, f"{folder}/{{}}"), f"{folder}/{{{columns[word]}}}/")
        for word in _STEPS
        if word in columns
        for folder, _ in folders.most_common(20)
    )
    hits, form = max(found, default=(0, ""))
    return form if 2 * hits >= min(len(rows), len(paths)) else ""


def _hits(rows: list[dict[str, Any]], column: str, paths: set[str], form: str) -> int:
    return sum(globs.normal(_path(form.format(row.get(column) or ""))) in paths for row in rows)


def _path(address: str) -> str:
    return f"/{address.partition('://')[2].partition('/')[2]}" if "://" in address else address


def _tried(folder: Path, catalog: dict[str, Any], paths: Collection[str]) -> frozenset[str]:
    """The pages for which the catalogue, read as the plan will be, has a product."""
    store = f"{{id: {EXAMPLE_ID}, environment: eu5, url: 'https://shop.example'}}"
    text = f"store: {store}\ncatalog: {flow(catalog)}\n"
    try:
        catalogue = open_catalogue(load("try.yaml", text.encode()), folder)
        return frozenset(path for path in paths if catalogue.at(path))
    except KitError:
        return frozenset()
