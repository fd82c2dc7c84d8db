"""A fault as an edit of a text."""

from __future__ import annotations

import difflib
from typing import NamedTuple


class Mutant(NamedTuple):
    """One fault: the bytes from `start` to `end` become `new`."""

    start: int
    end: int
    new: str

    def applied(self, source: bytes) -> bytes:
        """The source with the fault in it."""
        return source[: self.start] + self.new.encode() + source[self.end :]

    def lines(self, source: bytes) -> tuple[str, str]:
        """The lines that change, before and after, without the blanks around them."""
        before, after = source.decode().splitlines(), self.applied(source).decode().splitlines()
        blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        changed = [block for block in blocks if block[0] != "equal"]
        return (
            " ".join(line.strip() for _, i, j, _, _ in changed for line in before[i:j]),
            " ".join(line.strip() for _, _, _, i, j in changed for line in after[i:j]),
        )

    def diff(self, path: str, source: bytes) -> str:
        """The fault as a unified diff."""
        before, after = source.decode().splitlines(), self.applied(source).decode().splitlines()
        return "\n".join(difflib.unified_diff(before, after, path, path, lineterm="", n=1))
