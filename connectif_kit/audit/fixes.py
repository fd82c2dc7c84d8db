"""`audit --fix`: fix pages on their way through."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from connectif_kit.audit.batch import Setup
from connectif_kit.audit.fix import fixed
from connectif_kit.audit.page_run import PageInput, PageResult, RuleSet, audit, rules
from connectif_kit.core.console import Console
from connectif_kit.core.diagnostics import Diagnostic
from connectif_kit.core.files import write
from connectif_kit.page.html import decode
from connectif_kit.page.private import veiled_text

ROUNDS = 5


class Fixing:
    """Takes a page's result, fixes its file, gives the result of what is left."""

    def __init__(self, setup: Setup, console: Console, *, dry: bool) -> None:
        self._loaded = setup.loaded
        self._rules = RuleSet([rules()[name] for name in setup.rules], planned=setup.loaded is not None)
        self._console = console
        self._dry = dry
        self.changed = 0

    def __call__(self, result: PageResult) -> PageResult:
        """The result after fixing; the same one where nothing can be fixed, or in a dry run."""
        path = Path(result.name)
        if not any(finding.edits for finding in result.findings) or not path.is_file():
            return result
        new, left, number = self._fixed(result, path.read_bytes())
        if not number:
            return result
        self.changed += 1
        if self._dry:
            self._console.show(_diff(result.name, path.read_bytes(), new))
            return result
        write(path, new)
        self._console.say(f"{result.name}: {number} fixed")
        return left

    def _fixed(self, result: PageResult, data: bytes) -> tuple[bytes, PageResult, int]:
        """New bytes, what is found in them, how many findings are fixed."""
        total = 0
        for _ in range(ROUNDS):
            source = decode(result.name, data)
            text, number = fixed(source.text, _first_page(result.findings, result.name))
            if not number:
                break
            total += number
            data = source.encode(text)
            result = audit(PageInput(result.name, data, result.url_path), self._loaded, self._rules)
        return data, result, total


def _first_page(findings: Iterable[Diagnostic], name: str) -> list[Diagnostic]:
    return [finding for finding in findings if finding.place.path == name]


def _diff(name: str, old: bytes, new: bytes) -> str:
    """What would change, for a reader: what is private in the lines around it is not shown."""
    texts = (veiled_text(decode(name, data)) for data in (old, new))
    before, after = (text.splitlines(keepends=True) for text in texts)
    lines = difflib.unified_diff(before, after, name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
