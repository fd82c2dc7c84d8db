"""Whether React owns a page's whole document, so that nothing else may stand in it.

`hydrateRoot(document, …)` compares the document with what React would render. Measured in Chromium,
a product page with one element or script too many, in 2026:

    built by                           first in <body>     scripts, first     last in <body>
    Next.js 14.2, 15.5, 16.4           #418 before a div   kept               kept
    React Router 7, React 19           #418 before a div   kept               kept
    React Router 7, React 18.3         #418, #423          #418, #423         kept, without comments

Where an error is, React throws the document away and renders it without what was added. Nobody sees
in the HTML which React made it, so only the end of `<body>` is safe, and what stands there stays
when a link of the app leads to another page. Frameworks that hydrate one element (`#__next` of Next's
Pages Router, Gatsby, Docusaurus, Astro's islands, Vite) leave the rest of the page alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily
from connectif_kit.page.html import Node, Page, hindrance

WAY_IN = say("render it in React: `connectif-kit build --target jsx` writes the parts for the root layout")
"""What to do instead of `inject`, for hints."""

# What is rendered, and what `next/script` loads before React starts.
_PAYLOAD = lazily(r"\s*\(?\s*(?:self|window|globalThis)\.__next_[fs]\b")
# Between these two, React writes nothing; the file that a template engine fills in has a line's end.
_SHELL = lazily(r"</head\s*>\s+<body\b", re.IGNORECASE)


class Framework(NamedTuple):
    """A framework that hydrates documents: its name, a word of its pages, and the code that uses it."""

    name: str
    word: str
    code: re.Pattern[str]


FRAMEWORKS = (
    Framework("Next.js (App Router)", "__next_f", lazily(r"\b__next_f\s*=|\b__next_f\.push\s*\(")),
    Framework("React Router", "__reactRouterContext", lazily(r"\b__reactRouterContext\s*=")),
    Framework("Remix", "__remixContext", lazily(r"\b__remixContext\s*=")),
    Framework("TanStack Start", "$_TSR", lazily(r"\$_TSR\s*=")),
    Framework("Waku", "__WAKU_HYDRATE__", lazily(r"\b__WAKU_HYDRATE__\s*=")),
)


class Hydration(NamedTuple):
    """A document that React hydrates whole: whose it is, and the script that says so."""

    framework: str
    evidence: Node

    @property
    def reason(self) -> str:
        """Why nothing may be added."""
        return say(
            "{framework} hydrates the whole document: React throws away what is added to it",
            framework=self.framework,
        )


def hydrated_document(page: Page) -> Hydration | None:
    """Whose document a page is, if React hydrates all of it; cheap where it is nobody's."""
    scripts = [(script, script.text) for script in page.select("script:not([src])")]
    for framework in FRAMEWORKS:
        if script := _evidence(page, framework, scripts):
            return Hydration(framework.name, script)
    return None


def _evidence(page: Page, framework: Framework, scripts: list[tuple[Node, str]]) -> Node | None:
    """The script by which the framework starts; none where it only fills one element of the page."""
    for script, code in scripts:
        if framework.word in code and framework.code.search(code) and not hindrance(script):
            return None if framework.name == "Remix" and _in_shell(page, script) else script
    return None


def _in_shell(page: Page, script: Node) -> bool:
    """Whether a page was written around an element with an id, in which alone Remix lives."""
    inside = any("id" in node.attributes for node in script.near() if node.tag not in ("html", "body"))
    return inside and _SHELL.search(page.source.text) is not None


def is_payload(script: Node) -> bool:
    """Whether a script hands React's own data over: all that the page shows, a second time, as text."""
    return is_payload_text(script.text)


def is_payload_text(code: str) -> bool:
    """The same of a script's text. Pieces of it are counted in bytes: with one changed, React reads none."""
    return _PAYLOAD.match(code) is not None


def is_rendered_later(page: Page, *words: str) -> bool:
    """Whether one of some words stands in the data from which React makes elements that are not in the HTML.

    So does `next/script`: the page's HTML has no script, and it is added when the page runs.
    """
    if not any(word in page.source.text for word in words):
        return False
    scripts = [script for script in page.select("script:not([src])") if is_payload(script)]
    return any(word in script.text for script in scripts for word in words)


LOADER_WORDS = ("__cn_generic_script__", "/client-script/")
"""What a loader says, in its present or its older form."""
