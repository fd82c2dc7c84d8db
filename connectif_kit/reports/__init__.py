"""Diagnostics → a text in some format. A format exists because its file is here."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from connectif_kit.diagnostics import Diagnostic, Place, Severity
from connectif_kit.registry import collect


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found, and what a reader may want to see beside it.

    `line_of` gives the source line of a place, or nothing; `coverage` counts pages by page kind
    and, under each, by tag.
    """

    findings: tuple[Diagnostic, ...]
    pages: int = 0
    line_of: Callable[[Place], str] = lambda _: ""
    coverage: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    colour: bool = False

    @property
    def counts(self) -> Counter[Severity]:
        """How many findings of each severity."""
        return Counter(finding.severity for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Format:
    """A report format: its name, what it is for, and the function that writes it."""

    name: str
    doc: str
    write: Callable[[Report], str]


@cache
def formats() -> dict[str, Format]:
    """Every format by name."""
    return {found.name: found for found in collect(sys.modules[__name__], Format)}
