"""Every page of a shop with many: what is wrong in each of them is one finding."""

from __future__ import annotations

import json
from pathlib import Path

from tests.browser.broken_shops import edit
from tests.tools import Cli

PRODUCTS = 30
PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
integration: {activity: js-events, catalog: tags}
site: {root: public}
pages:
  home: {match: /}
  product: {match: "/p/*", product: json-ld}
contact: {storage: user, fields: {primary_key: mail}}
events:
  signed-in: {on: {event: "user:login"}, send: login, contact: {detail: ""}}
"""
PAGE = '<!doctype html><html lang="en"><head><title>{}</title></head>\n<body>{}</body></html>'


def _product(number: int) -> str:
    product = {
        "@context": "https://schema.org",
        "@type": "Product",
        "sku": f"P-{number}",
        "name": f"Mug {number}",
        "url": f"https://shop.example/p/{number}/",
        "offers": {"@type": "Offer", "price": f"{number + 1}.00", "priceCurrency": "EUR"},
    }
    lines = "\n" * number
    data = f'<script type="application/ld+json">{json.dumps(product)}</script>'
    return PAGE.format(f"Mug {number}", f"{lines}<h1>Mug {number}</h1>{data}")


def _shop(cli: Cli, products: int) -> list[Path]:
    (cli.cwd / "connectif.yaml").write_text(PLAN, "utf-8")
    files = [cli.cwd / f"public/p/{number}/index.html" for number in range(products)]
    for number, file in enumerate(files):
        file.parent.mkdir(parents=True)
        file.write_text(_product(number), "utf-8")
    (cli.cwd / "public/index.html").write_text(PAGE.format("Shop", ""), "utf-8")
    for command in ("build", "inject"):
        assert cli(command).code == 0
    return files


def test_each_of_many_pages_is_visited_and_one_cause_is_one_finding(cli: Cli) -> None:
    for file in _shop(cli, PRODUCTS):
        edit(file, "</body>", "<script>throw new Error('no such stock')</script></body>")
    done = cli("verify", "--all", "--only", "product", "--format", "json", "--format", "html=verify.html")
    [finding] = json.loads(done.stdout)["findings"]
    assert (finding["rule"], done.code) == ("page-error", 1)
    page = (cli.cwd / "verify.html").read_text("utf-8")
    assert [f"<strong>/p/{n}/</strong>" in page for n in range(PRODUCTS)] == [True] * PRODUCTS
    assert [path.name for path in (cli.cwd / "verify-traces").iterdir()] == ["product.trace.zip"]


def test_a_simulated_login_gives_the_contact_in_the_shape_that_the_plan_reads(cli: Cli) -> None:
    _shop(cli, 1)
    done = cli("verify", "--only", "signed-in", "--only", "home")
    assert (done.code, done.stdout) == (0, "no findings in 1 page\n"), done.stdout
