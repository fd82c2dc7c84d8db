"""Products → what the platform takes in bulk: the Google merchant feed, or the import's CSV. Streamed.

Feed: https://support.connectif.ai/hc/en-us/articles/13860524243356. What Google has a name for stands
under it, and is mapped by itself; the rest stands under the name that it has in tags, where the store's
settings can map it (custom fields: 360017649320). The categories are written as in the tags, so that both
ways give the same ones.
"""

from __future__ import annotations

import csv
import marshal
import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from io import TextIOWrapper
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, NamedTuple, TypeAlias

from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.templates import environment
from connectif_kit.plan.queries import authorised
from connectif_kit.vocabulary.google_feed import FEED_NAMES
from connectif_kit.vocabulary.http_api import LIST_SEPARATOR
from connectif_kit.vocabulary.kinds import TEXT, TIMESTAMP, URL
from connectif_kit.vocabulary.model import Record, Value
from connectif_kit.vocabulary.product import PRODUCT

if TYPE_CHECKING:
    from connectif_kit.plan.models import Plan

Placed: TypeAlias = Iterable[tuple[Place, Record]]
Tell: TypeAlias = Callable[[Diagnostic], None]

COLUMNS = tuple(field for field in PRODUCT.fields if field.api)
"""The fields that an import of products has, in its columns' order."""

GOOGLES_STOCK = {"InStock": "in_stock", "OutOfStock": "out_of_stock"}

