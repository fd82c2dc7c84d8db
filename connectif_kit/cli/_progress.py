"""How far a sync has come."""

from __future__ import annotations

import sys
from time import monotonic

import click


class Progress:
    """Rows with an answer, rate and time left on standard error; a line now and then off a terminal."""

    def __init__(self) -> None:
        self.clock = monotonic
        self.first: tuple[float, int] | None = None
        self.reported = monotonic()

    def __call__(self, done: int, total: int) -> None:
        now, live = self.clock(), sys.stderr.isatty()
        self.first = self.first or (now, done)
        if done < total and now - self.reported < (0.2 if live else 10):
            return
        self.reported = now
        passed, more = now - self.first[0], done - self.first[1]
        pace = f", {more / passed * 60:,.0f} a minute" if passed > 1 and more else ""
        start = "\r" if live else ""
        left = f", {(total - done) * passed / more / 60:,.0f} min left" if pace and done < total else ""
        click.echo(
            f"{start}{done:,} of {total:,} rows{pace}{left}",
            err=True,
            nl=not live or done == total,
        )
