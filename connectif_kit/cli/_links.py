"""What a stream shows besides text: colours, and links to the documentation."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from connectif_kit.core.diagnostics import Diagnostic


def coloured(stream: Any) -> bool:
    """Whether a stream takes colours: a terminal, unless NO_COLOR says otherwise."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or bool(stream.isatty())


def takes_links(stream: Any) -> bool:
    """Whether a stream takes OSC 8 hyperlinks: a terminal that is no plain console and no log.

    FORCE_HYPERLINK decides where it is set, as other tools have it. https://github.com/Alhadis/OSC8-Adoption
    """
    if forced := os.environ.get("FORCE_HYPERLINK"):
        return forced != "0" and coloured(stream)
    is_plain = os.environ.get("TERM", "") in ("", "dumb", "linux") and os.name != "nt"
    return coloured(stream) and bool(stream.isatty()) and not is_plain and not os.environ.get("CI")


def with_links(stream: Any, found: Iterable[Diagnostic]) -> dict[str, Any]:
    """What a report has besides where its reader's terminal takes links."""
    if not takes_links(stream):
        return {}
    from connectif_kit.rule_texts import rule_texts

    return {"linked": True, "rules": rule_texts(found)}
