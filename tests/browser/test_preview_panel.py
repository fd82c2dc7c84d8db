"""The panel keeps out of the way and stays as the reader left it: places, layers, updates in place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Running, preview, shop

PANEL = "Connectif inspector"
HOST = "document.querySelector('connectif-kit-inspector')"
ROOT = f"{HOST}.shadowRoot"

BANNER = """<!doctype html><html><head><title>t</title><style>
.banner { position: fixed; inset: auto 0 0; padding: 20px; background: #eee; text-align: right; }
.banner button { width: 90px; height: 40px; }
.buy { position: fixed; left: 0; top: 0; width: 300px; height: 80px; }
</style></head><body><p>text</p>
<button class="buy" onclick="window.bought = (window.bought || 0) + 1">Add to cart</button>
<div class="banner"><button onclick="window.accepted = true">Accept all</button></div>
<dialog id="modal"><p>A modal dialog</p><button>inside</button></dialog>
<div id="pop" popover style="inset: 0; width: 100vw; height: 100vh">A popover</div>
</body></html>"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = shop(tmp_path_factory.mktemp("panel"))
    (folder / "public" / "banner.html").write_text(BANNER)
    everywhere = "".join(
        f'<button style="position:fixed;left:{x}px;top:{y}px;width:200px;height:100px">b</button>'
        for x in range(0, 1300, 200)
        for y in (0, 620)
    )
    (folder / "public" / "full.html").write_text(BANNER.replace("<p>text</p>", everywhere))
    with preview(folder) as running:
        yield running


def ready(page: Page, address: str) -> None:
    with page.expect_response("**/__connectif/collect*"):
        page.goto(address)
    expect(page.get_by_role("button", name=PANEL)).to_be_visible()


def opened(page: Page, tab: str = "Page") -> None:
    page.get_by_role("button", name=PANEL).click()
    page.get_by_role("tab", name=tab).click()


def test_the_pill_covers_nothing_that_can_be_used(running: Running, page: Page) -> None:
    for width, height in ((1280, 720), (390, 700)):
        page.set_viewport_size({"width": width, "height": height})
        ready(page, f"{running.base}/banner.html")
        page.get_by_role("button", name="Accept all").click()
        page.get_by_role("button", name="Add to cart").click()
        assert page.evaluate("[window.accepted, window.bought]") == [True, 1]
        pill = page.get_by_role("button", name=PANEL).bounding_box()
        assert pill
        for name in ("Accept all", "Add to cart"):
            box = page.get_by_role("button", name=name).bounding_box()
            assert box
            apart = (
                pill["x"] >= box["x"] + box["width"]
                or pill["x"] + pill["width"] <= box["x"]
                or pill["y"] >= box["y"] + box["height"]
                or pill["y"] + pill["height"] <= box["y"]
            )
            assert apart, (pill, box)


def test_where_all_corners_are_taken_the_pill_is_a_dot_at_an_edge(running: Running, page: Page) -> None:
    ready(page, f"{running.base}/full.html")
    pill = page.get_by_role("button", name=PANEL)
    expect(pill).to_have_class("pill small-dot")
    box = pill.bounding_box()
    assert box
    assert 100 <= box["y"] <= 620 - 30
    pill.click()
    expect(page.get_by_role("tab", name="Page")).to_be_focused()


def test_a_banner_that_comes_later_is_made_way_for(running: Running, page: Page) -> None:
    ready(page, f"{running.base}/about/")
    before = page.get_by_role("button", name=PANEL).bounding_box()
    assert before
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<div style=\"position:fixed;right:0;bottom:0\">"
        '<button id=late style="width:300px;height:80px" onclick="window.late = 1">Accept</button></div>\')'
    )
    page.wait_for_function(
        f"(y) => {ROOT}.querySelector('.pill').getBoundingClientRect().left < innerWidth - 400",
        arg=before["y"],
    )
    page.locator("#late").click()


