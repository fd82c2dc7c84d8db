"""Whether React owns the pages' whole documents, so that it must render the parts itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from connectif_kit.adopt.line import Line
from connectif_kit.adopt.site import Evidence, Site
from connectif_kit.page.integration import Integration


def look(there: Integration) -> str:
    """The framework whose document the page is."""
    return there.hydration.framework if there.hydration else ""


def framework(site: Site) -> str:
    """The framework of most pages' documents; empty where `inject` may write into most of them."""
    seen = Counter(str(name) for _, name in site.saw(EVIDENCE.name))
    if not seen or 2 * sum(seen.values()) < sum(1 for _ in site.own()):
        return ""
    return seen.most_common(1)[0][0]


def conclude(_: Site) -> Iterator[Line]:
    """Nothing: the plan is the same; what to do is said beside it."""
    return iter(())


EVIDENCE = Evidence("hydration", conclude, look, order=26)
