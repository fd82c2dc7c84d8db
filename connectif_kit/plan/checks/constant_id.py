"""An id that is the same for everybody."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan
from connectif_kit.plan.queries import walk
from connectif_kit.plan.source import Source, shown
from connectif_kit.plan.sources.literal import Literal
from connectif_kit.plan.sources.template import Template
from connectif_kit.plan.values import placeholders

_IDS = {"cart_id": say("cart"), "purchase_id": say("order"), "primary_key": say("contact")}
"""Properties that tell one from another, and what they tell apart."""


@check(
    Severity.ERROR,
    bad="cart: {storage: cart, fields: {cart_id: {literal: basket}, product_basket_item: lines}}",
    good="cart: {storage: cart, fields: {cart_id: id, product_basket_item: lines}}",
)
def constant_id(plan: Plan) -> Iterator[Problem]:
    """The id of a cart, an order or a contact is the same for everybody.

    All carts, orders or contacts would be one and the same for the platform.
    """
    for path, source in walk(plan):
        what = _IDS.get(str(path[-1])) if "fields" in path else None
        if what and (constant := _constant(source)):
            message = say(
                "{path}: {constant} would be the id of every {what}",
                path=path[-1],
                constant=shown(constant),
                what=what,
            )
            hint = (
                say("map the path of the id; without one, write `cart_id: auto`")
                if what == say("cart")
                else say("map the path of the id")
            )
            yield Problem(path, message, hint)


def _constant(source: Source) -> str:
    """What a source always gives, at least where it finds nothing."""
    if isinstance(source, Literal):
        return str(source.literal)
    if isinstance(source, Template) and not placeholders(source.template):
        return source.template
    return "" if source.default is None else str(source.default)
