"""A tag that the page's kind must carry."""

from collections.abc import Iterator
from functools import lru_cache

from connectif_kit.audit.rule import Example, Finding, rule
from connectif_kit.audit.rules.product_tag_in_script import tag_writer
from connectif_kit.audit.view import View
from connectif_kit.diagnostics import Severity
from connectif_kit.model import Tag
from connectif_kit.plan.checks import in_html, product_data
from connectif_kit.plan.models import PAGE_DATA, PageBase, Plan
from connectif_kit.plan.sources import Literal, Source
from connectif_kit.vocabulary import TAGS


@rule(
    Severity.ERROR,
    bad=Example("<!doctype html><title>Mug</title><body><h1>Blue mug</h1></body>", "/p/blue-mug/"),
    good=Example(
        '<!doctype html><title>Mug</title><body><div class="cn_product_visited"></div></body>', "/p/blue-mug/"
    ),
    needs_plan=True,
)
def missing_tag(view: View) -> Iterator[Finding]:
    """A tag is missing that this kind of page must carry in its raw HTML.

    The platform's verifier fetches product pages and runs no script: a product whose tag is not in
    the HTML stays unverified and cannot be used (article 360014650320).
    """
    if not view.is_document:
        return
    for tag in _required(view):
        if tag.css_class == "cn_product_visited" and view.catalog_by_tags and tag_writer(view):
            continue  # product-tag-in-script says so
        if not view.of(tag.css_class):
            yield Finding(
                view.top,
                f"pages of kind `{view.name}` must carry {tag.css_class}: {tag.doc}",
                _way(view, tag),
                plan=("pages", view.name or ""),
                severity=Severity.WARNING if tag.label else None,
                element=f"html {tag.css_class}",
            )


def _required(view: View) -> tuple[Tag, ...]:
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


def _way(view: View, tag: Tag) -> str:
    """How the tag comes in; where `inject` has been here or cannot do it, which source gave nothing."""
    if view.loaded is None or view.described is None:
        return ""
    if tag.css_class == "cn_product_visited":
        return _way_of_product(view, view.loaded.plan, view.described)
    if tag.label is None:
        return "write it into the page's template; `connectif-kit build` makes an include of it"
    sources = view.described.labels().get(tag.css_class, [])
    if not sources:
        return f"say what it holds: `{tag.label.html}: {{selector: h1}}`"
    if any(_gives(view, source, view.loaded.plan) for source in sources):
        return _INJECT
    told = " and ".join(f"`{tag.label.html}: {_written(source)}`" for source in sources)
    return f"{told}: nothing of that kind on this page has a text"


_INJECT = "`connectif-kit inject` puts it in"


def _way_of_product(view: View, plan: Plan, described: PageBase) -> str:

    data = product_data(plan, described)
    if data is None:
        return "say where its data comes from, such as `product: json-ld`"
    if not in_html(data):
        return (
            f"`product: {_written(data)}` is known only in a browser: write the tag into the page's template"
        )
    if not view.mentions("<!-- connectif-kit:begin body"):
        return _INJECT
    if data == "catalog" and plan.catalog.source not in PAGE_DATA:
        return f"`inject` found none: {plan.catalog.source} has no product with this address, {view.url_path}"
    told = plan.catalog.source if data == "catalog" else _written(data)
    return f"`inject` found none: `product: {told}` gave no product on this page"


def _gives(view: View, source: Source, plan: Plan) -> bool:
    """Whether `inject` finds a text for it in this page."""
    from connectif_kit.catalog.pages import texts  # as `inject` reads it

    return bool(texts(view.page, source, plan, view.url_path))


def _written(source: Source | str | list[str]) -> str:
    """A source as the plan has it."""
    if isinstance(source, str):
        return source
    if isinstance(source, list):
        return f"[{', '.join(source)}]"
    if isinstance(source, Literal):
        return str(source.literal)
    given = source.model_dump(by_alias=True, exclude_unset=True)
    return "{" + ", ".join(f"{name}: {value}" for name, value in given.items() if name != "fields") + "}"
