"""Nothing of the vendor's is asked for from a previewed page, however the page spells or composes it."""

from __future__ import annotations

import http.server
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.serving import Running, preview, shop

STORE = "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"
CLIENT = f"cdn.connectif.cloud/eu5/client-script/{STORE}"

LOADERS = {
    "protocol-relative": f'<script src="//{CLIENT}"></script>',
    "port": f'<script src="https://cdn.connectif.cloud:443/eu5/client-script/{STORE}"></script>',
    "upper case": f'<SCRIPT SRC="HTTPS://CDN.CONNECTIF.CLOUD/eu5/client-script/{STORE}"></SCRIPT>',
    "user": f'<script src="https://a:b@{CLIENT}"></script>',
    "trailing dot": f'<script src="https://cdn.connectif.cloud./eu5/client-script/{STORE}"></script>',
    "entities": f'<script src="https&#58;//cdn&period;connectif.cloud/eu5/client-script/{STORE}"></script>',
    "escapes": f'<script src="https://cdn.connecti%66.cloud/eu5/client-script/{STORE}"></script>',
    "backslashes": f'<script src="https:\\\\{CLIENT}"></script>',
    "blanks": f'<script src=" &#9;ht&#10;tps://{CLIENT} "></script>',
    "no quotes": f"<script src=https://{CLIENT}></script>",
    "http": f'<script src="http://{CLIENT}"></script>',
    "composed": (
        "<script>var s = document.createElement('script'); s.src = 'https://' + ['cdn', 'connectif', 'cloud']"
        f".join('.') + '/eu5/client-script/{STORE}'; document.head.appendChild(s)</script>"
    ),
    "attribute": (
        "<script>var s = document.createElement('script'); s.setAttribute('SRC', atob('{b64}'));"
        "document.head.append(s)</script>"
    ),
    "written": (
        f"<script>document.write('<scr' + 'ipt src=\"//cdn.connectif' + '.cloud/eu5/client-script/{STORE}\">"
        "</scr' + 'ipt>')</script>"
    ),
}

ASKING = {
    "fetch": "fetch('https://eu5.connectif' + '.cloud/api').catch(() => {})",
    "XMLHttpRequest": "x = new XMLHttpRequest(); x.open('GET', '//EU5.connectif' + '.cloud/api'); x.send()",
    "beacon": "navigator.sendBeacon('https://eu5.connectif' + '.cloud:443/api', 'x')",
    "WebSocket": "new WebSocket('wss://eu5.connectif' + '.cloud/api')",
    "EventSource": "new EventSource('https://eu5.connectif' + '.cloud/api')",
    "image": "new Image().src = 'https://eu5.connectif' + '.cloud./api'",
    "style": "document.body.style.background = 'url(https://eu5.connectif' + '.cloud/api)'",
    "frame": (
        "var f = document.createElement('iframe'); f.src = 'https://eu5.connectif' + '.cloud/api';"
        "document.body.append(f)"
    ),
    "frame in markup": "document.body.insertAdjacentHTML('beforeend', '<iframe src=/frames.html></iframe>')",
    "frame by innerHTML": (
        "document.body.innerHTML += '<iframe src=\"https://eu5.connectif' + '.cloud/api\"></iframe>'"
    ),
    "link by insertAdjacentHTML": (
        "document.head.insertAdjacentHTML('beforeend', '<link rel=preload as=script href=\"//eu5.connectif'"
        " + '.cloud/api\"><link rel=preconnect href=\"//eu5.connectif' + '.cloud/api\">')"
    ),
    "service worker": "navigator.serviceWorker.register('/asks.js').catch(() => {})",
    "import": "import('https://eu5.connectif' + '.cloud/api').catch(() => {})",
    "blob worker": (
        "new Worker(URL.createObjectURL(new Blob(["
        "\"importScripts('https://eu5.connectif' + '.cloud/api')\"])))"
    ),
    "worker": "new Worker('/asks.js')",
    "ping": (
        "document.body.innerHTML = '<a id=p href=\"#x\" ping=\"https://eu5.connectif' + '.cloud/api\">x</a>';"
        "document.getElementById('p').click()"
    ),
}


