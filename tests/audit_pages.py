"""Pages for the audit's tests: a shop's page, the same with faults, and a seeded mutator."""

from __future__ import annotations

import random
from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.page_run import check, chosen, rules
from connectif_kit.core.diagnostics import Diagnostic
from connectif_kit.page.html import Engine, decode, parse
from connectif_kit.plan.load import load
from connectif_kit.plan.loaded import LoadedPlan

KEY = "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"
PLAN = b"""
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
integration: {catalog: api}
pages:
  home: {match: /}
  product: {match: "/p/*"}
"""
LOADER = (
    f'<script id="__cn_generic_script__{KEY}">"https://cdn.connectif.cloud/eu5/client-script/{KEY}"</script>'
)
SCRIPT = '<script src="/connectif/connectif-events.min.js" defer></script>'


def product(number: int = 1, price: str = "12.50", **more: str) -> str:
    """A product tag."""
    fields = {
        "url": f"https://shop.example/p/{number}/",
        "product_id": f"p{number}",
        "name": f"Mug {number}",
        "unit_price": price,
        **more,
    }
    spans = "\n".join(f'  <span class="{name}">{text}</span>' for name, text in fields.items())
    return f'<div class="cn_product_visited" style="display:none">\n{spans}\n</div>'


def page(body: str, head: str = "") -> str:
    """A whole page that is in order but for what is given."""
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Mug</title>{head}</head>\n'
        f"<body>\n{LOADER}\n{SCRIPT}\n{body}\n</body>\n</html>\n"
    )


def loaded(plan: bytes = PLAN) -> LoadedPlan:
    """The plan."""
    return load("connectif.yaml", plan)


def found(
    data: bytes, plan: LoadedPlan | None, engine: Engine = "auto", url_path: str = "/p/1/"
) -> list[Diagnostic]:
    """What all rules find in a page."""
    tree = parse(decode("page.html", data), engine=engine)
    return check(PageContext(tree, url_path, plan, static=True), chosen())


def seeds() -> list[bytes]:
    """Every page that a rule brings as an example, and whole pages with several things on them."""
    examples = [each.html.encode() for rule in rules().values() for each in (*rule.bad, *rule.good)]
    data = '{"@type":"Product","name":"Mug 1","offers":{"price":"13"}}'
    structured = f'<script type="application/ld+json">{data}</script>'
    whole = [
        page(product(1, "12,50", rating_value="9")),
        page(product() + '<p class="cn_page_tag" hidden>sale</p>', structured),
        page(f"<template>{product()}</template><noscript>{product()}</noscript><!-- {product()} -->"),
        page(f"<select><option>S<option>{product()}</select><p class=cn_page_tag>x</p>"),
        page("<table><tr><td>" + product() + "</table><p>x<div class=cn_cart></div></p>"),
        page('<div class="cn_client_info"><b class="primary_key x">a@b.example</b></div>')
        .encode("utf-8")
        .decode(),
    ]
    return [one for one in examples if len(one) < 4000] + [one.encode() for one in whole] * 3


def mutants(count: int, seed: int) -> Iterator[bytes]:
    """Pages with bytes cut, swapped, doubled, put in another case, or torn from another page."""
    dice = random.Random(seed)
    pages = seeds()
    for _ in range(count):
        data = dice.choice(pages)
        for _ in range(dice.randint(1, 6)):
            data = _mutated(data, dice, pages)
        yield data


def _mutated(data: bytes, dice: random.Random, pages: list[bytes]) -> bytes:
    start = dice.randrange(len(data) + 1)
    end = min(len(data), start + dice.randint(1, 40))
    piece = data[start:end]
    other = dice.choice(pages)
    torn = dice.randrange(len(other) + 1)
    new = (
        b"",
        piece * 2,
        piece.swapcase(),
        piece[::-1],
        other[torn : torn + 60],
        dice.choice(
            [
                *(b"<", b">", b'"', b"</", b"<!--", b"-->", b"\0", b"\r\n", b"&"),
                *(b"</p>", b"<table>", b"<a>", b"<select>", b"<option>", b"</select>"),
            ]
        ),
    )
    return data[:start] + dice.choice(new) + data[end:]
