"""A path that names the shop's folder again."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.document import Path
from connectif_kit.plan.models import Plan

_STORE = "store: {id: 7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10, environment: eu5, url: https://mugs.example/shop}"


@check(
    Severity.WARNING,
    bad=f"{_STORE}\npages: {{home: {{match: /shop/}}}}",
    good=f"{_STORE}\npages: {{home: {{match: /}}}}",
    rests_on={"store"},
)
def folder_twice(plan: Plan) -> Iterator[Problem]:
    """A path begins with the shop's folder, which is not part of it: it would match no page."""
    base = plan.store.base
    paths: list[tuple[Path, str]] = [
        (("pages", name, "match", index), glob)
        for name, page in plan.pages.items()
        for index, glob in enumerate(page.match)
    ]
    for path, text in [*paths, (("catalog", "url"), plan.catalog.url or "")]:
        if base and f"{text}/".startswith(f"{base}/"):
            message = say(
                "paths start after store.url's `{base}`, and `{text}` begins with it again",
                base=base,
                text=text,
            )
            yield Problem(path, message, say("write `{text}`", text=text[len(base) :] or "/"))
