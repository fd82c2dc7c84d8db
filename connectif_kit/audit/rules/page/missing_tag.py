"""A tag that the page's kind must carry."""

from collections.abc import Iterator
from functools import lru_cache

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Example, Finding, rule
from connectif_kit.audit.rules.page.product_tag_in_script import tag_writer
from connectif_kit.audit.ways import way_of
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.queries import in_html, product_data
from connectif_kit.vocabulary import TAGS
from connectif_kit.vocabulary.model import Tag


@rule(
    Severity.ERROR,
    bad=Example("<!doctype html><title>Mug</title><body><h1>Blue mug</h1></body>", "/p/blue-mug/"),
    good=Example(
        '<!doctype html><title>Mug</title><body><div class="cn_product_visited"></div></body>', "/p/blue-mug/"
    ),
    needs_plan=True,
)
def missing_tag(view: PageContext) -> Iterator[Finding]:
    """A tag is missing that this kind of page must carry in its raw HTML.

    The platform's verifier fetches product pages and runs no script: a product whose tag is not in
    the HTML stays unverified and cannot be used (article 360014650320).
    """
    if not view.is_asked:
        return
    for tag in _required(view):
        if tag.css_class == "cn_product_visited" and view.catalog_by_tags and tag_writer(view):
            continue  # product-tag-in-script says so
        if not view.of(tag.css_class):
            yield Finding(
                view.top,
                say(
                    "pages of kind `{name}` must carry {css_class}: {doc}",
                    name=view.name,
                    css_class=tag.css_class,
                    doc=say(tag.doc),
                ),
                way_of(view, tag),
                plan=("pages", view.name or ""),
                severity=Severity.WARNING if tag.label else None,
                element=f"html {tag.css_class}",
            )


def _required(view: PageContext) -> tuple[Tag, ...]:
    if view.loaded is None or view.described is None:
        return ()
    plan = view.loaded.plan
    written = plan.integration.catalog == "tags" or in_html(product_data(plan, view.described))
    return _required_by(view.kind, tuple(view.described.tags), with_product=written)


@lru_cache(maxsize=64)
def _required_by(kind: str | None, classes: tuple[str, ...], *, with_product: bool) -> tuple[Tag, ...]:
    """The tags that a page names, then those of its kind; the same for all pages of a kind."""
    named = [TAGS[css_class] for css_class in classes]
    by_kind = [tag for tag in TAGS.values() if kind in tag.required_on and tag not in named]
    return (*named, *(tag for tag in by_kind if with_product or tag.css_class != "cn_product_visited"))
