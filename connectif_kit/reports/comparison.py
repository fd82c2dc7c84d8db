"""What a run found, held against an earlier report: new, gone, same. Lines may have moved in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from typing import TypeAlias

from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.records import dataclass
from connectif_kit.reports.identity import about

Unit: TypeAlias = tuple[str, str, str]
"""Rule, page, what it is about: what one place of a finding is known by."""


@dataclass(frozen=True, slots=True)
class EarlierFinding:
    """A cause as an earlier report has it; `unnamed` counts places that it does not name."""

    rule: str
    severity: Severity
    message: str
    element: str
    places: Sequence[Place]
    unnamed: int = 0

    @property
    def about(self) -> str:
        """What it is about, as `identity.about` says it of a finding."""
        return about(self.element, self.message)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier report: its file, when it was made where it says so, the folder of its pages."""

    name: str
    findings: Sequence[EarlierFinding] = ()
    started: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`fresh` gives of each finding which of its places are new, 0 being its own; `gone` are causes with
    the places that are no more. `new`, `same` and `went` count places.
    """

    earlier: Earlier
    fresh: Mapping[Diagnostic, frozenset[int]] = field(default_factory=dict)
    gone: Sequence[EarlierFinding] = ()
    new: int = 0
    same: int = 0

    @property
    def went(self) -> int:
        """How many places are no more."""
        return sum(len(cause.places) + cause.unnamed for cause in self.gone)

    def state(self, finding: Diagnostic, places: int) -> str:
        """`new` where all places of a finding are, `same` where none is, else `more`."""
        fresh = len(self.fresh.get(finding, ()))
        return "same" if not fresh else "new" if fresh == places else "more"


def inside(path: str, site: str) -> str:
    """A page's path from its site's folder, so that it does not matter where a run was started."""
    folder = site.rstrip("/\\")
    return path[len(folder) + 1 :] if folder and path.startswith((f"{folder}/", f"{folder}\\")) else path


def compare(
    found: Iterable[tuple[Diagnostic, Sequence[Place]]],
    site: str,
    earlier: Earlier,
    checked: Callable[[str, str], bool] = lambda _rule, _path: True,
) -> Comparison:
    """Findings with all their places, the own one first, against an earlier report.

    What this run did not look at, by rule and path from the site's folder, is not gone.
    """
    left, unnamed = _known(earlier)
    fresh: dict[Diagnostic, frozenset[int]] = {}
    new = same = 0
    for finding, places in found:
        what = about(finding.element, finding.message)
        units = ((finding.rule, inside(place.path, site), what) for place in places)
        added = frozenset(number for number, unit in enumerate(units) if not _taken(unit, left, unnamed))
        fresh[finding] = added
        new += len(added)
        same += len(places) - len(added)
    gone = [
        cause for each in earlier.findings if (cause := _rest(each, earlier.site, left, unnamed, checked))
    ]
    return Comparison(earlier, fresh, gone, new, same)


def _known(earlier: Earlier) -> tuple[Counter[Unit], Counter[tuple[str, str]]]:
    known: Counter[Unit] = Counter()
    unnamed: Counter[tuple[str, str]] = Counter()
    for cause in earlier.findings:
        what = cause.about
        known.update((cause.rule, inside(place.path, earlier.site), what) for place in cause.places)
        unnamed[cause.rule, what] += cause.unnamed
    return known, unnamed


def _taken(unit: Unit, left: Counter[Unit], unnamed: Counter[tuple[str, str]]) -> bool:
    """Whether a place was known; then it is not known a second time."""
    rule, _, what = unit
    if left[unit] > 0:
        left[unit] -= 1
    elif unnamed[rule, what] > 0:
        unnamed[rule, what] -= 1
    else:
        return False
    return True


def _rest(
    cause: EarlierFinding,
    site: str,
    left: Counter[Unit],
    unnamed: Counter[tuple[str, str]],
    checked: Callable[[str, str], bool],
) -> EarlierFinding | None:
    """The cause with those of its places that nobody has met again, each once; nothing where all were."""
    what, gone = cause.about, []
    for place in cause.places:
        path = inside(place.path, site)
        if left[cause.rule, path, what] > 0 and checked(cause.rule, path):
            left[cause.rule, path, what] -= 1
            gone.append(place)
    more = unnamed.pop((cause.rule, what), 0) if checked(cause.rule, "") else 0
    if not gone and not more:
        return None
    return EarlierFinding(cause.rule, cause.severity, cause.message, cause.element, gone, more)
