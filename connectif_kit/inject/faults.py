"""What can keep `inject` from writing."""

from __future__ import annotations

from connectif_kit.core.faults import Fault

FAULTS = (
    Fault(
        "no-pages",
        "warning",
        "The folder of the built site is there and holds no HTML file, as after a build that failed.",
        "Build the site, or correct `site.root` in the plan.",
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
