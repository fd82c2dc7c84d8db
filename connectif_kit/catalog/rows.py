"""A catalogue file → rows, streamed: memory does not grow with the file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import PurePath
from typing import BinaryIO

from connectif_kit.catalog import formats
from connectif_kit.catalog.formats import Format
from connectif_kit.catalog.row import Block, Row, Rows, bad, one_by_one, unread
from connectif_kit.catalog.text import Text
from connectif_kit.core.diagnostics import KitError, Place, did_you_mean
from connectif_kit.core.messages import say
from connectif_kit.core.registry import collect

__all__ = ["Row", "bad", "blocks", "format_of", "rows", "unread"]


@cache
def known() -> dict[str, Format]:
    """Formats by name."""
    return {format_.name: format_ for format_ in collect(formats, Format)}


def format_of(path: str, name: str | None = None) -> Format:
    """A format by its name, or by how a file's name ends. Raises KitError where there is none."""
    found = known()
    if name in found:
        return found[name]
    suffix = PurePath(path).suffix.lower()
    by_suffix = next((each for each in found.values() if suffix in each.suffixes), None)
    if name is None and by_suffix:
        return by_suffix
    said = (
        say("unknown format `{name}`", name=name)
        if name
        else say("the format does not follow from the name `{file}`", file=PurePath(path).name)
    )
    hint = did_you_mean(name or suffix.lstrip("."), found) or say("known: {names}", names=", ".join(found))
    raise KitError.at(Place(path), "catalog-format", said, hint)


def rows(path: str, stream: BinaryIO, format: str | None = None) -> Iterator[Row]:  # noqa: A002 - the field's own word
    """The rows of a catalogue, bad ones as problems at their line.

    A row may have data and a problem (a doubt about the file): both are to be heeded.
    Raises KitError where the format is unknown.
    """
    return one_by_one(blocks(path, stream, format))


def blocks(path: str, stream: BinaryIO, format: str | None = None) -> Rows:  # noqa: A002 - the field's own word
    """The same, with rows of a table in blocks where there is nothing to say of them."""
    how = format_of(path, format)
    if how.read_bytes:
        return how.read_bytes(path, stream)
    return _reported(how, Text(path, stream))


def _reported(how: Format, text: Text) -> Rows:
    """The format's rows, with the encoding's complaint on the first of them that follows it."""
    if how.read is None:
        return
    try:
        for found in how.read(text):
            if not text.problem or (isinstance(found, Row) and found.problem):
                yield found
                continue
            first, *rest = found.rows() if isinstance(found, Block) else [found]
            yield first._replace(problem=text.problem)
            yield from rest
            text.problem = None
    finally:
        text.close()
