"""Our own code as a digest: what other code has kept is not taken; who works on it sees that at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path

from connectif_kit import __version__


@cache
def digest() -> bytes:
    """Our version, Python's, and our files with their times, our templates among them."""
    package = Path(__file__).parent.parent
    told = [__version__, sys.version, *_files(str(package))]
    if (package.parent / "templates").is_dir():
        told += _files(str(package.parent / "templates"))
    return blake2b("\0".join(told).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def packages(names: Iterable[str]) -> Iterator[str]:
    """The files of other packages with their times."""
    for name in names:
        found = find_spec(name)
        yield from _files(str(Path(found.origin).parent)) if found and found.origin else ()


def _files(folder: str) -> Iterator[str]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        else:
            found = entry.stat()
            yield f"{entry.path} {found.st_mtime_ns} {found.st_size}"
