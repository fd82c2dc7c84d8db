"""The dispatcher's parts for production: minified once, by `scripts/minify`, and put together here.

In `templates/minified` a name that several parts share stands as `$name`; which letters it gets depends on
the parts that a plan takes, and on nothing that is installed.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from string import ascii_letters, ascii_uppercase, digits

from connectif_kit.core.templates import BUNDLED

_FOLDER = BUNDLED / "minified"
_SHARED = re.compile(r"\$([A-Za-z]\w*)")
_HEARD = re.compile(r'\$when\("(\w+)"')
_CALLED = re.compile(r'\$run\("(\w+)"[^()]*\)')
_COMMENT = re.compile(r"^ *(?://|/\*).*\n", re.MULTILINE)
_FIRST = ascii_uppercase + "_$"
"""Names inside functions begin with small letters."""
_BASE = {"shown", *(f"dispatcher/{name}" for name in ("core", "vocabulary", "records", "sending", "pages"))}
"""What every dispatcher has is one file, `base.js`."""
_NOT_THERE = ("loader", "consent/kit.js", "dispatcher/development.js")
"""How parts begin that production's dispatcher never takes."""


def joined(parts: Iterable[str]) -> str:
    """Parts as one text of JavaScript, shared names still marked; no hook is called that no part listens to.

    Raises RuntimeError where a part has changed since `scripts/minify` was last run.
    """
    _hold_to_sources()
    text = _read(parts)
    heard = set(_HEARD.findall(text))
    return _CALLED.sub(lambda found: found[0] if found[1] in heard else "0", text)


def _read(parts: Iterable[str]) -> str:
    files = ["base", *(path for path in parts if path not in _BASE)]
    return ";".join((_FOLDER / f"{path}.js").read_text("utf-8").rstrip() for path in files)


def name_shared(text: str) -> str:
    """Letters for the names that are marked, the frequent ones first."""
    frequent = [name for name, _ in Counter(_SHARED.findall(text)).most_common()]
    short = dict(zip(frequent, _names(), strict=False))
    return _SHARED.sub(lambda found: short[found[1]], text)


def _names() -> Iterator[str]:
    yield from _FIRST
    yield from map("".join, product(_FIRST, ascii_letters + digits))


@cache
def _hold_to_sources() -> None:
    """In a checkout the sources may be newer."""
    sources = BUNDLED / "parts"
    names = sorted(path.relative_to(sources).as_posix() for path in sources.rglob("*.js"))
    digest = hashlib.sha256()
    for name in names:
        if not name.startswith(_NOT_THERE):
            digest.update(f"{name}\n{_COMMENT.sub('', (sources / name).read_text('utf-8'))}".encode())
    if (_FOLDER / "parts.sha256").read_text("utf-8").strip() != digest.hexdigest():
        raise RuntimeError("templates/parts has changed: run scripts/minify")
