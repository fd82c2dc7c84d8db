"""What is printed under an id and is neither a rule nor a check; each room has a `faults.py` with its own.

The documentation and `explain` are made from these tables; here are those that any command can print.
"""

from __future__ import annotations

from connectif_kit.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One printed id: its severity (`notice or error` where it depends), its meaning, and what to do."""

    name: str
    severity: str
    doc: str
    remedy: str


FAULTS = (
    Fault(
        "file-error",
        "error",
        "A file or folder cannot be read or written; the message is the operating system's.",
        "Check the path, its permissions and the free space, then run the same command again.",
    ),
    Fault(
        "internal-error",
        "error",
        "The kit itself failed on this page, or the process that looked at it was killed. The other pages"
        " are checked all the same.",
        "Report it with the page. If the process was killed, memory may have run out: try `--jobs 1`.",
    ),
    Fault(
        "special-file",
        "warning",
        "What has the name of a page is not a file but a pipe, a socket or a device; it is left out.",
        "Remove it from the site.",
    ),
    Fault(
        "symlink",
        "notice",
        "A link is not followed: it leads out of the site, to a folder, or to a page that is handled"
        " where it lies.",
        "Nothing, if that is what you want. Otherwise copy the file to where the link stands.",
    ),
)
