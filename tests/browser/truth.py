"""Pages of a shop in the preview, as a visitor opens them."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

PRODUCT = "/p/harbour-mug/"
PANEL = "Connectif inspector"


def products(folder: Path) -> list[str]:
    return sorted(f"/p/{one.name}/" for one in (folder / "public" / "p").iterdir() if one.is_dir())


def opened(page: Page, tab: str) -> None:
    pill = page.get_by_role("button", name=PANEL)
    pill.click()
    page.get_by_role("tab", name=tab).click()


def visit(page: Page, address: str) -> None:
    with page.expect_response("**/__connectif/collect*"):
        page.goto(address)
