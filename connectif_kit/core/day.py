"""The day on which prices must hold, in UTC as the browser's reading has it."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """This day."""
    return datetime.now(UTC).date()
