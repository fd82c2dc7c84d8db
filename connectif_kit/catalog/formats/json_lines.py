"""JSON Lines: one object for each line."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.catalog.formats import Format
from connectif_kit.catalog.formats.json_list import RowDecoder
from connectif_kit.catalog.row import Row, unread
from connectif_kit.catalog.text import Text
from connectif_kit.core.diagnostics import Place
from connectif_kit.core.messages import say


def read(text: Text) -> Iterator[Row]:
    """Rows, each at its line."""
    decoder = RowDecoder()
    for number, line in enumerate(text.lines(), 1):
        if line.strip():
            yield _row(decoder, Place(text.path, number), line)


def _row(decoder: RowDecoder, place: Place, line: str) -> Row:
    try:
        return decoder.row(place, decoder.decode(line))
    except ValueError as error:
        return unread(place, say("invalid JSON: {why}", why=str(getattr(error, "msg", error)).lower()))
    except RecursionError:
        return unread(place, say("nested too deep"))


JSON_LINES = Format("jsonl", (".jsonl", ".ndjson"), "one object a line", read)
