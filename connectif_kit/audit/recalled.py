"""What a run of `audit` says, from an earlier run where nothing has changed since."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from connectif_kit.audit.options import Options
from connectif_kit.audit.remembered import memory_of
from connectif_kit.core.console import Console
from connectif_kit.core.gc_control import paused_gc
from connectif_kit.plan.frozen import taken
from connectif_kit.plan.locate import find

if TYPE_CHECKING:
    from connectif_kit.reports import Report


def checked(
    options: Options,
    console: Console,
    asked: str,
    reports: Callable[[Report], list[str]],
    *,
    stays: bool = False,
) -> tuple[list[str], int]:
    """The texts of the reports, none for a dry run, and the exit status: of a run now, or an earlier one.

    `reports` writes them; `asked` is as in `memory_of`; a process that `stays` may read another plan later.
    Raises KitError, and Misuse.
    """
    memory = memory_of(options, colour=console.colour, asked=asked)
    known = memory.known() if memory else None
    if known is not None and len(known.reports) == max(len(options.formats), 1):
        return known.reports, known.status
    with paused_gc():
        path = None if stays else options.config or find(Path.cwd())
        plan = taken(path) if path else None
        from connectif_kit.audit.session import run  # the parser and the plan's models, not needed above

        done = run(options, console, memory, plan=plan)
        texts = [] if options.dry_run else reports(done.report)
        if not options.dry_run:
            done.keep(texts)
    return texts, done.status
