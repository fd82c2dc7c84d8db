"""Texts that are kept between runs in the state folder, each under a key that says what it was made of."""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from connectif_kit.core import state
from connectif_kit.core.files import write as write_whole

MOST_BYTES = 5_000_000


def read(beside: Path, name: str, key: bytes) -> str | None:
    """A text that was kept under this very key; nothing where there is none, or it is damaged."""
    file = beside / state.FOLDER / name
    try:
        if file.stat().st_size > MOST_BYTES:
            return None
        head, _, body = file.read_bytes().partition(b"\n")
        return body.decode("utf-8") if head == _head(key, body) else None
    except (OSError, ValueError):
        return None


def write(beside: Path, name: str, key: bytes, text: str) -> None:
    """Keep a text in place of the one that has its name; a folder that takes none is done without."""
    body = text.encode("utf-8", "surrogatepass")
    if len(body) < MOST_BYTES:
        with suppress(OSError):
            write_whole(state.opened(beside) / name, _head(key, body) + b"\n" + body)


def _head(key: bytes, body: bytes) -> bytes:
    return key.hex().encode() + b" " + blake2b(body, digest_size=16).hexdigest().encode()
