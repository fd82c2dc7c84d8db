"""A page whose kind is not known."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity, did_you_mean
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.document import Path
from connectif_kit.plan.models import Plan, builtin
from connectif_kit.vocabulary import PAGE_KINDS


@check(
    Severity.ERROR,
    bad="pages: {produkt: {match: /p/*}}",
    good="pages: {produkt: {match: /p/*, kind: product, product: json-ld}}",
    rests_on={("pages",)},
)
def unknown_page_kind(plan: Plan) -> Iterator[Problem]:
    """A page has no kind that the kit knows, so nothing says what it must carry.

    The name of a page is its kind, unless `kind:` or `tags:` says otherwise.
    """
    for name, page in plan.pages.items():
        if page.kind is not None and not builtin(page.kind):
            yield _unknown(("pages", name, "kind"), page.kind, "")
        elif not (page.kind or page.allowed_tags or builtin(name)):
            own = say("for a kind of your own, say what it is with `kind: content` or `tags:`")
            yield _unknown(("pages", name), name, own)


def _unknown(path: Path, name: str, own: str) -> Problem:
    near = did_you_mean(name, PAGE_KINDS) or say("known: {names}", names=", ".join(PAGE_KINDS))
    return Problem(path, say("unknown page kind `{name}`; {near}", name=name, near=near), own, at_value=False)
