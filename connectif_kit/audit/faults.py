"""What `audit` prints that is not a rule of a page: its inputs, its limits, its comments."""

from __future__ import annotations

from connectif_kit.core.faults import Fault

FAULTS = (
    Fault(
        "unknown-rule",
        "error",
        "`--select` or `--ignore` names a rule that does not exist.",
        "The hint names the nearest; every rule is in the reference.",
    ),
    Fault(
        "unused-disable",
        "notice",
        "A comment switches off a rule that is unknown, or that finds nothing there.",
        "Remove the comment.",
    ),
    Fault(
        "disable-without-reason",
        "notice",
        "A comment switches a rule off and does not say why.",
        "Write the reason after a colon: `<!-- connectif-kit-disable visible-tag: the theme hides it -->`.",
    ),
    Fault(
        "limited",
        "notice",
        "There is more than was looked at: a rule finds very many faults on one page, or a sitemap names more"
        " pages than `--limit` takes.",
        "Fix what is shown and run again; raise `--limit`.",
    ),
    Fault(
        "page-too-large",
        "error",
        "The page is larger than browsers show.",
        "Check what your generator put into it.",
    ),
    Fault(
        "unfetched-page",
        "error",
        "A published page could not be fetched; the message is the server's or the network's.",
        "Open the address in a browser, then run again.",
    ),
    Fault(
        "bad-url",
        "error",
        "The address to audit has no host.",
        "Write it whole: `https://shop.example/`.",
    ),
    Fault(
        "bad-baseline",
        "error",
        "The file that `--baseline` names was not written by the kit, or by another version of it.",
        "Remove the file and write it again with `--update-baseline`.",
    ),
    Fault(
        "bad-shard",
        "error",
        "A file for `--merge` is not the report of a shard.",
        "Write each with `audit --shard I/N --format json=FILE`.",
    ),
)
