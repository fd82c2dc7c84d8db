"""A pattern that can match no page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan import globs
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.document import Path
from connectif_kit.plan.models import Plan


@check(
    Severity.ERROR,
    bad='pages: {content: {match: "/**"}, home: {match: /}}',
    good='pages: {home: {match: /}, content: {match: "/**"}}',
    rests_on={"site"},
)
def dead_glob(plan: Plan) -> Iterator[Problem]:
    """A pattern under `match` that an earlier one, or `site.ignore`, leaves nothing to.

    The first page whose pattern matches counts; a page below a wider one gets none of its own.
    """
    ignored, above = _Swallowing(), _Swallowing()
    for glob in plan.site.ignore:
        ignored.add(glob)
    for name, page in plan.pages.items():
        for index, glob in enumerate(page.match):
            path: Path = ("pages", name, "match", index)
            if ignored.whole(glob):
                yield Problem(path, say("`{glob}` can match no page: site.ignore leaves them out", glob=glob))
            elif wide := above.whole(glob):
                hint = say("put the narrower one first; the first match counts")
                yield Problem(
                    path,
                    say("`{glob}` can match no page: `{wide}` takes them all", glob=glob, wide=wide),
                    hint,
                )
            above.add(glob)


class _Swallowing:
    """Globs, asked whether one of them means everything that another means.

    Sure for equal ones, for plain paths and for `/folder/**`; other pairs are not compared, and of
    the globs with `*` only the first few: their number squared would be the time.
    """

    COMPARED = 50

    def __init__(self) -> None:
        self.patterns: dict[str, str] = {}
        self.folders: dict[str, str] = {}
        self.wild: list[tuple[re.Pattern[str], str]] = []

    def add(self, glob: str) -> None:
        """One more."""
        pattern = globs.pattern(glob)
        self.patterns.setdefault(pattern, glob)
        plain = globs.normal(glob)
        folder = plain.removesuffix("**")
        if folder != plain and "*" not in folder:
            self.folders.setdefault(folder, glob)
        elif "*" in plain and len(self.wild) < self.COMPARED:
            self.wild.append((re.compile(pattern), glob))

    def whole(self, glob: str) -> str:
        """The glob that leaves nothing to this one, if any."""
        if equal := self.patterns.get(globs.pattern(glob)):
            return equal
        plain = globs.normal(glob)
        steps = plain.rstrip("/").split("/")
        above = ("/".join(steps[:count]) + "/" for count in range(1, len(steps) + 1))
        if folder := next((f for f in above if f in self.folders and "*" not in f), None):
            return self.folders[folder]
        return "" if "*" in plain else next((wide for wild, wide in self.wild if wild.match(plain)), "")
