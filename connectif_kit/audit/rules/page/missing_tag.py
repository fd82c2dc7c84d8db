"""A tag that the page's kind must carry."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Example, Finding, rule
from connectif_kit.audit.rules.page.product_tag_in_script import tag_writer
from connectif_kit.audit.ways import way_of
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.queries import required_tags


@rule(
    Severity.ERROR,
    bad=Example("<!doctype html><title>Mug</title><body><h1>Blue mug</h1></body>", "/p/blue-mug/"),
    good=Example(
        '<!doctype html><title>Mug</title><body><div class="cn_product_visited"></div></body>', "/p/blue-mug/"
    ),
    needs_plan=True,
)
def missing_tag(context: PageContext) -> Iterator[Finding]:
    """A tag is missing that this kind of page must carry in its raw HTML.

    The platform's verifier fetches product pages and runs no script: a product whose tag is not in
    the HTML stays unverified and cannot be used (article 360014650320).
    """
    if not context.is_asked or context.loaded is None or context.described is None:
        return
    for tag in required_tags(context.loaded.plan, context.described, context.kind):
        if tag.css_class == "cn_product_visited" and context.catalog_by_tags and tag_writer(context):
            continue  # product-tag-in-script says so
        if not context.of(tag.css_class):
            yield Finding(
                context.top,
                say(
                    "no {css_class} on this page of kind `{name}`: {doc}",
                    name=context.name,
                    css_class=tag.css_class,
                    doc=say(tag.doc),
                ),
                way_of(context, tag),
                plan=("pages", context.name or ""),
                severity=Severity.WARNING if tag.label else None,
                element=f"html {tag.css_class}",
            )
