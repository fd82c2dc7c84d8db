"""Folders in object storage, read where they lie: `s3://bucket/folder`, `gs://…`, `az://account/container/…`.

Keys, region and endpoint come from the environment, under each cloud's own names (`AWS_ACCESS_KEY_ID`,
`AWS_ENDPOINT_URL`, `GOOGLE_APPLICATION_CREDENTIALS`, `AZURE_STORAGE_ACCOUNT_KEY` …): obstore reads them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, repeat
from types import ModuleType
from typing import TYPE_CHECKING

from connectif_kit.core.diagnostics import Misuse
from connectif_kit.core.files import HTML_SUFFIXES, MANIFEST, SiteFile, is_manifest, url_path
from connectif_kit.core.messages import say

if TYPE_CHECKING:
    from concurrent.futures import Future

    from obstore.store import ObjectStore

SCHEMES = ("s3://", "gs://", "az://")
AHEAD = 32
"""Objects that are asked for before the first of them is looked at: a network answers late, and often."""
NAMES = 1_000


def is_remote(path: object) -> bool:
    """Whether a path names object storage."""
    return str(path).startswith(SCHEMES)


def pages(folder: str, others: list[str] | None = None) -> Iterator[SiteFile]:
    """Every HTML object below a folder, in the storage's order; the names of all others go to `others`.

    What `build` wrote is not a page. Two passes over the names, so that none are kept. Raises Misuse where
    the folder cannot be listed, or nothing is in it.
    """
    root = folder.rstrip("/")
    built = tuple(
        name.removesuffix(MANIFEST)
        for name in _names(root)
        if name.endswith(f"/{MANIFEST}") and is_manifest(read(f"{root}/{name}"))
    )
    found = False
    for name in _names(root):
        found = True
        if not name.lower().endswith(HTML_SUFFIXES):
            if others is not None:
                others.append(name)
        elif not name.startswith(built):
            yield SiteFile(f"{root}/{name}", name, url_path(name))
    if not found:
        raise Misuse(say("there is nothing in {folder}", folder=folder))


def read(url: str) -> bytes:
    """An object's bytes. Raises OSError with the storage's reason."""
    obstore = _library()
    root, name = _split(url)
    try:
        return bytes(obstore.get(_store(root), name).bytes())
    except (obstore.exceptions.BaseError, OSError) as error:
        raise OSError(0, _reason(error), url) from None


def read_ahead(
    files: Iterable[SiteFile], wanted: Iterable[bool] = repeat(True)
) -> Iterator[tuple[SiteFile, bytes | OSError]]:
    """The files with their bytes, in their order, those that are not `wanted` without; some are on their way
    while one is looked at."""
    from concurrent.futures import ThreadPoolExecutor  # slow to import, and needed here alone

    waiting: deque[tuple[SiteFile, Future[bytes | OSError]]] = deque()
    rest = zip(files, wanted)  # noqa: B905 - one of them has no end
    with ThreadPoolExecutor(AHEAD) as pool:
        while True:
            for file, is_wanted in islice(rest, AHEAD - len(waiting)):
                waiting.append((file, pool.submit(_attempt, file.file if is_wanted else "")))
            if not waiting:
                return
            file, future = waiting.popleft()
            yield file, future.result()


def _attempt(url: str) -> bytes | OSError:
    try:
        return read(url) if url else b""
    except OSError as error:
        return error


def _names(folder: str) -> Iterator[str]:
    """The names of all objects below a folder, relative to it."""
    obstore = _library()
    try:
        for some in obstore.list(_store(folder), chunk_size=NAMES):
            yield from (str(each["path"]) for each in some)
    except (obstore.exceptions.BaseError, OSError) as error:
        message = say("{folder} cannot be listed: {reason}", folder=folder, reason=_reason(error))
        raise Misuse(message) from None


def _split(url: str) -> tuple[str, str]:
    """A storage's root, bucket or container, and the name in it."""
    parts = url.split("/")
    depth = 4 if parts[0] == "az:" else 3
    return "/".join(parts[:depth]), "/".join(parts[depth:])


def _reason(error: Exception) -> str:
    """The first line of what the storage says: the rest is how its library is made."""
    return str(error).partition("\n")[0].strip()[:300]


@lru_cache(maxsize=64)
def _store(folder: str) -> ObjectStore:
    from obstore.store import from_url

    try:
        return from_url(folder)
    except Exception as error:  # each store of the library has errors of its own
        raise Misuse(f"{folder}: {_reason(error)}") from None


@lru_cache(maxsize=1)
def _library() -> ModuleType:
    try:
        import obstore
        import obstore.exceptions
    except ImportError:
        message = say('object storage needs a library: `pip install "connectif-kit[storage]"`')
        raise Misuse(message) from None
    return obstore
