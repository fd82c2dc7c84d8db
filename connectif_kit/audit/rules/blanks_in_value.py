"""A value with line breaks or runs of blanks in it."""

import re
from collections.abc import Iterator

from connectif_kit.audit.mend import replace_text
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.view import View
from connectif_kit.diagnostics import Severity
from connectif_kit.model import TEXT

_PRODUCT = """
<div class="cn_product_visited" style="display:none">
  <span class="url">https://shop.example/p/a/</span><span class="product_id">a</span>
  <span class="name">%s</span><span class="unit_price">1</span>
</div>
"""
_RUN = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
_FREE = ("description",)


@rule(Severity.NOTICE, bad=_PRODUCT % "Blue\n   mug", good=(_PRODUCT % "Blue mug", _PRODUCT % " Blue mug\n"))
def blanks_in_value(view: View) -> Iterator[Finding]:
    """A value holds line breaks or several blanks in a row.

    In a hidden element the client takes the text as it stands in the source: names and ids are
    stored with the template's indentation in them. Blanks around the value do no harm.
    """
    for part in view.parts:
        for value in part.values:
            free = value.field is None or value.field.kind is not TEXT or value.name in _FREE
            if free or not _RUN.search(value.text) or value.node.children:
                continue
            plain = _RUN.sub(" ", value.text)
            yield Finding(
                value.node,
                f"`{value.name}` holds line breaks or runs of blanks: they are stored with it",
                f"write `{plain[:60]}`",
                edits=replace_text(view, part, value, plain),
            )
