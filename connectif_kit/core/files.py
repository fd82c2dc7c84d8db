"""The edge to the disk: whole files or none, and only what is ours is deleted."""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from io import FileIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from connectif_kit.core.diagnostics import Diagnostic, KitError, Place, Severity
from connectif_kit.core.identity import identity, settled
from connectif_kit.core.messages import say

HTML_SUFFIXES = (".html", ".htm", ".xhtml")
MANIFEST = "manifest.json"
TEMPORARY = ".connectif-kit"
_TEMPORARY = re.compile(rf"\..+\.(?P<process>\d+){re.escape(TEMPORARY)}", re.DOTALL)
LONGEST = 24 * 3600.0
"""Seconds after which no write is under way any more, whoever has the process's number by now."""
_BEGUN = time.time()
_GENERATOR = re.compile(rb'"generator"\s*:\s*"connectif-kit"')


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def write(path: Path, data: bytes) -> None:
    """Replace a file in one step, keeping its mode; killed at any moment, the old or the new is there.

    Raises OSError as the system does (read-only, disk full), with the old file untouched.
    """
    with replacing(path) as stream:
        stream.write(data)


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """A stream whose content takes the file's place when the block ends well, as `write` does it.

    A `private` file is its owner's alone from its first byte on. What killed processes have left in the
    folder goes, once in each process.
    """
    mode = _mode(path)
    if mode is not None and (not stat.S_ISREG(mode) or path.is_relative_to("/dev")):
        with path.open("wb") as stream:  # a pipe or a device is written to, and stays what it is
            yield stream
        return
    if mode is None:
        path.parent.mkdir(parents=True, exist_ok=True)
    # A rename would go through on a read-only file: what its owner protects stays as it is, for root too.
    if mode is not None and not (mode & 0o222 and os.access(path, os.W_OK)):
        raise PermissionError(13, say("the file is read-only"), str(path))
    _sweep(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}{TEMPORARY}")
    try:
        with open(temporary, "wb", opener=_private if private else None) as stream:
            yield stream
        if mode is not None and not private:
            temporary.chmod(stat.S_IMODE(mode))
        temporary.replace(path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in _NO_ROOM and error.filename is None:
            error.filename = str(path)  # the system does not say which file had no room
        raise


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def is_left_over(path: Path) -> bool:
    """Whether a file is one that `replacing` was about to put in place when its process was killed."""
    found = _TEMPORARY.fullmatch(path.name)
    if found is None or path.is_symlink() or not path.is_file():
        return False
    process, age = int(found["process"]), _age(path)
    if process == os.getpid():  # in a container each run may have the same number
        return age > time.time() - _BEGUN + 1
    return age > LONGEST or not _is_running(process)


def _is_running(process: int) -> bool:
    """Whether a process is there; where nobody can be asked without harm, it may be."""
    if os.name != "posix":  # elsewhere signal 0 is a signal
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0


@lru_cache(maxsize=200_000)
def _sweep(folder: Path) -> None:
    """Take away what killed processes have left in a folder."""
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208 - names, for speed
            if name.endswith(TEMPORARY) and is_left_over(folder / name):
                (folder / name).unlink()


def read_page(path: str) -> bytes:
    """A page's bytes. Raises OSError, also for what has become no file: a pipe would be waited for."""
    with FileIO(path, opener=_opened) as file:
        return file.readall()


def read_known(path: str) -> tuple[bytes, str]:
    """A page's bytes, and the `identity` by which they are known again; empty without one. Raises OSError."""
    with FileIO(path, opener=_opened) as file:
        found = os.fstat(file.fileno())
        return file.readall(), identity(found) if settled(found.st_ctime_ns) else ""


def read_start(path: Path, most: int) -> bytes:
    """A file's first bytes; nothing where it cannot be read."""
    try:
        with FileIO(path, opener=_opened) as file:
            return file.read(most) or b""
    except OSError:
        return b""


def _opened(path: str, flags: int) -> int:
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise OSError(errno.EINVAL, say("this is not a file"), path)


def real(path: Path) -> Path:
    """Where a path leads at last; a ring of links leads to one of its own."""
    return Path(os.path.realpath(path))


def _mode(path: Path) -> int | None:
    """A file's mode; nothing where it is missing, or a link to nothing."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def reason(error: OSError, path: Path | str = "") -> KitError:
    """The system's refusal in our form."""
    where = Place(str(error.filename or path))
    return KitError.at(where, "file-error", (error.strerror or str(error)).lower())


class SiteFile(NamedTuple):
    """A page of a built site: where it lies, its path inside the site, its address's path."""

    file: str
    relative: str
    url_path: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        return Path(self.file)

    def at(self, below: str) -> str:
        """Its address's path where the folder gone through is one of the site, such as `p/mug`."""
        return url_path(f"{below}/{self.relative}") if below else self.url_path


def url_path(relative: str) -> str:
    """`p/mug/index.html` → `/p/mug/`; other files keep their name."""
    folder, _, name = relative.rpartition("/")
    if name.lower() in ("index.html", "index.htm", "index.xhtml"):
        return f"/{folder}/" if folder else "/"
    return f"/{relative}"


def shop_root(root: Path, base: str) -> Path:
    """The folder of a built site that is the shop's `/`, where `base` (`/shop`) is the shop's address in it.

    That is `root` itself, unless pages lie in the folder of that name: then their paths say it already.
    """
    folder = root.resolve() / base.strip("/")
    if not base or folder.resolve() != folder or not folder.is_dir():
        return root
    has_pages = any(isinstance(found, SiteFile) for found in site_pages(folder))
    return root / base.strip("/") if has_pages else root


def site_pages(root: Path, others: list[str] | None = None) -> Iterator[SiteFile | Diagnostic]:
    """Every HTML file below a folder in a fixed order; links that lead outside are refused by name.

    What `build` wrote somewhere below it is not a page of the site. The paths of all other files go to
    `others`, as they lie in the folder.
    """
    inside = root.resolve()
    for entry, relative in _walk(root, "", others):
        if isinstance(entry, Diagnostic):
            yield entry
        elif relative.lower().endswith(HTML_SUFFIXES):
            if entry.is_symlink() and (why := _link_refused(Path(entry.path), inside)):
                yield _link(Path(entry.path), why)
            else:
                yield SiteFile(entry.path, relative, url_path(relative))
        elif others is not None:
            others.append(relative)


def is_built(folder: Path) -> bool:
    """Whether `build` writes into a folder: its manifest lies there."""
    manifest = folder / MANIFEST
    try:
        if not stat.S_ISREG(manifest.stat().st_mode):
            return False
        with manifest.open("rb") as stream:
            return is_manifest(stream.read(1_000))
    except OSError:
        return False


def is_manifest(data: bytes) -> bool:
    """Whether a manifest is one that `build` has written."""
    return _GENERATOR.search(data[:1_000]) is not None


def _walk(
    folder: Path | str, below: str, built: list[str] | None
) -> Iterator[tuple[os.DirEntry[str], str] | tuple[Diagnostic, str]]:
    """The files below a folder with their paths in it, and what stands there instead of some."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield reason(error, str(folder)).diagnostics[0], below
        return
    if below and any(entry.name == MANIFEST for entry in entries) and is_built(Path(folder)):
        if built is not None:
            built += [f"{below}{entry.name}" for entry in entries if entry.is_file(follow_symlinks=False)]
        return
    for entry in entries:
        at = f"{below}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in (".git", "node_modules"):
                yield from _walk(entry.path, f"{at}/", built)
        elif entry.is_symlink() and Path(entry.path).is_dir():
            yield _link(Path(entry.path), say("a linked folder is not entered")), at
        elif entry.is_symlink() or entry.is_file():
            yield entry, at
        elif at.lower().endswith(HTML_SUFFIXES):  # a pipe would be waited for without end
            place = Place(entry.path)
            yield (
                Diagnostic(
                    "special-file", Severity.WARNING, say("this is not a file; it is left out"), place
                ),
                at,
            )


def _link_refused(path: Path, inside: Path) -> str:
    target = real(path)
    if not target.is_file():
        return say("the link leads nowhere")
    if inside not in target.parents:
        return say("the link leads out of the site")
    if target.suffix.lower() not in HTML_SUFFIXES:
        return say(
            "the link leads to {name}, which does not end as a page does; it is left out", name=target.name
        )
    return say("the page it leads to is handled where it lies")


def _link(path: Path, why: str) -> Diagnostic:
    return Diagnostic("symlink", Severity.NOTICE, why, Place(str(path)))
