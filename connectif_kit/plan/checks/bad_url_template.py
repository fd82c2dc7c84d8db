"""An address template that cannot tell products apart."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity, did_you_mean
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan
from connectif_kit.plan.source import shown
from connectif_kit.plan.values import placeholders
from connectif_kit.vocabulary import ENTITIES
from connectif_kit.vocabulary.shop_exports import SHOP_EXPORTS


@check(Severity.ERROR, bad="catalog: {url: /p/mug/}", good='catalog: {url: "/p/{product_id}/"}')
def bad_url_template(plan: Plan) -> Iterator[Problem]:
    """`catalog.url` does not give each product an address of its own.

    The browser fills it in from a product's properties where a line of a cart has no address.
    """
    if plan.catalog.url is None:
        return
    path, known = ("catalog", "url"), ENTITIES["product"].by_html
    named = placeholders(plan.catalog.url)
    preset = SHOP_EXPORTS.get(plan.catalog.preset or "")
    of_export = preset.placeholders if preset else ()
    for name in named:
        if name not in known and name not in of_export:
            near = did_you_mean(name, known) or say("did you mean `{product_id}`?")
            column = say(
                '; a column\'s name goes under `fields:`, `url: {{template: "/p/{{{name}}}/"}}`', name=name
            )
            hint: str = near + column if plan.catalog.source else near
            if of_export:
                hint = say(
                    "{preset} gives {names} as well",
                    preset=plan.catalog.preset,
                    names=", ".join(f"{{{each}}}" for each in of_export),
                )
            yield Problem(path, say("`{{{name}}}` is not a property of a product", name=name), hint)
    if not named:
        message = say("{url} gives every product the same address", url=shown(plan.catalog.url))
        yield Problem(path, message, say('write `url: "/p/{product_id}/"`'))
