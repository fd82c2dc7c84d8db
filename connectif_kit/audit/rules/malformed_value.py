"""A value that its property cannot have."""

from collections.abc import Iterator

from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.view import View
from connectif_kit.diagnostics import Severity
from connectif_kit.model import Entity


@rule(
    Severity.ERROR,
    bad="""
    <div class="cn_cart" style="display:none">
      <b class="cart_id">c-1</b><b class="total_quantity">two</b><b class="total_price">0</b>
    </div>
    """,
    good="""
    <div class="cn_cart" style="display:none">
      <b class="cart_id">c-1</b><b class="total_quantity">2</b><b class="total_price">25.00</b>
    </div>
    """,
)
def malformed_value(view: View) -> Iterator[Finding]:
    """A value is not of its property's form: a number, a whole number, a date, an address.

    The client reads numbers as JavaScript does: `45,50` becomes 45, `€45` nothing, and what does
    not parse takes the whole tag with it, without a word.
    """
    for use in view.tags:
        for value in use.values:
            field = value.field
            if field is None or field.choices or isinstance(field.kind, Entity) or not value.text:
                continue
            if expected := field.fault(value.text):
                yield Finding(
                    value.node,
                    f"`{value.name}` is `{_short(value.text)}`: expected {expected}",
                    f"{field.kind.name}: {field.kind.doc}",
                )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
