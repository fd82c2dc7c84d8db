"""Findings that are known and left for later: new ones are reported, old ones are not.

An entry is a rule, a page's address and an element, with a count. There are no line numbers and no
values in it, so it holds when the site is built again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeAlias

from connectif_kit.core.diagnostics import Diagnostic, KitError, Place
from connectif_kit.core.messages import say

Entry: TypeAlias = tuple[str, str, str]
VERSION = 1


class Baseline:
    """The known findings; `new` is asked page by page."""

    def __init__(self, known: Counter[Entry] | None = None) -> None:
        self._known: Counter[Entry] = known or Counter()
        self._left = Counter(self._known)
        self._found: Counter[Entry] = Counter()

    def new(self, findings: Iterable[Diagnostic], url_path: str) -> list[Diagnostic]:
        """Those that are not known; of five where three are known, the last two."""
        kept = []
        for finding in findings:
            entry = (finding.rule, url_path, finding.element)
            self._found[entry] += 1
            if self._left[entry] > 0:
                self._left[entry] -= 1
            else:
                kept.append(finding)
        return kept

    def gone(self, was_checked: Callable[[str, str], bool]) -> int:
        """How many known findings of what was checked are there no more."""
        return sum(
            n for (rule, url_path, _), n in self._left.items() if n > 0 and was_checked(rule, url_path)
        )

    def updated(self, was_checked: Callable[[str, str], bool]) -> str:
        """The file for what was found now; entries of what was not checked stay."""
        kept = Counter({entry: n for entry, n in self._known.items() if not was_checked(entry[0], entry[1])})
        return dump(self._found + kept)


def dump(entries: Counter[Entry]) -> str:
    """A baseline as JSON: a line for each entry, in order, so that a change to it is easy to read."""
    lines = [json.dumps([*entry, entries[entry]], ensure_ascii=False) for entry in sorted(entries)]
    body = ",\n".join(lines)
    return f'{{"version": {VERSION}, "findings": [\n{body}\n]}}\n'


def load(path: str, text: str) -> Counter[Entry]:
    """The entries in a file. Raises KitError where it is none of ours."""
    try:
        data = json.loads(text)
        if data["version"] != VERSION:
            raise KitError.at(
                Place(path),
                "bad-baseline",
                say(
                    "its version is {version}; this connectif-kit reads {ours}",
                    version=data["version"],
                    ours=VERSION,
                ),
            )
        return Counter({(str(r), str(u), str(e)): int(n) for r, u, e, n in data["findings"]})
    except (ValueError, TypeError, LookupError):
        hint = say("write it again with --update-baseline")
        raise KitError.at(
            Place(path), "bad-baseline", say("the file is not a connectif-kit baseline"), hint
        ) from None
