"""Service workers that scripts register: a scope has one, so ours takes it in, or it takes ours in."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from connectif_kit.adopt.line import Line
from connectif_kit.adopt.site import Evidence, Site


def conclude(site: Site) -> Iterator[Line]:
    """A commented line with the worker that is there."""
    for script in site.scripts:
        for call in script.calls:
            path = urlsplit(call.text(0)).path
            if call.name.endswith("serviceWorker.register") and path:
                own = path if path.startswith("/") else f"/{path}"
                value = {"path": "/service-worker.js", "import": [own]}
                why = f"{script.at(call)} registers {own}: register this one in its place, for push"
                yield Line(("service_worker",), value, why, sure=False)
                return


EVIDENCE = Evidence("worker", conclude, order=85)
