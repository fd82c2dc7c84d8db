"""The dispatcher that a page asks for: whether the site has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from connectif_kit.core.messages import say

if TYPE_CHECKING:
    from connectif_kit.verify.visit import Visit


def absent(visit: Visit, serves: Callable[[str], bool]) -> str:
    """Why a page that has sent nothing has no dispatcher; empty where it has one. `serves` knows the site."""
    raw = visit.raw
    if raw is None or not raw.dispatchers:
        return say("this page has no dispatcher: nothing of it is reported")
    for node in raw.dispatchers:
        asked = urlsplit(urljoin(visit.sample.path, raw.address(node.attributes["src"])))
        if not asked.netloc and not serves(asked.path):
            return say("the site has no file {path}: nothing of this page is reported", path=asked.path)
    return ""
