"""Every tag in every template language, rendered by that language's own engine, makes the same DOM."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from connectif_kit.build import loader_script
from connectif_kit.build.tags import tag as markup
from connectif_kit.build.targets import known, render
from connectif_kit.build.targets.shape import Property, shape
from connectif_kit.page.html import decode, parse
from connectif_kit.plan.load import load
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.variables import Templates, variable_of
from connectif_kit.vocabulary import TAGS
from connectif_kit.vocabulary.model import Record, Tag, Value
from tests.engines import ENGINES, Case
from tests.engines.shops import STORE, dom, expected

HOSTILE = (
    "\"><script>alert('1')</script>",
    "Tom &amp; Jerry & co < > \" ' `",
    "two\nlines\n",
    "😀 é ñ \u00a0\u2028 end",
    "{{ 7 * 7 }} {% raw %} {# x #} {%- endcomment -%} ${7*7} #{7*7}",
    "<?php echo 1 ?> <?= 2 ?> <% 3 %> <%= 4 %> %>",
    '</div></span><span class="unit_price">0</span><!--',
    " blanks around ",
    "0",
    "\\n \\u003c \\",
)
TAGS_WRITTEN = [tag for tag in TAGS.values() if not tag.retired]


def put(data: dict[str, Any], steps: tuple[str | int, ...], value: object) -> None:
    """Set what a path leads to, as a site's own variables would have it."""
    at: Any = data
    for step, following in zip(steps, (*steps[1:], None), strict=True):
        empty: Any = [] if isinstance(following, int) else {}
        new = value if following is None else empty
        if isinstance(step, int):
            at.extend([None if following is None else {}] * (step + 1 - len(at)))
            if following is None or at[step] in (None, {}):
                at[step] = new
        elif following is None:
            at[step] = new
        else:
            at.setdefault(step, new)
        at = at[step]


def variables(whole: Property, record: Record) -> dict[str, Any]:
    """The site's variables that hold a record; what a plan fixes or prefixes is not in them."""
    data: dict[str, Any] = {}
    for each in whole.inside:
        value = record.get(each.name)
        if value is None or each.fixed:
            continue
        if each.inside:
            assert isinstance(value, tuple)
            put(data, each.steps, [variables(each, line) for line in value if isinstance(line, Mapping)])
        else:
            put(data, each.steps, [*value] if isinstance(value, tuple) else value)
    return data


def records(tag: Tag, whole: Property) -> Iterator[Record]:
    """Whole, bare, hostile in every place, and with none, one and many of what may be repeated."""
    full = _filled(whole, lambda name: f"a {name}")
    yield full
    required = {field.html for field in tag.entity.fields if field.required} if tag.entity else set()
    yield {name: value for name, value in full.items() if name in required}
    for text in HOSTILE:
        yield _filled(whole, lambda _, text=text: text)
    for number in (0, 1, 3):
        yield _filled(whole, lambda name: f"some {name}", tuple(f"n{n} & <n>" for n in range(number)))
    yield _filled(whole, lambda _: "0", ("7",))
    yield {name: value for name, value in full.items() if name != "product_basket_item"}


def _filled(whole: Property, text: Any, many: tuple[str, ...] | None = None) -> Record:
    record: dict[str, Value] = {}
    for each in whole.inside:
        if each.inside:
            count = 2 if many is None else len(many)
            record[each.name] = tuple(_filled(each, text, many) for _ in range(count))
        elif each.many or each.options:
            record[each.name] = (text(each.name), "another") if many is None else many
        else:
            record[each.name] = text(each.name)
    if record.get("unit_price_original") == "0":
        record["unit_price_original"] = "1"  # 0 would contradict the price
    return record


@pytest.mark.parametrize("target", known())
def test_the_engine_makes_the_same_dom_as_plain_html(loaded: LoadedPlan, target: str, tmp_path: Path) -> None:
    files = render(loaded, [target])
    templates = loaded.plan.templates
    cases: list[Case] = []
    wanted: list[str] = []
    for tag in TAGS_WRITTEN:
        name = known()[target].path(tag.name).partition("/")[2]
        for data, html in _cases(templates, tag, target):
            cases.append({"file": name, "data": data})
            wanted.append(html)
    texts = {path.partition("/")[2]: text for path, text in files.items()}
    for engine in ENGINES[target]:
        made = engine(texts, cases, tmp_path)
        assert len(made) == len(cases)
        for case, html, ways in zip(cases, wanted, made, strict=True):
            for way, text in ways.items():
                assert dom(text) == dom(html), f"{case['file']} ({way}) of {case['data']}"


