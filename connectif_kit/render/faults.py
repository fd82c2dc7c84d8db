"""What can keep `build` and `inject` from writing."""

from __future__ import annotations

from connectif_kit.faults import Fault

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
        "source-tree",
        "error",
        "The folder that `inject` was given looks like a generator's sources and not like a built site.",
        "Name the folder that is built. `--force-sources`, if the files in here are what you deploy.",
    ),
    Fault(
        "page-is-template",
        "warning",
        "A file is a template whose code has not run (`{{ … }}`, `<?php …`); `inject` leaves it alone.",
        "Leave it out with `site.ignore`, or use --force-sources if it is deployed as it is.",
    ),
    Fault(
        "edited-block",
        "error",
        "The block that `inject` wrote into a page was edited by hand since. The page is left alone, so"
        " that nothing of yours is lost.",
        "Rebuild the page and inject again; put your own code outside the marks.",
    ),
    Fault(
        "broken-mark",
        "error",
        "One of the two comments around an injected block is gone, so where the block ends is unknown."
        " The page is left alone.",
        "Rebuild the page, then inject.",
    ),
    Fault(
        "hydrated-document",
        "notice",
        "React hydrates this whole document and would remove what is added to it, or fail. `inject`"
        " leaves the page alone.",
        "Let React render the parts itself: `connectif-kit build --target jsx`, `connectif-kit explain jsx`.",
    ),
    Fault(
        "unmatched-label",
        "notice",
        "A selector or meta name of `page_category`, `page_tag` and the like gives no text on a page.",
        "Correct the selector in the plan, or the page.",
    ),
)
