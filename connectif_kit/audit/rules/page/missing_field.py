"""A required property that is missing or empty."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext, Part
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say


@rule(
    Severity.ERROR,
    bad=(
        '<div class="cn_search" style="display:none"></div>',
        """
        <div class="cn_cart" style="display:none">
          <span class="cart_id">c-1</span><span class="total_quantity">0</span>
        </div>
        """,
    ),
    good=(
        """
    <div class="cn_cart" style="display:none">
      <span class="cart_id">c-1</span><span class="total_quantity">0</span><span class="total_price">0</span>
    </div>
    """,
        """
    <div class="cn_client_info" style="display:none">
      <span class="primary_key"></span><span class="favourite">mugs</span>
    </div>
    """,
    ),
)
def missing_field(context: PageContext) -> Iterator[Finding]:
    """A tag lacks a property that the platform requires, or has it without a value.

    The client drops such a tag without a word, so the activity never reaches the contact. A
    personal tag without any value is a placeholder that a script fills in, and is left alone. A contact
    whose `primary_key` is empty is an anonymous visitor, of whom more may be known (360014654740).
    """
    for use in context.tags:
        if use.tag.personal and use.is_placeholder:
            continue
        for part in use.parts:
            yield from _missing(use.tag.css_class, part)
        if use.tag.label and not use.text:
            yield Finding(
                use.node,
                say(
                    "{css_class} has no text: {doc}", css_class=use.tag.css_class, doc=say(use.tag.label.doc)
                ),
            )


def _missing(css_class: str, part: Part) -> Iterator[Finding]:
    owner = (
        css_class
        if part.entity.name not in ("product_basket_item",)
        else say("{css_class}: a basket item", css_class=css_class)
    )
    for field in part.entity.fields:
        if not field.required:
            continue
        value = part.first(field.html)
        if value is None:
            yield Finding(
                part.node,
                say("{owner} has no `{html}`: {doc}", owner=owner, html=field.html, doc=say(field.doc)),
                say("such as {example}", example=field.example),
                about=field.html,
            )
        elif not value.text and not value.in_attribute and not part.entity.open:
            yield Finding(
                value.node,
                say("{owner}: `{html}` is empty: {doc}", owner=owner, html=field.html, doc=say(field.doc)),
                say("such as {example}", example=field.example),
            )
