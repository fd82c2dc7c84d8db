"""A page as it lies on the disk: whether what we once put into it is what we would put there now."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass
from connectif_kit.inject import inject, strip
from connectif_kit.page.marks import SIGN, blocks, remains

if TYPE_CHECKING:
    from connectif_kit.inject import Kit, ProductOn
    from connectif_kit.page.html import Source

MAX_LINES = 400
MAX_LINE = 600
"""Characters of a line that are shown: minified code has all of it in one."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What there is to judge: the text, the notes of `inject`, and where the disk differs from it."""

    text: str
    notes: tuple[Diagnostic, ...]
    state: str = ""
    """`edited`, `broken` or `stale`; nothing where the disk holds what `inject` would write, or no block."""
    lines: tuple[tuple[str, str], ...] = ()
    """Lines of both, each with `-` (on the disk), `+` (what `inject` would write), a blank or `…`."""

    def json(self) -> dict[str, Any] | None:
        """For the browser; nothing where there is no difference."""
        return {"state": self.state, "lines": [list(line) for line in self.lines]} if self.state else None


def judged(source: Source, url_path: str, kit: Kit, product: ProductOn) -> Judged:
    """A page with blocks of ours is judged as it lies there, any other as `inject` would leave it."""
    if kit.loaded.plan.ignored(url_path):
        return Judged(source.text, ())
    stripped = strip(source)
    done = inject(replace(source, text=_bare(source.text)), url_path, kit, product)
    if not stripped.blocks and not stripped.problems:
        return Judged(done.text, done.notes)
    if not stripped.problems and done.text == source.text:
        return Judged(source.text, done.notes)
    state = _state(stripped.problems)
    problems = stripped.problems or (_stale(source),)
    return Judged(source.text, problems, state, tuple(_lines(source.text, done.text)))


def _bare(text: str) -> str:
    """A page without what we have put into it, or what is left of that."""
    spans = remains(text) if SIGN in text else []
    kept = zip([0, *(end for _, end in spans)], [*(start for start, _ in spans), None], strict=True)
    return "".join(text[start:end] for start, end in kept)


def _state(problems: Iterable[Diagnostic]) -> str:
    rules = {problem.rule for problem in problems}
    return "broken" if "broken-mark" in rules else "edited" if rules else "stale"


def _stale(source: Source) -> Diagnostic:
    found = blocks(source.text)[0]
    place = source.place(found[0].start) if found else Place(source.path)
    message = say("the injected block is not what `inject` would write now; visitors get the old one")
    return Diagnostic(
        "stale-integration", Severity.ERROR, message, place, say("run `connectif-kit inject` again")
    )


def _lines(disk: str, wanted: str) -> Iterator[tuple[str, str]]:
    """Where the blocks of two texts differ; the whole texts where the blocks only lie elsewhere."""
    found = list(_differing(_block_lines(disk), _block_lines(wanted)))
    return iter(found) if found else differing(disk, wanted)


def _block_lines(text: str) -> list[str]:
    parts = [text[start:end] for start, end in remains(text)] or [text]
    return [line for part in parts for line in part.splitlines()]


def differing(disk: str, wanted: str) -> Iterator[tuple[str, str]]:
    """What differs line by line, with a line around; `…` stands for what was left out."""
    return _differing(disk.splitlines(), wanted.splitlines())


def _differing(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    start = max(0, _common(old, new) - 1)
    tail = _common(old[start:][::-1], new[start:][::-1])
    left, right = (lines[start : len(lines) - max(0, tail - 1)] for lines in (old, new))
    if left == right:
        return
    yield from [("…", "")] if start else []
    yield from _changes(left[:MAX_LINES], right[:MAX_LINES])
    yield from [("…", "")] if max(len(left), len(right)) > MAX_LINES else []


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many lines, or characters, two texts begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(old), len(new)))


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    end = 0
    for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        before = max(end, i - 1)
        yield from [("…", "")] if before > end else []
        yield from ((" ", _shortened(line)) for line in old[before:i])
        yield from _pairs(old[i:j], new[k:m])
        yield from ((" ", _shortened(line)) for line in old[j : j + 1])
        end = min(j + 1, len(old))


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Changed lines; a long one from shortly before where it differs from its neighbour."""
    starts = [_common(*pair) for pair in zip(old, new, strict=False)]
    for sign, lines in (("-", old), ("+", new)):
        for line, start in zip_longest(lines, starts[: len(lines)], fillvalue=0):
            yield sign, _shortened(str(line), int(start))


def _shortened(line: str, start: int = 0) -> str:
    """At most MAX_LINE characters of a line, with `start` among them."""
    first = max(0, min(start - MAX_LINE // 3, len(line) - MAX_LINE))
    cut = line[first : first + MAX_LINE]
    return f"{'…' if first else ''}{cut}{'…' if first + MAX_LINE < len(line) else ''}"