def _cases(templates: Templates, tag: Tag, target: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The site's variables, and the HTML that they must make."""
    whole = shape(tag, templates)
    if target == "html":
        from connectif_kit.build.targets.shape import sample

        yield {}, markup(tag, tag.example() if tag.label else sample(whole))
    elif not (tag.entity or tag.label):
        yield {}, markup(tag, {})
    elif tag.label:
        yield from _label_cases(tag, whole, templates)
    else:
        assert tag.entity
        for record in records(tag, whole):
            data: dict[str, Any] = {}
            inside = variables(whole, record)
            put(data, whole.steps, inside) if whole.steps else data.update(inside)
            html = markup(tag, expected(templates, whole, record, tag.entity.name))
            yield data, html if inside or not whole.steps else ""
            if record == _filled(whole, lambda _: "0", ("7",)):
                yield _numbers(data), html
        if whole.steps:
            yield {}, ""


def _numbers(data: Any) -> Any:
    """The same as a site may have it: numbers for texts, and a text where there is one of many."""
    if isinstance(data, dict):
        return {name: _numbers(value) for name, value in data.items()}
    if isinstance(data, list):
        return data[0] if data == ["7"] else [_numbers(value) for value in data]
    return int(data) if data == "0" else data


def _label_cases(tag: Tag, whole: Property, templates: Templates) -> Iterator[tuple[dict[str, Any], str]]:
    assert tag.label
    if whole.fixed:
        yield {}, markup(tag, variable_of(templates, tag.label.html).literal or "")
        return
    for labels in ((), ("Mugs",), ("a & b", "c", "d"), HOSTILE):
        data: dict[str, Any] = {}
        put(data, whole.steps, [*labels])
        yield data, "".join(markup(tag, label) for label in labels)
    data = {}
    put(data, whole.steps, "just one")
    yield data, markup(tag, "just one")
    yield {}, ""


CONVERTED = (
    STORE
    + """
templates:
  product: {fields: {
    name: title, unit_price: {var: price, divide: 100}, unit_price_original: {var: compare.at, divide: 100},
    unit_price_without_vat: plain, published_at: {var: published, date: true}, tag: tags}}
  contact: {fields: {primary_key: email, _birthdate: {var: born, date: true}}}
  purchase: {fields: {
    purchase_id: id, total_price: {var: total, divide: 100}, purchase_date: {var: at, date: true},
    product_basket_item: {var: lines, fields: {product_id: sku, price: {var: price, divide: 100}}}}}
"""
)
CENTS = {
    0: "0.00",
    5: "0.05",
    50: "0.50",
    100: "1.00",
    1999: "19.99",
    "1999": "19.99",
    1900: "19.00",
    6010: "60.10",
    "29": "0.29",
    57: "0.57",
    113: "1.13",
    123456789: "1234567.89",
    99999999999: "999999999.99",
}
MOMENT, DAY = "2026-01-02T03:04:05+00:00", "2026-01-02"


def _converted() -> Iterator[tuple[str, dict[str, Any], str]]:
    """Tag, the site's variables, and the HTML that they must make."""
    visited = TAGS["cn_product_visited"]
    for cents, price in CENTS.items():
        record: Record = {"name": "Mug", "unit_price": price, "unit_price_original": "1000000000.00"}
        data = {"product": {"title": "Mug", "price": cents, "compare": {"at": 100_000_000_000}}}
        yield visited.name, data, markup(visited, record)
    for number in (1200000, 1234567.25, 12.5, 0):
        data = {"product": {"title": "Mug", "tags": [], "compare": {}, "plain": number}}
        yield visited.name, data, markup(visited, {"name": "Mug", "unit_price_without_vat": str(number)})
    for nothing in (None, ""):
        data = {"product": {"title": "Mug", "price": nothing, "published": nothing}}
        yield visited.name, data, markup(visited, {"name": "Mug"})
    for date in ({"$date": MOMENT}, MOMENT):
        data = {"product": {"title": "Mug", "published": date, "tags": ["a"]}}
        yield visited.name, data, markup(visited, {"name": "Mug", "published_at": MOMENT, "tag": ("a",)})
    data = {"contact": {"email": "a@b.example", "born": {"$date": MOMENT}}}
    told = markup(TAGS["cn_client_info"], {"primary_key": "a@b.example", "_birthdate": DAY})
    yield "client-info", data, told
    lines = [{"sku": "a", "price": 1999}, {"sku": "b"}, {"sku": "c", "price": 5}]
    items: Value = (
        {"product_id": "a", "price": "19.99"},
        {"product_id": "b"},
        {"product_id": "c", "price": "0.05"},
    )
    bought: Record = {
        "purchase_id": "9",
        "total_price": "20.04",
        "purchase_date": MOMENT,
        "product_basket_item": items,
    }
    data = {"purchase": {"id": "9", "total": 2004, "at": {"$date": MOMENT}, "lines": lines}}
    yield "purchase", data, markup(TAGS["cn_purchase"], bought)


@pytest.mark.parametrize("target", [name for name in known() if name != "html"])
def test_cents_and_dates_are_written_as_the_platform_reads_them(target: str, tmp_path: Path) -> None:
    files = render(load("connectif.yaml", CONVERTED.encode()), [target])
    texts = {path.partition("/")[2]: text for path, text in files.items()}
    wanted = list(_converted())
    cases: list[Case] = [
        {"file": known()[target].path(name).partition("/")[2], "data": data} for name, data, _ in wanted
    ]
    for engine in ENGINES[target]:
        for (name, data, html), ways in zip(wanted, engine(texts, cases, tmp_path), strict=True):
            for way, text in ways.items():
                assert dom(one_way(text)) == dom(html), f"{name} ({way}) of {data}"


def one_way(html: str) -> str:
    """UTC is written in several ways, all of which the platform reads."""
    return re.sub(r"(:05)(\.000Z|Z|\+0000)", r"\1+00:00", html)


@pytest.mark.parametrize("target", [name for name in known() if name != "html"])
def test_hostile_text_in_the_place_of_cents_stays_text(target: str, tmp_path: Path) -> None:
    files = render(load("connectif.yaml", CONVERTED.encode()), [target])
    texts = {path.partition("/")[2]: text for path, text in files.items()}
    name = known()[target].path("product-visited").partition("/")[2]
    cases: list[Case] = [{"file": name, "data": {"product": {"price": "<script>1</script>"}}}]
    for engine in ENGINES[target]:
        for html in engine(texts, cases, tmp_path)[0].values():
            assert "<script" not in html


@pytest.mark.parametrize("target", known())
def test_the_loader_is_the_same_text_in_every_language(target: str, tmp_path: Path) -> None:
    consent = r"integration: {nonce: 'a b', consent: {storage: '{{x}} {% y %} {# z #} <%= 1 %> <?= 2 ?>'}}"
    loaded = load("connectif.yaml", (STORE + consent).encode())
    texts = {path.partition("/")[2]: text for path, text in render(loaded, [target]).items()}
    names = [known()[target].path(name).partition("/")[2] for name in ("loader", "events")]
    for engine in ENGINES[target]:
        made = engine(texts, [{"file": name, "data": {}} for name in names], tmp_path)
        for loader in made[0].values():
            (script,) = parse(decode("page", f"<!doctype html><body>{loader}".encode())).select("script")
            assert script.text == loader_script(loaded)
            assert script.attributes["nonce"] == "a b"
        for events in made[1].values():
            (script,) = parse(decode("page", f"<!doctype html><body>{events}".encode())).select("script")
            assert script.attributes["src"] == "/connectif/connectif-events.min.js"
            assert script.attributes["nonce"] == "a b"
            assert "defer" in script.attributes


def test_a_text_that_the_site_calls_safe_is_escaped_too() -> None:
    from jinja2 import Environment
    from markupsafe import Markup

    text = render(load("connectif.yaml", STORE.encode()), ["jinja2"])["jinja2/product-visited.html"]
    product = {"description": Markup("<b>x</b>")}
    page = Environment(autoescape=True).from_string(text).render(product=product)
    assert dom(page) == dom(markup(TAGS["cn_product_visited"], {"description": "<b>x</b>"}))
