"""A value with line breaks in it."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.edits import replace_text
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.vocabulary.kinds import TEXT

_PRODUCT = """
<div class="cn_product_visited" style="display:none">
  <span class="url">https://shop.example/p/a/</span><span class="product_id">a</span>
  <span class="name">%s</span><span class="unit_price">1</span>
</div>
"""


@rule(Severity.NOTICE, bad=_PRODUCT % "Blue\n   mug", good=(_PRODUCT % "Blue  mug", _PRODUCT % " Blue mug\n"))
def blanks_in_value(context: PageContext) -> Iterator[Finding]:
    """A value holds line breaks or tabs.

    In a hidden element the client takes the text as it stands in the source: names and ids are
    stored with the template's indentation in them. Blanks around the value do no harm.
    """
    for part in context.parts:
        for value in part.values:
            field = value.field
            if field is None or field.kind is not TEXT or value.node.children:
                continue
            plain = field.on_one_line(value.text)
            if plain == value.text:
                continue
            yield Finding(
                value.node,
                say("`{name}` holds line breaks or tabs: they are stored with it", name=value.name),
                say("write `{text}`", text=plain[:60]),
                edits=replace_text(context, part, value, plain),
            )
