"""The source line of a place, for reports: nothing private is in it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from connectif_kit.core.diagnostics import KitError, Place
from connectif_kit.core.files import HTML_SUFFIXES
from connectif_kit.core.mask import without_keys
from connectif_kit.page.html import Source, decode
from connectif_kit.page.private import veiled_text

LARGEST = 20_000_000


def line_of(place: Place) -> str:
    """The source line of a place with nothing private in it; nothing where it cannot be read."""
    path = Path(place.path)
    try:
        if not path.is_file():  # a pipe would be waited for
            return ""
        found = path.stat()
        if found.st_size >= LARGEST:
            return ""
        return _veiled(place.path, found.st_mtime_ns, found.st_size).line_text(place.line)
    except (OSError, KitError, ValueError):
        return ""


@lru_cache(maxsize=32)  # a report names several places of one page
def _veiled(path: str, _time: int, _size: int) -> Source:
    """A file's text with what is private in a page, and keys anywhere, made unreadable."""
    source = decode(path, Path(path).read_bytes())
    is_page = path.lower().endswith(HTML_SUFFIXES) or source.text.lstrip()[:1] == "<"
    return replace(source, text=veiled_text(source) if is_page else without_keys(source.text))
