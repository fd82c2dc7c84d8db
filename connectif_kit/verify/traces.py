"""Playwright's traces of pages with errors: one more view and the steps that failed, to go through."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.files import write
from connectif_kit.verify.again import again
from connectif_kit.verify.tour import Outcome, Tour
from connectif_kit.verify.visit import Visit, visit

if TYPE_CHECKING:
    from connectif_kit.core.diagnostics import Diagnostic
    from connectif_kit.verify.stage import Stage

MOST = 5
"""Pages that are opened once more: a trace weighs up to some megabytes."""
SUFFIX = ".trace.zip"
SHOW = "python -m playwright show-trace"
"""What opens one, with its path behind."""


async def trace(tour: Tour) -> None:
    """Open the pages with most errors once more, and keep of each the trace."""
    outcome = tour.outcome
    found = tour.order.new(outcome.findings.report(len(outcome.visits)).findings)
    shadow = replace(tour, outcome=Outcome(), heard=[])
    for made in worst(outcome.visits, found):
        async with shadow.stage() as fresh:
            of_page = [one for one in outcome.findings.all if one.place.path == made.sample.file]
            made.trace = await _traced(shadow, fresh, made, of_page)


def worst(visits: Iterable[Visit], findings: Iterable[Diagnostic]) -> list[Visit]:
    """The pages with most errors, at most `MOST`; of one cause only the page that its finding names."""
    errors = Counter(one.place.path for one in findings if one.severity == Severity.ERROR)
    having = [made for made in visits if errors[made.sample.file]]
    return sorted(having, key=lambda made: -errors[made.sample.file])[:MOST]


async def _traced(tour: Tour, stage: Stage, made: Visit, found: Sequence[Diagnostic]) -> bytes:
    """The trace of one more view and of the steps that failed; nothing where the browser loses the page."""
    from playwright.async_api import Error

    tracing = stage.context.tracing
    with tempfile.TemporaryDirectory() as folder, suppress(Error):
        file = Path(folder, "view" + SUFFIX)
        await tracing.start(screenshots=True, snapshots=True)
        await visit(stage, made.sample)
        with suppress(Error):
            await again(tour, stage, made.sample, found)
        await tracing.stop(path=file)
        return file.read_bytes()
    return b""


def folder_of(report: Path) -> Path:
    """Where the traces of an HTML report lie: beside it, `verify-traces` for `verify.html`."""
    return report.with_name(report.stem + "-traces")


def named(visits: Iterable[Visit]) -> dict[str, Visit]:
    """The pages that have a trace, by its file's name: the page's in the plan, numbered from the second."""
    found: dict[str, Visit] = {}
    for made in visits:
        if made.trace:
            name = re.sub(r"[^\w-]+", "-", made.sample.name)
            number = sum(other.sample.name == made.sample.name for other in found.values()) + 1
            found[name + (f"-{number}" if number > 1 else "") + SUFFIX] = made
    return found


def keep(report: Path, visits: Iterable[Visit]) -> None:
    """Write the traces beside a report, in place of those of an earlier run. Raises OSError."""
    folder, new = folder_of(report), named(visits)
    for old in folder.glob("*" + SUFFIX):
        if old.name not in new:
            old.unlink()
    for name, made in new.items():
        write(folder / name, made.trace)
    with suppress(OSError):  # there is none, or something else lies in it
        folder.rmdir()
