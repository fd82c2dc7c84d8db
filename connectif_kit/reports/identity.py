"""What a finding is known by from one run to the next: no line numbers, no values."""

from __future__ import annotations

import re
from hashlib import blake2b

from connectif_kit.core.diagnostics import Diagnostic

_VALUES = re.compile(r"\d[\d.,]*")
"""What tells apart the messages of one cause, where no element says that it is one."""


def about(element: str, message: str) -> str:
    """What a finding is about: its element, or else its message without the values."""
    return element or _VALUES.sub("", message)


def fingerprint(finding: Diagnostic, number: int = 0) -> str:
    """A short hash of rule, page and element; `number` counts those that are alike."""
    return _hash(finding.rule, finding.place.path, finding.element, str(number))


def cause_mark(finding: Diagnostic) -> str:
    """A short hash of a cause: the rule and what it is about, whatever page names it first."""
    return _hash(finding.rule, about(finding.element, finding.message))[:12]


def _hash(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class Fingerprints:
    """Gives each finding of a report its own."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, finding: Diagnostic) -> str:
        """The finding's fingerprint; the second of two that are alike gets another."""
        first = fingerprint(finding)
        number = self._seen[first] = self._seen.get(first, -1) + 1
        return fingerprint(finding, number) if number else first
