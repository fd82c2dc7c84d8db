"""A page as it lies on the disk: whether what we once put into it is what we would put there now."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass
from connectif_kit.inject import inject, strip
from connectif_kit.page.marks import blocks

if TYPE_CHECKING:
    from connectif_kit.inject import Kit, ProductOn
    from connectif_kit.page.html import Source

MAX_LINES = 400


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
    bare = replace(source, text=strip(source, force=True).text)
    done = inject(bare, url_path, kit, product)
    if not stripped.blocks and not stripped.problems:
        return Judged(done.text, done.notes)
    if not stripped.problems and done.text == source.text:
        return Judged(source.text, done.notes)
    state = _state(stripped.problems)
    problems = stripped.problems or (_stale(source),)
    return Judged(source.text, problems, state, tuple(_lines(source.text, done.text)))


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
    """Both texts' blocks line by line: what differs, with a line around; `…` stands for what was left out."""
    old, new = (_block_lines(text) for text in (disk, wanted))
    lines = [line for line in difflib.ndiff(old, new) if line[0] != "?"]
    changed = [number for number, line in enumerate(lines) if line[0] != " "]
    near = sorted({n for number in changed for n in range(number - 1, number + 2)} & set(range(len(lines))))
    for number, before in zip(near, [-1, *near], strict=False):
        if number != before + 1:
            yield "…", ""
        yield lines[number][0], lines[number][2:]


def _block_lines(text: str) -> list[str]:
    parts = [text[block.start : block.end] for block in blocks(text)[0]] or [text]
    return [line for part in parts for line in part.splitlines()][:MAX_LINES]
