"""The mark that every generated file bears, and what it tells: ours or not, whole or edited."""

from __future__ import annotations

import hashlib
import json
import re
from enum import StrEnum
from pathlib import PurePosixPath

_COMMENTS = {
    ".js": ("/* ", " */"),
    ".mjs": ("/* ", " */"),
    ".ts": ("/* ", " */"),
    ".html": ("<!-- ", " -->"),
    ".md": ("<!-- ", " -->"),
}
_SAID = ": generated from connectif.yaml, do not edit"
_MARK = re.compile(rf"connectif-kit(?:{re.escape(_SAID)})?; content ([0-9a-f]{{12}})")


class State(StrEnum):
    """What a file in the output folder is."""

    CURRENT = "current"
    STALE = "stale"
    EDITED = "hand-edited"
    FOREIGN = "not ours"
    MISSING = "missing"


def digest(text: str) -> str:
    """Twelve hexadecimal digits that change with the content."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def stamped(path: str, body: str, comment: tuple[str, str] | None = None) -> str:
    """A file's text with the mark on its first line; JSON carries its mark as a key of its own.

    `comment` begins and ends a comment where the file's name does not tell.
    """
    if PurePosixPath(path).suffix == ".json":
        return body
    opening, closing = comment or _COMMENTS[PurePosixPath(path).suffix]
    # Every visitor loads the minified script, and nobody reads it.
    said = f"connectif-kit{'' if path.endswith('.min.js') else _SAID}; content {digest(body)}"
    return f"{opening}{said}{closing}\n{body}"


def is_ours(path: str, text: str) -> bool:
    """Whether a file bears the kit's mark."""
    if PurePosixPath(path).suffix == ".json":
        return _manifest(text) is not None
    return _MARK.search(text[:200]) is not None


def is_edited(path: str, text: str) -> bool:
    """Whether a file of ours was changed after it was written."""
    if PurePosixPath(path).suffix == ".json":
        found = _manifest(text)
        return found is not None and found.get("content") != digest(json.dumps(found.get("files")))
    mark = _MARK.search(text[:200])
    return mark is not None and mark[1] != digest(text.partition("\n")[2])


def manifest(files: dict[str, str]) -> str:
    """`manifest.json`: every file with the hash of its content."""
    hashes = {path: hashlib.sha256(text.encode()).hexdigest() for path, text in sorted(files.items())}
    whole = {"generator": "connectif-kit", "content": digest(json.dumps(hashes)), "files": hashes}
    return json.dumps(whole, indent=2) + "\n"


def _manifest(text: str) -> dict[str, object] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) and found.get("generator") == "connectif-kit" else None


def state(path: str, wanted: str | None, found: str | None) -> State:
    """What a file is, given what it should be (nothing: it should not be there)."""
    if found is None:
        return State.MISSING
    if found == wanted:
        return State.CURRENT
    if not is_ours(path, found):
        return State.FOREIGN
    return State.EDITED if is_edited(path, found) else State.STALE
