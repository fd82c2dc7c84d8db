"""Bytes to text and back without loss, and where an offset stands for the reader of the file."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import field
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from connectif_kit.core.diagnostics import Edit, KitError, Place
from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily
from connectif_kit.core.records import dataclass

SNIFFED = 1024  # browsers look for a declaration in as many bytes
FEW = 12  # places that are sooner counted out than looked up in a list of all lines

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_COMMENT = lazily(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META = lazily(rb"<meta[\s/]([^>]*)", re.IGNORECASE)
_ATTRIBUTE = lazily(rb"""([^\s"'>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")
_CHARSET = lazily(rb"charset\s*=\s*[\"']?\s*([^\s\"';]+)", re.IGNORECASE)
_XML = lazily(rb"\s*<\?xml\s[^>]*?\bencoding\s*=\s*[\"']([^\"'>]+)")
_NEWLINE = lazily(r"\r\n|\n|\r")
_KEPT_BYTES = lazily("[\udc80-\udcff]+")
_SURROGATE = lazily("[\ud800-\udfff]")


class Span(NamedTuple):
    """`text[start:end]`, in code points of the source as it is in the file."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text with its newlines as they are, and what it takes to write it back.

    `text` is without the byte order mark. Bytes that are not text in the encoding stand in it as lone
    surrogates (U+DC80–U+DCFF), which `encode` turns back into the same bytes.
    """

    path: str
    text: str
    encoding: str = "utf-8"
    bom: bytes = b""
    _starts: list[int] = field(default_factory=list, init=False, repr=False, compare=False)
    _asked: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

    def encode(self, text: str) -> bytes:
        """A text in this page's encoding; a character that it lacks becomes a reference, `&#8364;`."""
        errors = "surrogatepass" if self.encoding.startswith("utf-16") else _LOSSLESS
        return self.bom + text.encode(self.encoding, errors)

    def place(self, offset: int, end: int | None = None) -> Place:
        """Line and column of an offset, or of the span from `offset` to just before `end`."""
        if end is None:
            return Place(self.path, *self._line_column(offset))
        return Place(self.path, *self.corners(offset, end))

    def corners(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Line and column of a span's start, then of its end."""
        line, column = self._line_column(start)
        if "\n" not in (inside := self.text[start:end]) and "\r" not in inside:
            return line, column, line, column + len(inside)
        return line, column, *self._line_column(end)

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and a column, as `place` gives them; the text's end where there is none."""
        starts = self._line_starts()
        if not 1 <= line <= len(starts):
            return len(self.text)
        return min(starts[line - 1] + max(column, 1) - 1, len(self.text))

    def line_text(self, line: int) -> str:
        """A line without its newline, counted from 1; empty where there is none."""
        starts = self._line_starts()
        if not 1 <= line <= len(starts):
            return ""
        end = starts[line] if line < len(starts) else len(self.text)
        return self.text[starts[line - 1] : end].rstrip("\r\n")

    def _line_column(self, offset: int) -> tuple[int, int]:
        offset = min(max(offset, 0), len(self.text))
        if not self._starts and len(self._asked) < FEW and "\r" not in self.text:
            self._asked.append(offset)
            line = self.text.count("\n", 0, offset) + 1
            return line, offset - self.text.rfind("\n", 0, offset)
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def _line_starts(self) -> list[int]:
        if not self._starts:
            self._starts.extend(line_starts(self.text))
        return self._starts


def line_starts(text: str) -> list[int]:
    """The offset at which each line begins; `\\r\\n`, `\\n` and `\\r` end one."""
    if "\r" in text:
        return [0, *(newline.end() for newline in _NEWLINE.finditer(text))]
    return list(accumulate((len(line) + 1 for line in text.split("\n")[:-1]), initial=0))


class Normalised(NamedTuple):
    """A text as parsers count it: `\\n` for every newline, U+FFFD for what is not a character."""

    text: str
    shortened: list[int]  # where each `\n` that was `\r\n` stands

    @classmethod
    def of(cls, text: str) -> Normalised:
        """Normalise a source's text."""
        if not text.isascii():
            text = _printable(text)
        if "\r" not in text:
            return cls(text, [])
        shortened = [newline.start() - i for i, newline in enumerate(re.finditer("\r\n", text))]
        return cls(text.replace("\r\n", "\n").replace("\r", "\n"), shortened)

    def span(self, start: int, end: int) -> Span:
        """The span in the source of a span in the normalised text."""
        if not self.shortened:
            return Span(start, end)
        return Span(self._original(start), self._original(end))

    def _original(self, offset: int) -> int:
        return offset + bisect_left(self.shortened, offset)


def _printable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    return text


def decode(path: str, data: bytes) -> Source:
    """A page's text, in the encoding that a browser would read it in from a disk.

    By byte order mark, then `<meta charset>` or `<?xml encoding?>` in the first 1024 bytes, then UTF-8
    where the bytes are UTF-8, else windows-1252. KitError `undecodable-page` where reading and writing
    back would not give the same bytes.
    """
    bom, encoding = next(((bom, name) for bom, name in _BOMS if data.startswith(bom)), (b"", ""))
    body = data[len(bom) :]
    encoding = encoding or _declared(body[:SNIFFED])
    if encoding in ("", "utf-8"):
        try:
            return Source(path, body.decode("utf-8"), "utf-8", bom)
        except UnicodeDecodeError:
            encoding = encoding or "cp1252"
    return _decode_as(path, body, encoding, bom)


def _decode_as(path: str, body: bytes, encoding: str, bom: bytes) -> Source:
    errors = "surrogatepass" if encoding.startswith("utf-16") else "surrogateescape"
    try:
        source = Source(path, body.decode(encoding, errors), encoding, bom)
        lossless = source.encode(source.text) == bom + body
    except (UnicodeError, LookupError):  # labels that the standard maps to no codec at all
        lossless = False
    if not lossless:
        message = say(
            "the page is read as {encoding}, but not all of its bytes are {encoding}", encoding=encoding
        )
        raise KitError.at(
            Place(path), "undecodable-page", message, say("save it as UTF-8 and declare <meta charset=utf-8>")
        )
    return source


def _declared(head: bytes) -> str:
    """The Python codec that the page names, or nothing."""
    if xml := _XML.match(head):
        return _codec(xml[1])
    if b"<!--" in head:
        head = _COMMENT.sub(b"", head)
    return next((codec for meta in _META.finditer(head) if (codec := _codec_in(meta[1]))), "")


@lru_cache(maxsize=256)  # the pages of a site name the same one
def _codec_in(meta: bytes) -> str:
    """The codec for the encoding that a `<meta>`'s attributes name."""
    return _codec(_label(meta))


def _label(meta: bytes) -> bytes:
    """The encoding that a `<meta>`'s attributes name."""
    found = _ATTRIBUTE.findall(meta)
    attributes = {name.lower(): double or single or bare for name, double, single, bare in found}
    if label := attributes.get(b"charset"):
        return bytes(label)
    if attributes.get(b"http-equiv", b"").lower() == b"content-type":
        charset = _CHARSET.search(attributes.get(b"content", b""))
        return charset[1] if charset else b""
    return b""


def _codec(label: bytes) -> str:
    """The codec for a label of the WHATWG Encoding Standard."""
    name = label.decode("ascii", "ignore").strip().lower()
    if name in ("", "utf-8", "utf8"):
        return name and "utf-8"
    import webencodings

    found = webencodings.lookup(name)
    if not found:
        return ""
    # A page whose declaration could be read as ASCII is not UTF-16, whatever it says.
    special = {"utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "cp1252"}
    return special.get(found.name) or str(found.codec_info.name)


def _escape(error: UnicodeError) -> tuple[str | bytes, int]:
    """Kept bytes go back as they came; any other character becomes a reference."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    if kept := _KEPT_BYTES.match(error.object, error.start, error.end):
        return bytes(ord(character) - 0xDC00 for character in kept[0]), kept.end()
    kept = _KEPT_BYTES.search(error.object, error.start, error.end)
    end = kept.start() if kept else error.end
    return "".join(f"&#{ord(character)};" for character in error.object[error.start : end]), end


_LOSSLESS = "connectif-kit-lossless"
codecs.register_error(_LOSSLESS, _escape)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with every edit made; ValueError where two overlap or one lies outside.

    Insertions at the same offset keep the order in which they are given.
    """
    pieces, done = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not done <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit {edit.start}:{edit.end} overlaps another or lies outside the text")
        pieces += [text[done : edit.start], edit.new]
        done = edit.end
    return "".join([*pieces, text[done:]])
