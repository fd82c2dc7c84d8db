"""Bytes → text, streamed: UTF-8 or UTF-16 by its mark, else what windows-1252 makes of the odd bytes."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, cast

from connectif_kit.catalog.row import bad
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.patterns import lazily

MAX_LINE = 10_000_000
CHUNK = 1 << 16
BLOCK = 1 << 17
"""Characters after which a block of lines ends."""

_ODD = lazily("[\udc80-\udcff]")


class Text:
    """A file's text, in lines or in chunks; `problem` is set once where bytes were not UTF-8."""

    def __init__(self, path: str, stream: BinaryIO) -> None:
        self.path = path
        self.problem: Diagnostic | None = None
        self._stream = stream
        self._line = 1
        self._reported = False
        self._ahead: list[str] = []
        buffered = stream if isinstance(stream, io.BufferedReader) else _buffered(stream)
        wide = buffered.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        self._reader = io.TextIOWrapper(
            buffered,
            "utf-16" if wide else "utf-8-sig",
            errors="replace" if wide else "surrogateescape",
            newline="",
        )
        self._next_line = partial(self._reader.readline, MAX_LINE)

    def close(self) -> None:
        """Let go of the stream, which stays its owner's to close."""
        buffered = self._reader.detach()
        if buffered is not self._stream:
            buffered.detach()

    def lines(self) -> Iterator[str]:
        """Lines with their ends; one that never ends is cut."""
        return iter(self.line, "")

    def line(self) -> str:
        """The next line with its end, empty at the file's end."""
        return self._mended_line(self._ahead.pop(0) if self._ahead else self._next_line())

    def block(self) -> list[str]:
        """Many lines at once; none at the end. The first that is not UTF-8 begins a block."""
        lines, self._ahead = self._ahead or self._some(), []
        if not _odd_in("".join(lines)):
            self._line += len(lines)
            return lines
        if not self._reported:
            first = next(number for number, line in enumerate(lines) if _ODD.search(line))
            lines, self._ahead = (lines[:first], lines[first:]) if first else (lines, [])
        return list(map(self._mended_line, lines))

    def _some(self) -> list[str]:
        lines, size = [], 0
        for line in iter(self._next_line, ""):
            lines.append(line)
            size += len(line)
            if size > BLOCK:
                break
        return lines

    def _mended_line(self, line: str) -> str:
        repaired = line if line.isascii() else self._repaired(line)
        self._line += 1
        return repaired

    def read(self, size: int = CHUNK) -> str:
        """The next chunk, empty at the end."""
        chunk = self._reader.read(size)
        if not chunk.isascii():
            chunk = self._repaired(chunk)
        self._line += chunk.count("\n")
        return chunk

    def _repaired(self, text: str) -> str:
        odd = _ODD.search(text)
        if odd is None:
            return text
        if not self._reported:
            self._reported = True
            line = self._line + text.count("\n", 0, odd.start())
            self.problem = bad(
                Place(self.path, line, odd.start() - text.rfind("\n", 0, odd.start())),
                "the file is not UTF-8; it is read as windows-1252",
                "save it as UTF-8",
                Severity.WARNING,
            )
        return _ODD.sub(_windows_1252, text)


def _odd_in(text: str) -> bool:
    """Whether a byte was not UTF-8; to encode is much faster than to look for it."""
    try:
        text.isascii() or text.encode()
    except UnicodeEncodeError:
        return _ODD.search(text) is not None
    return False


def _buffered(stream: BinaryIO) -> io.BufferedReader:
    return io.BufferedReader(cast(io.RawIOBase, stream))


def _windows_1252(match: re.Match[str]) -> str:
    byte = bytes([ord(match[0]) - 0xDC00])
    try:
        return byte.decode("cp1252")
    except UnicodeDecodeError:
        return byte.decode("latin-1")
