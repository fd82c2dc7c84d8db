"""Which parser reads the pages of this process."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from hashlib import blake2b
from importlib.util import find_spec
from typing import Literal, get_args

from connectif_kit.core import own_code
from connectif_kit.core.diagnostics import KitError, Place, did_you_mean
from connectif_kit.core.messages import either, say

VARIABLE = "CONNECTIF_KIT_PARSER"

Parser = Literal["turbohtml", "html5lib"]
PARSERS: tuple[Parser, ...] = get_args(Parser)

PACKAGES: dict[Parser, tuple[str, ...]] = {
    "turbohtml": ("turbohtml",),
    "html5lib": ("html5lib", "bs4", "soupsieve"),
}
"""What each of them is made of: another version may read a page in another way."""


def chosen() -> Parser:
    """The parser that CONNECTIF_KIT_PARSER names; else turbohtml where it is installed, html5lib elsewhere.

    Raises KitError for an unknown name, and where turbohtml is asked for and not installed.
    """
    wanted = os.environ.get(VARIABLE, "")
    if not wanted:
        return "turbohtml" if _has_turbohtml() else "html5lib"
    if wanted not in PARSERS:
        names = either(f"`{name}`" for name in PARSERS)
        hint = did_you_mean(wanted, PARSERS) or say(
            "set {variable} to {names}, or leave it unset", variable=VARIABLE, names=names
        )
        raise KitError.at(
            Place(VARIABLE), "unknown-parser", say("unknown parser `{wanted}`", wanted=wanted), hint
        )
    if wanted == "turbohtml" and not _has_turbohtml():
        hint = say("unset {variable} to use html5lib, or run `pip install turbohtml`", variable=VARIABLE)
        raise KitError.at(Place(VARIABLE), "unknown-parser", say("turbohtml is not installed"), hint)
    return wanted


def stamp(plan: bytes, said: Iterable[str]) -> bytes:
    """What results of pages depend on besides them: the plan, what was asked, the code that reads them."""
    parser, made = chosen(), blake2b(digest_size=16)
    parts = [sys.version, parser, *said, *own_code.packages(PACKAGES[parser])]
    made.update(own_code.digest())
    made.update("\0".join(parts).encode("utf-8", "surrogatepass"))
    made.update(plan)
    return made.digest()


def notice() -> str:
    """One line where html5lib stands in for a parser that is missing; nothing where it was chosen.

    Raises what `chosen` raises.
    """
    if chosen() == "turbohtml" or os.environ.get(VARIABLE):
        return ""
    slower = say("turbohtml is not installed: pages are read by html5lib, which is slower")
    return say("{slower} ({variable}=html5lib hides this notice)", slower=slower, variable=VARIABLE)


def _has_turbohtml() -> bool:
    return find_spec("turbohtml") is not None
