"""The preview serves what a visitor would get: addresses, routes, fragments, builds, compressed answers."""

from __future__ import annotations

import http.server
import shutil
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from connectif_kit.preview import proxy
from tests.serving import preview, shop
from tests.tools import Server

HEAD = "<!doctype html><html><head><title>t</title>"
ABSOLUTE = f"""{HEAD}
<link rel="canonical" href="https://shop.example/abs/">
<link rel="stylesheet" href="//shop.example/abs.css">
</head><body>
<a id="go" href="HTTPS://Shop.Example:443/about/?a=1&amp;b=2#top">about</a>
<a id="out" href="https://shop.example.evil.example/">elsewhere</a>
<img id="one" src="https://shop.example/img/one.png"
  srcset="https://shop.example/img/one.png 1x, /img/two.png 2x">
<picture><source srcset="https://shop.example/img/three.png"><img src="/img/x.png"></picture>
<form action="https://shop.example/search/"><button formaction="https://shop.example/other/">x</button></form>
<div id="back" style="background: url('https://shop.example/img/back.png')"></div>
<p id="text">https://shop.example/p/x</p>
</body></html>"""


def site(folder: Path, plan: str = "", **pages: str) -> Path:
    made = shop(folder)
    for name, text in pages.items():
        (made / "public" / f"{name}.html").write_text(text)
    if plan:
        file = made / "connectif.yaml"
        file.write_text(file.read_text().replace("  activity: js-events", f"{plan}\n  activity: js-events"))
    return made


def test_the_shops_own_absolute_addresses_stay_here(
    tmp_path: Path, page: Page, context: BrowserContext
) -> None:
    folder = site(tmp_path, abs=ABSOLUTE)
    (folder / "public" / "abs.css").write_text("p { background: url(https://shop.example/img/css.png) }")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    with preview(folder) as running:
        page.goto(f"{running.base}/abs.html")
        here = {urlsplit(address).path for address in asked if "/__connectif" not in address}
        assert {urlsplit(address).hostname for address in asked} == {"127.0.0.1"}
        assert {"/abs.css", "/img/one.png", "/img/three.png", "/img/back.png", "/img/css.png"} <= here
        assert page.locator("link[rel=canonical]").get_attribute("href") == "https://shop.example/abs/"
        assert page.locator("#one").get_attribute("srcset") == "/img/one.png 1x, /img/two.png 2x"
        assert page.locator("form").get_attribute("action") == "/search/"
        assert page.locator("button[formaction]").get_attribute("formaction") == "/other/"
        assert page.locator("#out").get_attribute("href") == "https://shop.example.evil.example/"
        assert page.locator("#text").inner_text() == "https://shop.example/p/x"
        page.locator("#go").click()
        page.wait_for_url(f"{running.base}/about/?a=1&b=2#top")


def test_what_the_plan_reads_from_an_attribute_is_what_a_visitor_has(tmp_path: Path, page: Page) -> None:
    folder = site(tmp_path, abs=ABSOLUTE)
    plan = folder / "connectif.yaml"
    plan.write_text(
        plan.read_text().replace(
            "events:\n",
            "events:\n  seen: {on: {event: seen}, send: custom, alias: seen, "
            "payload: {image: {selector: '#one', attribute: src}}}\n",
        )
    )
    with preview(folder) as running:
        page.goto(f"{running.base}/abs.html")
        assert page.locator("#one").get_attribute("src") == "https://shop.example/img/one.png"


COMPOSED = f"""{HEAD}</head><body><button>go</button><script>
const shop = ["https:", "", "shop.example"].join("/");
const show = (name, text) => (document.body.dataset[name] = text.trim());
fetch(`${{shop}}/data.txt`).then((answer) => answer.text()).then((text) => show("one", text));
fetch(new Request(`${{shop}}/data.txt`)).then((answer) => answer.text()).then((text) => show("two", text));
const asked = new XMLHttpRequest();
asked.open("GET", `${{shop}}/data.txt`);
asked.onload = () => show("three", asked.responseText);
asked.send();
document.querySelector("button").onclick = () => {{ location.href = `${{shop}}/about/?a=1#top`; }};
</script></body></html>"""


def test_what_a_script_asks_of_the_shops_own_address_is_here(tmp_path: Path, page: Page) -> None:
    folder = site(tmp_path, composed=COMPOSED)
    (folder / "public" / "data.txt").write_text("of this site\n")
    with preview(folder) as running:
        page.goto(f"{running.base}/composed.html")
        body = page.locator("body[data-one][data-two][data-three]")
        expect(body).to_be_attached()
        assert body.evaluate("(e) => Object.values(e.dataset)") == ["of this site"] * 3
        page.get_by_role("button", name="go").click()
        page.wait_for_url(f"{running.base}/about/?a=1#top")


def test_a_page_that_is_left_early_was_answered_all_the_same(tmp_path: Path, page: Page) -> None:
    """What it has sent has come; that nobody was there to hear so is not a fault."""
    with preview(shop(tmp_path)) as running:
        for _ in range(4):
            with page.expect_response("**/__connectif/collect*"):
                page.goto(f"{running.base}/checkout/")
            page.goto(f"{running.base}/account/")
        notes = [note for record in running.session()["records"] for note in record.get("notes") or ()]
        assert [note for note in notes if "did not answer" in note["message"]] == []