_GOOGLES = [name for name in FEED_NAMES if name not in ("unit_price", "unit_price_original", "availability")]
_OTHERS = [
    field.html
    for field in PRODUCT.fields
    if field.html and field.html not in FEED_NAMES and field.kind is not TIMESTAMP
]
_AS_THEY_ARE = (
    *((name, f"<g:{FEED_NAMES[name][0]}>", f"</g:{FEED_NAMES[name][0]}>") for name in _GOOGLES),
    *((name, f"<{name}>", f"</{name}>") for name in _OTHERS),
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes({*range(32)} - {9, 10, 13})
_NO_XML = ("\ufffe".encode(), "\uffff".encode())


def rss(products: Placed, plan: Plan, tell: Tell) -> Iterator[str]:
    """The feed's text in pieces, one for each product. `tell` hears of characters that no XML can hold."""
    before, after = _frame(plan)
    price = f" {plan.store.currency}" if plan.store.currency else ""
    yield before
    for some in _batched(products):
        items = [_item(record, price) for _, record in some]
        if _is_xml("".join(items)):
            yield from items
            continue
        for (place, record), item in zip(some, items, strict=True):
            whole, count = _NOT_XML.subn("", item)
            if count:
                tell(_unwritable(place, record, count))
            yield whole
    yield after


def _batched(products: Placed) -> Iterator[list[tuple[Place, Record]]]:
    rest = iter(products)
    while some := list(islice(rest, 200)):
        yield some


def _is_xml(text: str) -> bool:
    """Whether nothing is in it that XML cannot hold; as bytes, many products are asked for at once."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return False
    return len(data.translate(None, _CONTROLS)) == len(data) and not any(each in data for each in _NO_XML)


def products_in(path: Path) -> int:
    """How many products a feed or an import's CSV holds; 0 for what is neither. Raises OSError."""
    with path.open("rb") as stream:
        start = stream.read(4096)
        stream.seek(0)
        if b"<rss" in start or b"<feed" in start:
            return _count(stream, (b"<item>", b"<item ", b"<entry>", b"<entry "))
        if start.lstrip().startswith(b"<"):
            return 0
        text = TextIOWrapper(stream, "utf-8-sig", errors="replace", newline="")
        try:
            return max(sum(1 for row in csv.reader(text) if row) - 1, 0)
        except csv.Error:
            return 0


def _count(stream: BinaryIO, marks: tuple[bytes, ...]) -> int:
    """How often one of some marks stands in a file, which is read in pieces."""
    found, kept = 0, b""
    longest = max(map(len, marks)) - 1
    while chunk := stream.read(1 << 20):
        piece = kept + chunk
        found += sum(piece.count(mark) - kept.count(mark) for mark in marks)
        kept = piece[-longest:]
    return found


def _frame(plan: Plan) -> tuple[str, str]:
    whole = environment().get_template("feed/rss.xml.j2").render(store=plan.store, items="\0")
    before, _, after = whole.partition("\0\n")
    return before, after


def _item(record: Record, currency: str) -> str:
    """One `<item>`, on one line but for what its texts bring."""
    form = _form(tuple(record), currency)
    values: list[Value] = list(form.values(record))
    for number in form.texts:
        text = values[number]
        if "&" in text or "<" in text or ">" in text:
            values[number] = _escaped(str(text))
    for number, opening, closing in form.lists:
        found = values[number]
        values[number] = _each(opening, closing, found if type(found) is tuple else (str(found),))
    for number, spelt in form.spelt:
        values[number] = spelt(str(values[number]))
    parts = form.parts.copy()
    parts[1::2] = values
    return "".join(parts)  # type: ignore[arg-type]  # texts by now


class _Form(NamedTuple):
    """An `<item>` in parts, every second one to be filled, and which values need more than their text."""

    parts: list[Value]
    values: Callable[[Record], Iterable[Value]]
    texts: tuple[int, ...]
    lists: tuple[tuple[int, str, str], ...]
    spelt: tuple[tuple[int, Callable[[str], str]], ...]


@lru_cache(maxsize=1000)  # most products have the same properties
def _form(names: tuple[str, ...], currency: str) -> _Form:
    """The item of a product with some properties, in the feed's order."""
    places = [*_plain_places(names), *_priced_places(names, currency)]
    fields = [PRODUCT.by_html[name] for name, _, _ in places]
    numbered = list(enumerate(zip(places, fields, strict=True)))
    around = ["<item>"]
    for (_, opening, closing), field in zip(places, fields, strict=True):
        around[-1] += "" if field.many else opening
        around += ["", "" if field.many else closing]
    return _Form(
        [*around[:-1], around[-1] + "</item>\n"],
        itemgetter(*(name for name, _, _ in places)),
        tuple(n for n, (_, field) in numbered if field.kind in (TEXT, URL) and not field.many),
        tuple((n, opening, closing) for n, ((_, opening, closing), field) in numbered if field.many),
        tuple((n, _SPELT[name]) for n, ((name, _, _), _) in numbered if name in _SPELT),
    )


def _plain_places(names: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Properties that are written as they are, between what opens and closes them."""
    yield from (each for each in _AS_THEY_ARE if each[0] in names)
    if "published_at" in names:
        yield "published_at", "<published_at>", "</published_at>"


def _priced_places(names: tuple[str, ...], currency: str) -> Iterator[tuple[str, str, str]]:
    """With a price before, that is the `price`, and what is charged the `sale_price`."""
    before = "unit_price_original" in names
    yield "unit_price_original" if before else "unit_price", "<g:price>", f"{currency}</g:price>"
    if before:
        yield "unit_price", "<g:sale_price>", f"{currency}</g:sale_price>"
    if "availability" in names:
        yield "availability", "<g:availability>", "</g:availability>"


@lru_cache(maxsize=10_000)  # a shop has few categories and many products
def _each(opening: str, closing: str, values: tuple[str, ...]) -> str:
    return "".join(f"{opening}{_escaped(value)}{closing}" for value in values)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _unwritable(place: Place, record: Record, count: int) -> Diagnostic:
    what = "a character" if count == 1 else f"{count} characters"
    message = f"product `{_plain(record['product_id'])}` has {what} that no XML can hold; left out"
    return Diagnostic("control-character", Severity.WARNING, message, place)


def _plain(value: Value) -> str:
    return _NOT_XML.sub("", str(value))[:100]


def authorised_only(products: Placed, plan: Plan, tell: Tell) -> Iterator[tuple[Place, Record]]:
    """The products that the platform will take; it refuses addresses outside the authorised domains."""
    inside = _inside(plan)
    for place, record in products:
        if inside(str(record["url"])):
            yield place, record
        else:
            message = (
                f"`{_plain(record['url'])}` lies outside the authorised domains; the product is left out"
            )
            hint = "correct the address, or add its domain to store.domains"
            tell(Diagnostic("unauthorised-url", Severity.ERROR, message, place, hint))


_BITS = (1 << 64) - 1


class _Keys:
    """Numbers of 64 bits in a table with open addresses.

    16 to 32 bytes for each; in a set, the number's object alone takes 36.
    """

    def __init__(self) -> None:
        self._table = array("Q", bytes(8 * 1024))
        self._count = 0

    def add(self, key: int) -> bool:
        """Whether a number, which is not 0, is new; it is known from then on."""
        table, last = self._table, len(self._table) - 1
        slot = key & last
        while known := table[slot]:
            if known == key:
                return False
            slot = (slot + 1) & last
        table[slot] = key
        self._count += 1
        if self._count * 2 > last:
            self._grow()
        return True

    def _grow(self) -> None:
        old, self._table, self._count = self._table, array("Q", bytes(16 * len(self._table))), 0
        for key in filter(None, old):
            self.add(key)


class Firsts:
    """The first product of each id. The platform knows one product by an id, so later rows would
    write over earlier ones, in an order that is not documented; pages take the first as well.

    Hashes are kept, not ids. `repeated` counts the products that are left out.
    """

    def __init__(self) -> None:
        self.repeated = 0
        self._keys = _Keys()
        self._hashes, self._lines = array("Q"), array("q")
        self._paths: list[str] = []
        self._again: tuple[Place, Place, str] | None = None

    def of(self, products: Placed) -> Iterator[tuple[Place, Record]]:
        """Those that are the first of their ids."""
        is_new = self._keys.add
        hashes, lines, paths = self._hashes.append, self._lines.append, self._paths.append
        for place, record in products:
            identity = record["product_id"]
            key = hash(identity) & _BITS or 1
            if is_new(key):
                hashes(key)
                lines(place.line)
                paths(place.path)
                yield place, record
            else:
                self.repeated += 1
                self._again = self._again or (place, self._first(key), _plain(identity))

    def _first(self, key: int) -> Place:
        found = self._hashes.index(key)
        return Place(self._paths[found], self._lines[found])

    def reported(self) -> Iterator[Diagnostic]:
        """One finding for all that are left out, at the first of them."""
        if self._again is None:
            return
        place, first, identity = self._again
        more = f" ({self.repeated:,} such rows in all)" if self.repeated > 1 else ""
        message = (
            f"the id `{identity}` stands in {first.path}:{first.line} already{more}: the platform knows"
            " one product by an id; the first stays, what comes later is left out"
        )
        hint = "give each variant its own id; the ids must be those of the tags and of purchases"
        yield Diagnostic("repeated-product", Severity.ERROR, message, place, hint)


def _inside(plan: Plan) -> Callable[[str], bool]:
    """`authorised`, remembered by origin where no domain is narrower than that."""
    if any(domain.partition("://")[2].rstrip("/").count("/") for domain in plan.store.allowed):
        return lambda url: authorised(plan, url)
    known: dict[str, bool] = {}

    def inside(url: str) -> bool:
        origin = url[: url.find("/", 8) + 1] or url
        if origin not in known:
            if len(known) > 1000:
                known.clear()
            known[origin] = authorised(plan, url)
        return known[origin]

    return inside


def table(products: Placed, tell: Tell, spool: IO[bytes]) -> Iterator[str]:
    """The import's CSV in pieces: its header, then a line for each product.

    Only columns that some product fills: an empty cell could wipe what the platform knows. So the
    rows wait in `spool`, an empty file open for writing and reading, until the last one is seen.
    """
    filled = {field.html for field in COLUMNS if field.required}
    rows = _rows(products, tell, filled)
    parts = 0
    while some := list(islice(rows, 500)):
        marshal.dump(some, spool)
        parts += 1
    spool.seek(0)
    wanted = [number for number, field in enumerate(COLUMNS) if field.html in filled]
    yield ",".join(COLUMNS[number].api for number in wanted) + "\n"
    pick = itemgetter(*wanted)
    for _ in range(parts):
        for cells in marshal.load(spool):  # noqa: S302 - what was written above
            yield ",".join(pick(cells)) + "\n"


def _rows(products: Placed, tell: Tell, filled: set[str]) -> Iterator[list[str]]:
    """One cell for each of `COLUMNS`, quoted where it must be; `filled` gathers what is not empty."""
    empty = [""] * len(COLUMNS)
    for place, record in products:
        cells = empty.copy()
        for name, value in record.items():
            number, plain = _NUMBERED[name]
            if type(value) is tuple:
                texts = [str(each) for each in value]
                if any(LIST_SEPARATOR in each for each in texts):
                    tell(_parted(place, name))
                    break
                cells[number] = _quoted(LIST_SEPARATOR.join(texts))
            else:
                cells[number] = _quoted(str(value) if plain else _spelt(name, str(value)))
        else:
            filled.update(record)
            yield cells


_NUMBERED = {
    field.html: (number, not field.api_choices and field.kind is not TIMESTAMP)
    for number, field in enumerate(COLUMNS)
}
"""Property → its column's number, and whether its text is written as it is."""


def _quoted(cell: str) -> str:
    if "," in cell or '"' in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _parted(place: Place, name: str) -> Diagnostic:
    message = f"`{name}` has a `{LIST_SEPARATOR}`, which parts values in an import; the product is left out"
    return Diagnostic("list-separator", Severity.ERROR, message, place)


@lru_cache(maxsize=1024)  # most products have one of two availabilities
def _spelt(name: str, text: str) -> str:
    """A property's text as the import spells it."""
    field = COLUMNS[_NUMBERED[name][0]]
    if field.kind is TIMESTAMP and text.isdecimal():
        return str(TIMESTAMP.to_json(text))
    return next((choice for choice in field.api_choices if choice.lower() == text.lower()), text)


_SPELT: dict[str, Callable[[str], str]] = {
    "published_at": partial(_spelt, "published_at"),
    "availability": GOOGLES_STOCK.__getitem__,
}
"""Properties that the feed spells in its own way."""
