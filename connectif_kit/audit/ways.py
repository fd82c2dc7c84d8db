"""How a tag that is missing comes into a page; `inject` is named only where it can help."""

from __future__ import annotations

from connectif_kit.audit.context import PageContext
from connectif_kit.catalog import from_page
from connectif_kit.catalog.page_sources import texts
from connectif_kit.core.messages import both, say
from connectif_kit.plan.models import PAGE_DATA, PageBase, Plan
from connectif_kit.plan.queries import in_html, product_data
from connectif_kit.plan.source import Source
from connectif_kit.plan.sources.literal import Literal
from connectif_kit.vocabulary.model import Tag

INJECT = say("`connectif-kit inject` adds it")


def way_of(context: PageContext, tag: Tag) -> str:
    """What to do about a tag that the page lacks."""
    if context.loaded is None or context.described is None:
        return ""
    if context.hydration:
        return context.way_in
    if tag.css_class == "cn_product_visited":
        return way_of_product(context)
    if tag.label is None:
        return say("write it into the page's template; `connectif-kit build` makes an include of it")
    sources = context.described.labels().get(tag.css_class, [])
    if not sources:
        return say("say what it holds: `{html}: {{selector: h1}}`", html=tag.label.html)
    if any(texts(context.page, source, context.loaded.plan, context.url_path) for source in sources):
        return context.injected(INJECT)
    told = both(f"`{tag.label.html}: {_written(source)}`" for source in sources)
    return say("{told}: nothing of that kind on this page has a text", told=told)


def way_of_product(context: PageContext) -> str:
    """What to do about a page without its product's tag."""
    if context.loaded is None or context.described is None:
        return ""
    plan = context.loaded.plan
    if context.kind != "product":
        return say("only pages of kind `product` are given the tag: write it into the page's template")
    data = product_data(plan, context.described)
    if data is None:
        return say("say where its data comes from, such as `product: json-ld`")
    if not in_html(data):
        return say(
            "`product: {written}` is known only in a browser: write the tag into the page's template",
            written=_written(data),
        )
    if context.refusal:
        return context.injected("")
    if data == "catalog" and plan.catalog.source not in PAGE_DATA:
        return where_listed(plan, context.url_path)
    return _way_from_page(context, plan, context.described)


def where_listed(plan: Plan, url_path: str) -> str:
    """The hint for a page whose product is in the catalogue file, before anybody has looked into it."""
    return say(
        "{inject}, where {source} has a product with the address {url_path}",
        inject=INJECT,
        source=plan.catalog.source,
        url_path=url_path,
    )


def _way_from_page(context: PageContext, plan: Plan, described: PageBase) -> str:
    """The page's own data is at hand: whether it gives a product can be seen."""
    data = product_data(plan, described)
    how = plan.catalog.source if data == "catalog" else data
    found = from_page(context.page, how, plan, context.url_path)
    if found.record:
        return INJECT
    why = next((each.message for each in found.diagnostics), "")
    told = (
        say("`product: {written}` gives no product on this page", written=_written(how))
        if how
        else say("no product on this page")
    )
    return told + ": " + why if why else told


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