def test_a_deep_link_of_an_app_is_its_own_page(tmp_path: Path, page: Page) -> None:
    with preview(site(tmp_path, "  spa: true")) as running:
        with page.expect_response("**/__connectif/collect*"):
            answer = page.goto(f"{running.base}/p/a-product-of-the-app")
        assert answer
        assert answer.status == 200
        assert running.session()["records"][-1]["page"] == "product"
        missing = page.request.get(f"{running.base}/assets/none.js")
        assert missing.status == 404


def test_without_an_app_an_unknown_address_is_lost(tmp_path: Path, page: Page) -> None:
    with preview(shop(tmp_path)) as running:
        answer = page.goto(f"{running.base}/p/none")
        assert answer
        assert answer.status == 404
        pill = page.get_by_role("button", name="Connectif inspector")
        expect(pill).to_contain_text("All right")
        pill.click()
        expect(page.get_by_role("tabpanel")).not_to_contain_text("cn_product_visited")


def test_a_fragment_that_a_script_fetches_lies_there_as_on_the_disk(tmp_path: Path, page: Page) -> None:
    row = '<li>A row <img src="https://shop.example/x.png"></li>'
    with preview(site(tmp_path, row=row, list=f"{HEAD}</head><body><ul></ul></body></html>")) as running:
        page.goto(f"{running.base}/list.html")
        got = page.evaluate(
            "fetch('/row.html').then((a) => a.text()).then((t) => { const d = document.createElement('div');"
            "d.innerHTML = t; document.querySelector('ul').append(d.firstElementChild); return t })"
        )
        assert got == row
        expect(page.locator("li")).to_have_text("A row")


def test_a_page_that_a_script_fetches_has_its_integration_and_no_inspector(
    tmp_path: Path, page: Page
) -> None:
    with preview(shop(tmp_path)) as running:
        page.goto(f"{running.base}/about/")
        got = page.evaluate("fetch('/p/harbour-mug/').then((answer) => answer.text())")
        assert 'class="cn_product_visited"' in got
        assert "data-page=" not in got


@pytest.mark.parametrize("folders", ["public", "."])
def test_a_site_that_is_deleted_and_built_again_comes_back(tmp_path: Path, page: Page, folders: str) -> None:
    folder = shop(tmp_path)
    if folders == ".":  # the folder around goes too
        (folder / "build").mkdir()
        (folder / "public").rename(folder / "build" / "public")
    root = folder / ("public" if folders == "public" else "build/public")
    with preview(folder, root.relative_to(folder)) as running:
        page.goto(f"{running.base}/about/")
        kept = Path(shutil.copytree(root, tmp_path / "kept"))
        shutil.rmtree(root if folders == "public" else root.parent)
        expect(page.get_by_role("heading", level=1)).to_have_text("The site’s folder is gone")
        about = kept / "about" / "index.html"
        text = about.read_text()
        about.write_text(text[: text.index("<h1")] + "<h1>Built again" + text[text.index("</h1>") :])
        shutil.copytree(kept, root)
        expect(page.get_by_role("heading", level=1)).to_have_text("Built again")
        new = root / "about" / "index.html"
        new.write_text(new.read_text().replace("Built again", "And still watched"))
        expect(page.get_by_role("heading", level=1)).to_have_text("And still watched")


PAGE = f"{HEAD}</head><body><h1>Compressed</h1><a href='ORIGIN/there'>there</a></body></html>"


def zstd(data: bytes) -> bytes:
    module = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
    return bytes(import_module(module).compress(data))


ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda data: bytes(import_module("brotli").compress(data)),
    "zstd": zstd,
    "deflate": zlib.compress,
}


class Compressing(http.server.BaseHTTPRequestHandler):
    """A server that compresses although it is asked not to, and names itself in all addresses."""

    def do_GET(self) -> None:
        name = self.path.strip("/").partition("-")[0]
        compress: Callable[[bytes], bytes] = ENCODINGS.get(name, bytes)
        data = compress(PAGE.replace("ORIGIN", f"http://{self.headers['Host']}").encode())
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Set-Cookie", "a=1; Domain=shop.example; Path=/")
        if name in ENCODINGS:
            self.send_header("Content-Encoding", name)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's name)
        """Say nothing."""


@contextmanager
def compressing() -> Iterator[str]:
    with Server(("127.0.0.1", 0), Compressing) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_an_upstreams_compressed_pages_are_dressed_and_its_addresses_are_ours(
    tmp_path: Path, page: Page
) -> None:
    with compressing() as upstream, preview(shop(tmp_path), "--proxy", upstream) as running:
        for name in ("br", "zstd", "deflate", "plain"):
            page.goto(f"{running.base}/{name}")
            expect(page.get_by_role("heading", level=1)).to_have_text("Compressed")
            expect(page.get_by_role("button", name="Connectif inspector")).to_be_visible()
            assert page.get_by_role("link", name="there").get_attribute("href") == "/there"
        assert page.evaluate("document.cookie") == "a=1"


def test_what_cannot_be_decoded_is_passed_on_untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    class Answer:
        headers = {"content-encoding": "br"}  # noqa: RUF012 - as the library has it

    monkeypatch.setattr(proxy, "_is_installed", lambda *_: False)
    proxy._decoded.cache_clear()
    assert not proxy._is_readable(Answer())  # type: ignore[arg-type]  # all that is asked of one
    proxy._decoded.cache_clear()
