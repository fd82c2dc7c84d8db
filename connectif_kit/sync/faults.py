"""What can stop a sync or a row of it."""

from __future__ import annotations

from connectif_kit.core.faults import Fault

FAULTS = (
    Fault(
        "no-api-key",
        "error",
        "The environment variable `CONNECTIF_API_KEY` is not set.",
        "Set it to the key from the store's settings, `keyId:keySecret`. It is read from nowhere else.",
    ),
    Fault(
        "bad-api-key",
        "error",
        "The key is not of the form `keyId:keySecret`.",
        "Copy it with the copy button of the store's settings.",
    ),
    Fault(
        "api-key-in-plan",
        "error",
        "The API key's secret stands in the plan's file, which others can read.",
        "Take it out, and make a new key: this one has been in a file.",
    ),
    Fault(
        "bad-api-url",
        "error",
        "`--api-url` is neither an https address nor this machine's.",
        "Leave it out for the platform; `connectif-kit fake-api` prints the address of the one to try on.",
    ),
    Fault(
        "api-failure",
        "error",
        "The API refused the call, or gave no answer that can be relied on. What was acknowledged is in the"
        " ledger and is not sent again.",
        "Follow the hint, then run the same command again: it goes on where it stopped.",
    ),
    Fault(
        "no-source",
        "error",
        "The file or folder of rows does not exist.",
        "Check the path; it counts from the current folder.",
    ),
    Fault(
        "utf-16",
        "error",
        "The file of rows is in UTF-16, as some spreadsheets export it.",
        "Save it as CSV in UTF-8.",
    ),
    Fault(
        "two-columns",
        "error",
        "Two columns mean the same property; which one counts cannot be known.",
        "Take one of them out, or rename it.",
    ),
    Fault(
        "bad-column",
        "error",
        "A column's name can be no contact field's id: those have letters, digits, - and _.",
        "Rename it, or take it out.",
    ),
    Fault(
        "bad-id",
        "error",
        "An id that is empty, `.` or `..` would change the address of the call.",
        "Correct the id.",
    ),
    Fault(
        "rejected-row",
        "error",
        "A row was not sent, or the platform refused it; the message says why. The other rows are sent.",
        "Correct it in `.connectif/rejected.csv` and sync that file.",
    ),
    Fault(
        "import-failed",
        "error",
        "An import did not succeed: the platform gave up on it, it was cancelled or is gone, some of"
        " its rows were refused without saying which, or its state is unknown.",
        "Follow the hint: it says whether the same command sends the rows again, or where to look.",
    ),
    Fault(
        "unfinished",
        "error",
        "An earlier sync did not come to its end, and this one differs from it.",
        "`sync --resume` ends it; `--no-resume` drops it.",
    ),
    Fault(
        "ledger",
        "error",
        "The ledger, which knows what has been sent, cannot be opened or written, or is another version's.",
        "Follow the hint. Without the ledger the next sync would send everything again.",
    ),
)
