"""Whether pages change without loading: routers of frameworks, and of scripts that swap the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from connectif_kit.adopt.line import Line, counted
from connectif_kit.adopt.site import Evidence, Site
from connectif_kit.page.integration import Integration

_SIGNS = {
    "Next.js": re.compile(r"id=[\"']?__next\b|__NEXT_DATA__|__next_f"),
    "Nuxt": re.compile(r"id=[\"']?__nuxt\b|__NUXT__"),
    "SvelteKit": re.compile(r"__sveltekit"),
    "Gatsby": re.compile(r"id=[\"']?___gatsby"),
    "Docusaurus": re.compile(r"id=[\"']?__docusaurus\b"),
    "React Router": re.compile(r"__reactRouterContext|__remixContext"),
    "Angular": re.compile(r"<app-root\b|ng-version="),
    "VitePress": re.compile(r"__VP_HASH_MAP__"),
    "Astro's ClientRouter": re.compile(r"astro-view-transitions-enabled"),
    "Turbo": re.compile(r"data-turbo(?!-track=[\"']reload[\"']>)|turbo(?:\.es\d+[-\w]*)?(?:\.min)?\.js"),
    "htmx": re.compile(r"hx-boost=[\"']?true"),
    "barba.js": re.compile(r"data-barba="),
    "swup": re.compile(r"id=[\"']?swup\b"),
    "Material's instant loading": re.compile(r"\"navigation\.instant\""),
}
_MOUNT = "#root, #app, #q-app, #svelte"


def look(there: Integration) -> str:
    """The router that shows in a page; an app that is empty without its script has one too."""
    found = next((name for name, sign in _SIGNS.items() if sign.search(there.text)), "")
    if found:
        return found
    mounts = there.page.select(_MOUNT)
    modules = [node for node in there.scripts if node.attributes.get("type") == "module"]
    is_shell = bool(mounts) and not mounts[0].text.strip() and bool(modules)
    return "an app that its script draws" if is_shell else ""


def conclude(site: Site) -> Iterator[Line]:
    """`spa: true`, where most pages say so."""
    seen = Counter(name for _, name in site.saw(EVIDENCE.name))
    total = sum(1 for _ in site.own())
    if seen and 2 * sum(seen.values()) >= total:
        name, times = seen.most_common(1)[0]
        yield Line(("integration", "spa"), True, f"{name}, on {times} of {counted(total, 'page')}")
        return
    routes = [s.at(c) for s in site.scripts for c in s.calls if c.name.endswith("history.pushState")]
    if routes:
        why = f"{routes[0]} changes the address: write it if that shows another page"
        yield Line(("integration", "spa"), True, why, sure=False)


EVIDENCE = Evidence("router", conclude, look, order=25)