@pytest.mark.parametrize("corner", ["top-left", "top-right", "bottom-left", "bottom-right"])
def test_the_pill_moves_to_a_corner_and_stays_there(corner: str, running: Running, page: Page) -> None:
    (folder := running.folder / "public" / "plain.html").write_text("<!doctype html><title>t</title><p>x")
    ready(page, f"{running.base}/{folder.name}")
    opened(page)
    page.get_by_label("Pill", exact=True).select_option(corner)
    page.keyboard.press("Escape")
    for _ in range(2):
        box = page.get_by_role("button", name=PANEL).bounding_box()
        assert box
        assert (box["x"] < 640) == corner.endswith("left")
        assert (box["y"] < 360) == corner.startswith("top")
        ready(page, f"{running.base}/{folder.name}")


def test_the_pill_hides_and_the_shortcut_opens(running: Running, page: Page) -> None:
    ready(page, f"{running.base}/about/")
    opened(page)
    page.get_by_label("Pill", exact=True).select_option("hidden")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=PANEL)).to_be_hidden()
    page.reload()
    page.wait_for_function(f"{HOST} && {ROOT}.querySelector('.panel')")
    expect(page.get_by_role("button", name=PANEL)).to_be_hidden()
    page.keyboard.press("Alt+Shift+KeyC")
    expect(page.get_by_role("tab", name="Page")).to_be_focused()
    page.keyboard.press("Alt+Shift+KeyC")
    expect(page.get_by_role("complementary", name=PANEL)).to_be_hidden()


def test_escape_closes_wherever_the_focus_is(running: Running, page: Page) -> None:
    ready(page, running.base + "/p/harbour-mug/")
    panel = page.get_by_role("complementary", name=PANEL)
    for focus in ("document.activeElement.blur()", "document.querySelector('input').focus()"):
        opened(page)
        page.evaluate(focus)
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()


def test_the_panel_docks_and_makes_room_and_resizes(running: Running, page: Page) -> None:
    ready(page, f"{running.base}/about/")
    opened(page)
    panel = page.get_by_role("complementary", name=PANEL)
    for dock, side in (("right", "marginRight"), ("left", "marginLeft"), ("bottom", "marginBottom")):
        page.get_by_label("Panel", exact=True).select_option(dock)
        size = "offsetHeight" if dock == "bottom" else "offsetWidth"
        before = panel.evaluate(f"(panel) => panel.{size}")
        margin = page.evaluate(f"parseFloat(getComputedStyle(document.documentElement).{side})")
        assert margin == pytest.approx(before, abs=1)
        handle = page.get_by_role("separator", name="Resize the inspector")
        handle.focus()
        page.keyboard.press({"right": "ArrowLeft", "left": "ArrowRight", "bottom": "ArrowUp"}[dock])
        assert panel.evaluate(f"(panel) => panel.{size}") == pytest.approx(before + 24, abs=2)
    page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.style.margin") == ""


def test_dragging_the_edge_resizes(running: Running, page: Page) -> None:
    ready(page, f"{running.base}/about/")
    opened(page)
    panel = page.get_by_role("complementary", name=PANEL)
    before = panel.bounding_box()
    assert before
    page.mouse.move(before["x"] + 3, 300)
    page.mouse.down()
    page.mouse.move(before["x"] - 97, 300, steps=4)
    page.mouse.up()
    after = panel.bounding_box()
    assert after
    assert after["width"] == pytest.approx(before["width"] + 100, abs=8)


def test_the_panel_lies_above_dialogs_and_popovers_and_can_be_used(running: Running, page: Page) -> None:
    ready(page, f"{running.base}/banner.html")
    page.evaluate("document.getElementById('modal').showModal()")
    opened(page, "Events")
    expect(page.get_by_role("tabpanel")).to_contain_text("page-visit")
    page.keyboard.press("Alt+Shift+KeyC")
    page.evaluate("document.getElementById('modal').close()")
    page.evaluate("document.getElementById('pop').showPopover()")
    opened(page, "Visitor")
    expect(page.get_by_role("tabpanel")).to_contain_text("anonymous")


