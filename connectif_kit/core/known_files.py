"""What content files have, as far as that is known from the last time that they were read."""

from __future__ import annotations

import os
from collections.abc import Mapping

from connectif_kit.core.identity import identity


class KnownFiles:
    """Asks each file once for its `identity`; `contents` is what `Cache.contents` gave.

    Saves reading and hashing all pages of a site of which few have changed: 35 ms for 10,000 instead of 350.
    """

    def __init__(self, contents: Mapping[str, tuple[str, bytes]]) -> None:
        self._contents = contents
        self._asked: dict[str, bytes] = {}
        self._inside = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118 - for thousands of names

    def __bool__(self) -> bool:
        return bool(self._contents)

    def named(self, file: str) -> str:
        """The name under which a file is kept."""
        return file if os.path.isabs(file) else self._inside + file  # noqa: PTH117 - likewise

    def content(self, file: str) -> bytes:
        """What stands for a file's content; empty where it must be read."""
        found = self._asked.get(file)
        if found is None:
            found = self._asked[file] = self._asks(file)
        return found

    def _asks(self, file: str) -> bytes:
        known = self._contents.get(self.named(file))
        if known is None:
            return b""
        try:
            return known[1] if identity(os.stat(file)) == known[0] else b""  # noqa: PTH116 - likewise
        except OSError:
            return b""
