"""Which page an address is: `*` stands for one step of a path, `**` for any number, none included."""

from __future__ import annotations

import re
from functools import lru_cache


def normal(url_path: str) -> str:
    """One form for `/p/mug`, `/p/mug/`, `/p/mug.html` and `/p/mug/index.html`."""
    path = url_path.split("?", 1)[0].split("#", 1)[0]
    path = re.sub(r"(^|/)index\.x?html?$", r"\1", path, flags=re.IGNORECASE)
    path = re.sub(r"\.x?html?$", "", path, flags=re.IGNORECASE)
    return "/" + path.strip("/")


def pattern(glob: str) -> str:
    """A regular expression, the same in Python and JavaScript, for a normal path."""
    steps = re.sub(r"(/\*\*)+", "/**", normal(glob)).split("/")[1:]
    out = "".join("(/[^/]+)*" if step == "**" else "/" + "".join(map(_char, step)) for step in steps if step)
    return f"^{out}/?$"


def _char(char: str) -> str:
    return {"*": "[^/]*", "?": "[^/]"}.get(char) or re.sub(r"([\\^$.|+()\[\]{}])", r"\\\1", char)


@lru_cache(maxsize=1024)
def _compiled(glob: str) -> re.Pattern[str]:
    return re.compile(pattern(glob))


def matches(glob: str, url_path: str) -> bool:
    """Whether an address's path is meant by a glob."""
    return _compiled(glob).match(normal(url_path)) is not None


def fault(glob: str) -> str:
    """Why a glob can match no page, or nothing."""
    if not glob.startswith("/"):
        return "a path begins with `/`"
    if "//" in glob:
        return "no path has an empty step (`//`)"
    if "#" in glob:
        return "the part after `#` never reaches a page's path"
    if any(char.isspace() for char in glob):
        return "no path has a blank in it"
    if any("**" in step and step != "**" for step in glob.split("/")):
        return "`**` must be a whole step, as in `/blog/**`"
    return ""
