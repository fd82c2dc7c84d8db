"""XML: Google's merchant RSS or Atom, or any list > product > property."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.parsers import expat

from connectif_kit.catalog.formats import Format
from connectif_kit.catalog.row import MAX_DEPTH, UNREAD, Row, unread
from connectif_kit.catalog.text import CHUNK
from connectif_kit.core.diagnostics import Place
from connectif_kit.core.messages import say

FEEDS = {"rss": "item", "RDF": "item", "rdf:RDF": "item", "feed": "entry"}
MAX_VALUES = 10_000


class _RefusedError(Exception):
    """What an honest catalogue never does."""


def read(path: str, stream: BinaryIO) -> Iterator[Row]:
    """Rows, each at the line where it begins; names keep their prefix (`g:price`)."""
    reader = _Reader(path)
    try:
        while chunk := stream.read(CHUNK):
            reader.parser.Parse(chunk, False)
            yield from reader.taken()
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        yield from reader.taken()
        said = expat.ErrorString(error.code)
        yield unread(Place(path, error.lineno, error.offset + 1), say("invalid XML: {why}", why=said), UNREAD)
        return
    except (_RefusedError, LookupError, ValueError) as error:
        yield from reader.taken()
        said = str(error) if isinstance(error, _RefusedError) else say("invalid XML: {why}", why=str(error))
        yield unread(reader.place, said, UNREAD)
        return
    yield from reader.taken()
    if not reader.found:
        yield unread(
            Place(path), say("no products found"), say("expected rss > channel > item, or list > product")
        )


class _Reader:
    """Keeps the open elements of one product; finished products wait in `rows`."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.root = ""
        self.depth = 0
        self.found = False
        self.rows: list[Row] = []
        self.open: list[tuple[str, dict[str, Any], list[str]]] = []
        self.values = 0
        self.begun = Place(path)
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        # Entities a file defines for itself can multiply to gigabytes; no feed needs them.
        self.parser.EntityDeclHandler = self.entity

    @property
    def place(self) -> Place:
        return Place(self.path, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def taken(self) -> list[Row]:
        rows, self.rows = self.rows, []
        return rows

    def entity(self, *_: object) -> None:
        raise _RefusedError("the file defines entities of its own, which are not read")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1:
            self.root = name
        elif self.open:
            self.inner(name, attributes)
        elif name == FEEDS[self.root] if self.root in FEEDS else self.depth == 2:
            self.begun, self.values, self.found = self.place, 0, True
            self.open.append((name, dict(attributes), []))

    def inner(self, name: str, attributes: dict[str, str]) -> None:
        self.values += 1 + len(attributes)
        if self.values > MAX_VALUES or len(self.open) > MAX_DEPTH:
            raise _RefusedError(f"`{self.open[0][0]}` holds too much to be a product")
        parent = self.open[-1][1]
        for key, text in attributes.items():
            parent.setdefault(f"{name}@{key}", text)
        self.open.append((name, {}, []))

    def characters(self, text: str) -> None:
        if self.open:
            self.open[-1][2].append(text)

    def end(self, _: str) -> None:
        self.depth -= 1
        if not self.open:
            return
        name, children, texts = self.open.pop()
        value = children or "".join(texts).strip()
        if self.open:
            _add(self.open[-1][1], name, value)
        elif children:
            self.rows.append(Row(self.begun, children))


def _add(parent: dict[str, Any], name: str, value: Any) -> None:
    """A name that comes again makes a list."""
    if name not in parent:
        parent[name] = value
    elif isinstance(parent[name], list):
        parent[name].append(value)
    else:
        parent[name] = [parent[name], value]


XML = Format(
    "xml", (".xml", ".rss", ".atom"), "Google's merchant RSS, or list > product > property", read_bytes=read
)
