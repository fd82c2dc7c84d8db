"""What is printed of reports themselves."""

from __future__ import annotations

from connectif_kit.core.faults import Fault

FAULTS = (
    Fault(
        "bad-report",
        "error",
        "The file that `--compare` names is not a report that the kit has written.",
        "Write it with `audit --format json=FILE` or `audit --format html=FILE`.",
    ),
)
