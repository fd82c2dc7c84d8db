"""What can keep `build` from writing, and what it finds there."""

from __future__ import annotations

from connectif_kit.core.faults import Fault

FAULTS = (
    Fault(
        "foreign-file",
        "error",
        "Where the kit wants to write stands a file that it did not write. It is left as it is.",
        "Move it away, or choose another folder (`build -o`, `site.assets`). A service worker of your own"
        " can import the kit's: the hint gives the line.",
    ),
    Fault(
        "bad-module",
        "error",
        "A file that `module:` names lies outside the plan's folder, is not UTF-8, or is not one"
        " `export default` without imports.",
        "Write `export default function (context) {…}` and nothing to import.",
    ),
    Fault(
        "stale-file",
        "warning",
        "`build --check`: a file differs from what the plan says, was edited by hand, is missing or is no"
        " longer built. `inject --check`: a page does not hold what the plan and the files say. Nothing"
        " was written.",
        "Run the command without `--check`; commit what `build` writes.",
    ),
)
