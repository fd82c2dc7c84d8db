"""The audit's HTML report in a real browser: places, filters, anchors, paper, phone, hostile text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.reports import Coverage, Report, RunInfo
from connectif_kit.reports.causes import FindingGroups
from connectif_kit.reports.comparison import Earlier, EarlierFinding, compare
from connectif_kit.reports.html import write

Site = Callable[[Path], str]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
RUN = RunInfo("2026-03-01T10:20:30+00:00", 3.2, "public", "https://shop.example", "public")


def finding(rule: str, path: str, severity: Severity = Severity.ERROR, message: str = "") -> Diagnostic:
    return Diagnostic(
        rule,
        severity,
        message or f"`{rule}` is wrong",
        Place(path, 3, 4, 3, 9),
        plan=Place("connectif.yaml", 7, 3),
        element=f"html>body>div.cn_cart {rule}",
    )


TWO = (
    finding("decimal-comma", "public/decimal-comma/index.html"),
    finding("long-title", "public/long-title/index.html", Severity.NOTICE),
)


def report(found: Iterable[Diagnostic] = TWO, **more: Any) -> Report:
    causes = FindingGroups()
    for each in found:
        causes.add([each])
    findings, others = causes.reported()
    return Report(findings, 6, lambda _: "<b>" * 60, others=others, run=RUN, **more)


def written(folder: Path, made: Report) -> Path:
    path = folder / "report.html"
    path.write_text(write(made), encoding="utf-8", errors="replace")
    return path


def rules(page: Page) -> list[str]:
    return page.locator("#list article.rule h3 code").all_inner_texts()


def test_the_report_is_searched_and_filtered_and_its_address_says_how(page: Page, tmp_path: Path) -> None:
    address = written(tmp_path, report()).as_uri()
    page.goto(address)
    assert page.locator("output").inner_text() == "2 findings"
    page.fill("input[type=search]", "TITLE")
    assert rules(page) == ["long-title"]
    assert page.url == f"{address}?q=TITLE"
    page.click("button[type=reset]")
    assert page.url == address
    page.uncheck("input[value=notice]")
    assert rules(page) == ["decimal-comma"]
    page.goto(page.url)
    assert (rules(page), page.is_checked("input[value=notice]")) == (["decimal-comma"], False)
    page.goto(f"{address}?rule=long-title")
    assert rules(page) == ["long-title"]


def test_every_place_of_three_thousand_pages_is_found(page: Page, tmp_path: Path) -> None:
    pages = (finding("decimal-comma", f"public/p/mug-{number}/index.html") for number in range(3000))
    page.goto(written(tmp_path, report([*pages, TWO[1]])).as_uri())
    page.fill("input[type=search]", "mug-2999/")
    assert page.locator(".place .page").all_inner_texts() == ["public/p/mug-2999/index.html:3:4"]
    page.fill("input[type=search]", "comma mug")
    page.click(".also summary")
    expect(page.locator(".also li")).to_have_count(200)
    page.click(".also button")
    expect(page.locator(".also li")).to_have_count(400)
    assert page.locator(".also summary").inner_text() == "All 3,000 places"


def test_a_page_has_an_address_that_shows_its_findings_alone(page: Page, tmp_path: Path) -> None:
    both = [finding("decimal-comma", f"public/{name}.html") for name in ("a", "b")]
    page.goto(written(tmp_path, report([*both, *TWO])).as_uri())
    page.click(".by-page summary")
    page.click(".by-page a.page >> text=public/b.html")
    assert page.locator(".place .page").all_inner_texts() == ["public/b.html:3:4"]
    again = page.url
    page.go_back()
    assert page.locator("output").inner_text() == "2 findings · 4 places"
    page.goto(again)
    assert page.locator(".chip").inner_text().startswith("Only on public/b.html")


def test_a_finding_s_anchor_leads_to_it_however_far_down_it_is(page: Page, tmp_path: Path) -> None:
    many = [finding(f"rule-{number:03}", "public/a.html") for number in range(300)]
    path = written(tmp_path, report(many))
    page.goto(path.as_uri())
    last = page.evaluate("JSON.parse(document.getElementById('report').textContent).findings[299].id")
    page.goto("about:blank")
    page.goto(f"{path.as_uri()}?q=rule-001#{last}")
    assert page.locator(f"#{last}.aimed").is_visible()
    assert page.locator(f"#{last} .anchor").get_attribute("href") == f"#{last}"


def test_what_is_new_and_gone_since_an_earlier_report_is_shown_and_filtered(
    page: Page, tmp_path: Path
) -> None:
    known = EarlierFinding("long-title", Severity.NOTICE, "", TWO[1].element, [TWO[1].place])
    fixed = EarlierFinding(
        "wrong-case", Severity.ERROR, "it was `wrong`", "x", [Place("public/x.html", 1, 1)]
    )
    compared = compare([(each, [each.place]) for each in TWO], "", Earlier("old.json", (known, fixed)))
    page.goto(written(tmp_path, report(compared=compared)).as_uri())
    assert page.locator(".compared").inner_text().split() == ["1", "new", "1", "gone", "1", "as", "before"]
    assert page.locator(".finding .fresh").all_inner_texts() == ["new"]
    page.select_option("[name=state]", "same")
    assert rules(page) == ["long-title"]
    assert page.locator(".gone code").all_inner_texts() == ["wrong-case", "wrong", "public/x.html:1:1"]


def test_coverage_never_shows_in_green_what_is_wrong(page: Page, tmp_path: Path) -> None:
    checkout = Coverage(
        3,
        {"cn_login": 3, "cn_cart": 3, "cn_page_name": 2},
        {"cn_cart": 1},
        {"cn_login": "forbidden", "cn_cart": "promised", "cn_page_name": "optional", "cn_search": "promised"},
    )
    good = Coverage(2, {"cn_cart": 2}, {}, {"cn_cart": "promised"})
    page.goto(written(tmp_path, report(coverage={"checkout": checkout, "cart": good})).as_uri())
    cells = {
        f"{row.locator('th').inner_text()} {tag}": (cell.get_attribute("class"), cell.inner_text().split())
        for row in page.locator("tbody tr").all()
        for tag, cell in zip(
            page.locator("thead a").all_inner_texts(), row.locator("td:not(.number)").all(), strict=True
        )
    }
    assert cells["checkout cn_login"] == ("bad", ["✗", "3", "of", "3", "forbidden", "here"])
    assert cells["checkout cn_cart"] == ("bad", ["✗", "3", "of", "3", "1", "wrong"])
    assert cells["checkout cn_search"] == ("bad", ["✗", "0", "of", "3", "3", "missing"])
    assert cells["checkout cn_page_name"] == ("there", ["2", "of", "3", "may", "be", "there"])
    assert cells["cart cn_cart"] == ("right", ["✓", "2", "of", "2", "required"])
    assert cells["cart cn_search"][0] == "none"


@pytest.mark.parametrize(
    ("editor", "link"),
    [
        ("vscode://file/{path}:{line}:{column}", "vscode://file//home/ana/shop/public/a%20%231.html:3:4"),
        ("javascript:alert('{path}')", None),
    ],
)
def test_links_to_the_editor_are_there_when_asked_for(
    page: Page, tmp_path: Path, editor: str, link: str | None
) -> None:
    one = finding("decimal-comma", "public/a #1.html")
    page.goto(written(tmp_path, report([one], editor=editor, folder="/home/ana/shop")).as_uri())
    links = page.locator(".place .editor")
    assert [each.get_attribute("href") for each in links.all()] == ([link] if link else [])


def test_hostile_text_stays_text(page: Page, page_errors: list[str], tmp_path: Path) -> None:
    evil = (
        "</script><script>document.title = 'gone'</script><img src=x onerror=alert(1)>\u202egnp.exe\x00 `<b>`"
    )
    found = [finding("decimal-comma", f"public/{evil}.html", message=evil) for _ in range(3)]
    gone = EarlierFinding(evil, Severity.ERROR, evil, evil, [Place(evil, 1, 1)])
    compared = compare([], "", Earlier(evil, (gone,)))
    page.goto(written(tmp_path, report(found, compared=compared, editor="{path}:x", folder=evil)).as_uri())
    assert page.title() == "Connectif audit: https://shop.example"
    assert page.locator("img, #list b").count() == 0
    assert "‹U+202E›gnp.exe‹U+0000›" in page.locator(".message .text").first.inner_text()
    page.fill("input[type=search]", "<b>")
    assert page.locator("output").inner_text() == "3 findings"
    assert page_errors == []


def test_without_scripts_the_findings_are_read(browser: Browser, tmp_path: Path) -> None:
    found = [finding("decimal-comma", f"public/p/{number}.html") for number in range(90)]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(written(tmp_path, report([*found, TWO[1]])).as_uri())
    assert page.locator(".message:visible").all_inner_texts() == [
        "decimal-comma is wrong",
        "long-title is wrong",
    ]
    page.click(".also summary")
    assert page.locator(".also li:visible").count() == 50
    assert page.locator("form:visible, button:visible").count() == 0
    context.close()


def test_paper_has_the_findings_and_none_of_the_controls(page: Page, tmp_path: Path) -> None:
    many = [finding(f"rule-{number:03}", f"public/{name}.html") for number in range(120) for name in "ab"]
    page.goto(written(tmp_path, report(many)).as_uri())
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".finding:visible").count() == 120
    assert page.locator(".also li:visible").count() == 240
    assert page.locator("form:visible, .editor:visible, .anchor:visible").count() == 0


def test_the_report_fits_a_phone_and_follows_the_reader_s_colours(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    coverage = {"product": Coverage(3, {f"cn_{name}": 3 for name in "abcdefgh"})}
    page.goto(written(tmp_path, report(coverage=coverage)).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    colours = set()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(colours) == 2
