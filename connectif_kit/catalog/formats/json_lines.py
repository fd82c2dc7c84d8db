"""JSON Lines: one object for each line."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.catalog.formats import Format
from connectif_kit.catalog.formats.json_list import DECODER, NOT_AN_OBJECT
from connectif_kit.catalog.row import Row, unread
from connectif_kit.catalog.text import Text
from connectif_kit.core.diagnostics import Place
from connectif_kit.core.messages import say


def read(text: Text) -> Iterator[Row]:
    """Rows, each at its line."""
    for number, line in enumerate(text.lines(), 1):
        if line.strip():
            yield _row(Place(text.path, number), line)


def _row(place: Place, line: str) -> Row:
    try:
        data = DECODER.decode(line)
    except ValueError as error:
        return unread(place, say("no JSON: {why}", why=str(getattr(error, "msg", error)).lower()))
    except RecursionError:
        return unread(place, say("nested too deep"))
    return Row(place, data) if isinstance(data, dict) else unread(place, NOT_AN_OBJECT)


JSON_LINES = Format("jsonl", (".jsonl", ".ndjson"), "one object a line", read)
