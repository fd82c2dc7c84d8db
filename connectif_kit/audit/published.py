"""What of the kit's own no visitor should be able to fetch, known by its content wherever it lies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from connectif_kit.core import state
from connectif_kit.core.files import TEMPORARY, is_left_over, read_start
from connectif_kit.core.patterns import lazily

SNIFFED = 64 * 1024
_ENDS = (
    *(".yaml", ".yml", ".html", ".htm", ".md", ".json", ".jsonl", ".csv", ".tsv", ".txt", ".sqlite", ".db"),
    *("-wal", TEMPORARY),
)
_STAMP = lazily(rb"connectif-kit: generated from [^;]+; content [0-9a-f]{12}")
_STORE = lazily(rb"^store:", re.MULTILINE)
_PLAN = lazily(rb"^(?:pages|events|catalog|integration):", re.MULTILINE)
_CUSTOMERS = lazily(rb"mail|phone|contact|purchase|external", re.IGNORECASE)


class Published(NamedTuple):
    """A file of ours in a site: where it lies, what it is; whether it is the very one that we work with."""

    path: str
    kind: str
    url_path: str = ""
    original: bool = False


def kind_of(name: str, start: bytes) -> str:
    """Which file of ours this is, by its name's end and its first bytes; empty for what may be published."""
    file, end = name.rpartition("/")[2], name.rpartition(".")[2].lower()
    if file.endswith(TEMPORARY):
        return "left-over"
    if start.startswith(b"SQLite format 3\0") or file.endswith("-wal"):
        return _database(start)
    if f"/{state.SPOOL}/" in f"/{name}":
        return "customers' rows"
    if end in ("yaml", "yml"):
        is_plan = _STORE.search(start) and _PLAN.search(start) and b"environment" in start
        return "plan" if is_plan else ""
    if end in ("html", "htm", "md"):
        return "checklist" if _is_checklist(start) else ""
    if end == "json":
        return "baseline" if re.match(rb'\{"version": \d+, "findings": \[\n\["', start) else ""
    return "customers' rows" if _is_rejected(file, end, start) else ""


def _database(start: bytes) -> str:
    if b"imports (import_id" in start or b"sent (\n    scope" in start or b"aliases (\n    scope" in start:
        return "sync ledger"
    return "audit cache" if b"page (key BLOB PRIMARY KEY, result TEXT)" in start else ""


def _is_checklist(start: bytes) -> bool:
    said = b"<title>Connectif settings" in start or b"# Settings that this plan needs" in start
    return said and _STAMP.search(start[:300]) is not None


def _is_rejected(file: str, end: str, start: bytes) -> bool:
    """Rows that come back with the reason in a last column, `error`."""
    first = start.partition(b"\n")[0].strip().lstrip(b"\xef\xbb\xbf")
    if end == "jsonl":
        return re.search(rb'"error": "(?:[^"\\]|\\.)*"\}$', first) is not None
    if end not in ("csv", "tsv", "txt"):
        return False
    *columns, last = re.split(rb"[,;\t]", first)
    is_ours = file.startswith(("rejected", "import-errors-")) or any(map(_CUSTOMERS.search, columns))
    return last.strip(b'" ') == b"error" and bool(columns) and is_ours


def published(root: Path, others: Iterable[str], ours: Path | None) -> Iterator[Published]:
    """The files of ours among those of a site that are not pages; `ours` is the plan's folder."""
    for relative in others:
        path = root / relative
        if not relative.endswith(_ENDS) or _is_live_state(path, ours):
            continue
        if relative.endswith(TEMPORARY) and not is_left_over(path):
            continue
        if kind := kind_of(relative, read_start(path, SNIFFED)):
            yield Published(str(path), kind, f"/{relative}", _is_original(path, ours))


def digest(root: str, others: Iterable[str]) -> str:
    """A hash that changes where a file that could be ours comes, goes or changes; the cache always does."""
    made = blake2b(digest_size=16)
    for relative in others:
        if relative.endswith(_ENDS) and not relative.startswith(f"{state.FOLDER}/{state.CACHE}"):
            try:
                found = Path(root, relative).stat()
            except OSError:
                continue
            reported = f"{relative}\0{found.st_size}\0{found.st_mtime_ns}\0"
            made.update(reported.encode("utf-8", "surrogatepass"))
    return made.hexdigest()


def _is_live_state(path: Path, ours: Path | None) -> bool:
    """Whether a file lies in the folder that we keep beside the plan, which is the site's own root then."""
    return ours is not None and (ours / state.FOLDER).resolve() in path.resolve().parents


def _is_original(path: Path, ours: Path | None) -> bool:
    return ours is not None and path.resolve().parent in (ours.resolve(), (ours / "connectif").resolve())