def test_an_update_leaves_focus_selection_and_opened_rows(running: Running, page: Page) -> None:
    running.clear()
    ready(page, running.base + "/p/harbour-mug/")
    opened(page, "Events")
    row = page.locator("details.event", has_text="product-visited")
    row.locator("summary").first.click()
    row.locator("details.raw summary").click()
    search = page.get_by_label("Search the events")
    search.fill("product-visited")
    search.focus()
    page.evaluate(
        f"() => {{ const cell = {ROOT}.querySelector('details.event td.value').firstChild;"
        f"window.selected = {ROOT}.querySelector('details.event');"
        f"getSelection().setBaseAndExtent(cell, 0, cell, 3) }}"
    )
    search.focus()
    with page.expect_response("**/__connectif/collect*"):
        page.evaluate("connectif.managed.sendEvents([{type: 'login'}], {entityInfo: {primaryKey: 'a@b.cc'}})")
    expect(page.get_by_role("tab", name="Events")).to_contain_text("3")
    expect(search).to_be_focused()
    expect(search).to_have_value("product-visited")
    assert row.locator("details.raw").get_attribute("open") is not None
    assert page.evaluate(f"window.selected === {ROOT}.querySelector('details.event')")


def test_a_status_message_stays_when_something_is_sent(running: Running, page: Page) -> None:
    ready(page, f"{running.base}/")
    opened(page, "Journeys")
    with page.expect_response("**/__connectif/collect*"):
        page.get_by_role("button", name="Add to cart").last.click()
    status = page.get_by_role("tabpanel").get_by_role("status")
    expect(status).to_contain_text("Add to cart: done")
    with page.expect_response("**/__connectif/collect*"):
        page.evaluate("connectif.managed.sendEvents([{type: 'search', searchText: 'x'}])")
    expect(page.get_by_role("tab", name="Events")).to_contain_text("2")
    expect(status).to_contain_text("Add to cart: done")


def test_the_overview_is_updated_in_place(running: Running, page: Page) -> None:
    running.clear()
    page.goto(f"{running.base}/__connectif/")
    button = page.get_by_role("button", name="Deliver a test push")
    button.focus()
    page.evaluate("window.kept = document.querySelector('tbody tr')")
    shop_page = page.context.new_page()
    ready(shop_page, f"{running.base}/about/")
    expect(page.get_by_text("1 request recorded")).to_be_visible()
    expect(button).to_be_focused()
    assert page.evaluate("window.kept === document.querySelector('tbody tr')")


def written(running: Running, name: str, body: str, head: str = "", attributes: str = "") -> str:
    """A page of the site; gives its address."""
    html = f"<!doctype html><html {attributes}><head><title>t</title>{head}</head><body>{body}</body></html>"
    (running.folder / "public" / f"{name}.html").write_text(html)
    return f"{running.base}/{name}.html"


SPOILERS = {
    "right to left": ("", "dir=rtl"),
    "nothing set": ("<style>* { all: unset !important; direction: rtl !important }</style>", ""),
    "our own words": ("<style>* { --paper: #000 !important; --ink: #000 }</style>", ""),
    "no inline style": ("""<meta http-equiv="Content-Security-Policy" content="style-src 'self'">""", ""),
    "a base elsewhere": ('<base href="https://other.example/x/">', ""),
    "a base in a folder": ('<base href="/some/folder/" target="_blank">', ""),
}


@pytest.mark.parametrize("name", SPOILERS)
def test_no_page_spoils_the_panel(name: str, running: Running, page: Page) -> None:
    head, attributes = SPOILERS[name]
    page.goto(written(running, "spoiler", "<p>text</p>", head, attributes))
    opened(page)
    panel = page.get_by_role("complementary", name=PANEL)
    style = panel.evaluate(
        "(panel) => { const s = getComputedStyle(panel), box = panel.getBoundingClientRect();"
        "return [s.direction, s.getPropertyValue('--paper'), s.backgroundColor, Math.round(box.right)] }"
    )
    assert style == ["ltr", "#ffffff", "rgb(255, 255, 255)", 1280 - 12]
    expect(page.get_by_role("tabpanel")).to_contain_text("Audit")


def test_a_page_that_may_ask_nobody_is_judged_all_the_same(
    running: Running, page: Page, page_errors: list[str]
) -> None:
    policy = "default-src 'none'; script-src 'self'"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    page.goto(written(running, "policy", "<p>text</p>", meta))
    opened(page)
    expect(page.get_by_role("tabpanel")).to_contain_text("csp-blocks-client")
    page_errors.clear()


REPLACED = {
    "body": "const b = document.createElement('body'); b.innerHTML = '<p>two</p>'; document.body = b",
    "document": "document.documentElement.innerHTML = '<head></head><body><p>two</p></body>'",
    "written again": "document.open(); document.write('<title>w</title><p>two'); document.close()",
}


