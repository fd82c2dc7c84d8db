"""A value outside a property's list."""

import re
from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.edits import replace_text
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity, did_you_mean
from connectif_kit.core.messages import say

_PRODUCT = """
<div class="cn_product_visited" style="display:none">
  <span class="url">https://shop.example/p/a/</span><span class="product_id">a</span>
  <span class="name">A</span><span class="unit_price">1</span><span class="availability">%s</span>
</div>
"""


@rule(
    Severity.ERROR,
    bad=(_PRODUCT % "available", _PRODUCT % "In stock"),
    good=(_PRODUCT % "InStock", _PRODUCT % "instock"),
)
def value_not_allowed(context: PageContext) -> Iterator[Finding]:
    """A value is none of those that its property may have.

    The platform knows a few words only; what it does with others is documented nowhere.
    """
    for part in context.parts:
        for value in part.values:
            if value.field and value.field.choices and value.text and value.field.fault(value.text):
                meant = _meant(value.text, value.field.choices)
                yield Finding(
                    value.node,
                    say(
                        "`{name}` is `{text}`: expected {expected}",
                        name=value.name,
                        text=value.text[:60],
                        expected=value.field.fault(value.text),
                    ),
                    say("write {text}", text=meant)
                    if meant
                    else did_you_mean(value.text, value.field.choices),
                    edits=replace_text(context, part, value, meant) if meant else (),
                )


def _meant(text: str, choices: tuple[str, ...]) -> str:
    """The word that a text is, but for blanks, hyphens and schema.org's address in front."""
    plain = re.sub(r"^https?://schema\.org/", "", text)
    plain = re.sub(r"[\s_-]", "", plain).lower()
    return next((choice for choice in choices if choice.lower().replace("-", "") == plain), "")
