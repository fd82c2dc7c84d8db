"""A real export of Next.js with the parts that `build --target jsx` writes: hydrated, audited, sending."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from connectif_kit.build.targets import render
from connectif_kit.plan.load import load
from tests.browser.shop import shop_for, written
from tests.tools import ROOT, Cli, run

PLAN = {
    "integration": {"spa": True},
    "catalog": {"source": "products.csv"},
    "pages": {"home": {"match": "/"}, "product": {"match": "/p/*", "product": "catalog"}},
    "site": {"root": "out", "ignore": ["/404*", "/404/**", "/_not-found/**"]},
}
PRODUCTS = (
    "url,product_id,name,unit_price\n"
    "https://shop.example/p/mug/,mug,A mug,14.50\nhttps://shop.example/p/cup/,cup,A cup,9.00\n"
)


@pytest.fixture
def export(cli: Cli) -> Path:
    """The shop in tests/next, built with what npm gives for its lock file."""
    shutil.copytree(ROOT / "tests/next", cli.cwd, dirs_exist_ok=True)
    (cli.cwd / "connectif.yaml").write_text(written(PLAN))
    (cli.cwd / "products.csv").write_text(PRODUCTS)
    for path, text in render(load("connectif.yaml", written(PLAN).encode()), ["jsx"]).items():
        file = cli.cwd / "connectif" / Path(path).name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    quiet = {"NEXT_TELEMETRY_DISABLED": "1"}
    for command in (("npm", "ci", "--no-audit", "--no-fund"), ("npx", "next", "build")):
        found = shutil.which(command[0])
        assert found, "no npm: run scripts/test as root, which installs it, or install it yourself"
        done = run(found, *command[1:], cwd=cli.cwd, env=quiet, timeout=300)
        assert done.code == 0, done.stdout + done.stderr
    return cli.cwd / "out"


@pytest.mark.slow
def test_the_export_is_hydrated_with_our_parts_and_sends_on_every_route(
    cli: Cli, export: Path, page: Page, site: Callable[[Path], str]
) -> None:
    pages = {path: path.read_bytes() for path in export.rglob("*.html")}
    assert cli("inject").code == 0
    assert pages == {path: path.read_bytes() for path in export.rglob("*.html")}
    audited = cli("audit", "--format", "json")
    assert json.loads(audited.stdout)["findings"] == []

    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    shop = shop_for(page, export, site)
    shop.open("/p/mug/")
    page.get_by_role("button", name="Clicked 0").click()
    page.get_by_role("button", name="Clicked 1").wait_for()
    page.get_by_role("link", name="Cup").click()
    sent = shop.sent(2)
    assert [one["events"][0]["product"]["productId"] for one in sent] == ["mug", "cup"]
    assert page.locator(".cn_product_visited .product_id").all_text_contents() == ["cup"]
    assert page.evaluate("window.__loads") == 1
    assert [text for text in said if "favicon" not in text and "404" not in text] == []

    (cli.cwd / "connectif.yaml").unlink()
    assert cli("new", "--here").code == 0
    plan = load("connectif.yaml", (cli.cwd / "connectif.yaml").read_bytes()).plan
    assert (plan.site.root, plan.page_at("/p/mug/"), plan.store.environment) == ("out", "product", "eu5")
    assert plan.integration.spa is not None
    for command in (("build", "--target", "jsx"), ("inject", "out"), ("audit", "out")):
        assert cli(*command).code == 0, command
