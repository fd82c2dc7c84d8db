"""`build --target`: its files, its faults, Hugo as its comment says."""

from __future__ import annotations

import json
import re
import shutil
from typing import Any

import pytest

from connectif_kit.core.diagnostics import KitError
from connectif_kit.plan.load import load
from tests.engines.shops import STORE
from tests.tools import Cli, run


def test_build_writes_a_target_and_keeps_it_up_to_date(cli: Cli) -> None:
    cli("new", ".", "--store-id", "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", "--environment", "eu5")
    assert cli("build", "--target", "hugo", "--target", "liquid").code == 0
    partial = cli.cwd / "connectif/hugo/product-visited.html"
    assert "{{ with" in partial.read_text("utf-8")
    assert cli("build", "--check").code == 0
    partial.write_text(partial.read_text("utf-8") + "<!-- mine -->", "utf-8")
    checked = cli("build", "--check")
    assert checked.code == 1
    assert "hugo/product-visited.html: hand-edited" in checked.stdout
    assert cli("build").code == 0
    assert "mine" not in partial.read_text("utf-8")


def test_a_target_nobody_knows_is_refused_with_a_guess(cli: Cli) -> None:
    cli("new", ".", "--store-id", "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", "--environment", "eu5")
    done = cli("build", "--target", "hugoo")
    assert done.code == 2
    assert "did you mean `hugo`?" in done.stderr


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("product: {fields: {unit_pric: price}}", "unknown property `unit_pric` of product"),
        (
            "cart: {fields: {product_basket_item: {fields: {nam: x}}}}",
            "unknown property `nam`",
        ),
        ("page_tag: {fields: {x: y}}", "unknown property `x` of page_tag"),
        ("product: 'page | evil'", "`page | evil` is not a variable"),
        ("product: {fields: {name: '{{ x }}'}}", "`{{ x }}` is not a variable"),
        ("contact: {fields: {'a\"b': x}}", "cannot be a property"),
        ("product: the-product", "begins with no variable"),
        ("product: {var: '', fields: {name: a-b}}", "begins with no variable"),
        ("product: {var: x, literal: y}", "`var` and `literal` at once"),
        ("prodct: x", "did you mean `product`?"),
        ("product: {fields: {unit_price: {var: p, divide: 10}}}", "expected 100, got the number 10"),
        ("product: {fields: {name: {var: p, divide: 100}}}", "`divide` is for amounts, and name is not one"),
        ("product: {fields: {unit_price: {var: p, date: true}}}", "`date` is for dates, and unit_price is"),
        ("page_tag: {var: p, divide: 100}", "`divide` is for amounts, and page_tag is not one"),
        ("product: {fields: {unit_price: {literal: '1', divide: 100}}}", "a literal is written as it stands"),
        ("product: {fields: {name: {literal: x, slug: true}}}", "a literal is written as it stands"),
        ("product: {fields: {name: {var: x, first_of: [y]}}}", "`var` and `first_of` at once"),
        ("product: {fields: {name: {first: true, nth: 2}}}", "`first` and `nth` at once"),
        ("product: {fields: {name: {nth: 0}}}", "expected 1 for the first, 2, … or -1 for the last"),
        ("product: {fields: {name: []}}", "expected at least one"),
        ("product: {fields: {name: [title, '']}}", "an empty path leads to no text"),
        ("product: {fields: {name: {var: ''}}}", "an empty path leads to no text"),
        ("page_tag: {var: ''}", "an empty path leads to no text"),
        ("product: {fields: {name: [title, 'a | b']}}", "`a | b` is not a variable"),
        ("product: {fields: {name: [title, {literal: x}]}}", "options stand beside `first_of`"),
        ("product: {var: '', fields: {name: [title, a-b]}}", "begins with no variable"),
        ("product: [page.product, product]", "`first_of` is for texts: product is an object"),
        ("cart: {fields: {product_basket_item: {nth: 1}}}", "`nth` is for texts: product_basket_item is"),
        ("contact: {fields: {likes: {options: true, first: true}}}", "a checkbox list is written whole"),
        ("product: {fields: {unit_price: {var: p, slug: true, divide: 100}}}", "`slug` is for texts, not"),
    ],
)
def test_a_mistake_in_the_templates_section_is_reported(written: str, said: str) -> None:
    with pytest.raises(KitError) as caught:
        load("connectif.yaml", f"{STORE}templates:\n  {written}\n".encode())
    (problem,) = caught.value.diagnostics
    assert said in f"{problem.message} {problem.hint}"
    assert problem.place.line == 3


@pytest.mark.parametrize(
    ("plan", "front"),
    [
        (STORE, {"product": {"product_id": "mug", "name": "Mug", "unit_price": "10.00"}}),
        (
            STORE + "templates: {product: {var: Params, fields: {product_id: sku, name: label}}}\n",
            {"sku": "mug", "label": "Mug"},
        ),
    ],
    ids=["own names", "mapped"],
)
def test_hugo_builds_what_the_comment_and_the_command_say(cli: Cli, plan: str, front: dict[str, Any]) -> None:
    site = cli.cwd
    (site / "connectif.yaml").write_text(plan, encoding="utf-8")
    done = cli("build", "--target", "hugo")
    said = re.search(r"^copy (\S+) to (\S+)$", done.stderr, re.MULTILINE)
    assert said, done.stderr
    shutil.copytree(site / said[1], site / said[2])
    include = (site / said[2] / "product-visited.html").read_text(encoding="utf-8")
    use = re.search(r"^  Use: (.*)$", include, re.MULTILINE)
    assert use, include
    files = {
        "config.json": '{"disableKinds": ["taxonomy", "term", "RSS", "sitemap", "home", "section"]}',
        "layouts/_default/single.html": f"<body>{{{{ {use[1]} }}}}</body>",
        "content/mug.md": json.dumps({"title": "Mug", **front}),
    }
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    built = run("hugo", "--quiet", "--config", "config.json", cwd=site)
    assert (built.code, built.stdout + built.stderr) == (0, "")
    page = (site / "public" / "mug" / "index.html").read_text(encoding="utf-8")
    assert '<span class="product_id">mug</span>' in page
