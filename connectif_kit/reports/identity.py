"""What a finding is known by from one run to the next: no line numbers, no values."""

from __future__ import annotations

from hashlib import blake2b

from connectif_kit.core.diagnostics import Diagnostic


def fingerprint(finding: Diagnostic, number: int = 0) -> str:
    """A short hash of rule, page and element; `number` counts those that are alike."""
    parts = (finding.rule, finding.place.path, finding.element, str(number))
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
