"""Standard output and error that take whatever is written, in any encoding that they were given."""

from __future__ import annotations

import codecs
from typing import Any

_PLAIN = {
    "│": "|",
    "─": "-",
    "━": "-",
    "…": "...",
    "–": "-",
    "—": "-",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "›": ">",
    "→": "->",
    "·": "-",
    "×": "x",
    "≤": "<=",
    "\N{NO-BREAK SPACE}": " ",
    "\N{NARROW NO-BREAK SPACE}": " ",
}
_ERRORS = "connectif-kit-plain"


def _plainly(error: UnicodeError) -> tuple[str | bytes, int]:
    """Signs that we write ourselves become their plain neighbours, all others `\\u2603`: nothing is lost."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    held = error.object[error.start : error.end]
    plain = (_PLAIN.get(sign) or sign.encode("ascii", "backslashreplace").decode() for sign in held)
    return "".join(plain), error.end


codecs.register_error(_ERRORS, _plainly)


def speak_plainly(*streams: Any) -> None:
    """Let no character end a run that a terminal or a CI log has no place for."""
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_ERRORS)
