"""axe-core finds nothing in what people see of the kit: light, dark, forced colours, on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from connectif_kit.build import render
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.language import LANGUAGES, Language
from connectif_kit.plan.load import load
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.reports import Coverage
from connectif_kit.reports.comparison import Earlier, EarlierFinding, compare
from connectif_kit.reports.html import write
from connectif_kit.verify import report_page
from connectif_kit.verify.recorder import Tell
from connectif_kit.verify.sample import Sample
from connectif_kit.verify.tour import Outcome
from connectif_kit.verify.visit import Visit
from tests.browser.test_report_page import TWO, finding, report
from tests.serving import Running, preview, shop
from tests.tools import NODE_MODULES, ROOT

AXE = NODE_MODULES / "axe-core" / "axe.min.js"
MODES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}
SIZES: dict[str, ViewportSize] = {
    "desktop": {"width": 1280, "height": 800},
    "phone": {"width": 390, "height": 780},
}
FAULTS = """async (about) => {
  const { violations } = await axe.run(about || document, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.flat().join(" ")}: ${node.failureSummary}`));
}"""
INSPECTOR = "connectif-kit-inspector"
PILL = f"{INSPECTOR} .pill"
OVERLAY = f"{INSPECTOR} dialog.overlay"


@pytest.fixture(scope="module")
def looked_at(browser: Browser) -> Iterator[Page]:
    """One page for all: axe-core is in each document that it shows."""
    context = browser.new_context(reduced_motion="reduce")
    context.add_init_script(path=AXE)
    yield context.new_page()
    context.close()


@pytest.fixture
def inspected(looked_at: Page, running: Running) -> Page:
    """The page with an inspector as nobody has left it."""
    looked_at.goto(f"{running.base}/robots.txt")
    looked_at.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    return looked_at


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Each language."""
    return str(request.param)


@pytest.fixture(scope="module")
def running(language: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A preview of the starter shop, in each language."""
    with preview(shop(tmp_path_factory.mktemp("axe")), "--lang", language) as running:
        yield running


EVERYWHERE = [(mode, size) for mode in MODES for size in SIZES]


def ways(language: str) -> list[tuple[str, str]]:
    """Modes and sizes: all in one language; colours and places are the same in the others."""
    return EVERYWHERE if language == "en" else [("light", "phone")]


def faults(page: Page, language: str, about: str = "") -> str:
    """What axe-core finds in the page as it stands → in which modes and sizes."""
    found: dict[str, list[str]] = {}
    for mode, size in ways(language):
        page.emulate_media(**MODES[mode])
        page.set_viewport_size(SIZES[size])
        for fault in page.evaluate(FAULTS, about):
            found.setdefault(fault, []).append(f"{mode}, {size}")
    page.emulate_media(color_scheme="light", forced_colors="none")
    page.set_viewport_size(SIZES["desktop"])
    return "\n".join(f"{fault} ({'; '.join(modes)})" for fault, modes in found.items())


def starter() -> LoadedPlan:
    folder = ROOT / "templates" / "starter"
    return load("connectif.yaml", (folder / "connectif.yaml").read_bytes())


def the_report(language: Language) -> str:
    many = [finding("decimal-comma", f"public/p/mug-{number}/index.html") for number in range(3)]
    known = EarlierFinding("long-title", Severity.NOTICE, "", TWO[1].element, [TWO[1].place])
    fixed = EarlierFinding(
        "wrong-case", Severity.ERROR, "it was `wrong`", "x", [Place("public/x.html", 1, 1)]
    )
    found = [*many, *TWO, finding("visible-tag", "public/index.html", Severity.WARNING)]
    compared = compare([(each, [each.place]) for each in found], "", Earlier("old.json", (known, fixed)))
    expected = {
        "cn_cart": "promised",
        "cn_login": "forbidden",
        "cn_search": "promised",
        "cn_page_name": "optional",
    }
    coverage = {
        "cart": Coverage(3, {"cn_cart": 3}, {}, expected),
        "checkout": Coverage(3, {"cn_cart": 2, "cn_login": 3, "cn_page_name": 1}, {"cn_cart": 1}, expected),
    }
    more = {"editor": "vscode://file/{path}:{line}:{column}", "folder": "/shop"}
    return write(report(found, compared=compared, coverage=coverage, audience=language, **more))


def the_verification(language: Language) -> str:
    sent = {"types": ["page-visit"], "events": [{"type": "page-visit", "event": {"title": "Mug"}}]}
    visit = Visit(Sample("product", "product", "/p/mug/", "", "public/p/mug/index.html"), 200)
    visit.tells = (Tell(1, "sent", None, "1", "/p/mug/", 120, sent),)
    outcome = Outcome(visits=[visit])
    outcome.prove("contact", "account on /account/")
    wrong = Diagnostic(
        "not-sent", Severity.ERROR, "`purchase` was not sent", Place("public/p/mug/index.html"), "see"
    )
    return report_page.page(starter(), outcome, report([wrong, *TWO]), language)


DOCUMENTS: dict[str, Callable[[Language], str]] = {
    "report": the_report,
    "verification": the_verification,
    "checklist": lambda language: render(starter(), lambda _: "", language)["checklist.html"],
}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_that_the_kit_writes_is_accessible(
    document: str, language: str, looked_at: Page, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text(DOCUMENTS[document](LANGUAGES[language]), encoding="utf-8")
    looked_at.goto(path.as_uri())
    assert looked_at.locator("html").get_attribute("lang") == LANGUAGES[language].tag
    looked_at.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert faults(looked_at, language) == ""


def test_the_inspector_is_accessible(running: Running, inspected: Page, language: str) -> None:
    with inspected.expect_response("**/__connectif/collect*"):
        inspected.goto(f"{running.base}/p/harbour-mug/")
    expect(inspected.locator(PILL)).to_be_visible()
    assert faults(inspected, language, INSPECTOR) == ""
    inspected.locator(PILL).click()
    tabs = inspected.locator(f"{INSPECTOR} [role=tab]")
    assert tabs.count() == 5
    found = {}
    for tab in tabs.all():
        tab.click()
        for row in inspected.locator(f"{INSPECTOR} summary:visible").all()[:12]:
            row.click()
        found[tab.get_attribute("id")] = faults(inspected, language, INSPECTOR)
    assert {tab: fault for tab, fault in found.items() if fault} == {}


def test_the_overview_and_a_saved_session_are_accessible(
    running: Running, looked_at: Page, language: str, tmp_path: Path
) -> None:
    for path in ("/", "/p/harbour-mug/", "/checkout/"):
        with looked_at.expect_response("**/__connectif/collect*"):
            looked_at.goto(running.base + path)
    looked_at.goto(f"{running.base}/__connectif/")
    looked_at.get_by_role("heading", level=1).wait_for()
    looked_at.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert faults(looked_at, language) == ""
    saved = tmp_path / "session.html"
    saved.write_text(running.get(f"/__connectif/session.html?t={running.token}"), encoding="utf-8")
    looked_at.goto(saved.as_uri())
    looked_at.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert faults(looked_at, language) == ""


def test_the_overlay_is_accessible(running: Running, inspected: Page, language: str) -> None:
    plan = running.folder / "connectif.yaml"
    good = plan.read_text()
    with inspected.expect_response("**/__connectif/collect*"):
        inspected.goto(f"{running.base}/about/")
    plan.write_text(good.replace("  environment: eu5", "  enviroment: eu5"))
    expect(inspected.locator(OVERLAY)).to_be_visible()
    assert faults(inspected, language, INSPECTOR) == ""
    plan.write_text(good)
