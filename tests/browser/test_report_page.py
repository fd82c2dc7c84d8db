"""The audit's HTML report in a real browser: search, filter, light, dark, on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.reports import Report
from connectif_kit.reports.html import write

Site = Callable[[Path], str]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def written(folder: Path) -> Path:
    findings = [
        Diagnostic(rule, severity, f"`{rule}` is wrong", Place(f"public/{rule}/index.html", 3, 4, 3, 9))
        for rule, severity in (("decimal-comma", Severity.ERROR), ("long-title", Severity.NOTICE))
    ]
    coverage = {kind: {"": 3, "cn_product_visited": 2, "cn_cart": 1} for kind in ("home", "product")}
    path = folder / "report.html"
    path.write_text(write(Report(tuple(findings), 6, lambda _: "<b>" * 60, coverage)), encoding="utf-8")
    return folder


def test_the_report_is_searched_and_filtered(
    page: Page, page_errors: list[str], site: Site, tmp_path: Path
) -> None:
    page.goto(f"{site(written(tmp_path))}/report.html")
    assert page.locator("output").inner_text() == "2 findings"
    page.fill("input[type=search]", "TITLE")
    assert page.locator("article.rule:visible h3 code").all_inner_texts() == ["long-title"]
    page.fill("input[type=search]", "")
    page.uncheck("input[value=notice]")
    assert page.locator("article.rule:visible h3 code").all_inner_texts() == ["decimal-comma"]
    assert page_errors == []


def test_the_report_fits_a_phone_and_follows_the_reader_s_colours(
    page: Page, site: Site, tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(f"{site(written(tmp_path))}/report.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    colours = set()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(colours) == 2
