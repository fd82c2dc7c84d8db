"""Which page an address is: `*` stands for one step of a path, `**` for any number, none included."""

from __future__ import annotations

import re
from functools import lru_cache

from connectif_kit.core.messages import say

_INDEX = re.compile(r"(^|/)index\.x?html?$", re.IGNORECASE)
_SUFFIX = re.compile(r"\.x?html?$", re.IGNORECASE)


@lru_cache(maxsize=64)
def normal(url_path: str) -> str:
    """One form for `/p/mug`, `/p/mug/`, `/p/mug.html` and `/p/mug/index.html`."""
    path = url_path.split("?", 1)[0].split("#", 1)[0]
    if "." in path:
        path = _SUFFIX.sub("", _INDEX.sub(r"\1", path))
    return "/" + path.strip("/")


def pattern(glob: str) -> str:
    """A regular expression, the same in Python and JavaScript, for a normal path."""
    steps = re.sub(r"(/\*\*)+", "/**", normal(glob)).split("/")[1:]
    return f"^{''.join(map(_step, filter(None, steps)))}/?$"


def _step(step: str) -> str:
    whole = {"**": "(/[^/]+)*", "*": "/[^/]+"}
    return whole.get(step) or "/" + "".join(map(_char, step))


def _char(char: str) -> str:
    return "[^/]*" if char == "*" else re.sub(r"([\\^$.|?+()\[\]{}])", r"\\\1", char)


@lru_cache(maxsize=1024)
def _compiled(glob: str) -> re.Pattern[str]:
    return re.compile(pattern(glob))


def matches(glob: str, url_path: str) -> bool:
    """Whether an address's path is meant by a glob."""
    return _compiled(glob).match(normal(url_path)) is not None


def overlap(one: str, other: str) -> bool:
    """Whether an address may be meant by both globs; where two steps have stars, their ends decide."""
    return _meet(normal(one).split("/")[1:], normal(other).split("/")[1:])


def _meet(steps: list[str], others: list[str]) -> bool:
    if "**" in (*steps[:1], *others[:1]):
        free, rest = (steps, others) if steps[:1] == ["**"] else (others, steps)
        return _meet(free[1:], rest) or (bool(rest) and _meet(free, rest[1:]))
    if not (steps and others):
        return not any(steps or others)
    return _ends_meet(steps[0], others[0]) and _meet(steps[1:], others[1:])


def _ends_meet(step: str, other: str) -> bool:
    if "*" not in step + other:
        return step == other
    (begin, _, end), (begins, _, ends) = _ends(step), _ends(other)
    begun = begin.startswith(begins) or begins.startswith(begin)
    return begun and (end.endswith(ends) or ends.endswith(end))


def _ends(step: str) -> tuple[str, str, str]:
    """What stands before the first star and after the last; a step without stars is both."""
    if "*" not in step:
        return step, "", step
    return step.partition("*")[0], "*", step.rpartition("*")[2]


MAX_FREEDOM = 2
MAX_LENGTH = 1_000


def fault(glob: str) -> str:
    """Why a glob can match no page, or nothing."""
    steps = glob.split("/")
    if len(glob) > MAX_LENGTH:
        return say("it is too long for an address")
    if not glob.startswith("/"):
        return say("a path begins with `/`")
    if "//" in glob:
        return say("no path has an empty step (`//`)")
    if mark := next((char for char in glob if char in "?#"), ""):
        return say("the part after `{mark}` is not part of a page's path", mark=mark)
    if "\\" in glob or "." in steps or ".." in steps:
        return say("the steps of a path are names with `/` between them")
    if any(char.isspace() or not char.isprintable() for char in glob):
        return say("no path has a blank in it")
    if any("**" in step and step != "**" for step in steps):
        return say("`**` must be a whole step, as in `/blog/**`")
    return say("it has too many `*`") if _freedom(steps) > MAX_FREEDOM else ""


def _freedom(steps: list[str]) -> int:
    """How many `*` may slide against another: each multiplies the time that a match may take."""
    return max(steps.count("**") - 1, 0) + sum(max(s.count("*") - 1, 0) for s in steps if s != "**")
