"""A page without our additions, and how much larger they make it."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from connectif_kit.inject.page import strip

if TYPE_CHECKING:
    from connectif_kit.page.html import Source

OURS = "connectif-events"
"""What the dispatcher's file is called, with or without a stamp."""


def bare(source: Source) -> bytes:
    """A page without what `inject` has put between its marks."""
    return source.encode(strip(source, force=True).text)


def page_bytes(source: Source) -> int:
    """Compressed bytes that our blocks add to a page."""
    return max(0, compressed(source.encode(source.text)) - compressed(bare(source)))


def compressed(data: bytes) -> int:
    """Bytes that a server sends."""
    return len(gzip.compress(data, 6, mtime=0))
