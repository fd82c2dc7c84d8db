"""The store's id and environment, from a loader that is there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from connectif_kit.adopt.line import Line, counted, listed
from connectif_kit.adopt.site import Evidence, Site
from connectif_kit.page.integration import Integration

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def look(there: Integration) -> list[tuple[str, str]]:
    """Store id and environment of each loader, live or idle."""
    loaders = [*there.loaders, *there.idle_loaders]
    return [
        (key.lower(), next(iter(loader.environments), "")) for loader in loaders for key in loader.keys[:1]
    ]


def conclude(site: Site) -> Iterator[Line]:
    """The store that most pages load; others are named."""
    stores = Counter(
        store for page in site.own() for store in {*page.seen.get(EVIDENCE.name, ()), *page.ours}
    )
    stores = Counter({store: times for store, times in stores.items() if _UUID.fullmatch(store[0])})
    if not stores:
        return
    (key, environment), times = stores.most_common(1)[0]
    others = [other for (other, _), _ in stores.most_common() if other != key]
    more = f"; other pages load {listed(dict.fromkeys(others))}" if others else ""
    yield Line(("store", "id"), key, f"the loader on {counted(times, 'page')}{more}")
    if environment:
        yield Line(("store", "environment"), environment, "the loader's address")


EVIDENCE = Evidence("store", conclude, look, order=10)