def page_of(inside: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>t</title>{head}</head><body>{inside}<p>here</p></body></html>"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    import base64

    folder = shop(tmp_path_factory.mktemp("vendor"))
    public = folder / "public"
    encoded = base64.b64encode(f"https://{CLIENT}".encode()).decode()
    for number, html in enumerate(LOADERS.values()):
        (public / f"loader-{number}.html").write_text(page_of(html.replace("{b64}", encoded)))
    for number, code in enumerate(ASKING.values()):
        (public / f"asking-{number}.html").write_text(page_of(f"<script>{code}</script>"))
    (public / "asks.js").write_text("importScripts('https://eu5.connectif' + '.cloud/api')")
    (public / "frames.html").write_text(page_of('<iframe src="//eu5.connectif.cloud/api"></iframe>'))
    links = "".join(
        f'<link rel="{rel}" href="//eu5.connectif.cloud/api" as="script">'
        for rel in (
            "preconnect",
            "preload",
            "prefetch",
            "dns-prefetch",
            "stylesheet",
            "modulepreload",
            "icon",
        )
    )
    made = (
        "<script>['preconnect', 'preload', 'prefetch'].forEach((rel) => {"
        "const link = document.createElement('link'); link.rel = rel; link.as = 'script';"
        "link.href = 'https://eu5.connectif' + '.cloud/api'; document.head.append(link) })"
        "</script>"
    )
    ahead = {"source": "list", "urls": ["https://eu5.connectif.cloud/ahead"], "eagerness": "immediate"}
    rules = json.dumps({"prefetch": [ahead]})
    made += f'<script type="speculationrules">{rules}</script>'
    (public / "links.html").write_text(page_of(made, links))
    (public / "shared.html").write_text(
        page_of('<img src="http://other.example:1/a.png"><script src="http://thing.cloud:1/a.js"></script>')
    )
    with preview(folder) as running:
        yield running


@pytest.fixture
def asked(context: BrowserContext) -> list[str]:
    """Every address that a page asks and that the policy lets through to the network."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    return asked


class Trap(http.server.BaseHTTPRequestHandler):
    """A machine that plays all of the vendor's hosts: whoever reaches it has left the preview."""

    reached: ClassVar[list[str]] = []

    def handle_one_request(self) -> None:
        line = self.rfile.readline(200).decode("latin-1").strip()
        self.reached.append(line)
        self.close_connection = True


@pytest.fixture(scope="module")
def trap() -> Iterator[int]:
    Trap.reached.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Trap) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def trapped(browser: Browser, trap: int, chromium_path: Path) -> Iterator[Page]:
    """A page of a browser for which every host but this one is the trap: even a bare connection is seen."""
    here = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    rules = f"--host-resolver-rules=MAP *connectif.cloud* 127.0.0.1:{trap}, {here}"
    kind = browser.browser_type
    own = kind.launch(executable_path=chromium_path, args=["--no-sandbox", "--disable-gpu", rules])
    page = own.new_page()
    page.add_init_script("sessionStorage.clear()")  # the panel would remember that it is open
    yield page
    own.close()


@pytest.mark.parametrize("name", LOADERS)
def test_a_loader_in_any_spelling_gets_the_stand_in(name: str, running: Running, trapped: Page) -> None:
    Trap.reached.clear()
    number = list(LOADERS).index(name)
    with trapped.expect_response("**/__connectif/collect*"):
        trapped.goto(f"{running.base}/loader-{number}.html")
    assert trapped.evaluate("connectif.version") == "preview"
    assert Trap.reached == []


@pytest.mark.parametrize("name", ASKING)
def test_a_request_to_the_vendor_is_blocked_and_shown(name: str, running: Running, trapped: Page) -> None:
    Trap.reached.clear()
    trapped.goto("about:blank")
    running.clear()
    trapped.goto(f"{running.base}/asking-{list(ASKING).index(name)}.html")
    trapped.get_by_role("button", name="Connectif inspector").click()
    trapped.get_by_role("tab", name="Events").click()
    expect(trapped.locator(".note.blocked").first).to_contain_text("eu5.connectif.cloud")
    assert Trap.reached == []


GOING = {
    "address": "location.href = 'https://eu5.connectif' + '.cloud/api'",
    "form": (
        "const form = document.createElement('form'); form.action = 'https://eu5.connectif' + '.cloud/api';"
        "document.body.append(form); form.submit()"
    ),
}


@pytest.mark.parametrize("name", GOING)
def test_a_page_sends_nobody_to_the_vendor(name: str, running: Running, trapped: Page) -> None:
    Trap.reached.clear()
    with trapped.expect_response("**/__connectif/collect*"):
        trapped.goto(f"{running.base}/about/")
    with trapped.expect_request(lambda request: "navigation to the vendor" in (request.post_data or "")):
        trapped.evaluate(f"setTimeout(() => {{ {GOING[name]} }}, 0)")
    assert trapped.url == f"{running.base}/about/"
    assert Trap.reached == []


def test_links_ask_nothing_ahead(running: Running, trapped: Page) -> None:
    Trap.reached.clear()
    trapped.goto(f"{running.base}/links.html")
    trapped.get_by_role("button", name="Connectif inspector").click()
    trapped.get_by_role("tab", name="Events").click()
    expect(trapped.locator(".note.blocked").first).to_contain_text("eu5.connectif.cloud")
    assert Trap.reached == []


def test_other_hosts_are_asked_as_a_visitor_would_ask_them(
    running: Running, page: Page, asked: list[str]
) -> None:
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text))
    page.goto(f"{running.base}/shared.html")
    hosts = {urlsplit(address).hostname for address in asked}
    assert {"other.example", "thing.cloud"} <= hosts
    assert not [text for text in errors if re.search("Content.Security.Policy", text)]