@pytest.mark.parametrize("name", REPLACED)
def test_a_page_that_replaces_itself_keeps_its_inspector(name: str, running: Running, page: Page) -> None:
    ready(page, written(running, "replaced", "<p>one</p>"))
    page.evaluate(REPLACED[name])
    expect(page.get_by_text("two")).to_be_visible()
    opened(page)
    page.evaluate('document.body.insertAdjacentHTML("beforeend", "<b class=cn_page_tag>Summer</b>")')
    expect(page.get_by_role("tabpanel")).to_contain_text("cn_page_tag")
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary", name=PANEL)).to_be_hidden()


def test_a_page_hears_nothing_of_what_is_done_in_the_panel(running: Running, page: Page) -> None:
    """Neither a trap for the focus, nor a menu that closes outside, nor a shortcut of the page."""
    body = """<div id=modal tabindex=-1><button id=inside>in</button></div><script>
      document.addEventListener("focusin", (event) => modal.contains(event.target) || inside.focus(), true);
      window.heard = [];
      const hear = (event) => { heard.push(event.type); event.type === "keydown" && event.preventDefault() };
      for (const type of "keydown keyup pointerdown mousedown mouseup click wheel contextmenu".split(" "))
        addEventListener(type, hear, true);
    </script>"""
    ready(page, written(running, "trap", body))
    opened(page, "Events")
    search = page.get_by_label("Search the events")
    search.click()
    page.keyboard.type("page/visit")
    search.click(button="right")
    page.mouse.wheel(0, 20)
    expect(search).to_have_value("page/visit")
    page.get_by_label("Show").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Go on")).to_be_focused()
    assert page.evaluate("heard") == []
    page.locator("#inside").click()
    assert "click" in page.evaluate("heard")


def test_docked_on_a_phone_the_page_keeps_its_width(running: Running, page: Page) -> None:
    ready(page, f"{running.base}/about/")
    opened(page)
    page.get_by_label("Panel", exact=True).select_option("right")
    page.set_viewport_size({"width": 390, "height": 700})
    page.wait_for_function("document.body.getBoundingClientRect().width === 390")
    page.reload()
    expect(page.get_by_role("tab", name="Page")).to_be_visible()
    assert page.evaluate("document.body.getBoundingClientRect().width") == 390
    page.set_viewport_size({"width": 1000, "height": 700})
    page.wait_for_function("document.body.getBoundingClientRect().width === 540")


def test_what_a_page_frames_has_no_pill_of_its_own_unless_it_fills_the_screen(
    running: Running, page: Page
) -> None:
    full = '<button onclick="frames[0].frameElement.requestFullscreen()">full</button>'
    body = f'<iframe src="/about/" width=600 height=400></iframe>{full}'
    ready(page, written(running, "frame", body))
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="About Alfar")).to_be_visible()
    page.frames[1].wait_for_function("window.connectifKitPreview")
    expect(frame.get_by_role("button", name=PANEL)).to_have_count(0)
    page.get_by_role("button", name="full").click()
    frame.get_by_role("button", name=PANEL).click()
    frame.get_by_role("tab", name="Events").click()
    page.evaluate("document.exitFullscreen()")
    expect(frame.get_by_role("button", name=PANEL)).to_have_count(0)


def test_an_element_that_fills_the_screen_has_the_panel_in_it(running: Running, page: Page) -> None:
    ready(
        page,
        written(running, "player", '<div id=p>x<button onclick="p.requestFullscreen()">full</button></div>'),
    )
    page.get_by_role("button", name="full").click()
    opened(page, "Visitor")
    page.evaluate("document.exitFullscreen()")
    page.get_by_role("tab", name="Page").click()
    expect(page.get_by_role("tab", name="Page")).to_be_focused()


def test_after_the_overlay_was_closed_escape_closes_the_panel(running: Running, page: Page) -> None:
    ready(page, f"{running.base}/about/")
    plan = running.folder / "connectif.yaml"
    good = plan.read_text()
    try:
        plan.write_text(good.replace("\npages:", "\npagez:"))
        expect(page.get_by_role("dialog", name="Mistakes in connectif.yaml")).to_be_visible()
        page.keyboard.press("Escape")
        opened(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("complementary", name=PANEL)).to_be_hidden()
    finally:
        plan.write_text(good)
