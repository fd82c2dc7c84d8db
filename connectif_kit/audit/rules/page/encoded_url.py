"""An address with percent-encoded letters."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.values import short
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_PRODUCT = """
<div class="cn_product_visited" style="display:none">
  <span class="url">%s</span><span class="product_id">a</span>
  <span class="name">A</span><span class="unit_price">1</span>
</div>
"""


@rule(
    Severity.WARNING,
    bad=_PRODUCT % "https://shop.example/p/caf%C3%A9/",
    good=(_PRODUCT % "https://shop.example/p/café/", _PRODUCT % "https://shop.example/p/a%2Fb/"),
)
def encoded_url(context: PageContext) -> Iterator[Finding]:
    """A product's address is percent-encoded.

    The platform wants it plain (article 360014655140), and compares it as it stands. Signs that
    would mean something else in an address, such as `%2F`, may stay.
    """
    for part in context.parts:
        value = part.first("url")
        if value and value.field and re.search(r"%(?:[89A-Fa-f][0-9A-Fa-f])", value.text):
            yield Finding(
                value.node,
                say("`url` is percent-encoded: `{text}`", text=short(value.text)),
                say("write {text}", text=short(unquote(value.text))),
            )
