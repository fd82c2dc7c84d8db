"""An address template that cannot tell products apart."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity, did_you_mean
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan
from connectif_kit.plan.sources import shown
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
            near = did_you_mean(name, known) or "did you mean `{product_id}`?"
            column = f'; a column\'s name goes under `fields:`, `url: {{template: "/p/{{{name}}}/"}}`'
            hint = near + (column if plan.catalog.source else "")
            if of_export:
                hint = f"{plan.catalog.preset} gives {', '.join(f'{{{each}}}' for each in of_export)} as well"
            yield Problem(path, f"`{{{name}}}` is not a property of a product", hint)
    if not named:
        message = f"{shown(plan.catalog.url)} gives every product the same address"
        yield Problem(path, message, 'write `url: "/p/{product_id}/"`')
