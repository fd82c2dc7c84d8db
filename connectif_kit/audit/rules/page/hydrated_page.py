"""What was injected into a document that belongs to React."""

import re
from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily
from connectif_kit.page.html import Span
from connectif_kit.page.hydration import WAY_IN

_NEXT = "<script>(self.__next_f=self.__next_f||[]).push([0])</script>"
_OURS = (
    "<!-- connectif-kit:begin body 0123456789ab --><script>loader()</script><!-- connectif-kit:end body -->"
)
_BLOCK = lazily(r"<!-- connectif-kit:begin (?:body|head) [0-9a-f]{12} -->")
_AT_THE_END = lazily(r"<!-- connectif-kit:end body -->\s*</body\s*>", re.IGNORECASE)


@rule(
    Severity.ERROR,
    bad=(
        f"<!doctype html><body>{_OURS}<div>Mugs</div>{_NEXT}</body>",
        f"<!doctype html><head>{_OURS.replace(' body', ' head')}</head><body><div>Mugs</div>{_NEXT}</body>",
    ),
    good=(
        f"<!doctype html><body><div>Mugs</div>{_NEXT}</body>",
        f"<!doctype html><body><div>Mugs</div>{_NEXT}{_OURS}</body>",
        f"<!doctype html><body>{_OURS}<div id=___gatsby>Mugs</div></body>",
    ),
)
def hydrated_page(context: PageContext) -> Iterator[Finding]:
    """Loader and tags were injected into a document that React hydrates whole.

    Pages of Next.js's App Router, React Router's framework mode and their like belong to React from
    `<html>` on: with an element too many it throws the page away, renders it again, and the tags are
    gone. Render them in React; `connectif-kit inject` takes out of such a page what it once put in.
    What stands last in the body is kept.
    """
    if context.hydration is None or not context.mentions("<!-- connectif-kit:begin"):
        return
    if (block := _BLOCK.search(context.text)) and not _AT_THE_END.search(context.text):
        yield Finding(
            Span(*block.span()),
            context.hydration.reason,
            say("run `connectif-kit inject`, and {way_in}", way_in=WAY_IN),
            element="html",
        )
