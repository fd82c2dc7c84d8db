"""A value that its property cannot have."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.values import broken, short
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.vocabulary.kinds import Kind


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
def malformed_value(context: PageContext) -> Iterator[Finding]:
    """A value is not of its property's form: a number, a whole number, a date, an address.

    What does not parse takes the whole tag with it, without a word. Common slips (a decimal comma,
    a currency, a relative address) have rules of their own.
    """
    for _, value in broken(context, "malformed-value"):
        if value.field is not None and isinstance(value.field.kind, Kind):
            kind, is_long = value.field.kind, not value.field.malformed(value.text)
            yield Finding(
                value.node,
                say(
                    "`{name}` is `{text}`: expected {expected}",
                    name=value.name,
                    text=short(value.text),
                    expected=value.field.fault(value.text),
                ),
                say("shorten it") if is_long else say("{kind}: {doc}", kind=kind.name, doc=kind.doc),
            )
