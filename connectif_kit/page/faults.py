"""Why a file cannot be read as a page, or takes nothing in."""

from __future__ import annotations

from connectif_kit.core.faults import Fault

FAULTS = (
    Fault(
        "page-is-empty",
        "warning",
        "The file is empty; nothing is injected.",
        "Leave it out with `site.ignore`, or find out why your generator wrote nothing.",
    ),
    Fault(
        "page-is-binary",
        "warning",
        "The file holds NUL characters and is not HTML.",
        "Is it UTF-16, or a picture with the wrong name? Save it as UTF-8, or leave it out with"
        " `site.ignore`.",
    ),
    Fault(
        "page-is-frameset",
        "warning",
        "The page is a frameset: it has no body, so it takes no tags.",
        "The pages inside its frames are handled on their own.",
    ),
    Fault(
        "page-is-fragment",
        "warning",
        "The file is a piece of a page, with no doctype, <html>, <head> or <body>; nothing is injected.",
        "Leave it out with `site.ignore`. If it is a page, give it a doctype.",
    ),
    Fault(
        "page-is-cut-off",
        "warning",
        "The page ends inside a tag, a comment, a script or a template, so that what is added would not run.",
        "Close what the page leaves open; was the build interrupted?",
    ),
    Fault(
        "undecodable-page",
        "error",
        "The page's bytes are not in the encoding that it declares, so it cannot be written back unharmed.",
        "Save it as UTF-8 and declare <meta charset=utf-8>.",
    ),
    Fault(
        "unknown-parser",
        "error",
        "`CONNECTIF_KIT_PARSER` names a parser that is unknown or not installed.",
        "Use `turbohtml` or `html5lib`, or leave the variable unset.",
    ),
)
