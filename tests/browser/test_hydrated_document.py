"""A document that React hydrates whole, in Chromium: what it throws away, what it keeps, what it renders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from connectif_kit.build.targets import render
from connectif_kit.plan.load import load
from tests.browser.shop import Shop, shop_for, written
from tests.serving import preview
from tests.tools import ROOT, Cli, run

PLAN = {
    "integration": {"spa": True},
    "catalog": {"source": "products.csv"},
    "pages": {"product": {"match": "/p/*", "product": "catalog"}},
}
STAYED = {**PLAN, "integration": {}}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as React has built it, without and with our parts."""
    folder = tmp_path_factory.mktemp("react")
    for path, text in render(load("connectif.yaml", written(PLAN).encode()), ["jsx"]).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    done = run("node", ROOT / "tests/engines/hydrate.mjs", folder / "jsx", folder, cwd=folder)
    assert done.code == 0, done.stderr
    return folder


@pytest.fixture
def cli_site(cli: Cli, built: Path) -> Callable[..., Path]:
    """`cli_site("bare.html", plan)`: a plan, its products, and the page as `/p/mug/`."""

    def make(name: str, plan: object) -> Path:
        (cli.cwd / "connectif.yaml").write_text(written(plan))  # type: ignore[arg-type]  # a plan
        lines = "url,product_id,name,unit_price\nhttps://shop.example/p/mug/,mug,A mug,14.50\n"
        (cli.cwd / "products.csv").write_text(lines)
        site = cli.cwd / "out"
        (site / "p/mug").mkdir(parents=True)
        (site / "p/mug/index.html").write_bytes((built / name).read_bytes())
        for script in ("bare.js", "parts.js"):
            (site / script).write_bytes((built / script).read_bytes())
        return site

    return make


def hydrated(page: Page) -> list[str]:
    """Wait until React answers a click; what it had to recover from."""
    page.wait_for_function("Object.keys(document).some((key) => key.startsWith('__react'))")
    page.get_by_role("button", name="Clicked").click()
    page.get_by_role("button", name="Clicked 1").wait_for()
    found: list[str] = page.evaluate("window.__recovered || []")
    return found


@pytest.fixture
def shop_of(page: Page, site: Callable[[Path], str]) -> Callable[[Path], Shop]:
    """`shop_of(folder)`: a folder's pages, whose client is the stand-in."""
    return lambda folder: shop_for(page, folder, site)


def test_what_stands_first_in_the_body_is_thrown_away(
    cli_site: Callable[..., Path], page: Page, site: Callable[[Path], str]
) -> None:
    """This is why pages are left alone; should React learn better, this test will say so."""
    out = cli_site("bare.html", PLAN)
    file = out / "p/mug/index.html"
    tag = '<div class="cn_product_visited" style="display:none">mug</div>'
    file.write_text(file.read_text().replace("<body>", f"<body>{tag}"))
    page.goto(site(out) + "/p/mug/")
    recovered = hydrated(page)
    assert any("#418" in error for error in recovered)
    assert page.locator(".cn_product_visited").count() == 0


def test_inject_gives_react_nothing_to_complain_of(
    cli: Cli, cli_site: Callable[..., Path], page: Page, site: Callable[[Path], str]
) -> None:
    out = cli_site("bare.html", PLAN)
    assert cli("inject", "out").code == 0
    page.goto(site(out) + "/p/mug/")
    assert hydrated(page) == []


def test_what_is_put_last_in_the_body_stays_and_sends(
    cli: Cli, cli_site: Callable[..., Path], shop_of: Callable[[Path], Shop]
) -> None:
    out = cli_site("bare.html", STAYED)
    assert cli("inject", "--hydrated", "out").code == 0
    shop = shop_of(out)
    shop.open("/p/mug/")
    assert hydrated(shop.page) == []
    assert shop.types() == [["product-visited", "page-visit"]]
    assert shop.page.locator(".cn_product_visited").count() == 1


def test_the_parts_for_react_are_hydrated_and_send_on_every_route(
    cli: Cli, cli_site: Callable[..., Path], shop_of: Callable[[Path], Shop]
) -> None:
    out = cli_site("parts.html", PLAN)
    assert cli("inject", "out").code == 0
    audited = cli("audit", "out")
    assert audited.code == 0, audited.stdout
    shop = shop_of(out)
    shop.open("/p/mug/")
    assert hydrated(shop.page) == []
    assert shop.page.locator(".cn_product_visited .product_id").text_content() == "mug"
    shop.page.get_by_role("link", name="Cup").click()
    sent = shop.sent(2)
    assert [one["events"][0]["product"]["productId"] for one in sent] == ["mug", "cup"]
    assert shop.page.locator(".cn_product_visited .product_id").all_text_contents() == ["cup"]
    assert shop.page.evaluate("window.__loads") == 1


@pytest.mark.parametrize("name", ["bare.html", "parts.html"])
def test_the_preview_is_not_in_reacts_way(
    cli: Cli, cli_site: Callable[..., Path], page: Page, name: str
) -> None:
    cli_site(name, PLAN)
    with preview(cli.cwd, "out") as running:
        page.goto(running.base + "/p/mug/")
        inspector = page.get_by_role("button", name="Connectif inspector")
        inspector.wait_for()
        assert hydrated(page) == []
        assert inspector.is_visible()
        assert page.locator("script[data-page]").count() == 0
