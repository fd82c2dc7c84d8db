"""Every option at every place where a plan has values: it changes what comes out, or the plan is refused.

The table is made of the models: an option that is added to sources or to templates' variables is a new
column, which must be given a value here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from connectif_kit.build.dispatcher import dispatcher
from connectif_kit.build.targets import known, render
from connectif_kit.catalog.fields import Context, Mapper
from connectif_kit.catalog.page_sources import ask_page
from connectif_kit.core.diagnostics import KitError, Place
from connectif_kit.inject import label_tags
from connectif_kit.page.html import decode, parse
from connectif_kit.page.integration import Integration
from connectif_kit.plan.load import load
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.queries import product_data
from connectif_kit.plan.source import Source
from connectif_kit.plan.variables import Variable
from connectif_kit.vocabulary.product import PRODUCT

STORE = {
    "id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11",
    "environment": "eu5",
    "url": "https://shop.example",
    "currency": "EUR",
}
TEXT = "1.200 > Bé|b"
OPTIONS: dict[str, Any] = {
    "split": "|",
    "first": True,
    "nth": 2,
    "map": {TEXT: "x"},
    "levels": ">",
    "number": "comma",
    "divide": 100,
    "slug": True,
    "prefix": "x-",
    "base": "https://cdn.example/",
    "default": "none",
}
ONLY_OF_TEMPLATES: dict[str, Any] = {
    "literal": "fixed", "first_of": ["x", "y"], "date": True, "options": True,
}  # fmt: skip
PLACED = {"fields", "var"}
"""Keys that say where a value is, and change nothing."""

HTML = "<title>x</title><h1>{text}</h1><ul><li>{text}<li>b</ul><b class=p>{text}</b>"


def loaded(**plan: Any) -> LoadedPlan:
    return load("connectif.yaml", json.dumps({"store": STORE, **plan}).encode())


def page(text: str) -> Any:
    """A page that has a text in two places; without one, neither place."""
    html = HTML.format(text=text) if text else "<title>x</title>"
    return parse(decode("p/a/index.html", html.encode()))


def in_browser(**plan: Any) -> str:
    """What the browser is given."""
    return repr(dispatcher(loaded(**plan), lambda path: path))


Place_ = Callable[[dict[str, Any]], str]


def _label(name: str) -> Place_:
    def made(options: dict[str, Any]) -> str:
        found = ""
        for text in (TEXT, "1.200", ""):
            how = {"selector": "li", "all": True, **options}
            plan = loaded(pages={"category": {"match": "/p/*", name: how}}).plan
            about = Integration(page(text), "/p/a/")
            found += "".join(label_tags(about, plan.pages["category"], plan)) + "\n"
        return found

    return made


def _column(name: str) -> Place_:
    def made(options: dict[str, Any]) -> str:
        plan = loaded(catalog={"fields": {name: {"path": "c", **options}}})
        mapper = Mapper(plan.plan.catalog.fields, PRODUCT, Context(currency="EUR"))
        texts = ([TEXT, "b"], ["10.00", "12.00"], TEXT, "10.00", "1.200 €", "")
        made = [mapper.record({"c": text}, Place("x")) for text in texts]
        return repr([(found.get(name), [each.message for each in told]) for found, told in made])

    return made


def _in_element(options: dict[str, Any]) -> str:
    how = {"selector": "ul", "fields": {"tag": {"selector": "li", "all": True, **options}}}
    plan = loaded(pages={"product": {"match": "/p/*", "product": how}}).plan
    source = product_data(plan, plan.pages["product"])
    assert isinstance(source, Source)
    mappers = [
        Mapper(source.fields or {}, PRODUCT, Context(ask=ask_page(page(text))))
        for text in (TEXT, "1.200", "")
    ]
    return repr([mapper.record({}, Place("x"))[0].get("tag") for mapper in mappers])


SOURCES: dict[str, Place_] = {
    "page_category": _label("page_category"),
    "page_tag": _label("page_tag"),
    "catalog id": _column("product_id"),
    "catalog list": _column("tag"),
    "catalog price": _column("unit_price_original"),
    "in an element": _in_element,
    "contact": lambda o: in_browser(contact={"global": "u", "fields": {"name": {"path": "n", **o}}}),
    "contact's own": lambda o: in_browser(contact={"global": "u", "fields": {"size": {"path": "n", **o}}}),
    "cart": lambda o: in_browser(cart={"global": "u", "fields": {"cart_id": {"path": "n", **o}}}),
    "line": lambda o: in_browser(
        cart={
            "global": "u",
            "fields": {
                "cart_id": "id",
                "product_basket_item": {"path": "lines", "fields": {"name": {"path": "n", **o}}},
            },
        }
    ),
    "purchase": lambda o: in_browser(
        pages={
            "product": {"match": "/p/*", "product": "json-ld"},
            "thanks": {
                "kind": "confirmation",
                "match": "/ok",
                "purchase": {
                    "global": "u",
                    "fields": {
                        "purchase_id": {"path": "n", **o},
                        "cart_id": "c",
                        "product_basket_item": {"path": "lines"},
                    },
                },
            },
        }
    ),
    "page info": lambda o: in_browser(
        pages={"home": {"match": "/", "page_info": {"title": {"selector": "h1", **o}}}}
    ),
    "event": lambda o: in_browser(
        events={"s": {"on": {"submit": "form"}, "send": "search", "search_text": {"selector": "input", **o}}}
    ),
    "event's contact": lambda o: in_browser(
        events={
            "s": {
                "on": {"submit": "form"},
                "send": "contact",
                "contact": {"selector": "form", "fields": {"primary_key": {"selector": "input", **o}}},
            }
        }
    ),
    "contact itself": lambda o: in_browser(contact={"global": "u", "fields": {"name": "n"}, **o}),
    "cart itself": lambda o: in_browser(cart={"global": "u", **o}),
    "cart's lines": lambda o: in_browser(
        cart={
            "global": "u",
            "fields": {
                "cart_id": "id",
                "product_basket_item": {"path": "lines", "fields": {"name": "n"}, **o},
            },
        }
    ),
}
"""Where a plan has sources: what comes of one with these options."""


@pytest.mark.parametrize("place", SOURCES)
@pytest.mark.parametrize("option", sorted(Source.model_fields.keys() - PLACED))
def test_an_option_of_a_source_does_something_or_is_refused(option: str, place: str) -> None:
    there = SOURCES[place]
    assert outcome(there, {option: OPTIONS[option]}) != there({})


def outcome(there: Place_, options: dict[str, Any]) -> str | None:
    """What comes out; nothing where the plan is refused, with the place."""
    try:
        return there(options)
    except KitError as refused:
        return None if refused.diagnostics[0].place.line else ""


@pytest.mark.parametrize("place", ["contact itself", "cart itself", "cart's lines"])
def test_options_for_texts_are_refused_beside_objects(place: str) -> None:
    for option, value in OPTIONS.items():
        with pytest.raises(KitError) as refused:
            SOURCES[place]({option: value})
        said = f"`{option}` is for texts, and this is an object"
        assert any(said in problem.message for problem in refused.value.diagnostics), option


def templated(name: str, target: str, variable: dict[str, Any]) -> str:
    templates = {name: variable} if name.startswith("page") else {"product": {"fields": {name: variable}}}
    files = render(loaded(templates=templates), [target])
    return "".join(text for path, text in sorted(files.items()) if "manifest" not in path)


@pytest.mark.parametrize("target", [name for name in known() if name != "html"])
@pytest.mark.parametrize("name", ["page_category", "brand", "unit_price", "published_at", "tag"])
def test_an_option_of_a_templates_variable_does_something_or_is_refused(name: str, target: str) -> None:
    bare = templated(name, target, {"var": "x.y"})
    values = {**OPTIONS, **ONLY_OF_TEMPLATES}
    assert values.keys() >= Variable.model_fields.keys() - PLACED
    for option, value in values.items():
        where = {} if option in ("literal", "first_of") else {"var": "x.y"}
        same = outcome(lambda given: templated(name, target, given), {**where, option: value}) == bare
        # A component writes every date as ISO 8601, said or not.
        assert not same or (option, target) == ("date", "jsx"), option


def test_templates_say_why_they_lack_an_option() -> None:
    for option, said in (("number", "price's signs apart"), ("base", "use `prefix`")):
        with pytest.raises(KitError) as refused:
            templated("brand", "liquid", {"var": "x", option: OPTIONS[option]})
        assert said in refused.value.diagnostics[0].hint
    with pytest.raises(KitError) as refused:
        templated("brand", "liquid", {"first_of": [{"var": "x", "map": {"a": "b"}}, "y"]})
    assert "options stand beside `first_of`" in refused.value.diagnostics[0].hint
    for sign in ('"', "'", "\\", "{", "%", "$", "`", "\n"):
        with pytest.raises(KitError) as refused:
            templated("brand", "liquid", {"var": "x", "split": f"a{sign}"})
        assert "not every template language can write" in refused.value.diagnostics[0].message
